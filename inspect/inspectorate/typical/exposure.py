"""曝光名单: the decisions of a month that are shown in public, with the fields of 双公示; why others are not."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from ..accounts.actor import Actor
from ..accounts.regions import covers, region_name
from ..accounts.scope import in_scope
from ..campaigns.catalogue import CampaignFacts
from ..cases.models import Case, Decision, Respondent
from ..codes import PENALTIES
from ..extensions import db
from ..law.listing import listed_by_law
from ..registry.models import Establishment
from .masking import Style, mask_text, masked
from .models import ExposureLeftOut
from .names import names_in
from .parties import citations, is_minor, known_violations
from .publicity import Standing, shown_until, why_not
from .queries import whole_file
from .sentences import in_words, plain

TITLE = "行政处罚曝光名单"
MOST_MONTHS = 36


class Exposed(NamedTuple):
    """One decision as it is published: the fields of 双公示. Amounts in yuan, days as ISO dates."""

    party: str
    kind: str
    uscc: str
    representative: str
    number: str
    violation: str
    facts: str
    basis: str
    penalties: str
    content: str
    fined: str
    confiscated: str
    decided_on: date
    until: date
    authority: str
    region: str

    @property
    def printed(self) -> tuple[str, ...]:
        """The columns of the paper, without the running number."""
        return (
            self.party,
            self.uscc,
            self.number,
            self.facts,
            self.basis,
            self.content,
            self.decided_on.isoformat(),
            self.until.isoformat(),
            self.authority,
        )


PRINTED = (
    "序号", "行政相对人名称", "统一社会信用代码", "处罚决定书文号", "违法事实", "处罚依据", "处罚内容", "处罚决定日期",
    "公示截止期", "处罚机关",
)  # fmt: skip
"""Heads of the paper."""

FIELDS = (
    ("行政相对人名称", "party"), ("行政相对人类别", "kind"), ("统一社会信用代码", "uscc"),
    ("法定代表人", "representative"),
    ("行政处罚决定书文号", "number"), ("违法行为类型", "violation"), ("违法事实", "facts"), ("处罚依据", "basis"),
    ("处罚类别", "penalties"), ("处罚内容", "content"), ("罚款金额（元）", "fined"), ("没收金额（元）", "confiscated"),
    ("处罚决定日期", "decided_on"), ("公示截止期", "until"), ("处罚机关", "authority"), ("所在地区", "region"),
)  # fmt: skip
"""Heads and fields of the file."""


class Row(NamedTuple):
    """A decision of the month. ``why``: a word of `publicity.REASONS` for which it is not shown; None: it is."""

    case: Case
    respondent: Respondent
    decision: Decision
    exposed: Exposed
    why: str | None
    left_out: ExposureLeftOut | None


class Exposure(NamedTuple):
    """The list of a month for a region."""

    campaign: CampaignFacts
    region_code: str
    month: date
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """As printed, with region and month."""
        return f"{region_name(self.region_code)}{self.campaign.title}{TITLE}（{self.month.year}年{self.month.month}月）"

    @property
    def shown(self) -> list[Row]:
        """What is published."""
        return [row for row in self.rows if row.why is None]

    @property
    def excluded(self) -> list[Row]:
        """What is not, each with its reason."""
        return [row for row in self.rows if row.why is not None]


def months_of(campaign: CampaignFacts, today: date) -> list[date]:
    """The first days of the campaign's months until today, the latest first."""
    found: list[date] = []
    month = min(campaign.date_to, today).replace(day=1)
    while month >= campaign.date_from.replace(day=1) and len(found) < MOST_MONTHS:
        found.append(month)
        month = (month - timedelta(1)).replace(day=1)
    return found


def latest_month(actor: Actor, campaign: CampaignFacts, today: date) -> date:
    """The month of the latest decision of the campaign in scope, else the campaign's last."""
    query = select(func.max(Decision.decided_on)).join(Respondent).join(Case)
    query = query.where(Case.campaign == campaign.id, in_scope(Case, actor), Decision.decided_on <= today)
    found = db.session.scalar(query) or min(max(today, campaign.date_from), campaign.date_to)
    return found.replace(day=1)


def exposure(actor: Actor, campaign: CampaignFacts, month: date, style: Style, today: date) -> Exposure:
    """The decisions of a month in scope, those shown and those not, in the order of their days."""
    next_month = (month.replace(day=28) + timedelta(4)).replace(day=1)
    query = (
        select(Case)
        .join(Respondent, Respondent.case_id == Case.id)
        .join(Decision, Decision.respondent_id == Respondent.id)
        .where(Case.campaign == campaign.id, in_scope(Case, actor))
        .where(Decision.decided_on >= month, Decision.decided_on < next_month)
        .options(*whole_file())
        .distinct()
    )
    cases = db.session.scalars(query).all()
    left = _left_out(actor, cases)
    rows = [
        _row(case, respondent, decision, left.get(decision.id), style, today)
        for case in cases
        for respondent in case.respondents
        if (decision := respondent.decision) and decision.decided_on and month <= decision.decided_on < next_month
    ]
    rows.sort(key=lambda row: (row.exposed.decided_on, row.exposed.number, row.decision.id))
    return Exposure(campaign, actor.region_code, month, tuple(rows))


def _left_out(actor: Actor, cases: Iterable[Case]) -> dict[int, ExposureLeftOut]:
    """By decision: what this office, or an office below it, keeps off; repaired credit wherever it was entered."""
    ids = [r.decision.id for case in cases for r in case.respondents if r.decision]
    found = db.session.scalars(select(ExposureLeftOut).where(ExposureLeftOut.decision_id.in_(ids)))
    concern = [one for one in found if one.kind == "repaired" or covers(actor.region_code, one.region_code)]
    return {one.decision_id: one for one in sorted(concern, key=lambda one: one.kind != "repaired", reverse=True)}


def _row(
    case: Case,
    respondent: Respondent,
    decision: Decision,
    left_out: ExposureLeftOut | None,
    style: Style,
    today: date,
) -> Row:
    standing = Standing(
        kinds=tuple(penalty.kind for penalty in decision.penalties),
        decided_on=decision.decided_on,
        served_on=decision.served_on,
        annulled=decision.annulled_on is not None,
        withdrawn=case.state == "withdrawn",
        child=is_minor(getattr(respondent.subject, "born_on", None), decision.decided_on),
        imported=case.imported,
        left_out=left_out.kind if left_out else None,
    )
    why = why_not(standing, today)
    return Row(case, respondent, decision, _exposed(case, respondent, decision, style), why, left_out)


def _exposed(case: Case, respondent: Respondent, decision: Decision, style: Style) -> Exposed:
    """The fields as published: places in full, since the decision names them; persons as the office chose."""
    subject, on = respondent.subject, decision.decided_on
    assert on is not None
    place = subject if isinstance(subject, Establishment) else None
    open_style = Style(style.persons, "full")
    kinds = [penalty.kind for penalty in decision.penalties]
    facts = "；".join(f.facts.strip().rstrip("。；") for f in respondent.findings if f.facts.strip())
    content = "、".join(map(in_words, decision.penalties))
    names = names_in(case, f"{facts}\n{content}", (), open_style)
    return Exposed(
        party=masked(subject.name, subject.party, open_style),
        kind="法人及非法人组织" if place else "自然人",
        uscc=(place.uscc or "") if place else "",
        representative=masked(place.legal_representative, "person", open_style.hiding)
        if place and place.legal_representative
        else "",
        number=decision.number or "",
        violation="、".join(dict.fromkeys(entry.title_zh for entry in known_violations(respondent))),
        facts=mask_text(facts, names),
        basis="、".join(listed_by_law(citations(respondent, "basis", on), full=True)),
        penalties="、".join(dict.fromkeys(PENALTIES.get(kind, kind) for kind in kinds)),
        content=mask_text(content, names),
        fined=_sum(decision, ("fine",)),
        confiscated=_sum(decision, ("confiscate_income", "confiscate_goods")),
        decided_on=on,
        until=shown_until(kinds, on),
        authority=case.agency.authority.name,
        region=region_name(case.region_code, full=True),
    )


def _sum(decision: Decision, kinds: Sequence[str]) -> str:
    """Yuan of some kinds of penalties; nothing where none was imposed."""
    amounts = [p.amount_fen for p in decision.penalties if p.kind in kinds and p.amount_fen is not None]
    return plain(sum(amounts)) if amounts else ""

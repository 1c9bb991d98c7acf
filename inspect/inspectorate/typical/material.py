"""典型案例 (annex 2): catalogue table and accounts of chosen cases, complete and looked at, or refused with why."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import Attachment, FormDefinition
from ..campaigns.places import province_name
from ..cases.models import Case
from ..errors import Refusal, Refusals
from .account import proposed_account
from .completeness import doubt, missing
from .masking import USUAL, Style, likely_names, mask_text
from .names import names_in
from .parties import Decided, chinese_day, decided_respondents, doubtful, provisions
from .sentences import law_cell, penalty_cell

ENDING = "典型案例"
COLUMNS = ("序号", "机构名称", "处罚时间", "违法事实", "违反法律及处罚依据", "行政处罚具体内容")
SECTIONS = ("一、{省}案件材料报送目录", "二、案情概述")


class Chosen(NamedTuple):
    """A case chosen for the material: the account that the office wrote, if any, and further names that it masks.

    ``looked_at``: remarks that somebody has looked at; None: nobody is asked to, it is only proposed. ``digest``: what
    the file said when the account was written or the case sent up.
    """

    case: Case
    account: str | None = None
    names: tuple[str, ...] = ()
    looked_at: frozenset[str] | None = None
    digest: str | None = None


class Entry(NamedTuple):
    """One line of the catalogue and its account; names are masked, the amount is in yuan.

    ``shown``: each name that was masked, with how it is shown; ``likely``: what still looks like a name.
    """

    position: int
    case_id: int
    case_number: str | None
    name: str
    party: str
    decided: str
    facts: str
    law: str
    penalty: str
    account: str
    shown: dict[str, str]
    likely: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What somebody should look at before the material is sent."""
        return (*self.doubtful, *map(leak, self.likely))

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the catalogue, in the annex's order."""
        return (str(self.position), self.party, self.decided, self.facts, self.law, self.penalty)


class Material(NamedTuple):
    """Annex 2, ready to be drawn."""

    form_id: str
    campaign: CampaignFacts | None
    region_code: str
    title: str
    sections: tuple[str, str]
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def ending(self) -> str:
        """The last word of the title, which is never broken."""
        return ENDING


def leak(name: str) -> str:
    """What is said of something that looks like a name."""
    return f"疑似未隐去的姓名或名称：{name}"


def material(
    form: FormDefinition,
    campaign: CampaignFacts | None,
    region_code: str,
    chosen: Sequence[Chosen],
    style: Style = USUAL,
) -> Material:
    """Annex 2 from chosen cases.

    Raises Refusals: everything that the chosen cases lack, what has changed in them, what nobody has looked at.
    """
    template = template_of(form)
    lacking = [problem for one in chosen for problem in (*missing(one.case), *changed_since(one))]
    if lacking:
        raise Refusals(lacking)
    entries = tuple(entry_of(number, one, template, style) for number, one in enumerate(chosen, start=1))
    unseen = [r for one, entry in zip(chosen, entries, strict=True) for r in to_look_at(one, entry)]
    if unseen:
        raise Refusals(unseen)
    province = province_name(region_code)
    sections = template.sections or SECTIONS
    return Material(
        form_id=form.id,
        campaign=campaign,
        region_code=region_code,
        title=f"{campaign.title if campaign else form.title}{ENDING}",
        sections=(_section(sections[0], province), _section(sections[-1], province)),
        columns=template.columns or COLUMNS,
        entries=entries,
    )


USUAL_TEMPLATE = Attachment("case_list", None, "case_list")
"""The usual headings and sentences."""


def template_of(form: FormDefinition) -> Attachment:
    """The template of annex 2 in a form, or the usual one."""
    return form.attachment("case_list") or USUAL_TEMPLATE


def _section(text: str, province: str) -> str:
    """A heading of the template with the province in it and without its instructions in brackets."""
    return text.replace("{省}", province).split(" (", 1)[0].strip()


def digest_of(case: Case) -> str:
    """SHA-256 of what a typical case tells of a file: decisions, penalties, facts and articles, not the payments."""
    told = [
        [
            respondent.subject_id,
            decision.number,
            str(decision.decided_on),
            str(decision.annulled_on),
            decision.order_correction,
            [[p.kind, p.amount_fen, p.detail] for p in decision.penalties],
            [[f.violation, f.facts, f.illegal_income_fen] for f in respondent.findings],
        ]
        for respondent in case.respondents
        if (decision := respondent.decision) is not None
    ]
    return hashlib.sha256(json.dumps([case.state == "withdrawn", told], ensure_ascii=False).encode()).hexdigest()


def changed_since(chosen: Chosen) -> list[Refusal]:
    """Whether the file says something else than when the account was written or the case sent up."""
    if chosen.digest is None or chosen.digest == digest_of(chosen.case):
        return []
    title = chosen.case.number or chosen.case.name
    return [
        Refusal(
            _(
                "%(case)s has been changed since it was chosen. Read its account again, and save it or draft it anew.",
                case=title,
            )
        )
    ]


def to_look_at(chosen: Chosen, entry: Entry) -> list[Refusal]:
    """What nobody has looked at yet; nothing for cases that are only proposed."""
    if chosen.looked_at is None:
        return []
    title = chosen.case.number or chosen.case.name
    return [
        Refusal(_("%(case)s: %(remark)s. Open its account, look at it, and say so there.", case=title, remark=remark))
        for remark in entry.remarks
        if remark not in chosen.looked_at
    ]


def entry_of(position: int, chosen: Chosen, template: Attachment, style: Style = USUAL) -> Entry:
    """A chosen case as the material prints it."""
    case = chosen.case
    decided = decided_respondents(case)
    violated, basis = provisions(decided)
    doubts = tuple(dict.fromkeys(doubt(d.decided_on) for r, d in decided if d.decided_on and doubtful(r, d.decided_on)))
    facts = dict.fromkeys(f.facts.strip() for r, _d in decided for f in r.findings if f.facts.strip())
    parties = "/".join(dict.fromkeys(r.subject.name for r, _d in decided))
    penalties = _penalties(decided, template)
    texts = [case.name, parties, "；".join(facts), penalties, chosen.account or proposed_account(case)]
    names = names_in(case, "\n".join(texts), chosen.names, style)
    name, party, told, penalty, account = (mask_text(text, names) for text in texts)
    meant = [name for name, shown in names.items() if name == shown]
    return Entry(
        position=position,
        case_id=case.id,
        case_number=case.number,
        name=name,
        party="/".join(dict.fromkeys(party.split("/"))),
        decided="、".join(dict.fromkeys(chinese_day(d.decided_on) for _r, d in decided)),
        facts=told,
        law=law_cell(template.law_cell, violated, basis) + ("（须核对）" if doubts else ""),
        penalty=penalty,
        account=account,
        shown=names,
        likely=tuple(likely_names("\n".join((name, party, told, penalty, account)), meant)),
        doubtful=doubts,
    )


def _penalties(decided: Sequence[Decided], template: Attachment) -> str:
    """The penalty cell; with several respondents each has its own sentence behind its name."""
    cells = [penalty_cell(template.penalty_cell, d.penalties, d.order_correction) for _r, d in decided]
    if len(cells) == 1:
        return cells[0]
    return "；".join(f"{r.subject.name}:{cell}" for (r, _d), cell in zip(decided, cells, strict=True))

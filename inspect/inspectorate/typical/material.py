"""典型案例 (annex 2): catalogue table and accounts of chosen cases, complete or refused with what is missing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import Attachment, FormDefinition
from ..campaigns.places import province_name
from ..cases.models import Case, Decision, Respondent
from ..errors import Refusal, Refusals
from ..law.statutes import Citation, holds_on
from ..law.violations import catalogue
from .masking import likely_names, mask_text, masked
from .names import names_in
from .sentences import account_of, law_cell, penalty_cell

ENDING = "典型案例"
COLUMNS = ("序号", "机构名称", "处罚时间", "违法事实", "违反法律及处罚依据", "行政处罚具体内容")
SECTIONS = ("一、{省}案件材料报送目录", "二、案情概述")


class Chosen(NamedTuple):
    """A case chosen for the material: the account that the office wrote, if any, and further names that it masks."""

    case: Case
    account: str | None = None
    names: tuple[str, ...] = ()


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
        return (*self.doubtful, *(f"疑似未隐去的姓名或名称：{name}" for name in self.likely))

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


def material(
    form: FormDefinition,
    campaign: CampaignFacts | None,
    region_code: str,
    chosen: Sequence[Chosen],
) -> Material:
    """Annex 2 from chosen cases.

    Raises Refusals: everything that the chosen cases lack, case by case.
    """
    template = template_of(form)
    lacking = [problem for one in chosen for problem in missing(one.case)]
    if lacking:
        raise Refusals(lacking)
    province = province_name(region_code)
    sections = template.sections or SECTIONS
    return Material(
        form_id=form.id,
        campaign=campaign,
        region_code=region_code,
        title=f"{campaign.title if campaign else form.title}{ENDING}",
        sections=(_section(sections[0], province), _section(sections[-1], province)),
        columns=template.columns or COLUMNS,
        entries=tuple(entry_of(number, one, template) for number, one in enumerate(chosen, start=1)),
    )


def template_of(form: FormDefinition) -> Attachment:
    """The template of annex 2 in a form, or an empty one: the usual headings and sentences."""
    return form.attachment("case_list") or Attachment("case_list", None, "case_list")


def _section(text: str, province: str) -> str:
    """A heading of the template with the province in it and without its instructions in brackets."""
    return text.replace("{省}", province).split(" (", 1)[0].strip()


def decided_respondents(case: Case) -> list[tuple[Respondent, Decision]]:
    """The respondents on whom a decision stands (annulled ones do not)."""
    return [
        (r, r.decision) for r in case.respondents if r.decision and r.decision.decided_on and not r.decision.annulled_on
    ]


def citations(respondent: Respondent, kind: str, on: date) -> list[Citation]:
    """The provisions ``violated``, or the ``basis``, of what was found, as they applied on the day of the decision.

    Where none of them applied that day (history may be so), all of them: `doubtful` then says so beside them.
    """
    cited = _cited(respondent, kind)
    return [citation for citation in cited if holds_on(citation, on)] or cited


def doubtful(respondent: Respondent, on: date) -> bool:
    """Whether the provisions known for what was found did not apply, in these words, on the day of the decision."""
    kinds = [_cited(respondent, kind) for kind in ("violated", "basis")]
    return any(cited and not any(holds_on(citation, on) for citation in cited) for cited in kinds)


def _cited(respondent: Respondent, kind: str) -> list[Citation]:
    known = [catalogue()[f.violation] for f in respondent.findings if f.violation in catalogue()]
    return list(dict.fromkeys(c for violation in known for c in (getattr(violation, kind))))


def missing(case: Case) -> list[Refusal]:
    """What the case lacks before it can be sent up, in words that name the case."""
    title = case.number or case.name
    decided = decided_respondents(case)
    if not decided:
        return [Refusal(_("%(case)s: no decision stands in this case. Choose another.", case=title))]
    return [problem for respondent, decision in decided for problem in _missing(title, respondent, decision)]


def _missing(title: str, respondent: Respondent, decision: Decision) -> Iterable[Refusal]:
    words = {"case": title, "party": respondent.subject.name}
    on = decision.decided_on
    assert on is not None
    if not any(finding.facts.strip() for finding in respondent.findings):
        yield Refusal(_("%(case)s, %(party)s: the facts are missing. Record the finding.", **words))
    if not citations(respondent, "violated", on):
        yield Refusal(_("%(case)s, %(party)s: the article that was violated is missing.", **words))
    if not citations(respondent, "basis", on):
        yield Refusal(_("%(case)s, %(party)s: the article on which the penalty is based is missing.", **words))
    if not decision.penalties and not decision.order_correction:
        yield Refusal(_("%(case)s, %(party)s: the penalty is missing.", **words))
    if any(p.kind in ("fine", "confiscate_income") and p.amount_fen is None for p in decision.penalties):
        yield Refusal(
            _("%(case)s, %(party)s: an amount is missing. Write the fine and the confiscated income.", **words)
        )


def entry_of(position: int, chosen: Chosen, template: Attachment) -> Entry:
    """A chosen case as the material prints it."""
    case = chosen.case
    decided = decided_respondents(case)
    violated, basis = _provisions(decided)
    doubts = tuple(_doubt(d.decided_on) for r, d in decided if d.decided_on and doubtful(r, d.decided_on))
    facts = dict.fromkeys(f.facts.strip() for r, _d in decided for f in r.findings if f.facts.strip())
    texts = [case.name, "；".join(facts), chosen.account or account_of(case, decided, violated, basis)]
    names = names_in(case, "\n".join(texts), chosen.names)
    name, told, account = (mask_text(text, names) for text in texts)
    return Entry(
        position=position,
        case_id=case.id,
        case_number=case.number,
        name=name,
        party="/".join(dict.fromkeys(masked(r.subject.name, r.subject.party) for r, _d in decided)),
        decided="、".join(dict.fromkeys(chinese_day(d.decided_on) for _r, d in decided if d.decided_on)),
        facts=told,
        law=law_cell(template.law_cell, violated, basis) + ("（须核对）" if doubts else ""),
        penalty=_penalties(decided, template),
        account=account,
        shown=names,
        likely=tuple(likely_names("\n".join((name, told, account)))),
        doubtful=doubts,
    )


def _provisions(decided: list[tuple[Respondent, Decision]]) -> tuple[list[Citation], list[Citation]]:
    """What was violated and what the penalties are based on, over all respondents, each provision once."""
    violated = _joined(citations(r, "violated", d.decided_on) for r, d in decided if d.decided_on)
    return violated, _joined(citations(r, "basis", d.decided_on) for r, d in decided if d.decided_on)


def proposed_account(case: Case) -> str:
    """The account drafted from the file, names not yet masked."""
    decided = decided_respondents(case)
    return account_of(case, decided, *_provisions(decided))


def _penalties(decided: list[tuple[Respondent, Decision]], template: Attachment) -> str:
    """The penalty cell; with several respondents each has its own sentence behind its shown name."""
    cells = [penalty_cell(template.penalty_cell, d.penalties, d.order_correction) for _r, d in decided]
    if len(cells) == 1:
        return cells[0]
    shown = [masked(r.subject.name, r.subject.party) for r, _d in decided]
    return "；".join(f"{name}:{cell}" for name, cell in zip(shown, cells, strict=True))


def _doubt(day: date) -> str:
    return f"所引条文在决定当日（{chinese_day(day)}）尚未施行或内容不同，报送前须核对"


def _joined(groups: Iterable[list[Citation]]) -> list[Citation]:
    return list(dict.fromkeys(citation for group in groups for citation in group))


def chinese_day(day: date) -> str:
    """2021年8月20日."""
    return f"{day.year}年{day.month}月{day.day}日"

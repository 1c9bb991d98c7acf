"""The findings of a party as pages show them: range and reasoning, how the fine was weighed, where figures rest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from ..law.applicable import Comparison
from ..law.discretion import Judgement
from ..law.ranges import PenaltyRange
from ..law.repetition import Repetition
from ..law.standards import narrow
from ..law.statutes import Citation
from ..money import yuan
from ..screens import language
from .assessment import Assessment, assess_party, known_violation
from .choices import FineProposal
from .earlier import EarlierPenalty, earlier_penalties, repetitions
from .models import Case, CaseFinding, Respondent
from .picture import Picture, picture_of
from .weighing import Local

NO_TIER = "-"
"""Chosen where no tier is applied: not to choose is another thing."""

INCOME = Citation("apl", 28, 2)
PAYMENT = Citation("apl", 67, 3)


class Reason(NamedTuple):
    """Words of the law's reasoning with the articles that they rest on, as in force on a day."""

    words: str
    citations: tuple[Citation, ...] = ()
    on: date | None = None


class FindingLine(NamedTuple):
    """A finding with its range: ``why`` its reasoning, ``problem`` why there is none.

    ``remarks``: what the law says besides: which law applies, one act, a court's fine, repetition. ``objections``: what
    still stands against the choices, in words.
    """

    finding: CaseFinding
    title: str
    fine_fen: int | None
    found: PenaltyRange | None
    judgement: Judgement | None
    judgement_words: str
    problem: str | None
    why: list[Reason]
    compared: bool
    assumed: bool
    remarks: list[Reason]
    objections: list[str]
    local: Local | None
    picture: Picture | None
    fined_here: bool
    """Whether a fine may be proposed under this rule at all."""
    law_open: bool
    """Whether the handlers choose which law is the lighter one (行政处罚法37)."""
    act_open: bool
    """Whether the handlers choose the rule under which the act is fined (行政处罚法29)."""


class PartyLines(NamedTuple):
    """A party with its findings, the articles of its figures, and its earlier penalties."""

    party: Respondent
    lines: list[FindingLine]
    figures: Mapping[int, "Figure"]
    earlier: Sequence[EarlierPenalty]


class Figure(NamedTuple):
    """What an amount of a decision rests on: the article, as in force on the day whose law was applied."""

    citation: Citation
    on: date


def party_lines(case: Case, today: date) -> list[PartyLines]:
    """All parties of a case."""
    earlier = earlier_penalties(case)
    found = []
    for party in case.respondents:
        own = earlier.get(party.id, ())
        lines = finding_lines(party, today, earlier=own)
        found.append(PartyLines(party, lines, figures_of(party, lines), own))
    return found


def finding_lines(
    party: Respondent,
    today: date,
    typed: Mapping[int, FineProposal] | None = None,
    earlier: Sequence[EarlierPenalty] = (),
) -> list[FindingLine]:
    """The findings of a party with their ranges; ``typed`` instead of what is saved, while somebody types."""
    found = assess_party(party, today, typed, earlier)
    choices = typed or {}
    on = (party.decision.decided_on if party.decision else None) or today
    return [_line(one, choices.get(one.finding.id), party, earlier, on) for one in found.values()]


def _line(
    shown: Assessment, choice: FineProposal | None, party: Respondent, earlier: Sequence[EarlierPenalty], on: date
) -> FindingLine:
    english = language() == "en"
    judgement, entry = shown.judgement, shown.violation
    title = (entry.title_en if english else entry.title_zh) if entry else shown.finding.violation
    return FindingLine(
        finding=shown.finding,
        title=title,
        fine_fen=shown.fine_fen,
        found=shown.found,
        judgement=judgement,
        judgement_words=in_words(judgement),
        problem=(shown.problem.en if english else shown.problem.zh) if shown.problem else None,
        why=reasons_of(shown.found),
        compared=entry is not None and entry.checked == "text",
        assumed=shown.assumed_today,
        remarks=[*_remarks(shown), *_repetitions(shown, party, earlier, on)],
        objections=[in_words(one.judgement) for one in shown.objections],
        local=shown.local,
        picture=picture_of(shown, choice),
        fined_here=not shown.takes_no_fine,
        law_open=shown.law_is_chosen,
        act_open=shown.act is not None and shown.act.chosen and shown.finding_crosses,
    )


def in_words(judgement: Judgement | None) -> str:
    """A judgement in the page's language, with its article."""
    if judgement is None:
        return ""
    words = judgement.en if language() == "en" else judgement.zh
    cited = judgement.citation
    return f"{words}（{cited.zh()}）" if cited else words


def reasons_of(found: PenaltyRange | None) -> list[Reason]:
    """The steps of a range, each with its articles as in force on the day whose law it is."""
    if found is None:
        return []
    english = language() == "en"
    return [Reason(step.en if english else step.zh, step.citations, found.on) for step in found.steps]


def _both_known(compared: Comparison) -> bool:
    return isinstance(compared.at_act, PenaltyRange) and isinstance(compared.at_decision, PenaltyRange)


def _remarks(shown: Assessment) -> list[Reason]:
    english = language() == "en"
    remarks = []
    compared = shown.comparison
    if compared is not None and not shown.assumed_today and _differs(compared):
        remarks.append(Reason(compared.en if english else compared.zh, compared.citations))
        if shown.finding.law_reason:
            remarks.append(Reason(_("Chosen because: %(reason)s", reason=shown.finding.law_reason)))
    if shown.act is not None:
        titles = _("One act under several rules: %(titles)s", titles="、".join(shown.act.titles))
        one = shown.act.one
        remarks += [Reason(titles), Reason(one.en if english else one.zh, one.citations)]
        if shown.finding.governs and shown.finding.governs_reason:
            remarks.append(Reason(_("Chosen because: %(reason)s", reason=shown.finding.governs_reason)))
    if shown.court is not None:
        remarks.append(Reason(shown.court.en if english else shown.court.zh, shown.court.citations))
    return remarks


def _differs(compared: Comparison) -> bool:
    then, now = compared.at_act, compared.at_decision
    return not (_both_known(compared) and then.violation is now.violation)  # type: ignore[union-attr]


def _repetitions(shown: Assessment, party: Respondent, earlier: Sequence[EarlierPenalty], on: date) -> list[Reason]:
    english = language() == "en"
    return [
        Reason(one.en if english else one.zh, (*one.citations, *one.transfer), on)
        for one in _follows(shown.finding, party, earlier, on)
    ]


def figures_of(party: Respondent, lines: Sequence[FindingLine]) -> dict[int, Figure]:
    """By the id of each penalty: the article that its figure rests on; 0 stands for the sum to be paid."""
    found = {line.finding.id: line.found for line in lines if line.found}
    decision = party.decision
    if decision is None or not found:
        return {}
    first = next(iter(found.values()))
    figures = {0: Figure(PAYMENT, decision.decided_on or first.on)}
    for penalty in decision.penalties:
        own = found.get(penalty.case_finding_id or 0)
        if penalty.kind == "confiscate_income":
            own = next((one for one in found.values() if "illegal_income" in one.confiscate), first)
            general = own.income_by_general_rule or "illegal_income" not in own.confiscate
            figures[penalty.id] = Figure(INCOME if general else own.basis[0], own.on)
        elif own is not None:
            figures[penalty.id] = Figure(own.fine_basis[0], own.on)
        else:
            figures[penalty.id] = Figure(first.basis[0], first.on)
    return figures


def tier_hints(case: Case, today: date) -> dict[int, list[Reason]]:
    """For each finding: what earlier penalties of its party make of it, with the tier that follows."""
    earlier = earlier_penalties(case)
    english = language() == "en"
    hints: dict[int, list[Reason]] = {}
    for party in case.respondents:
        for row in party.findings:
            for one in _follows(row, party, earlier.get(party.id, ()), today):
                hints.setdefault(row.id, []).append(Reason(one.en if english else one.zh, one.citations, today))
    return hints


def _follows(row: CaseFinding, party: Respondent, earlier: Sequence[EarlierPenalty], on: date) -> Iterator[Repetition]:
    """A unit practises through persons: what points to the police is for natural persons."""
    for one in repetitions(row.violation, party.subject.name, earlier, on):
        if not one.transfer or party.subject.party == "person":
            yield one


def tier_choices(local: Local | None, found: PenaltyRange | None) -> list[tuple[str, str]]:
    """The tiers of the local standard with criteria and what they leave of this range; none applied comes last."""
    if local is None or found is None:
        return []
    choices = []
    for tier in local.rule.tiers:
        left = narrow(found, tier)
        span = _("%(low)s to %(high)s yuan", low=yuan(left.min), high=yuan(left.max)) if left else _("no fine")
        choices.append((tier.name, f"{tier.name}：{tier.criteria}（{span}）"))
    return [*choices, (NO_TIER, _("none of them is applied"))]


def violation_title(code: str) -> str:
    """The short title of a violation in the page's language; the code where the catalogue lacks it."""
    entry = known_violation(code)
    if entry is None:
        return code
    return entry.title_en if language() == "en" else entry.title_zh

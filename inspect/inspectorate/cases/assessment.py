"""The statutory range of each finding as it stands in the case, and what the law says of the fine that is proposed.

The findings of a party are weighed together: one act that breaks several rules is fined once (行政处罚法29).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..law.applicable import Comparison, compare
from ..law.concurrence import AfterSentence, OneAct, after_sentence, one_act
from ..law.discretion import Judgement, Outcome, judge_amount
from ..law.facts import UNKNOWN, Bases, Facts, NoRange, Unknown
from ..law.ranges import PenaltyRange
from ..law.statutes import Citation
from ..law.violations import UnknownViolation, Violation, violation
from .choices import FineProposal, saved_choice
from .earlier import EarlierPenalty
from .models import CaseFinding, Respondent
from .weighing import Local, Objected, local_of, objections_to

COLUMN_BASES = {"illegal_income": "illegal_income_fen", "goods_value": "goods_value_fen"}
"""Bases that have a column of their own; all others are kept in ``bases``."""


class Act(NamedTuple):
    """One act that several rules punish: the titles of all, and what follows for this one.

    ``governs`` None: the ranges cross and nobody has chosen yet.
    """

    titles: tuple[str, ...]
    one: OneAct
    governs: bool | None
    chosen: bool
    """Whether somebody had to choose."""


class Assessment(NamedTuple):
    """A finding against the law. ``found`` None: no range can be given, ``problem`` says why.

    ``assumed_today``: the version in force on the day of the act is not recorded here, so today's law is shown and
    nothing is refused on it (行政处罚法37). ``objections``: what stands against the choices, by field of the form.
    """

    finding: CaseFinding
    violation: Violation | None
    found: PenaltyRange | None
    problem: NoRange | None
    fine_fen: int | None
    judgement: Judgement | None
    assumed_today: bool = False
    comparison: Comparison | None = None
    act: Act | None = None
    local: Local | None = None
    court: AfterSentence | None = None
    objections: tuple[Objected, ...] = ()

    @property
    def takes_no_fine(self) -> bool:
        """Whether the law leaves no fine to weigh: punished no more, fined by a court, fined under another rule."""
        ended = self.comparison is not None and self.comparison.no_longer_punished
        absorbed = self.act is not None and self.act.governs is False and not self.finding_crosses
        return ended or absorbed or self.court is not None

    @property
    def law_is_chosen(self) -> bool:
        """Whether the handlers choose which law is the lighter one, and say why (行政处罚法37)."""
        compared = self.comparison
        undecided = compared is not None and compared.governing is None and not compared.no_longer_punished
        return undecided and not self.assumed_today

    @property
    def finding_crosses(self) -> bool:
        """Whether the finding is one of those between which somebody chooses."""
        return self.act is not None and any(one is self.found for one in self.act.one.crossing)

    @property
    def standing(self) -> Judgement | None:
        """The judgement that the procedure goes by: the first that refuses, else that of the amount."""
        refused = (one.judgement for one in self.objections if one.judgement.refused)
        if self.judgement is None or self.judgement.refused:
            return self.judgement
        return next(refused, self.judgement)


def bases_of(finding: CaseFinding) -> Bases:
    """The amounts that the range is computed from: fen, counts, or unknown."""
    given: dict[str, int | Unknown] = {
        name: UNKNOWN if value == "unknown" else int(value) for name, value in (finding.bases or {}).items()
    }
    for name, column in COLUMN_BASES.items():
        value = getattr(finding, column)
        if value is not None:
            given[name] = value
    return given


def known_violation(code: str) -> Violation | None:
    """The entry of the catalogue, or None for a code that it does not have (imported cases)."""
    try:
        return violation(code)
    except UnknownViolation:
        return None


def assess_party(
    party: Respondent,
    today: date,
    choices: Mapping[int, FineProposal] | None = None,
    earlier: Sequence[EarlierPenalty] = (),
    imposed: Collection[str] | None = None,
) -> dict[int, Assessment]:
    """All findings of a party by their id: as they are saved, or with ``choices`` as they are being typed.

    The law is that of the day of the act (its end), or of the decision where that is the lighter one (行政处罚法37);
    an undecided case is weighed as if it were decided ``today``. ``imposed``: the kinds of penalty beside the fines,
    by default those that are saved.
    """
    if imposed is None and party.decision is not None:
        imposed = [penalty.kind for penalty in party.decision.penalties]
    typed = choices or {}
    on = (party.decision.decided_on if party.decision else None) or today
    first = [_ranged(one, typed.get(one.id) or saved_choice(one), on) for one in party.findings]
    return {one.finding.id: _weighed(one, on, earlier, imposed) for one in _with_acts(first)}


class _Ranged(NamedTuple):
    """A finding on the way: what was chosen, and which range governs it so far."""

    finding: CaseFinding
    choice: FineProposal
    entry: Violation | None = None
    comparison: Comparison | None = None
    found: PenaltyRange | None = None
    problem: NoRange | None = None
    assumed: bool = False
    act: Act | None = None


def _ranged(finding: CaseFinding, choice: FineProposal, on: date) -> _Ranged:
    entry = known_violation(finding.violation)
    so_far = _Ranged(finding, choice, entry)
    if entry is None:
        return so_far
    act_on = min(finding.act_to or finding.act_from or on, on)
    try:
        compared = compare(entry, Facts(finding.liability, finding.tier, bases_of(finding)), act_on, on)
    except NoRange as refused:
        return so_far._replace(problem=refused)
    so_far = so_far._replace(comparison=compared)
    then, now = compared.at_act, compared.at_decision
    if isinstance(then, NoRange):
        if isinstance(now, NoRange):
            return so_far._replace(problem=then)
        return so_far._replace(found=now, assumed=True)
    if compared.governing is None and choice.law_day == "decision":
        return so_far._replace(problem=now) if isinstance(now, NoRange) else so_far._replace(found=now)
    return so_far._replace(found=compared.governing or then)


def _with_acts(findings: Sequence[_Ranged]) -> list[_Ranged]:
    """Each finding with what follows from its being one act with others."""
    numbers = {one.finding.act_number for one in findings if one.finding.act_number is not None}
    acts = {number: [one for one in findings if one.finding.act_number == number] for number in numbers}
    return [
        one._replace(act=_act(one, acts[one.finding.act_number]))
        if one.finding.act_number is not None and one.found is not None
        else one
        for one in findings
    ]


def _act(own: _Ranged, same: Sequence[_Ranged]) -> Act | None:
    ranged = [one for one in same if one.found is not None]
    if len(ranged) < 2:
        return None
    one = one_act([other.found for other in ranged if other.found])
    titles = tuple(other.entry.title_zh for other in ranged if other.entry)
    if not one.crossing:
        return Act(titles, one, one.governing is own.found, False)
    crossing = [other for other in ranged if any(other.found is found for found in one.crossing)]
    picked = [other for other in crossing if other.choice.governs]
    if len(picked) == 1:
        return Act(titles, one, picked[0] is own, True)
    return Act(titles, one, None if any(own.found is found for found in one.crossing) else False, True)


def _weighed(one: _Ranged, on: date, earlier: Sequence[EarlierPenalty], imposed: Collection[str] | None) -> Assessment:
    choice = one.choice
    base = Assessment(
        one.finding, one.entry, one.found, one.problem, choice.amount_fen, None, one.assumed, one.comparison, one.act
    )
    if one.found is None:
        return base
    court = _sentence(one.finding)
    special = _special(one, court)
    if special is not None:
        return base._replace(
            judgement=special, court=court, objections=tuple(_open_choices(one)) if court is None else ()
        )
    judgement = judge_amount(one.found, choice.amount_fen, choice.grounds, imposed=imposed)
    if judgement.refused and one.assumed:
        judgement = judgement._replace(outcome=Outcome.WARNING)
    local = local_of(one.finding, one.found, on, choice)
    objections = (*_open_choices(one), *objections_to(one.finding, one.found, choice, local, earlier))
    return base._replace(judgement=judgement, local=local, objections=objections)


def _sentence(finding: CaseFinding) -> AfterSentence | None:
    fine = finding.criminal_fine_fen
    return after_sentence(criminal_fine_fen=fine) if fine else None


def _special(one: _Ranged, court: AfterSentence | None) -> Judgement | None:
    """Where no fine is left to weigh: punished no more, fined by a court, or fined under another rule."""
    compared, act = one.comparison, one.act
    if compared is not None and compared.no_longer_punished:
        return _no_fine(one, compared.zh, compared.en, compared.citations)
    if court is not None:
        return _no_fine(one, court.zh, court.en, court.citations)
    if act is not None and act.governs is False:
        return _no_fine(one, act.one.zh, act.one.en, act.one.citations)
    return None


def _no_fine(one: _Ranged, zh: str, en: str, citations: tuple[Citation, ...]) -> Judgement:
    return Judgement(Outcome.REFUSED if one.choice.amount_fen else Outcome.OK, zh, en, citations)


def _open_choices(one: _Ranged) -> Iterator[Objected]:
    """What the law leaves to a choice with its reason, and nobody has chosen."""
    compared, choice, act = one.comparison, one.choice, one.act
    if compared is not None and compared.governing is None and not (one.assumed or compared.no_longer_punished):
        if choice.law_day is None:
            yield Objected("law_day", Judgement(Outcome.REFUSED, compared.zh, compared.en, compared.citations))
        elif not (choice.law_reason or "").strip():
            zh, en = "请说明为何选择适用这一规定", "say why this law is the one that applies"
            yield Objected("law_reason", Judgement(Outcome.REFUSED, zh, en, compared.citations))
    if act is not None and act.chosen:
        if act.governs is None:
            yield Objected("governs", Judgement(Outcome.REFUSED, act.one.zh, act.one.en, act.one.citations))
        elif not (choice.governs_reason or "").strip():
            zh, en = "请说明为何按这一规定处罚", "say why the act is fined under this rule"
            yield Objected("governs_reason", Judgement(Outcome.REFUSED, zh, en, act.one.citations))

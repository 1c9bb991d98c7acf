"""What stands against the choices for a fine besides its statutory range: local tier, grounds, level of the office."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..accounts.regions import region
from ..law.discretion import Effect, Judgement, Outcome, ground
from ..law.fines import FineRange
from ..law.jurisdiction import competent
from ..law.ranges import PenaltyRange
from ..law.standards import LocalRule, LocalTier, Standard, applied, narrow
from ..law.statutes import Citation
from ..money import yuan
from ..standards import queries as standards
from .choices import FineProposal
from .earlier import EarlierPenalty
from .models import Case, CaseFinding

REASONS_GIVEN = Citation("apl", 34)
FIRST_OFFENCE = "first_offence"

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Provinces that are cities: no 设区的市 lies between them and their districts."""

LEVELS = {"nation": "national", "province": "province", "city": "city", "county": "county"}


class Local(NamedTuple):
    """The local standard that binds the office for a finding; ``tier`` the one chosen, ``fine`` what it leaves."""

    standard: Standard
    rule: LocalRule
    tier: LocalTier | None
    fine: FineRange | None

    @property
    def zh(self) -> str:
        """《…裁量基准》（文号), as papers name it."""
        return f"《{self.standard.name}》（{self.standard.number}）"


class Objected(NamedTuple):
    """What stands against a choice, at the field of its form."""

    field: str
    judgement: Judgement


def level_of(case: Case) -> str:
    """The level of the authority. Districts of a municipality count as cities: what a law gives to cities with
    districts is theirs, since no such city lies above them."""
    code = case.agency.authority.region_code
    found = region(code)
    level = LEVELS[found.level] if found else "county"
    return "city" if level == "county" and code[:2] in MUNICIPALITIES else level


def local_of(finding: CaseFinding, found: PenaltyRange, on: date, choice: FineProposal) -> Local | None:
    """The standard that binds on the day of the decision, or in a decided case the one that was applied."""
    case, decision = finding.respondent.case, finding.respondent.decision
    office = case.agency.authority
    if decision is not None and decision.decided_on is not None:
        if not finding.local_standard:
            return None
        rested_on = standards.by_number(case.sector, office.region_code, finding.local_standard, decision.decided_on)
        rule = rested_on.rule_for(found.violation.code, found.tier, found.subject) if rested_on else None
        if rested_on is None or rule is None:
            return None
        return _local(rested_on, rule, found, finding.local_tier)
    known = standards.binding(case.sector, office.region_code, on)
    binding = applied(known, found, office.region_code, case.sector, on)
    return _local(binding.standard, binding.rule, found, choice.local_tier) if binding else None


def _local(standard: Standard, rule: LocalRule, found: PenaltyRange, chosen: str | None) -> Local:
    tier = rule.named(chosen) if chosen else None
    return Local(standard, rule, tier, narrow(found, tier) if tier else None)


def objections_to(
    finding: CaseFinding,
    found: PenaltyRange,
    choice: FineProposal,
    local: Local | None,
    earlier: Sequence[EarlierPenalty] = (),
) -> Iterator[Objected]:
    """Everything that stands against the choices for a fine that lies in its statutory range, or is left out."""
    if local is not None and (choice.amount_fen or _leaves_the_fine_out(found, choice)):
        yield from _departure(local, found, choice)
    if FIRST_OFFENCE in choice.grounds:
        yield from _not_the_first(finding, earlier)
    yield from _beyond_level(finding, found, choice)


def _leaves_the_fine_out(found: PenaltyRange, choice: FineProposal) -> bool:
    """Whether the handlers propose none where there is one, without a ground for no penalty."""
    spared = any(Effect.NONE in ground(code).effects for code in choice.grounds)
    return choice.proposed and not choice.amount_fen and found.fine is not None and not spared


def _departure(local: Local, found: PenaltyRange, choice: FineProposal) -> Iterator[Objected]:
    """A local standard binds the office; who departs from it says why (行政处罚法34)."""
    if (choice.departure or "").strip():
        return
    if choice.local_tier and local.tier is None:
        zh = f"{local.zh}没有“{choice.local_tier}”这一阶次，请重新选择"
        en = f"the local standard {local.standard.number} has no tier {choice.local_tier}: choose again"
        yield _refused("local_tier", zh, en)
    elif local.tier is None:
        zh = f"{local.zh}对该违法行为规定了裁量阶次，请选择适用的阶次；不适用的，说明理由"
        en = f"the local standard {local.standard.number} rules on it: choose a tier, or say why none applies"
        yield _refused("local_tier", zh, en)
    elif local.fine is not None and not local.fine.min <= (choice.amount_fen or 0) <= local.fine.max:
        if _is_mitigated(found, choice):
            return
        span = f"{yuan(local.fine.min)}元至{yuan(local.fine.max)}元"
        fine = choice.amount_fen
        figure_zh, figure_en = (f"拟处罚款{yuan(fine)}元", f"{yuan(fine)} yuan") if fine else ("拟不处罚款", "no fine")
        zh = f"{figure_zh}，偏离{local.zh}“{local.tier.name}”阶次（{span}），请说明理由"
        yield _refused("departure", zh, f"{figure_en} departs from the local tier {local.tier.name}: say why")


def _is_mitigated(found: PenaltyRange, choice: FineProposal) -> bool:
    """Below the statutory minimum it is the ground that gives the reason."""
    below = found.fine is not None and 0 < (choice.amount_fen or 0) < found.fine.min
    return below and bool(choice.grounds) and bool((choice.reason or "").strip())


def _not_the_first(finding: CaseFinding, earlier: Sequence[EarlierPenalty]) -> Iterator[Objected]:
    """初次违法 (行政处罚法33(1)) is not whoever was penalised for the same before."""
    same = next((one for one in earlier if finding.violation in one.violations), None)
    if same:
        told = f"{same.authority}{same.number or ''}"
        zh = f"当事人曾于{same.decided_on.isoformat()}因同一违法行为受到处罚（{told}），不属于初次违法"
        en = f"penalised for the same violation on {same.decided_on.isoformat()} ({told}): not a first offence"
        yield _refused("grounds", zh, en, Citation("apl", 33, 1))


def _beyond_level(finding: CaseFinding, found: PenaltyRange, choice: FineProposal) -> Iterator[Objected]:
    case = finding.respondent.case
    for one in competent(found, choice.amount_fen, case.sector, level_of(case)):
        if one.field == "level":
            outcome = Outcome.REFUSED if one.grave else Outcome.WARNING
            zh, en = f"{one.zh}；请报请移送上级机关处理", f"{one.en}; transfer the case to the authority above"
            yield Objected("amount", Judgement(outcome, zh, en, one.citations))


def _refused(field: str, zh: str, en: str, citation: Citation = REASONS_GIVEN) -> Objected:
    return Objected(field, Judgement(Outcome.REFUSED, zh, en, (citation,)))

"""The statutory range of a penalty: what the law lets an office impose for one violation, exact to the fen.

Statutory means before mitigation (行政处罚法 32) and before local discretion standards.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from .combining import (
    basis_of,
    basis_on_persons,
    check_subject,
    combined,
    conditions_of,
    fine_basis_of,
    rule_on_persons,
    sources_of,
    tier_named,
)
from .facts import UNKNOWN, Bases, Facts, NoRange, Unknown, check_bases
from .fines import FineRange, Times, fine_of, times_of
from .imposable import CONFISCATION_OF_INCOME, Imposable
from .model import FineRule, ResponsibleRule, Tier, Violation
from .reasoning import Step, steps_of
from .refusals import no_basis, not_in_force
from .statutes import Citation, holds_on, version_in_force
from .words import MEASURES

# Whoever asks for a range needs these too.
__all__ = ["UNKNOWN", "Bases", "Facts", "FineRange", "NoRange", "PenaltyRange", "Unknown", "combined", "range_for"]

KEPT = 4096
"""How many violations × tiers × subjects × periods between changes of the law are kept ready: more than the catalogue
has tiers."""


class PenaltyRange(Imposable):
    """The statutory range, with the reasoning behind it."""

    __slots__ = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The reasoning in readable steps, each with its citations, in Chinese and English; made when asked for."""
        return steps_of(self)


class _Frame(NamedTuple):
    """All of a range that does not depend on the amounts, and is the same until the law changes."""

    rule: FineRule | None
    times: Times | None
    confiscate: tuple[str, ...]
    optional: tuple[str, ...]
    by_general_rule: bool
    """Whether income is taken under 行政处罚法 28(2), the tier itself not naming it."""
    rest: tuple[Any, ...]


def range_for(violation: Violation, facts: Facts, on: date) -> PenaltyRange:
    """The statutory range for one violation under the law of the day ``on``.

    Raises NoRange where none can be given: never a guess.
    """
    bases = facts.bases
    check_bases(bases)
    subject, tier, turns = facts.subject, facts.tier, violation.turns
    begun = bisect_right(turns, on)
    frame = _kept(violation, subject, tier, turns[begun - 1] if begun else date.min)
    if frame is None:
        frame = _frame(violation, subject, tier, on)
    fine, calculation = (None, None) if frame.rule is None else fine_of(frame.rule, bases, frame.times)
    certain, optional, general = frame.confiscate, frame.optional, False
    if frame.by_general_rule and bases.get("illegal_income") not in (None, 0, UNKNOWN):
        certain, general = ("illegal_income", *certain), True
    if 0 in bases.values():
        certain = tuple(name for name in certain if bases.get(name) != 0)
        optional = tuple(name for name in optional if bases.get(name) != 0)
    return PenaltyRange._make((fine, calculation, certain, optional, general, on, *frame.rest))


@lru_cache(KEPT)
def _kept(violation: Violation, subject: str | None, tier: str | None, since: date) -> _Frame | None:
    """The frame of all days from ``since`` to the next change of the law; None where there is no range: the refusal
    names the day that was asked for, so it is made for each."""
    try:
        return _frame(violation, subject, tier, since)
    except NoRange:
        return None


def _frame(violation: Violation, subject: str | None, tier: str | None, on: date) -> _Frame:
    """Raises NoRange."""
    edition = violation.edition_on(on)
    if edition is None:
        raise not_in_force(violation, on)
    own, subject = tier_named(edition, tier), subject or edition.subject
    check_subject(edition, own, subject)
    whole = combined(edition, own)
    if subject != "responsible":
        return _on_offender(_provided(edition, own, subject, on, None), whole)
    elsewhere = rule_on_persons(edition, whole)
    found = _provided(edition, own, subject, on, elsewhere)
    fined = elsewhere is None or elsewhere.basis in found.basis
    return _on_persons(found, whole, elsewhere.fine if elsewhere and fined else whole.person_fine)


def _provided(edition: Violation, own: Tier, subject: str, on: date, elsewhere: ResponsibleRule | None) -> Imposable:
    """The provisions of the day, before anything that they impose. Raises NoRange where none of them was in force."""
    persons = subject == "responsible"
    named = basis_on_persons(edition, own, elsewhere) if persons else basis_of(edition, own)
    basis, inapplicable = _applicable(edition, named, on)
    if not basis:
        raise no_basis(edition, inapplicable, on)
    if elsewhere and elsewhere.basis in inapplicable:
        elsewhere = None
    violated, _ = _applicable(edition, edition.violated, on)
    fined_by = (elsewhere.basis,) if elsewhere else fine_basis_of(edition, own, persons=persons)
    fine_basis, _ = _applicable(edition, fined_by, on)
    return Imposable(
        fine=None,
        calculation=None,
        confiscate=(),
        confiscate_optional=(),
        income_by_general_rule=False,
        on=on,
        violation=edition,
        tier=own.name,
        subject=subject,
        violated=violated,
        basis=basis,
        fine_basis=fine_basis or basis,
        inapplicable=inapplicable,
        versions=_versions((*violated, *basis), on),
        sources=_sources(edition, own, on, elsewhere=elsewhere) if not (persons and own.person_basis) else {},
        verification=edition.checked,
        conditions=conditions_of(own, subject, elsewhere),
    )


_BY_AMOUNT = Imposable._fields.index("violation")


def _on_offender(found: Imposable, whole: Tier) -> _Frame:
    person = found.subject == "person"
    rest = found._replace(
        measures=tuple(name for name in MEASURES if getattr(whole, name)),
        orders=whole.orders,
        warning=whole.warning,
        public_criticism=whole.public_criticism,
        suspend_business=whole.suspend_business,
        suspend_practice_months=whole.suspend_practice_months,
        revoke=whole.revoke,
        revoke_optional=whole.revoke_optional,
        application_ban_years=whole.application_ban_years,
        person_ban_years=whole.person_ban_years if person else None,
        person_ban_life=whole.person_ban_life and person,
        police_detention_days=whole.police_detention_days if person else None,
        one_of=whole.one_of,
        either=whole.either,
        other=tuple(whole.other.split("；")) if whole.other else (),
    )
    rule = whole.fine
    if rule is not None and any("fine" in named and len(named) > 1 for named in (whole.one_of, whole.either)):
        rule = rule._replace(optional=True)
    named = "illegal_income" in (*whole.confiscate, *whole.confiscate_optional)
    general = not named and holds_on(CONFISCATION_OF_INCOME, found.on)
    return _Frame(
        rule, rule and times_of(rule), whole.confiscate, whole.confiscate_optional, general, rest[_BY_AMOUNT:]
    )


def _on_persons(found: Imposable, whole: Tier, rule: FineRule | None) -> _Frame:
    """Bans and detention that a rule on a unit names are always for its persons."""
    rest = found._replace(
        suspend_practice_months=whole.person_suspend_practice_months,
        revoke=whole.person_revoke,
        revoke_optional=whole.person_revoke_optional,
        person_ban_years=whole.person_ban_years,
        person_ban_life=whole.person_ban_life,
        police_detention_days=whole.police_detention_days,
    )
    return _Frame(rule, rule and times_of(rule), whole.person_confiscate, (), False, rest[_BY_AMOUNT:])


def _sources(
    edition: Violation, own: Tier, on: date, *, elsewhere: ResponsibleRule | None
) -> dict[str, tuple[Citation, ...]]:
    named = sources_of(edition, own)
    if elsewhere:  # its own condition is not that of the tier
        del named["name"]
    return {name: tuple(one for one in cited if edition.holds(one, on)) for name, cited in named.items()}


def _applicable(
    edition: Violation, citations: Iterable[Citation], on: date
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    sides: tuple[list[Citation], list[Citation]] = ([], [])
    for citation in citations:
        sides[0 if edition.holds(citation, on) else 1].append(citation)
    return tuple(sides[0]), tuple(sides[1])


def _versions(citations: Iterable[Citation], on: date) -> dict[str, str]:
    found = {citation.law: version_in_force(citation.law, on) for citation in citations}
    return {law: version.name for law, version in found.items() if version}

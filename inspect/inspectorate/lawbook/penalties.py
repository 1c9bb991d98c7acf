"""The page of a violation: each tier a row of what may be imposed, for every edition of the rule, and its examples."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..law import wording
from ..law.combining import basis_of, basis_on_persons, combined, rule_on_persons
from ..law.examples import Example, current_day, examples
from ..law.facts import Unknown
from ..law.statutes import Citation
from ..law.violations import FineRule, Violation
from ..law.words import COUNTED, PENALTIES, SUBJECTS, TIERS, Term, term
from ..money import yuan
from .shown import tier_name


class Fine(NamedTuple):
    """A fine in words, and in figures with the case that each is for."""

    words: Term
    figures: Sequence[tuple[Term | None, str]]
    optional: bool


class Row(NamedTuple):
    """A tier with all that it takes over from the base tier.

    ``one_of``: penalties of which one at least is imposed. ``person_basis``: where the persons of a unit are punished
    by other provisions than the unit.
    """

    tier: str
    name: Term
    subject: Term
    fine: Fine | None
    orders: Sequence[Term]
    confiscations: Sequence[Term]
    penalties: Sequence[Term]
    person_fine: Fine | None
    persons: Sequence[Term]
    basis: Sequence[Citation]
    person_basis: Sequence[Citation]
    one_of: Sequence[Term]
    other: str | None


class Edition(NamedTuple):
    """One edition of a rule: its days, provisions and tiers. ``day``: one of its days, on which its articles open."""

    violation: Violation
    day: date
    rows: Sequence[Row]
    current: bool


def editions_of(entry: Violation, today: date) -> list[Edition]:
    """All editions, the one of today (else the latest) first, then the others from the latest on."""
    ordered = sorted(entry.editions, key=lambda edition: (edition is not _shown_first(entry, today), -_first(edition)))
    return [
        Edition(edition, day_of(edition, today), list(_rows(edition)), edition.edition_on(today) is edition)
        for edition in ordered
    ]


def _shown_first(entry: Violation, today: date) -> Violation:
    return entry.edition_on(today) or entry


def _first(edition: Violation) -> int:
    return (edition.since or date.min).toordinal()


def day_of(edition: Violation, today: date) -> date:
    """Today where it is a day of the edition, else the day of it that is nearest."""
    if edition.since and today < edition.since:
        return edition.since
    return min(today, edition.until or today)


def _rows(edition: Violation) -> Iterator[Row]:
    for tier in edition.tiers:
        whole = combined(edition, tier)
        elsewhere = rule_on_persons(edition, whole)
        person_fine = elsewhere.fine if elsewhere else whole.person_fine
        basis = basis_of(edition, tier)
        on_persons = basis_on_persons(edition, tier, elsewhere) if elsewhere or whole.falls_on_persons else ()
        yield Row(
            tier=tier.name,
            name=tier_name(tier),
            subject=term(SUBJECTS, tier.subject or edition.subject),
            fine=_fine(whole.fine),
            orders=wording.orders_of(whole),
            confiscations=wording.confiscations_of(whole),
            penalties=wording.penalties_of(whole),
            person_fine=_fine(person_fine),
            persons=wording.persons_of(whole),
            basis=basis,
            person_basis=() if set(on_persons) <= set(basis) else on_persons,
            one_of=[term(PENALTIES, name) for name in whole.one_of],
            other=whole.other,
        )


def _fine(rule: FineRule | None) -> Fine | None:
    return Fine(wording.fine_words(rule), wording.fine_figures(rule), rule.optional) if rule else None


class Worked(NamedTuple):
    """A worked example with the address's values that make the calculator work it again."""

    tier: Term
    subject: Term
    bases: Sequence[tuple[str, str]]
    example: Example
    arguments: Mapping[str, str]


def worked_examples(entry: Violation) -> list[Worked]:
    """The examples of the violation, in the order of the data."""
    return [_worked(entry, example) for example in examples() if example.violation == entry.code]


def _worked(entry: Violation, example: Example) -> Worked:
    day = example.on or current_day(entry)
    edition = entry.edition_on(day) or entry
    tier = edition.tiers_by_name.get(example.tier)
    name = tier_name(tier) if tier else term(TIERS, example.tier)
    given = {"act": day.isoformat(), "decided": day.isoformat(), "tier": example.tier, "subject": example.subject}
    for base, value in example.bases.items():
        given |= {base: _typed(base, value)} if isinstance(value, int) else {f"{base}_unknown": "y"}
    return Worked(
        tier=name,
        subject=term(SUBJECTS, example.subject),
        bases=[
            (base, "" if isinstance(value, Unknown) else _typed(base, value)) for base, value in example.bases.items()
        ],
        example=example,
        arguments=given,
    )


def _typed(base: str, value: int | Unknown) -> str:
    """A base as it is typed; nothing for one that cannot be calculated."""
    if isinstance(value, Unknown):
        return ""
    return str(value) if base in COUNTED else yuan(value)

"""The catalogue of violations: what is forbidden, by which provision, and what each provision lets an office impose.

The meaning of every field stands in ``data/README.md``. Amounts are kept in fen, multipliers as decimals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

from .datafile import MalformedData, names, read
from .statutes import Citation, holds_on


class FineRule(NamedTuple):
    """How a fine is found: ``range`` between two sums, or ``multiple`` of a base.

    All sums in fen. ``floor_base``: a smaller base counts as this. ``threshold``: below it the fixed range ``below_…``
    applies, not the multiple. ``unknown_…``: the range where the base cannot be calculated. ``optional``: 可以并处.
    """

    kind: str
    min: int | None = None
    max: int | None = None
    base: str | None = None
    min_times: Decimal | None = None
    max_times: Decimal | None = None
    floor_base: int | None = None
    threshold: int | None = None
    below_min: int | None = None
    below_max: int | None = None
    unknown_min: int | None = None
    unknown_max: int | None = None
    optional: bool = False


class Tier(NamedTuple):
    """A step of a violation's penalties. It adds to the base tier, or with ``instead`` stands in its place.

    ``subject`` is set where it is meant for another kind of offender than the violation's own. Pairs are from–to:
    months of suspension, calendar days of detention. Bans are in years.
    """

    name: str
    when: str
    instead: bool = False
    subject: str | None = None
    fine: FineRule | None = None
    person_fine: FineRule | None = None
    order_correction: bool = False
    order_rectify_deadline: bool = False
    stop_practice: bool = False
    warning: bool = False
    public_criticism: bool = False
    confiscate: tuple[str, ...] = ()
    confiscate_optional: tuple[str, ...] = ()
    person_confiscate: tuple[str, ...] = ()
    suspend_business: bool = False
    suspend_practice_months: tuple[int, int] | None = None
    revoke: tuple[str, ...] = ()
    revoke_optional: tuple[str, ...] = ()
    application_ban_years: int | None = None
    person_ban_years: int | None = None
    person_ban_life: bool = False
    police_detention_days: tuple[int, int] | None = None
    other: str | None = None


class ResponsibleRule(NamedTuple):
    """A fine on the responsible persons of a unit that another provision sets, with its condition."""

    basis: Citation
    when: str
    fine: FineRule


@dataclass(frozen=True)
class Violation:
    """An entry of the catalogue. ``checked``: text, partial or unverified (how far its figures were compared)."""

    code: str
    domain: str
    subject: str
    title_zh: str
    title_en: str
    violated: tuple[Citation, ...]
    basis: tuple[Citation, ...]
    sectors: tuple[str, ...]
    checked: str
    checked_in: tuple[str, ...]
    tiers: tuple[Tier, ...]
    category: str | None = None
    criminal_transfer: tuple[Citation, ...] = ()
    responsible: ResponsibleRule | None = None
    level: str | None = None
    note: str | None = None

    @cached_property
    def tiers_by_name(self) -> Mapping[str, Tier]:
        """The tiers by name, in the order of the data."""
        return {tier.name: tier for tier in self.tiers}

    @property
    def default_tier(self) -> str | None:
        """``base``, or the only tier there is; None where one must be named."""
        if "base" in self.tiers_by_name:
            return "base"
        return self.tiers[0].name if len(self.tiers) == 1 else None

    @property
    def fines_responsible_persons(self) -> bool:
        """Whether some tier lets the responsible persons of the unit be fined."""
        return self.responsible is not None or any(tier.person_fine for tier in self.tiers)

    @property
    def bases(self) -> tuple[str, ...]:
        """Every base that some fine of this violation may need."""
        rules = [rule for tier in self.tiers for rule in (tier.fine, tier.person_fine) if rule]
        if self.responsible:
            rules.append(self.responsible.fine)
        return tuple(dict.fromkeys(rule.base for rule in rules if rule.base))

    def in_force(self, on: date) -> bool:
        """Whether at least one of its bases was in force on that day."""
        return any(holds_on(citation, on) for citation in self.basis)


class UnknownViolation(KeyError):
    """The catalogue has no violation of that code."""

    def __str__(self) -> str:
        return f"the catalogue has no violation {self.args[0]!r}"


def violation(code: str) -> Violation:
    """The violation with that code. Raises UnknownViolation."""
    try:
        return catalogue()[code]
    except KeyError:
        raise UnknownViolation(code) from None


def violations(
    *,
    domain: str | None = None,
    sector: str | None = None,
    category: str | None = None,
    subject: str | None = None,
    law: str | None = None,
    on: date | None = None,
) -> list[Violation]:
    """The violations that answer all the filters given, in the order of the data: by law, then article.

    ``law`` is the id of a law among the bases; ``on`` leaves out what was not in force that day.
    """
    return [
        entry
        for entry in catalogue().values()
        if (domain is None or entry.domain == domain)
        and (sector is None or sector in entry.sectors)
        and (category is None or entry.category == category)
        and (subject is None or entry.subject == subject)
        and (law is None or any(citation.law == law for citation in entry.basis))
        and (on is None or entry.in_force(on))
    ]


@cache
def catalogue() -> Mapping[str, Violation]:
    """All violations by code, read once."""
    entries: dict[str, Violation] = {}
    for name in names("violations"):
        for record in read(name)["violation"]:
            entry = read_violation(record, name)
            if entry.code in entries:
                raise MalformedData(f"{name}: {entry.code} is there twice")
            entries[entry.code] = entry
    return entries


def read_violation(record: Mapping[str, Any], file: str) -> Violation:
    """A record of a data file as a Violation. Raises MalformedData naming file, code and field."""
    try:
        record = dict(record)
        tiers = tuple(_tier(tier) for tier in record.pop("tier"))
        for name in ("violated", "basis", "criminal_transfer"):
            record[name] = tuple(Citation.from_dict(cited) for cited in record.get(name, ()))
        if "responsible" in record:
            rule = record["responsible"]
            record["responsible"] = ResponsibleRule(
                basis=Citation.from_dict(rule["basis"]), when=rule["when"], fine=_fine(rule["fine"])
            )
        return Violation(tiers=tiers, **_frozen(record))
    except (TypeError, KeyError, ValueError) as error:
        raise MalformedData(f"{file}: {record.get('code', 'a violation without code')}: {error}") from error


def _tier(record: Mapping[str, Any]) -> Tier:
    fines = {name: _fine(record[name]) for name in ("fine", "person_fine") if name in record}
    return Tier(**{**_frozen(record), **fines})


def _frozen(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}


_SUMS = tuple(name for name, kind in FineRule.__annotations__.items() if kind == (int | None))


def _fine(record: Mapping[str, Any]) -> FineRule:
    rule = dict(record)
    for name in _SUMS:
        if name in rule:
            rule[name] = _fen(rule[name], name)
    for name in ("min_times", "max_times"):
        if name in rule:
            rule[name] = Decimal(rule[name])
    fine = FineRule(**rule)
    for problem in _problems(fine):
        raise ValueError(problem)
    return fine


def _fen(yuan: int | Decimal, name: str) -> int:
    fen = Decimal(yuan) * 100
    if fen < 0 or fen != int(fen):
        raise ValueError(f"{name} = {yuan} is no sum in yuan and fen")
    return int(fen)


def _problems(fine: FineRule) -> Iterator[str]:
    if fine.kind not in ("range", "multiple"):
        yield f"a fine is a range or a multiple, not {fine.kind!r}"
    elif fine.kind == "range" and (fine.min is None or fine.max is None):
        yield "a range needs min and max"
    elif fine.kind == "multiple" and (fine.base is None or fine.min_times is None or fine.max_times is None):
        yield "a multiple needs base, min_times and max_times"
    pairs = ("min", "max"), ("min_times", "max_times"), ("below_min", "below_max"), ("unknown_min", "unknown_max")
    for low, high in pairs:
        least, most = getattr(fine, low), getattr(fine, high)
        if (least is None) != (most is None):
            yield f"{low} and {high} go together"
        elif least is not None and least > most:
            yield f"{low} is above {high}"
    if (fine.threshold is None) != (fine.below_min is None):
        yield "a threshold needs the range below it"

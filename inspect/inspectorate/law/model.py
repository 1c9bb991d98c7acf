"""An entry of the catalogue: a violation, its tiers of penalties, and the rules by which fines are found.

The meaning of every field stands in ``data/README.md``. Amounts are kept in fen, multipliers as decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Optional

from .statutes import Citation, holds_on, law, version_in_force


class FineRule(NamedTuple):
    """How a fine is found: ``range`` between two sums, or ``multiple`` of a base.

    All sums in fen. ``floor_base``: a smaller base counts as this. ``none_…``: the range where the base is nothing,
    with ``none_optional`` only 可以处. ``threshold``: below it the fixed range ``below_…`` applies, not the multiple,
    with ``below_optional`` only 可以处. ``unknown_…``: the range where the base cannot be calculated; ``unknown_basis``
    the provision that says what then holds. ``cap``, ``min_cap``: the multiple does not go above, below this sum.
    ``factor``: the outcome is taken so many times (加一倍). ``per``: the outcome is for each of these (heads, days).
    ``alternative``: a second scale beside it, ``choose`` says how the two go together: either (the office chooses),
    greater. ``optional``: 可以并处.
    """

    kind: str
    min: int | None = None
    max: int | None = None
    base: str | None = None
    min_times: Decimal | None = None
    max_times: Decimal | None = None
    floor_base: int | None = None
    none_min: int | None = None
    none_max: int | None = None
    none_optional: bool = False
    threshold: int | None = None
    below_min: int | None = None
    below_max: int | None = None
    below_optional: bool = False
    unknown_min: int | None = None
    unknown_max: int | None = None
    unknown_basis: Citation | None = None
    cap: int | None = None
    min_cap: int | None = None
    factor: Decimal | None = None
    per: str | None = None
    alternative: Optional["FineRule"] = None
    choose: str = "either"
    optional: bool = False

    @property
    def bases(self) -> tuple[str, ...]:
        """Every base that this rule may need, its alternative's included."""
        own = tuple(name for name in (self.base, self.per) if name)
        return (*own, *self.alternative.bases) if self.alternative else own


class Tier(NamedTuple):
    """A step of a violation's penalties. It adds to the base tier, or with ``instead`` stands in its place.

    ``subject`` is set where it is meant for another kind of offender than the violation's own. ``basis`` is set where
    the tier rests on something else, or narrower, than the violation; ``person_basis`` where the fine on responsible
    persons does. ``one_of``: penalties of which one at least is imposed (单处或者并处);
    ``either``: of which just one is (警告或者罚款). Pairs are from–to: months of
    suspension, calendar days of detention. Bans are in years.
    """

    name: str
    when: str
    instead: bool = False
    subject: str | None = None
    basis: tuple[Citation, ...] = ()
    person_basis: tuple[Citation, ...] = ()
    fine: FineRule | None = None
    person_fine: FineRule | None = None
    order_correction: bool = False
    order_rectify_deadline: bool = False
    order_stop: bool = False
    stop_practice: bool = False
    orders: tuple[str, ...] = ()
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
    person_suspend_practice_months: tuple[int, int] | None = None
    person_revoke: tuple[str, ...] = ()
    person_revoke_optional: tuple[str, ...] = ()
    police_detention_days: tuple[int, int] | None = None
    one_of: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    other: str | None = None

    @property
    def falls_on_persons(self) -> bool:
        """Whether it punishes persons of the unit: fine, suspension, ban, detention, or what is taken from them."""
        stopped = self.person_suspend_practice_months or self.person_ban_years or self.person_ban_life
        taken = self.person_confiscate or self.person_revoke or self.person_revoke_optional
        return bool(self.person_fine or taken or stopped or self.police_detention_days)


class ResponsibleRule(NamedTuple):
    """A fine on the responsible persons of a unit that another provision sets, with its condition."""

    basis: Citation
    when: str
    fine: FineRule


@dataclass(frozen=True, eq=False)
class Violation:
    """An entry of the catalogue, in one edition.

    ``since``, ``until``: the first and the last day on which the rule holds as written here (both included; None:
    not recorded, and still in force). ``earlier``: the editions before it, the oldest first; in them ``historic`` is
    set. ``replaced_by``: codes of what took its place after ``until``; ``abolished``: the act is
    no violation any more after it. ``checked``: text, partial or unverified (how
    far its figures were compared). Two are equal only where they are the same object: the catalogue is read once.
    """

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
    since: date | None = None
    until: date | None = None
    category: str | None = None
    criminal_transfer: tuple[Citation, ...] = ()
    responsible: ResponsibleRule | None = None
    level: str | None = None
    level_basis: Citation | None = None
    replaced_by: tuple[str, ...] = ()
    abolished: bool = False
    illegal_practice: bool = False
    note: str | None = None
    historic: bool = False
    earlier: tuple["Violation", ...] = ()

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
    def reaches_responsible_persons(self) -> bool:
        """Whether some tier punishes the responsible persons of the unit, by a fine or otherwise."""
        return self.responsible is not None or any(self.reaches_persons_in(tier) for tier in self.tiers)

    def reaches_persons_in(self, tier: Tier) -> bool:
        """Whether that tier punishes persons of the unit; what falls on an offender who is a person is not meant."""
        return self.subject == "org" and tier.subject != "person" and tier.falls_on_persons

    @property
    def bases(self) -> tuple[str, ...]:
        """Every base that some fine of this violation may need."""
        rules = [rule for tier in self.tiers for rule in (tier.fine, tier.person_fine) if rule]
        if self.responsible:
            rules.append(self.responsible.fine)
        return tuple(dict.fromkeys(base for rule in rules for base in rule.bases))

    @property
    def cited(self) -> tuple[Citation, ...]:
        """Every provision that this edition names, each once."""
        tiers = (citation for tier in self.tiers for citation in (*tier.basis, *tier.person_basis))
        others = (self.responsible.basis if self.responsible else None, self.level_basis)
        named = (*self.violated, *self.basis, *tiers, *self.criminal_transfer, *others)
        return tuple(dict.fromkeys(citation for citation in named if citation))

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days from which other law may hold for it than the day before, in order.

        Those of its editions, of every law that one of them cites, and of 行政处罚法, which applies to each violation.
        """
        laws = {"apl", *(citation.law for edition in self.editions for citation in edition.cited)}
        spans = [(version.in_force_from, version.in_force_to) for name in laws for version in law(name).versions]
        spans += [(edition.since or date.min, edition.until) for edition in self.editions]
        return tuple(sorted({day for first, last in spans for day in (first, last and last + timedelta(1)) if day}))

    @property
    def editions(self) -> tuple["Violation", ...]:
        """All editions, the oldest first, this one last."""
        return (*self.earlier, self)

    def edition_on(self, on: date) -> "Violation | None":
        """The edition whose days include ``on``; None where the rule was not yet, no longer, or not recorded."""
        for edition in reversed(self.editions):
            if (edition.since is None or edition.since <= on) and (edition.until is None or on <= edition.until):
                return edition
        return None

    def holds(self, citation: Citation, on: date) -> bool:
        """Whether a provision that this edition names was in force on a day of the edition.

        An earlier edition cites the law as it then read, so the law need only have been there; the current one may
        have begun before all of its provisions had.
        """
        return version_in_force(citation.law, on) is not None if self.historic else holds_on(citation, on)

    def in_force(self, on: date) -> bool:
        """Whether some edition, and at least one of its bases, was in force on that day."""
        edition = self.edition_on(on)
        return edition is not None and any(edition.holds(citation, on) for citation in edition.basis)

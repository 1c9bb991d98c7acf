"""What a form wants of the records: each place's wishes, gathered into as few statements as can answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, cast

from ...accounts.regions import significant
from ..engine.definition import Condition, FormDefinition, Measure, Part
from ..engine.figures import Address, Filled
from ..engine.vocabulary import Kind
from .dimensions import HEAVIEST, Dimension, attribute, dimension, joined_licences, plain
from .sources import Source, sources
from .tables import BASES

FOOT = "#foot"
"""Stands in for the row in the address of a footer's count."""


class Wish(NamedTuple):
    """One source's share of one figure: what it needs to look at, and which groups it takes.

    ``table``: which of several tables the figure stands in, for a break-down.
    """

    address: Address
    source: Source
    looks: tuple[tuple[Dimension, Condition], ...]
    money: bool = False
    table: str = ""

    @property
    def once(self) -> frozenset[str]:
        """The filters over which an entity may occur in several groups, so that groups must not be added."""
        return frozenset(d.id for d, _ in self.looks if not is_single(self.source, d))

    @property
    def adds_up(self) -> bool:
        """Whether taking groups and adding them counts everything once."""
        return all(is_single(self.source, d) or d.is_flag or (d.exact and len(c.values) == 1) for d, c in self.looks)


def is_single(source: Source, dim: Dimension) -> bool:
    """Whether each counted entity has one value in this dimension."""
    if source.entity == "subject":
        return dim.of_subject
    if source.entity == "case":
        return not (dim.of_subject or "respondent" in dim.needs)
    return True


@dataclass
class Statement:
    """One statement: the wishes that it answers."""

    source: Source
    listed: bool
    wishes: list[Wish] = field(default_factory=list)

    @property
    def looked_at(self) -> list[Dimension]:
        """What the wishes filter by."""
        return list({d.id: d for wish in self.wishes for d, _ in wish.looks}.values())

    @cached_property
    def dimensions(self) -> list[Dimension]:
        """What is grouped by."""
        found = {d.id: d for d in self.looked_at}
        if self.source.weigh:
            weight = attribute(self.source.weigh)
            found[weight.id] = weight
        return list(found.values())

    @cached_property
    def sought(self) -> list["Sought"]:
        """The wishes with what they look up, worked out once for the statement."""
        return [Sought.of(wish) for wish in self.wishes]

    @cached_property
    def sought_by(self) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], Sequence[int]]]:
        """Which wishes (their places in ``sought``) a group may concern: by the dimensions looked up, by its values."""
        found: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
        for number, sought in enumerate(self.sought):
            found.setdefault(sought.keys, {}).setdefault(sought.values, []).append(number)
        return found


class Sought(NamedTuple):
    """A wish: ``keys`` and ``values`` are looked up, ``tried`` must be asked of each group found so."""

    wish: Wish
    keys: tuple[str, ...]
    values: tuple[str, ...]
    tried: tuple[tuple[Dimension, Condition], ...]

    @classmethod
    def of(cls, wish: Wish) -> "Sought":
        """Dimensions in which one exact value is wanted are looked up; several filters on one are tried."""
        exact = {d.id: key for d, c in wish.looks if (key := _looked_up(d, c)) is not None}
        keys = tuple(sorted(exact))
        tried = tuple((d, c) for d, c in wish.looks if exact.get(d.id) != _looked_up(d, c) or d.id not in exact)
        return cls(wish, keys, tuple(exact[key] for key in keys), tried)


def wishes(form: FormDefinition, where: tuple[Condition, ...] = ()) -> list[Wish]:
    """Everything that the records must give for a form: cells that are no totals, and the footer's counts.

    ``where``: filters over the whole table.
    """
    blank = Filled(form, {})
    found: list[Wish] = []
    for address, slot in blank.slots.items():
        if blank.countable(slot) and slot.part.measure is not None:
            found += wishes_of(form, address, slot.part.measure, (*slot.conditions, *where), slot.part)
    for name, measure in form.foot_counts.items():
        found += wishes_of(form, (FOOT, name), measure, where)
    return found


def wishes_of(
    form: FormDefinition,
    address: Address,
    measure: Measure,
    conditions: Iterable[Condition],
    part: Part | None = None,
) -> list[Wish]:
    """The shares that add up to one figure; a filter that a kind of record does not know lets nothing through."""
    found = []
    conditions = tuple(conditions)
    for term in measure.terms:
        for source in sources(term):
            base = BASES[source.base]
            asked = joined_licences((*conditions, *source.conditions))
            if form.counts_heaviest and source.base == "decision":
                asked = _by_heaviest(source, asked)
            looks = [(dimension(base, condition), condition) for condition in asked]
            known = tuple((d, c) for d, c in looks if d is not None)
            if len(known) == len(looks):
                found.append(Wish(address, source, known, part is not None and part.kind is Kind.MONEY))
    return found


def _by_heaviest(source: Source, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Filters by penalty look at the heaviest one alone, and so do counts of one kind; amounts are added all."""
    found = tuple(c._replace(key=HEAVIEST) if c.key == "penalty" else c for c in conditions)
    counts_a_kind = source.split is not None and source.aggregate != "amount"
    return (*found, Condition(HEAVIEST, (source.split,))) if counts_a_kind and source.split else found


def statements(found: Iterable[Wish]) -> list[Statement]:
    """Wishes gathered into as few statements as can answer them."""
    made: dict[tuple[Any, ...], Statement] = {}
    for wish in found:
        source, listed = wish.source, not wish.adds_up
        once = frozenset(d.id for d, _ in wish.looks) if listed else wish.once
        day = "" if source.by_its_own_day and not listed else source.day
        key = (source.base, day, source.extra, source.entity, source.weigh, once, listed)
        made.setdefault(key, Statement(source, listed)).wishes.append(wish)
    return _joined(list(made.values()))


def _joined(found: list[Statement]) -> list[Statement]:
    """What is added up is counted beside subjects that are counted once, where the groups of these allow it: the same
    records are then read once.
    """
    once = [one for one in found if one.source.entity == "subject" and not one.listed]
    for added in [one for one in found if not (one.source.entity or one.listed or one.source.weigh)]:
        homes = [_home(wish, [one for one in once if _reads_alike(one.source, added.source)]) for wish in added.wishes]
        if all(homes):
            for wish, home in zip(added.wishes, homes, strict=True):
                cast(Statement, home).wishes.append(wish)
            found.remove(added)
    return found


def _reads_alike(one: Source, other: Source) -> bool:
    return (one.base, one.day, one.extra) == (other.base, other.day, other.extra)


def _home(wish: Wish, counted_once: Iterable[Statement]) -> Statement | None:
    """The statement whose groups hold the wish's filters, the one that becomes the least finer by it."""
    fitting = [
        one
        for one in counted_once
        if all(d.id in one.wishes[0].once or is_single(one.source, d) for d, _ in wish.looks)
    ]
    looked = {d.id for d, _ in wish.looks}
    return min(fitting, key=lambda one: len(looked - {d.id for d in one.looked_at}), default=None)


def _looked_up(dim: Dimension, condition: Condition) -> str | None:
    """The one value that groups let through by a filter have; None where groups must be tried."""
    if not dim.exact or dim.is_flag or len(condition.values) != 1:
        return None
    if not dim.id.startswith("region:"):
        return plain(condition.values[0])
    prefix = significant(str(condition.values[0]))
    return prefix if dim.id == f"region:{len(prefix)}" else None

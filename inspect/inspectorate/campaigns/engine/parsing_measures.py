"""What a node or a footer counts, in which unit, and under which conditions."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...objections import N_
from .definition import Condition, Measure, Part, Term
from .entries import Entry, Place
from .vocabulary import (
    ATTRIBUTE_PREFIX,
    CLOSED_FILTERS,
    ENTERED,
    FILTERS,
    MEASURES,
    MONEY_UNITS,
    PREFIXED_MEASURES,
    Kind,
)

_COMPARISON = re.compile(r"(>=|<=|==|>|<)\s*(-?\d+(?:\.\d+)?)")
_ARGUMENT = re.compile(r"[\w.\-]+")
_UNIT_IN_WORDS = re.compile(rf"[(（]\s*({'|'.join(MONEY_UNITS)})\s*[)）]")


def read_measure(entry: Place, key: str, text: str) -> Measure | None:
    """`visits`, `sum:workers`, `fine_sum + confiscate_sum` or `entered`; notes a problem and gives None otherwise."""
    terms = []
    for piece in (part.strip() for part in text.split("+")):
        name, colon, argument = piece.partition(":")
        if colon:
            if name not in PREFIXED_MEASURES or not _ARGUMENT.fullmatch(argument):
                entry.refuse_unknown(
                    key, N_("unknown measure “%(word)s”"), piece, [f"{p}:…" for p in PREFIXED_MEASURES]
                )
                return None
            terms.append(Term(name, argument))
        elif name in MEASURES or name == ENTERED:
            terms.append(Term(name))
        else:
            entry.refuse_unknown(key, N_("unknown measure “%(word)s”"), name, [*MEASURES, ENTERED])
            return None
    if len({term.kind for term in terms}) > 1:
        entry.refuse(key, N_("“%(measure)s” adds amounts and counts"), measure=text)
        return None
    return Measure(tuple(terms))


def read_part(entry: Entry, part_id: str, text: str | None, unit: str | None, table: dict[str, Any]) -> Part:
    measure = None if text is None else read_measure(entry, "pair" if "pair" in table else "m", text)
    kind = _kind(measure, unit, table.get("type"))
    money_unit = unit in MONEY_UNITS
    if measure and measure.kind is Kind.MONEY and unit is not None and not money_unit:
        message = N_("the unit “%(unit)s” is not a unit of money, but “%(measure)s” is an amount")
        entry.refuse("unit", message, unit=unit, measure=text)
    if measure and measure.kind is Kind.COUNT and money_unit and measure.terms[0].name != ENTERED:
        message = N_("“%(measure)s” counts and cannot be printed in “%(unit)s”")
        entry.refuse("unit", message, unit=unit, measure=text)
    if kind is Kind.MONEY and unit is None:
        unit = _unit_in_words(table.get("label", ""))
        if unit is None:
            unit = "元"
            entry.draft.warn(entry.line("id"), entry.place, N_("no unit for an amount; yuan (元) assumed"))
    return Part(part_id, measure, kind, unit, table.get("places"))


def _unit_in_words(label: str) -> str | None:
    """The unit of money that the printed words name: 罚款金额(万元)."""
    found = _UNIT_IN_WORDS.search(label)
    return found.group(1) if found else None


def units_of_pair(pair: list[str], unit: list[str] | str | None, sep: str) -> list[str] | list[str | None]:
    """The units of both figures of a pair: two, or one as the papers print it (户次/万元), or one for the figure that
    it fits.
    """
    if isinstance(unit, list):
        return unit
    both = [piece.strip() for piece in (unit or "").split(sep)] if sep else []
    if len(both) == 2 and all(both) and any(piece in MONEY_UNITS for piece in both):
        return both
    return [_unit_within(text, unit) for text in pair]


def _unit_within(text: str, unit: str | None) -> str | None:
    """The unit of one of a pair's two figures where the pair has one: that of money is not that of a count."""
    names = [piece.partition(":")[0].strip() for piece in text.split("+")]
    money = any((MEASURES | PREFIXED_MEASURES).get(name) is Kind.MONEY for name in names)
    stated = money or any(MEASURES.get(name) is Kind.COUNT for name in names)
    return unit if not stated or (unit in MONEY_UNITS) is money else None


def _kind(measure: Measure | None, unit: str | None, node_type: str | None) -> Kind:
    if node_type in ("text", "unit"):
        return Kind.TEXT
    stated = measure is not None and measure.terms[0].name not in (ENTERED, "sum")
    if measure is not None and stated:
        return measure.kind
    if node_type == "money" or unit in MONEY_UNITS:
        return Kind.MONEY
    if node_type == "rate" or (measure is not None and measure.kind is Kind.QUANTITY):
        return Kind.QUANTITY
    return Kind.COUNT if measure is not None or node_type == "int" else Kind.QUANTITY


def read_conditions(entry: Entry) -> Iterator[Condition]:
    for key, value in entry.table.get("where", {}).items():
        if key == "attr" and isinstance(value, dict):
            for name, wanted in value.items():
                yield _condition(entry, ATTRIBUTE_PREFIX + name, wanted)
        elif key.startswith(ATTRIBUTE_PREFIX) or key in FILTERS:
            yield _condition(entry, key, value)
        else:
            entry.refuse_unknown("where", N_("unknown filter “%(word)s”"), key, [*FILTERS, "attr"])


def _condition(entry: Entry, key: str, value: Any) -> Condition:
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values or not all(isinstance(v, str | int | bool | float) for v in values):
        entry.refuse("where", N_("the filter “%(name)s” needs a value"), name=key)
        return Condition(key)
    comparison = _COMPARISON.fullmatch(str(values[0]).strip()) if key.startswith(ATTRIBUTE_PREFIX) else None
    if comparison and len(values) == 1:
        return Condition(key, comparison=(comparison.group(1), Decimal(comparison.group(2))))
    known = CLOSED_FILTERS.get(key)
    for one in values:
        if known is not None and one not in known:
            message = N_("“%(word)s” is not a value of this filter")
            entry.refuse_unknown("where", message, str(one), known)
    return Condition(key, tuple(Decimal(str(v)) if isinstance(v, float) else v for v in values))

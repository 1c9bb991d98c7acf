"""What cites the law beside the catalogue: procedure, discretion, jurisdiction, repetition."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ...procedure.rulebook import parameters, rules
from ..datafile import read
from ..statutes import Citation
from .figures import Figure, Needed
from .texts import Cited

_FILES = ("discretion.toml", "jurisdiction.toml", "repetition.toml")

_NUMBERS = (
    ("days", "days", 1),
    ("hours", "hours", 1),
    ("months", "months", 1),
    ("years", "months", 12),
    ("amount", "amount", 100),
    ("goods_value", "amount", 100),
    ("citizen", "amount", 100),
    ("organisation", "amount", 100),
    ("from", "amount", 100),
    ("rate", "times", 1),
    ("times", "times", 1),
)
"""What a number is, by a part of its name, and how many of the unit of a figure it has."""


def others() -> list[Cited]:
    """Every provision that data outside the catalogue names, with the numbers that should stand in it."""
    procedure = (
        Cited(f"procedure.toml: {key}", rule.citation, tuple(_needed(rule.numbers)) if rule.checked == "yes" else ())
        for key, rule in rules().items()
    )
    figures = (
        Cited(f"procedure.toml: {key}", parameter.citation)
        for key, parameter in parameters().items()
        if parameter.citation
    )
    return [*procedure, *figures, *(cited for name in _FILES for cited in _in_file(name))]


def _in_file(name: str) -> Iterator[Cited]:
    for table, records in read(name).items():
        for record in records if isinstance(records, list) else [records]:
            where = f"{name}: {record.get('code', table)}"
            for key, value in record.items():
                for number, citation in enumerate(_citations(value)):
                    own = key == "citation" and number == 0
                    yield Cited(where, citation, tuple(_needed(record)) if own else ())


def _citations(value: Any) -> Iterator[Citation]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and {"law", "article"} <= each.keys():
            yield Citation.from_dict(each)


def _needed(numbers: Mapping[str, Any]) -> Iterator[Needed]:
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            continue
        kind = next(((kind, unit) for part, kind, unit in _NUMBERS if part in name), None)
        if kind:
            yield Needed(name, frozenset({Figure(kind[0], Decimal(value) * kind[1])}))

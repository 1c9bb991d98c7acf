"""Attributes by kind, as data (``data/attributes.toml``): what they are called, which values they take, what is odd.

A value that the schema does not know, from interchange, is kept and remarked on; one that is entered here is refused.
"""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ..objections import N_, Objection

PREFIX = "attribute_"
"""Before an attribute's name in the names of form fields."""

LARGEST_COUNT = 10_000_000
LONGEST_TEXT = 300
MOST_NAMES = 60


class Label(NamedTuple):
    """A term in Chinese and English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def in_language(self, language: str) -> str:
        """The term in ``en`` or, for every other language, in Chinese."""
        return self.en if language == "en" else self.zh


class Attribute(NamedTuple):
    """One attribute of the kinds named; ``values`` are the codes (choice, graded) or the usual names (names)."""

    name: str
    label: Label
    type: str
    kinds: frozenset[str]
    values: Mapping[str, Label]
    unit: Label | None
    help: Label | None
    at_most: str | None
    demanded: bool

    @property
    def field(self) -> str:
        """Name of its form field."""
        return PREFIX + self.name

    def belongs_to(self, kind: str | None) -> bool:
        """Whether establishments of a kind have it."""
        return "*" in self.kinds or kind in self.kinds

    def objections(self, value: Any) -> Iterator[Objection]:
        """What is wrong with a value of this attribute alone."""
        if value is None or value in ("", []):
            if self.demanded:
                yield Objection(N_("Choose “%(label)s”."), self.field, {"label": self.label})
        elif not _CHECKS[self.type](self, value):
            yield Objection(_MESSAGES[self.type], self.field, {"label": self.label, "value": _shortened(value)})


@cache
def _schema() -> tuple[Attribute, ...]:
    data = tomllib.loads(Path(__file__).with_name("data").joinpath("attributes.toml").read_text(encoding="utf-8"))
    return tuple(_attribute(entry, data["values"], data["names"]) for entry in data["attribute"])


def _attribute(entry: dict[str, Any], values: dict[str, Any], names: dict[str, list[str]]) -> Attribute:
    listed = entry.get("values")
    if entry["type"] == "names":
        known = {name: Label(name, name) for name in names[entry["values"]]}
    else:
        known = {code: Label(*words) for code, words in values[listed].items()} if listed else {}
    return Attribute(
        name=entry["name"],
        label=Label(*entry["label"]),
        type=entry["type"],
        kinds=frozenset(entry["kinds"]),
        values=known,
        unit=Label(*entry["unit"]) if "unit" in entry else None,
        help=Label(*entry["help"]) if "help" in entry else None,
        at_most=entry.get("at_most"),
        demanded=entry.get("demanded", False),
    )


@cache
def attributes_of(kind: str | None) -> tuple[Attribute, ...]:
    """The attributes of a kind in the order in which they are asked; without a kind those that all have."""
    return tuple(one for one in _schema() if one.belongs_to(kind))


def unknown_attributes(kind: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a sender has given beyond the schema: kept and shown with a remark."""
    known = {one.name for one in attributes_of(kind)}
    return {name: value for name, value in values.items() if name not in known}


def check_attributes(kind: str | None, values: Mapping[str, Any]) -> Iterator[Objection]:
    """What the schema of the kind objects to in the values that it knows. Values it does not know pass."""
    schema = attributes_of(kind)
    sound = set()
    for one in schema:
        objections = list(one.objections(values.get(one.name)))
        yield from objections
        if not objections and isinstance(values.get(one.name), int):
            sound.add(one.name)
    labels = {one.name: one.label for one in schema}
    for one in schema:
        if one.name in sound and one.at_most in sound and values[one.name] > values[one.at_most]:
            yield Objection(
                N_("“%(part)s” (%(number)d) cannot exceed “%(whole)s” (%(limit)d). Compare the two."),
                one.field,
                {
                    "part": one.label,
                    "number": values[one.name],
                    "whole": labels[one.at_most],
                    "limit": values[one.at_most],
                },
            )


def _is_count(_one: Attribute, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT


def _is_number(_one: Attribute, value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT


def _is_text(_one: Attribute, value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _are_names(one: Attribute, value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_NAMES and all(_is_text(one, name) and name for name in value)


def _are_graded(one: Attribute, value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_NAMES and all(_is_graded(one, row) for row in value)


def _is_graded(one: Attribute, row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"]:
        return False
    return row.get("level") is None or str(row["level"]) in one.values


_CHECKS = {
    "choice": lambda one, value: isinstance(value, str) and value in one.values,
    "yes_no": lambda one, value: isinstance(value, bool),
    "count": _is_count,
    "number": _is_number,
    "text": _is_text,
    "names": _are_names,
    "graded": _are_graded,
}
_MESSAGES = {
    "choice": N_("“%(label)s” knows no “%(value)s”. Choose one of the list."),
    "yes_no": N_("“%(label)s” is answered by yes or no, not by “%(value)s”."),
    "count": N_("“%(label)s” is a whole number from 0 to 10,000,000, not “%(value)s”."),
    "number": N_("“%(label)s” is a number from 0 to 10,000,000, not “%(value)s”."),
    "text": N_("“%(label)s” is a text of at most 300 characters."),
    "names": N_("“%(label)s” is a list of at most 60 names of at most 300 characters."),
    "graded": N_("“%(label)s” is a list of at most 60 names, each with a level of the list or none."),
}


def _shortened(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def value_in_words(one: Attribute, value: Any, language: str = "zh") -> str:
    """A value as people read it, whatever a sender may have put there."""
    if one.type == "choice" and isinstance(value, str) and value in one.values:
        return one.values[value].in_language(language)
    if one.type == "names" and isinstance(value, list):
        return "、".join(map(str, value))
    if one.type == "graded" and isinstance(value, list):
        return "；".join(_graded_in_words(one, row, language) for row in value)
    if one.type in ("count", "number") and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{value:,} {one.unit.in_language(language)}" if one.unit else f"{value:,}"
    return str(value)


def _graded_in_words(one: Attribute, row: Any, language: str) -> str:
    if not isinstance(row, dict):
        return str(row)
    level = one.values.get(str(row.get("level")))
    name = str(row.get("name", ""))
    return f"{name}（{level.in_language(language)}）" if level else name

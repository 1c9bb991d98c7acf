"""What the demo is made of, read from ``data/*.toml``: places, names, kinds of establishments, offences."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..law.violations import Violation, violation

DATA = Path(__file__).with_name("data")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Place:
    """A county with the city and province above it."""

    code: str
    short: str
    weight: float
    streets: Sequence[str]
    city_code: str
    city_short: str
    province_code: str
    province_short: str
    area_code: str
    postcode: str


@dataclass(frozen=True)
class OfficeKind:
    """An office of a sector at a level. Names hold {p}, {c}, {d}: province, city, county."""

    sector: str
    level: str
    name: str
    number: str
    officers: int
    team: str | None = None
    vertical: str | None = None


@dataclass(frozen=True)
class Variant:
    """A kind of establishment: how often it is met, what it is called, licensed for and like."""

    kind: str
    weight: float
    names: Sequence[str]
    attributes: Mapping[str, Mapping[str, Any]]
    subkind: str | None = None
    uscc: str | None = None
    unlicensed: bool = False
    licences: Sequence[Mapping[str, Any]] = ()

    @property
    def place(self) -> str:
        """``kind`` or ``kind/subkind``."""
        return f"{self.kind}/{self.subkind}" if self.subkind else self.kind


@dataclass(frozen=True)
class Offence:
    """Something found: the violation, where it is met, how often, and the facts as an office writes them.

    ``at``: kinds, or kinds with a subkind. ``case``: share that becomes a case. Amounts are ranges in yuan; ``heads``
    counts persons. ``category``: what it is in a campaign against illegal cosmetic medicine.
    """

    code: str
    at: Sequence[str]
    weight: float
    case: float
    facts: Sequence[str]
    party: str = "org"
    sector: str | None = None
    category: str | None = None
    income: Sequence[float] | None = None
    goods: Sequence[float] | None = None
    ad_cost: Sequence[float] | None = None
    heads: Sequence[int] | None = None
    seen: Sequence[str] = ()
    correction: str | None = None

    @property
    def violation(self) -> Violation:
        """The entry of the catalogue."""
        return violation(self.code)

    @property
    def punished_by(self) -> str:
        """The sector that takes it up: health where it may, else the first that the catalogue names."""
        sectors = self.violation.sectors
        return self.sector or ("health" if "health" in sectors else sectors[0])

    def met_at(self, kind: str, subkind: str | None) -> bool:
        """Whether it is met at establishments of a kind."""
        return kind in self.at or f"{kind}/{subkind}" in self.at

    def in_force(self, on: date) -> bool:
        """Whether the catalogue knows its basis on that day."""
        return self.violation.in_force(on)


@dataclass(frozen=True)
class Names:
    """Parts of names."""

    surnames: str
    given_one: str
    given_two: Sequence[str]
    brand_first: str
    brand_second: str
    food_first: str
    food_second: str
    firm_first: str
    firm_second: str
    titles: Sequence[str]


@cache
def places() -> tuple[Place, ...]:
    """The counties, in the order of the data: the first is where the walks begin."""
    return tuple(
        Place(
            **county,
            city_code=city["code"],
            city_short=city["short"],
            province_code=province["code"],
            province_short=province["short"],
            area_code=city["area_code"],
            postcode=city["postcode"],
        )
        for province in _read("places")["province"]
        for city in province["city"]
        for county in city["county"]
    )


@cache
def office_kinds() -> tuple[OfficeKind, ...]:
    """The kinds of offices."""
    return tuple(OfficeKind(**entry) for entry in _read("places")["office"])


@cache
def variants() -> tuple[Variant, ...]:
    """The kinds of establishments."""
    return tuple(Variant(**entry) for entry in _read("variants")["variant"])


@cache
def offences() -> tuple[Offence, ...]:
    """Everything that may be found."""
    files = ("offences_medical", "offences_food", "offences_workplace")
    return tuple(Offence(**entry) for name in files for entry in _read(name)["offence"])


@cache
def offences_met(kind: str, subkind: str | None, sector: str, party: str) -> tuple[Offence, ...]:
    """Those that an office of a sector may find with such a party at establishments of a kind, on whatever day."""
    return tuple(
        one for one in offences() if one.punished_by == sector and one.party == party and one.met_at(kind, subkind)
    )


@cache
def complaint_texts() -> Mapping[str, Sequence[str]]:
    """What reporters say, by kind of establishment."""
    texts: Mapping[str, Sequence[str]] = _read("complaints")["text"]
    return texts


@cache
def names() -> Names:
    """Parts of names."""
    return Names(**_read("names"))

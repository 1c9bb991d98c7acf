"""Establishments of all kinds and the persons met there, as interchange records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..accounts.regions import region_name
from .chance import Chance
from .codes import credit_code, identity_number
from .material import Place, Variant, names, places, variants
from .offices import Record, person_name

ELSEWHERE = ("medical_institution/cosmetic_clinic", "beauty_salon", "workplace", "public_place")
"""Kinds that the first county of the second province has in any case."""


@dataclass(frozen=True, slots=True)
class Site:
    """An establishment with what the rest of the demo needs of it."""

    key: str
    name: str
    variant: Variant
    place: Place
    address: str
    legal_representative: str
    record: Record


class Registry:
    """Makes establishments and persons, each with a name of its own."""

    def __init__(self, chance: Chance, today: date, prefix: str = "demo") -> None:
        self.chance, self.today, self.prefix = chance, today, prefix
        self.sites: list[Site] = []
        self.persons: list[Record] = []
        self._taken: set[str] = set()

    def fill(self, number: int) -> None:
        """That many establishments: first one of every kind where the walks begin, some elsewhere, then by weight."""
        kinds = {variant.place: variant for variant in variants()}
        elsewhere = next(place for place in places() if place.province_code != places()[0].province_code)
        firsts = [(variant, places()[0]) for variant in kinds.values()]
        firsts += [(kinds[kind], elsewhere) for kind in ELSEWHERE]
        for serial in range(1, number + 1):
            if serial <= len(firsts):
                self.sites.append(self.establishment(serial, *firsts[serial - 1]))
            else:
                variant = self.chance.weighted(variants(), [one.weight for one in variants()])
                place = self.chance.weighted(places(), [one.weight for one in places()])
                self.sites.append(self.establishment(serial, variant, place))

    def person(self, site: Site) -> Record:
        """A new person met at an establishment."""
        born = self.today - timedelta(self.chance.count(24 * 365, 58 * 365))
        known = not site.variant.unlicensed or self.chance.share(0.8)
        record = {
            "type": "person",
            "key": f"{self.prefix}-P{len(self.persons) + 1:05d}",
            "name": person_name(self.chance),
            "id_number": identity_number(self.chance, site.place.code, born) if known else None,
            "region": site.place.code,
            "address": f"{region_name(site.place.code, full=True)}{self._door(site.place)}",
        }
        self.persons.append(record)
        return record

    def establishment(self, serial: int, variant: Variant, place: Place) -> Site:
        """A new establishment."""
        head = person_name(self.chance)
        known = self._words(place, head)
        name = self._new_name(variant, known)
        address = f"{region_name(place.code, full=True)}{self._door(place)}"
        attributes = {"locality": self.chance.weighted(("urban_community", "urban_fringe", "rural"), (6, 3, 1))}
        for attribute, how in variant.attributes.items():
            attributes[attribute] = self._attribute(how, attributes, name, known)
        record: Record = {
            "type": "establishment",
            "key": f"{self.prefix}-E{serial:05d}",
            "kind": variant.kind,
            "subkind": variant.subkind,
            "name": name,
            "uscc": credit_code(self.chance, variant.uscc, place.code) if variant.uscc else None,
            "region": place.code,
            "address": address,
            "licences": [self._licence(licence, place) for licence in variant.licences],
            "attributes": attributes,
            "legal_representative": None if variant.unlicensed else head,
            "phone": None if variant.unlicensed else f"{place.area_code}-1{self.chance.digits('#######')}",
        }
        return Site(str(record["key"]), name, variant, place, address, head, record)

    def _words(self, place: Place, head: str) -> dict[str, str]:
        parts = names()
        return {
            "d": region_name(place.code).removesuffix("区").removesuffix("市").removesuffix("县"),
            "city": region_name(place.city_code).removesuffix("市"),
            "street": self.chance.pick(place.streets),
            "brand": self.chance.pick(parts.brand_first) + self.chance.pick(parts.brand_second),
            "food": self.chance.pick(parts.food_first) + self.chance.pick(parts.food_second),
            "firm": self.chance.pick(parts.firm_first) + self.chance.pick(parts.firm_second),
            "surname": head[0],
            "one": self.chance.pick(parts.given_one),
            "nth": "一二三四五六七八九"[self.chance.count(0, 8)],
            "n": str(self.chance.count(11, 398)),
            "room": str(self.chance.count(1, 6) * 100 + self.chance.count(1, 12)),
            "code": place.code,
            "short": place.province_short,
        }

    def _new_name(self, variant: Variant, known: dict[str, str]) -> str:
        parts = names()
        while True:
            name = self.chance.fill(self.chance.pick(variant.names), known)
            if name not in self._taken:
                self._taken.add(name)
                return name
            known["brand"] = self.chance.pick(parts.brand_first) + self.chance.pick(parts.brand_second)
            known["food"] = self.chance.pick(parts.food_first) + self.chance.pick(parts.food_second)
            known["firm"] = self.chance.pick(parts.firm_first) + self.chance.pick(parts.firm_second)
            known["n"] = str(self.chance.count(11, 998))

    def _door(self, place: Place) -> str:
        door = f"{self.chance.pick(place.streets)}{self.chance.count(2, 688)}号"
        return door + (f"{self.chance.count(1, 9)}幢{self.chance.count(1, 18)}{self.chance.digits('0#')}室"
                       if self.chance.share(0.3) else "")  # fmt: skip

    def _licence(self, licence: Mapping[str, Any], place: Place) -> Record:
        issued = self.chance.day(date(2016, 1, 1), self.today - timedelta(30))
        years = licence["years"]
        expires = None
        if years:
            # Renewed in time, but for a few.
            while issued.replace(day=1, year=issued.year + years) < self.today and not self.chance.share(0.04):
                issued = issued.replace(day=1, year=issued.year + years)
            expires = issued.replace(day=1, year=issued.year + years) - timedelta(1)
        number = licence["number"].format(code=place.code, short=place.province_short)
        return {
            "kind": licence["kind"],
            "number": self.chance.digits(number.replace("20##", f"20{issued:%y}")),
            "issued_on": issued.isoformat(),
            "expires_on": expires.isoformat() if expires else None,
        }

    def _attribute(self, how: Mapping[str, Any], others: Mapping[str, Any], name: str, known: Mapping[str, str]) -> Any:
        if "pick" in how:
            return self.chance.pick(how["pick"])
        if "some" in how:
            chosen = list(dict.fromkeys(self.chance.some(how["some"], how["least"], how["most"])))
            return [how["after"], *chosen] if "after" in how else chosen
        if "graded" in how:
            rows = self.chance.some(how["graded"], how["least"], how["most"])
            return [{"name": row[0], "level": row[1]} if row[1] else {"name": row[0]} for row in rows]
        if "count" in how or "number" in how:
            low, high = how.get("count") or how["number"]
            return low + round((high - low) * self.chance.lower())
        if "part" in how:
            low, high = how["of"]
            return round(others[how["part"]] * self.chance.between(low, high))
        if "share" in how:
            return self.chance.share(how["share"])
        if "by_name" in how:
            return next((value for word, value in how["by_name"].items() if word in name), "other")
        return self.chance.fill(how["text"], known)

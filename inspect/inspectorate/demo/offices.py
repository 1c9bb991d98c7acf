"""Agencies and officers of the demo: authorities with their teams, heads, legal reviewers and inspectors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ..accounts.regions import region, region_name
from .chance import Chance
from .material import OfficeKind, Place, names, office_kinds, places

Record = dict[str, Any]

FIRST_CERTIFICATE = date(2019, 1, 1)
HEAD, REVIEWER = 0, 1
"""Places of the head and of the legal reviewer among an office's officers; the others go out."""


@dataclass(frozen=True)
class OfficerFacts:
    """An officer and the validity of the certificate."""

    key: str
    name: str
    certificate: str
    valid_from: date
    valid_to: date

    def certified_on(self, day: date) -> bool:
        """Whether the certificate is valid on a day."""
        return self.valid_from <= day <= self.valid_to


@dataclass
class Office:
    """An authority, its team if it has one, and its officers."""

    kind: OfficeKind
    region: str
    short: str
    key: str
    name: str
    team_key: str
    officers: list[OfficerFacts] = field(default_factory=list)

    @property
    def inspectors(self) -> Sequence[OfficerFacts]:
        """Those who go out."""
        return self.officers[2:] if len(self.officers) > 3 else self.officers


class Offices:
    """All offices, found by sector and county."""

    def __init__(self, chance: Chance, today: date, among: Sequence[Place] | None = None) -> None:
        self.chance, self.today = chance, today
        self.all: dict[tuple[str, str], Office] = {}
        self.records: list[Record] = []
        for kind in office_kinds():
            for code, place in _regions_of(kind.level, among or places()):
                # a municipality is a city and a province in one, and has one office
                if (kind.sector, code) not in self.all:
                    self._open(kind, code, place)
        self._let_a_certificate_end_soon()

    def of(self, sector: str, place: Place) -> Office | None:
        """The nearest office of a sector: of the county, else of the city, else of the province."""
        codes = (place.code, place.city_code, place.province_code)
        return next((self.all[sector, code] for code in codes if (sector, code) in self.all), None)

    def _open(self, kind: OfficeKind, code: str, place: Place) -> None:
        short = {"county": place.short, "city": place.city_short, "province": place.province_short}[kind.level]
        key = f"demo-{code}-{kind.sector}"
        office = Office(kind, code, short, key, _named(kind.name, code), f"{key}-team" if kind.team else key)
        body = _named(kind.vertical, code) if kind.vertical else f"{region_name(code, full=kind.level != 'province')}"
        authority = {
            "type": "agency",
            "key": key,
            "name": office.name,
            "region": code,
            "sector": kind.sector,
            "number_prefix": short,
            "address": f"{region_name(place.code, full=True)}{place.streets[0]}{self.chance.count(1, 99)}号",
            "postcode": place.postcode,
            "phone": f"{place.area_code}-1{self.chance.digits('#######')}",
            "reconsideration_body": body if kind.vertical else _without_province(body) + "人民政府",
            "court": _without_province(region_name(place.code, full=True)) + "人民法院",
            "bank": f"{region_name(place.province_code)}政府非税收入代收银行",
            "bank_account": self.chance.digits("0000 #### #### ####"),
        }
        self.records.append(authority)
        if kind.team:
            same = ("region", "sector", "number_prefix", "address", "postcode", "phone")
            team = {"type": "agency", "key": office.team_key, "name": _named(kind.team, code), "acts_for": key}
            self.records.append(team | {name: authority[name] for name in same})
        for number in range(kind.officers):
            self._appoint(office, number)
        self.all[kind.sector, code] = office

    def _appoint(self, office: Office, number: int) -> None:
        since = FIRST_CERTIFICATE + timedelta(self.chance.count(0, 700) if number < 4 else self.chance.count(0, 1500))
        officer = OfficerFacts(
            key=f"{office.key}-{number + 1:02d}",
            name=person_name(self.chance),
            certificate=f"{office.region}{self.chance.digits('##')}{len(self.all):02d}{number + 1:02d}",
            valid_from=since,
            valid_to=date(self.today.year + self.chance.count(1, 4), 12, 31),
        )
        office.officers.append(officer)
        inside = number in (HEAD, REVIEWER) and office.kind.officers > 3
        self.records.append(_officer_record(officer, office.key if inside else office.team_key, number == REVIEWER))

    def _let_a_certificate_end_soon(self) -> None:
        """So that the first office's head has one to renew."""
        office = self.all["health", places()[0].code]
        last = office.officers[-1]
        ending = OfficerFacts(last.key, last.name, last.certificate, last.valid_from, self.today + timedelta(12))
        office.officers[-1] = ending
        place = next(n for n, record in enumerate(self.records) if record["key"] == last.key)
        self.records[place] = _officer_record(ending, office.team_key, False)


def _officer_record(officer: OfficerFacts, agency: str, qualified: bool) -> Record:
    return {
        "type": "officer",
        "key": officer.key,
        "name": officer.name,
        "agency": agency,
        "certificate": officer.certificate,
        "certificate_from": officer.valid_from.isoformat(),
        "certificate_to": officer.valid_to.isoformat(),
        "legal_qualification": qualified,
    }


def _regions_of(level: str, among: Sequence[Place]) -> Iterator[tuple[str, Place]]:
    """Each region of a level with the first of the counties in it."""
    seen: set[str] = set()
    for place in among:
        code = {"county": place.code, "city": place.city_code, "province": place.province_code}[level]
        if code not in seen:
            seen.add(code)
            yield code, place


def _named(pattern: str, code: str) -> str:
    """The pattern with the names of province, city and county put in."""
    return pattern.format(p=region_name(code[:2] + "0000"), c=_city(code), d=region_name(code, full=False))


def _city(code: str) -> str:
    """The city's name; in municipalities, and where a county stands directly below its province, the province's."""
    city = region(code[:4] + "00")
    return region_name(code[:2] + "0000") if city is None or "辖" in city.name or city.name == "县" else city.name


def _without_province(name: str) -> str:
    return name.partition("省")[2] or name


def person_name(chance: Chance) -> str:
    """A name as common as its bearer is invented."""
    given = chance.pick(names().given_two) if chance.share(0.65) else chance.pick(names().given_one)
    return chance.pick(names().surnames) + given

"""Offices, officers, establishments and persons of the whole country, as rows with their record."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ...accounts.models import Agency, Officer
from ...registry.rules import born_on, sex_of
from ..chance import Chance, Wheel
from ..material import Place, variants
from ..offices import Offices, Record
from ..subjects import Registry, Site
from .bulk import Bulk, Row

LOADED = "interchange:record:import"
"""The event under which everything here stands in the record: as loaded from another system."""


class People:
    """Makes them, and knows their ids."""

    def __init__(self, bulk: Bulk, offices: Offices, registry: Registry) -> None:
        self.bulk, self.offices, self.registry = bulk, offices, registry
        self.agencies: dict[str, int] = {}
        self.officers: dict[str, int] = {}
        self.sites: list[tuple[int, Site]] = []

    def open_offices(self) -> None:
        """All offices and officers that are not there yet."""
        for model, known in ((Agency, self.agencies), (Officer, self.officers)):
            rows = self.bulk.connection.execute(select(model.key, model.id))
            known.update((row[0], row[1]) for row in rows)
        for record in self.offices.records:
            if record["type"] == "agency" and record["key"] not in self.agencies:
                self._head("agency", self.agencies, record["key"], self._agency(record))
            elif record["type"] == "officer" and record["key"] not in self.officers:
                self._head("officer", self.officers, record["key"], self._officer(record))

    def register(self, chance: Chance, places: Sequence[Place], number: int) -> None:
        """So many establishments with their licences."""
        kinds = Wheel(variants(), [variant.weight for variant in variants()])
        counties = Wheel(places, [place.weight for place in places])
        for serial in range(1, number + 1):
            site = self.registry.establishment(serial, kinds.turn(chance), counties.turn(chance))
            subject = self.bulk.row("subject", **_subject(site.record, "org"), **_of_an_establishment(site.record))
            licences = [self.bulk.row("licence", subject_id=subject[1]["id"], **one) for one in site.record["licences"]]
            self.bulk.chain("subject", LOADED, [subject, *licences])
            self.sites.append((subject[1]["id"], Site(site.key, site.name, site.variant, site.place, "", "", {})))

    def person(self, site: Site) -> tuple[int, str]:
        """Somebody new who is met at an establishment: id and name."""
        record = self.registry.person(site)
        number = record["id_number"]
        own = {"id_number": number, "sex": sex_of(number) if number else None, "born_on": _born_on(number)}
        subject = self.bulk.row("subject", **_subject(record, "person"), **own)
        self.bulk.chain("subject", LOADED, [subject])
        return subject[1]["id"], record["name"]

    def _head(self, kind: str, known: dict[str, int], key: str, columns: Row) -> None:
        made = self.bulk.row(kind, key=key, **columns)
        self.bulk.chain(kind, LOADED, [made])
        known[key] = made[1]["id"]

    def _agency(self, record: Record) -> Row:
        plain = ("name", "sector", "number_prefix", "address", "postcode", "phone", "reconsideration_body", "court")
        superior = record.get("acts_for")
        return {
            "region_code": record["region"],
            "acts_for_id": self.agencies[superior] if superior else None,
            **{name: record.get(name) for name in (*plain, "bank", "bank_account")},
        }

    def _officer(self, record: Record) -> Row:
        plain = ("name", "certificate", "certificate_from", "certificate_to", "legal_qualification")
        return {"agency_id": self.agencies[record["agency"]], **{name: record[name] for name in plain}}


def _born_on(number: str | None) -> str | None:
    day = born_on(number) if number else None
    return day.isoformat() if day else None


def _subject(record: Record, party: str) -> Row:
    return {
        "key": record["key"],
        "party": party,
        "name": record["name"],
        "region_code": record["region"],
        "address": record["address"],
        "phone": record.get("phone"),
        "attributes": record.get("attributes", {}),
    }


def _of_an_establishment(record: Record) -> dict[str, Any]:
    return {name: record[name] for name in ("kind", "subkind", "uscc", "legal_representative")}

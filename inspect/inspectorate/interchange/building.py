"""Building rows from canonical records, with the references resolved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from ..accounts.models import Agency, Officer
from ..cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Finding, Inspection, InspectionOfficer
from ..law.words import COUNTED
from ..money import parse_yuan
from ..registry.models import Establishment, Licence, Person, Subject
from ..registry.rules import born_on, sex_of
from .conflicts import case_remarks, complaint_remarks, inspection_remarks
from .told import name_told_by, state_told_by

TABLES: dict[str, Any] = {
    "agency": Agency,
    "officer": Officer,
    "establishment": Subject,
    "person": Subject,
    "inspection": Inspection,
    "case": Case,
    "complaint": Complaint,
}


class Unresolved(ValueError):
    """References that lead nowhere, as (field, reason)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


class Made(NamedTuple):
    """A new row that heads a chain of the record, and the rows that belong to it."""

    subject: Any
    rows: list[Any]


@dataclass
class Links:
    """Finds the rows behind references, each looked up once."""

    periods: dict[str, tuple[date, date]] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def add(self, kind: str, row: Any) -> None:
        """Remember a row."""
        self._known[TABLES[kind].__tablename__, row.source, row.key] = row

    def find(self, kind: str, reference: Any, owner: Mapping[str, Any]) -> Any | None:
        """The row a reference of a record leads to, or None."""
        source, key = owner["source"], reference
        if isinstance(reference, dict):
            source, key = reference["source"], reference["key"]
        model = TABLES[kind]
        place = (model.__tablename__, source, key)
        if place not in self._known:
            self._known[place] = db.session.scalar(select(model).where(model.source == source, model.key == key))
        return self._known[place]


@dataclass
class _Resolver:
    """Resolves the references of one record and collects those that lead nowhere."""

    record: Mapping[str, Any]
    links: Links
    problems: list[tuple[str, str]] = field(default_factory=list)

    def one(self, path: str, kind: str, reference: Any) -> Any:
        if reference is None:
            return None
        found = self.links.find(kind, reference, self.record)
        if found is None:
            self.problems.append(
                (path, f"there is no {TABLES[kind].__tablename__.removeprefix('enforcement_')} {reference!r}")
            )
        return found

    def done(self) -> None:
        if self.problems:
            raise Unresolved(self.problems)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fen(text: str | None) -> int | None:
    return parse_yuan(text) if text and text != "unknown" else None


def _keys(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"source": record["source"], "key": record["key"]}


def agency(record: Mapping[str, Any], links: Links) -> Made:
    """An agency."""
    resolver = _Resolver(record, links)
    superior = resolver.one("acts_for", "agency", record["acts_for"])
    resolver.done()
    plain = ("number_prefix", "address", "postcode", "phone", "reconsideration_body", "court", "bank", "bank_account")
    row = Agency(
        **_keys(record),
        name=record["name"],
        region_code=record["region"],
        sector=record["sector"],
        acts_for=superior,
        **{name: record[name] for name in plain},
    )
    return Made(row, [row])


def officer(record: Mapping[str, Any], links: Links) -> Made:
    """An officer."""
    resolver = _Resolver(record, links)
    place = resolver.one("agency", "agency", record["agency"])
    resolver.done()
    row = Officer(
        **_keys(record),
        name=record["name"],
        agency=place,
        certificate=record["certificate"],
        certificate_from=_day(record["certificate_from"]),
        certificate_to=_day(record["certificate_to"]),
        legal_qualification=record["legal_qualification"],
    )
    return Made(row, [row])


def establishment(record: Mapping[str, Any], links: Links) -> Made:
    """An establishment with its licences."""
    licences = [
        Licence(
            kind=one["kind"],
            number=one["number"],
            issued_on=_day(one["issued_on"]),
            expires_on=_day(one["expires_on"]),
        )
        for one in record["licences"]
    ]
    row = Establishment(
        **_keys(record),
        kind=record["kind"],
        subkind=record["subkind"],
        name=record["name"],
        uscc=record["uscc"],
        region_code=record["region"],
        address=record["address"],
        attributes=record["attributes"],
        legal_representative=record["legal_representative"],
        phone=record["phone"],
        licences=licences,
    )
    return Made(row, [row, *licences])


def person(record: Mapping[str, Any], links: Links) -> Made:
    """A natural person; sex and birth follow from the identity number."""
    number = record["id_number"]
    row = Person(
        **_keys(record),
        name=record["name"],
        id_number=number,
        region_code=record["region"],
        address=record["address"],
        phone=record["phone"],
        attributes={},
        sex=sex_of(number) if number else None,
        born_on=born_on(number) if number else None,
    )
    return Made(row, [row])


def inspection(record: Mapping[str, Any], links: Links) -> Made:
    """An inspection with its officers and findings."""
    resolver = _Resolver(record, links)
    subject = resolver.one("subject", "establishment", record["subject"])
    place = resolver.one("agency", "agency", record["agency"])
    people = [resolver.one(f"officers.{n}", "officer", one) for n, one in enumerate(record["officers"], 1)]
    resolver.done()
    officers = [
        InspectionOfficer(officer=one, certificate=one.certificate, position=n) for n, one in enumerate(people, 1)
    ]
    findings = [
        Finding(violation=one["violation"], facts=one["facts"], position=n)
        for n, one in enumerate(record["findings"], 1)
    ]
    row = Inspection(
        **_keys(record),
        number=record["number"],
        subject=subject,
        agency=place,
        region_code=record["region"],
        sector=place.sector,
        campaign=record["campaign"],
        category=record["category"],
        reason=record["reason"],
        state=record["state"],
        imported=True,
        remarks=inspection_remarks(record, place, people, links.periods.get(record["campaign"])),
        inspected_on=_day(record["inspected_on"]),
        order_correction=record["order_correction"],
        correction_due_on=_day(record["correction_due_on"]),
        officers=officers,
        findings=findings,
    )
    return Made(row, [row, *officers, *findings])


def case(record: Mapping[str, Any], links: Links) -> Made:
    """A case with its respondents, their charges and decisions."""
    resolver = _Resolver(record, links)
    place = resolver.one("agency", "agency", record["agency"])
    source = resolver.one("inspection", "inspection", record["inspection"])
    subjects = [
        resolver.one(f"respondents.{n}.subject", "establishment", one["subject"])
        for n, one in enumerate(record["respondents"], 1)
    ]
    resolver.done()
    respondents = [
        _respondent(one, subject, n)
        for n, (one, subject) in enumerate(zip(record["respondents"], subjects, strict=True), 1)
    ]
    row = Case(
        **_keys(record),
        number=record["number"],
        name=record["name"] or name_told_by(record, subjects),
        agency=place,
        region_code=record["region"],
        sector=place.sector,
        campaign=record["campaign"],
        category=record["category"],
        origin="inspection" if source else "other",
        inspection=source,
        state=record["state"] or state_told_by(record),
        imported=True,
        remarks=case_remarks(record, place, subjects, links.periods.get(record["campaign"])),
        filed_on=_day(record["filed_on"]),
        transferred_judicial_on=_day(record["transferred_judicial_on"]),
        closed_on=_day(record["closed_on"]),
        respondents=respondents,
    )
    return Made(row, [row, *(part for respondent in respondents for part in _parts(respondent))])


def _respondent(record: Mapping[str, Any], subject: Subject, position: int) -> Respondent:
    return Respondent(
        subject=subject,
        position=position,
        findings=[_charge(one, n) for n, one in enumerate(record["violations"], 1)],
        decision=_decision(record["decision"]) if record["decision"] else None,
    )


def _charge(record: Mapping[str, Any], position: int) -> CaseFinding:
    unknown = {name: "unknown" for name in ("illegal_income", "goods_value") if record[name] == "unknown"}
    court = record["criminal_fine"] or {}
    return CaseFinding(
        position=position,
        violation=record["code"],
        facts=record["facts"],
        tier=record["tier"],
        act_from=_day(record["act_from"]),
        act_to=_day(record["act_to"]),
        illegal_income_fen=_fen(record["illegal_income"]),
        goods_value_fen=_fen(record["goods_value"]),
        bases=unknown | {name: _base(name, value) for name, value in record["bases"].items()},
        act_number=record["act_number"],
        local_standard=record["local_standard"],
        local_tier=record["local_tier"],
        departure_reason=record["departure_reason"],
        law_day=record["law_day"],
        law_reason=record["law_reason"],
        governs=record["governs"],
        governs_reason=record["governs_reason"],
        criminal_fine_fen=_fen(court.get("amount")),
        criminal_court=court.get("court"),
        criminal_judgement=court.get("judgement"),
        criminal_judged_on=_day(court.get("judged_on")),
    )


def _base(name: str, value: str) -> int | str:
    if value == "unknown":
        return value
    return int(value) if name in COUNTED else parse_yuan(value)


def _decision(record: Mapping[str, Any]) -> Decision:
    return Decision(
        number=record["number"],
        decided_on=_day(record["decided_on"]),
        served_on=_day(record["served_on"]),
        order_correction=record["order_correction"],
        annulled_on=_day(record["annulled_on"]),
        penalties=[
            Penalty(position=n, kind=one["kind"], amount_fen=_fen(one["amount"]), detail=one["detail"])
            for n, one in enumerate(record["penalties"], 1)
        ],
    )


def _parts(respondent: Respondent) -> list[Any]:
    decided = [respondent.decision, *respondent.decision.penalties] if respondent.decision else []
    return [respondent, *respondent.findings, *decided]


def complaint(record: Mapping[str, Any], links: Links) -> Made:
    """A complaint."""
    resolver = _Resolver(record, links)
    place = resolver.one("agency", "agency", record["agency"])
    about = resolver.one("subject", "establishment", record["subject"])
    resolver.done()
    row = Complaint(
        **_keys(record),
        campaign=record["campaign"],
        category=record["category"],
        region_code=record["region"],
        sector=place.sector if place else "health",
        agency=place,
        subject=about,
        text=record["text"],
        received_on=_day(record["received_on"]),
        closed_on=_day(record["closed_on"]),
        penalised=record["penalised"],
        replied_on=_day(record["replied_on"]),
        satisfied=record["satisfied"],
        imported=True,
        remarks=complaint_remarks(record, links.periods.get(record["campaign"])),
    )
    return Made(row, [row])


BUILDERS: dict[str, Callable[[Mapping[str, Any], Links], Made]] = {
    "agency": agency,
    "officer": officer,
    "establishment": establishment,
    "person": person,
    "inspection": inspection,
    "case": case,
    "complaint": complaint,
}

"""Parts of a snapshot that many documents share, made from the models. Keys are those of `fields.toml`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from .. import clock
from ..accounts.models import Agency, Officer
from ..inspections.models import Inspection
from ..law.violations import violation
from ..registry.models import Establishment, Person, Subject
from ..registry.words import licence_on_paper

SEXES = {"m": "男", "f": "女", "男": "男", "女": "女"}

CATEGORIES = {
    "medical_institution": "医",
    "beauty_salon": "公",
    "public_place": "公",
    "workplace": "职",
    "technical_institution": "职",
    "tableware_disinfection": "消",
    "school": "学",
    "food_producer": "食",
    "food_seller": "食",
    "catering": "食",
    "canteen": "食",
    "group_meal_delivery": "食",
}
"""执法类别 in a 文号 by the kind of establishment; an authority may use codes of its own."""

HEALTH_SECTORS = ("health", "tcm", "disease_control")

DOMAINS = {"medical": "医", "workplace": "职"}
"""执法类别 by the domain of the violation: illegal practice in a nail bar is a medical matter."""


def enforcement_category(subject: Subject, codes: Iterable[str]) -> str:
    """执法类别 for a 文号 against this subject for these violations."""
    return category_for(getattr(subject, "kind", None), codes)


def category_for(kind: str | None, codes: Iterable[str]) -> str:
    """执法类别 by the first violation where its domain tells, else by the kind of establishment, else 医."""
    by_domain = (DOMAINS.get(violation(code).domain) for code in codes)
    return next(filter(None, by_domain), None) or CATEGORIES.get(kind or "", "医")


def agency_fields(agency: Agency, contact: str | None = None) -> dict[str, Any]:
    """The punishing authority behind an agency, by its full name.

    `contact` is whom the party may ask, at the office's telephone.
    """
    authority = agency.authority
    return _given(
        {
            "agency.series": None if authority.sector in HEALTH_SECTORS else "行政执法文书",
            "agency.name": authority.name,
            "agency.short": authority.number_prefix,
            "agency.address": authority.address,
            "agency.postcode": authority.postcode,
            "agency.phone": authority.phone,
            "agency.contact": contact,
            "agency.contact_phone": authority.phone,
            "agency.reconsideration_body": authority.reconsideration_body,
            "agency.court": authority.court,
            "agency.bank": authority.bank,
            "agency.bank_account": authority.bank_account,
            "pn.place": authority.address,
        }
    )


def party_fields(subject: Subject, on: date) -> dict[str, Any]:
    """The party as it is on a day: a unit or a person; what is not known is left out, never invented."""
    shared = {"party.name": subject.name, "party.address": subject.address, "party.phone": subject.phone}
    if isinstance(subject, Person):
        return _given(shared | _person(subject, on))
    return _given(shared | (_unit(subject, on) if isinstance(subject, Establishment) else {}))


def _person(person: Person, on: date) -> dict[str, Any]:
    return {
        "party.kind": "person",
        "party.sex": SEXES.get((person.sex or "").lower()),
        "party.age": age_on(person.born_on, on),
        "party.id_type": "居民身份证" if person.id_number else None,
        "party.id_number": person.id_number,
        "party.employer": person.employer,
    }


def _unit(unit: Establishment, on: date) -> dict[str, Any]:
    valid = [licence for licence in unit.licences if licence.expires_on is None or licence.expires_on >= on]
    licence = next(iter(valid or unit.licences), None)
    return {
        "party.kind": "org",
        "party.uscc": unit.uscc,
        "party.licence": f"{licence_on_paper(licence.kind)} {licence.number or ''}".strip() if licence else None,
        "party.legal_rep": unit.legal_representative,
        "party.legal_rep_title": unit.legal_representative_title,
    }


def officer_fields(officers: Iterable[Officer], *, prefix: str = "officers") -> dict[str, Any]:
    """Names and certificates in the same order; `prefix` officers or handlers."""
    named = list(officers)
    return {f"{prefix}.names": [one.name for one in named], f"{prefix}.certs": [one.certificate for one in named]}


def inspection_fields(inspection: Inspection) -> dict[str, Any]:
    """What a 现场笔录 says of an inspection: times, place, officers, escort, what was seen, how it was signed."""
    evidence = [one for one in inspection.evidence if one.withdrawn_reason is None]
    refused = inspection.signature in ("refused", "absent")
    certificates = [one.certificate for one in inspection.officers]
    return _given(
        {
            "insp.from": local_minutes(inspection.entered_at),
            "insp.to": local_minutes(inspection.left_at),
            "insp.place": inspection.place or inspection.subject.address,
            "officers.names": [one.officer.name for one in inspection.officers],
            "officers.certs": certificates,
            "insp.escort": inspection.escort,
            "insp.escort_title": inspection.escort_title,
            "insp.no_escort": None if inspection.escort else inspection.refusal_reason,
            "insp.recusal": RECUSAL.get(inspection.recusal_answer or ""),
            "insp.record": "\n".join(f"{number}. {text}" for number, text in enumerate(inspection.seen, 1)),
            "insp.media": "；".join(one.title for one in evidence) or None,
            "sign.refusal": inspection.refusal_reason if refused else None,
            "sign.witness": inspection.witness,
        }
    )


RECUSAL = {"none": "清楚，不申请回避", "requested": "申请回避", "refused_to_answer": "拒绝回答"}


def evidence_fields(evidence: Iterable[Any]) -> list[dict[str, Any]]:
    """`case.evidence` from evidence rows: name, number of copies, day, what it proves; withdrawn ones are left out."""
    return [
        _given(
            {
                "name": one.title,
                "copies": 1,
                "on": clock.local(one.captured_at).date().isoformat(),
                "proves": one.proves,
            }
        )
        for one in evidence
        if one.withdrawn_reason is None
    ]


def penalty_fields(penalties: Iterable[Any]) -> list[dict[str, Any]]:
    """`pn.penalty`, `dec.penalties`, `case.proposal` from penalty rows."""
    return [_given({"kind": one.kind, "amount_fen": one.amount_fen, "detail": one.detail}) for one in penalties]


def opinion_fields(text: str | None, name: str | None, on: date | None) -> dict[str, Any]:
    """An opinion with who gave it and when."""
    return _given({"text": text, "name": name, "on": on.isoformat() if on else None})


def local_minutes(instant: datetime | None) -> str | None:
    """An instant as the local wall-clock time of a snapshot."""
    return None if instant is None else clock.local(instant).strftime("%Y-%m-%dT%H:%M")


def age_on(born_on: date | None, day: date) -> int | None:
    """Full years on a day."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != ""}

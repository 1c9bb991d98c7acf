"""The records of interchange: their fields, in the order in which they are written.

A field of the contract is always written; one marked ``more`` is ours and is written only when it says something.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .. import limits
from ..campaigns.facts import ASKS
from ..codes import HOSTS, KINDS, PENALTIES, REASONS, SECTORS, SUBKINDS
from . import values as v

PARTS = {**SUBKINDS, "canteen": HOSTS}


class Problem(NamedTuple):
    """What is wrong with one field of a record; ``field`` is its path, such as ``findings.1.violation``."""

    field: str
    reason: str


@dataclass(frozen=True)
class Field:
    """One field: its name, what it may hold, whether it must be there, what absence means."""

    name: str
    value: v.Value | None = None
    required: bool = False
    default: Any = None
    more: bool = False
    many: "tuple[Field, ...] | v.Value | None" = None
    one: "tuple[Field, ...] | None" = None


Fields = tuple[Field, ...]

_KEY = Field("key", v.text(120), required=True)
_REGION = Field("region", v.region_code, required=True)
_CAMPAIGN = (Field("campaign", v.text(60)), Field("category", v.text(60)))

LICENCE: Fields = (
    Field("kind", v.text(60), required=True),
    Field("number", v.text(80)),
    Field("issued_on", v.day),
    Field("expires_on", v.day),
)
FINDING: Fields = (Field("violation", v.violation_code, required=True), Field("facts", v.text(), default=""))
CRIMINAL_FINE: Fields = (
    Field("amount", v.amount_above_zero, required=True),
    Field("court", v.text(120)),
    Field("judgement", v.text(120)),
    Field("judged_on", v.day),
)
CHARGE: Fields = (
    Field("code", v.violation_code, required=True),
    Field("facts", v.text(), default=""),
    Field("illegal_income", v.amount_or_unknown),
    Field("goods_value", v.amount_or_unknown, more=True),
    Field("bases", v.further_bases, default={}, more=True),
    Field("tier", v.text(20), more=True),
    Field("act_from", v.day, more=True),
    Field("act_to", v.day, more=True),
    Field("act_number", v.act_number, more=True),
    Field("local_standard", v.text(80), more=True),
    Field("local_tier", v.text(60), more=True),
    Field("departure_reason", v.text(), more=True),
    Field("law_day", v.one_of("act", "decision"), more=True),
    Field("law_reason", v.text(), more=True),
    Field("governs", v.flag, default=False, more=True),
    Field("governs_reason", v.text(), more=True),
    Field("criminal_fine", one=CRIMINAL_FINE, more=True),
)
PENALTY: Fields = (
    Field("kind", v.one_of(*PENALTIES), required=True),
    Field("amount", v.amount, more=True),
    Field("detail", v.text(), more=True),
)
DECISION: Fields = (
    Field("number", v.text(80)),
    Field("decided_on", v.day, required=True),
    Field("served_on", v.day),
    Field("order_correction", v.flag, default=False),
    Field("penalties", many=PENALTY, default=()),
    Field("annulled_on", v.day, more=True),
)
CATEGORY: Fields = (
    Field("code", v.text(60), required=True),
    Field("label", v.text(120), required=True),
    Field("sectors", many=v.one_of(*SECTORS), default=()),
)
DEPARTMENT: Fields = (
    Field("sector", v.one_of(*SECTORS), required=True),
    Field("name", v.text(120), required=True),
    Field("supplies", many=v.text(120), default=()),
    Field("via", v.one_of("system", "return"), default="return"),
    Field("lead", v.flag, default=False),
)
INDICATOR: Fields = (
    Field("id", v.text(60), required=True),
    Field("label", v.text(120), required=True),
    Field("form", v.text(60), required=True),
    Field("expr", v.text(300), required=True),
    Field("at", v.text(120)),
    Field("target", v.text(20)),
    Field("better", v.one_of("more", "less"), default="more"),
    Field("per_cent", v.flag, default=True),
)
RESPONDENT: Fields = (
    Field("subject", v.reference, required=True),
    Field("violations", many=CHARGE, default=()),
    Field("decision", one=DECISION),
)

RECORDS: dict[str, Fields] = {
    "form": (
        Field("key", v.text(60), required=True),
        Field("definition", v.text(limits.DEFINITION), required=True),
        Field("region", v.region_code, more=True),
    ),
    "campaign": (
        _KEY,
        Field("title", v.text(200), required=True),
        Field("notice", v.text(300), more=True),
        _REGION,
        Field("from", v.day, required=True),
        Field("to", v.day, required=True),
        Field("forms", many=v.text(60), required=True),
        Field("categories", many=CATEGORY, default=()),
        Field("chain", many=v.one_of("county", "city", "province", "ministry"), default=()),
        Field("due", v.attributes, default={}, more=True),
        Field("issuers", v.text(300), more=True),
        Field("departments", many=DEPARTMENT, default=(), more=True),
        Field("indicators", many=INDICATOR, default=(), more=True),
        Field("monthly_due", v.attributes, default={}, more=True),
        Field("template", v.text(60), more=True),
        Field("choices", many=v.attributes, default=(), more=True),
        Field("asks", many=v.one_of(*ASKS), default=(), more=True),
        Field("standing", v.flag, default=False, more=True),
    ),
    "agency": (
        _KEY,
        Field("name", v.text(120), required=True),
        _REGION,
        Field("sector", v.one_of(*SECTORS), required=True),
        Field("acts_for", v.reference, more=True),
        Field("number_prefix", v.text(20), more=True),
        Field("address", v.text(200), more=True),
        Field("postcode", v.text(10), more=True),
        Field("phone", v.text(40), more=True),
        Field("reconsideration_body", v.text(120), more=True),
        Field("court", v.text(120), more=True),
        Field("bank", v.text(120), more=True),
        Field("bank_account", v.text(120), more=True),
    ),
    "officer": (
        _KEY,
        Field("name", v.text(60), required=True),
        Field("agency", v.reference, required=True),
        Field("certificate", v.text(60), required=True),
        Field("certificate_from", v.day, more=True),
        Field("certificate_to", v.day, more=True),
        Field("legal_qualification", v.flag, default=False, more=True),
    ),
    "establishment": (
        _KEY,
        Field("kind", v.one_of(*KINDS)),
        Field("subkind", v.text(30)),
        Field("name", v.text(200), required=True),
        Field("uscc", v.credit_code),
        _REGION,
        Field("address", v.text(300)),
        Field("licences", many=LICENCE, default=()),
        Field("attributes", v.attributes, default={}),
        Field("legal_representative", v.text(60), more=True),
        Field("phone", v.text(40), more=True),
    ),
    "person": (
        _KEY,
        Field("name", v.text(200), required=True),
        Field("id_number", v.identity_number),
        _REGION,
        Field("address", v.text(300), more=True),
        Field("phone", v.text(40), more=True),
    ),
    "inspection": (
        _KEY,
        *_CAMPAIGN,
        Field("subject", v.reference, required=True),
        Field("agency", v.reference, required=True),
        _REGION,
        Field("inspected_on", v.day, required=True),
        Field("reason", v.one_of(*REASONS), default="routine"),
        Field("officers", many=v.reference, default=()),
        Field("findings", many=FINDING, default=()),
        Field("order_correction", v.flag, default=False),
        Field("number", v.text(60), more=True),
        Field("correction_due_on", v.day, more=True),
        Field("state", v.one_of("draft", "submitted"), default="submitted", more=True),
    ),
    "case": (
        _KEY,
        Field("number", v.text(80)),
        *_CAMPAIGN,
        Field("inspection", v.reference),
        Field("agency", v.reference, required=True),
        _REGION,
        Field("filed_on", v.day),
        Field("transferred_judicial_on", v.day),
        Field("closed_on", v.day),
        Field("respondents", many=RESPONDENT, required=True),
        Field("name", v.text(300), more=True),
        Field("state", v.text(30), more=True),
    ),
    "complaint": (
        _KEY,
        Field("campaign", v.text(60)),
        _REGION,
        Field("received_on", v.day, required=True),
        Field("closed_on", v.day),
        Field("penalised", v.flag, default=False),
        Field("replied_on", v.day),
        Field("satisfied", v.flag),
        Field("category", v.text(60), more=True),
        Field("agency", v.reference, more=True),
        Field("subject", v.reference, more=True),
        Field("text", v.text(), more=True),
    ),
}
"""In an order in which every record follows those it refers to."""


def normalised(raw: Any) -> tuple[dict[str, Any], list[Problem]]:
    """The record in canonical form, every field present, and all that is wrong with it."""
    if not isinstance(raw, dict):
        return {}, [Problem("", "expected one JSON object")]
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in RECORDS:
        return {}, [Problem("type", f"{kind!r} is not one of {', '.join(RECORDS)}")]
    problems: list[Problem] = []
    body = {name: value for name, value in raw.items() if name not in ("type", "source")}
    record = {"type": kind, **_object(RECORDS[kind], body, "", problems)}
    if raw.get("source") is not None:
        record["source"] = _checked(v.text(60), raw["source"], "source", problems)
    problems += _across(record) if not problems else []
    return record, problems


def _object(fields: Fields, raw: Any, path: str, problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        problems.append(Problem(path.rstrip("."), "expected an object"))
        return {}
    known = {field.name for field in fields}
    problems += [Problem(f"{path}{name}", "unknown field") for name in raw if name not in known]
    return {field.name: _read(field, raw.get(field.name), path, problems) for field in fields}


def _read(field: Field, raw: Any, path: str, problems: list[Problem]) -> Any:
    where = f"{path}{field.name}"
    if raw is None or (raw == "" and not field.required):
        if field.required:
            problems.append(Problem(where, "is missing"))
        return [] if field.many else field.default
    if field.many:
        return _list(field.many, raw, where, problems)
    if field.one:
        return _object(field.one, raw, f"{where}.", problems)
    assert field.value is not None
    return _checked(field.value, raw, where, problems)


def _list(inner: Any, raw: Any, where: str, problems: list[Problem]) -> list[Any]:
    if not isinstance(raw, list):
        problems.append(Problem(where, "expected a list"))
        return []
    paths = [f"{where}.{number}" for number in range(1, len(raw) + 1)]
    if callable(inner):
        return [_checked(inner, one, path, problems) for one, path in zip(raw, paths, strict=True)]
    return [_object(inner, one, f"{path}.", problems) for one, path in zip(raw, paths, strict=True)]


def _checked(value: v.Value, raw: Any, where: str, problems: list[Problem]) -> Any:
    try:
        return value(raw)
    except ValueError as error:
        problems.append(Problem(where, str(error)))
        return None


def _across(record: Mapping[str, Any]) -> Iterator[Problem]:
    """What no single field can tell."""
    subkind = record.get("subkind")
    if record["type"] == "establishment" and subkind and subkind not in PARTS.get(record["kind"] or "", ()):
        yield Problem("subkind", f"{subkind!r} is not a kind of {record['kind']}")
    officers = [repr(officer) for officer in record.get("officers", ())]
    if len(set(officers)) < len(officers):
        yield Problem("officers", "names an officer twice")
    if record["type"] == "case" and not record["respondents"]:
        yield Problem("respondents", "a case has at least one respondent")
    subjects = [repr(respondent["subject"]) for respondent in record.get("respondents", ())]
    if len(set(subjects)) < len(subjects):
        yield Problem("respondents", "names a subject twice")


def written(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it goes into a file: our own fields only where they say something."""
    head = {"type": record["type"]}
    if record.get("source") not in (None, "local"):
        head["source"] = record["source"]
    return head | _written(RECORDS[record["type"]], record)


def _written(fields: Fields, record: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for field in fields:
        value = record[field.name]
        if field.more and value == field.default:
            continue
        if field.many and not callable(field.many):
            value = [_written(field.many, one) for one in value]
        elif field.one and value is not None:
            value = _written(field.one, value)
        shown[field.name] = value
    return shown

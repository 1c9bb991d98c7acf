"""The closed words of form definitions: measures, units, kinds of period, filter keys and their values.

Source: the form-definition format and the list of measures in the contract. Pure: neither Flask nor SQLAlchemy.
"""

from enum import StrEnum
from typing import Final

from ...codes import HOSTS, KINDS, PENALTIES, REASONS, SECTORS, SUBKINDS


class Kind(StrEnum):
    """What sort of figure a measure gives, and so how it is kept and printed."""

    COUNT = "count"  # whole numbers
    MONEY = "money"  # integer fen
    QUANTITY = "quantity"  # exact decimals (kilograms, sums of attributes)
    TEXT = "text"  # words, never added


ENTERED: Final = "entered"

SYSTEM_MEASURES: Final[dict[str, Kind]] = {
    "units_inspected": Kind.COUNT,
    "visits": Kind.COUNT,
    "visits_found": Kind.COUNT,
    "inspector_turns": Kind.COUNT,
    "cases_filed": Kind.COUNT,
    "cases_closed": Kind.COUNT,
    "order_correction": Kind.COUNT,
    "warning": Kind.COUNT,
    "fine_count": Kind.COUNT,
    "revoke": Kind.COUNT,
    "suspend": Kind.COUNT,
    "decisions": Kind.COUNT,
    "fine_sum": Kind.MONEY,
    "confiscate_sum": Kind.MONEY,
    "transfer_judicial": Kind.COUNT,
    "complaint_in": Kind.COUNT,
    "complaint_closed": Kind.COUNT,
    "complaint_penalised": Kind.COUNT,
    "complaint_replied": Kind.COUNT,
    "complaint_satisfied": Kind.COUNT,
    "register_units": Kind.COUNT,
    "violations": Kind.COUNT,
    "seized_value": Kind.MONEY,
    "courses": Kind.COUNT,
    "people": Kind.COUNT,
    "publicity_events": Kind.COUNT,
    "publicity_people": Kind.COUNT,
    "publicity_copies": Kind.COUNT,
}
"""Measures that the records of the system give."""

RETURN_MEASURES: Final[dict[str, Kind]] = {
    "samples": Kind.COUNT,
    "samples_passed": Kind.COUNT,
    "seized_items": Kind.COUNT,
    "seized_kg": Kind.QUANTITY,
    "prosecuted_cases": Kind.COUNT,
    "prosecuted_people": Kind.COUNT,
    "unlicensed_closed": Kind.COUNT,
    "persons_dealt": Kind.COUNT,
    "projects_inspected": Kind.COUNT,
    "transfer": Kind.COUNT,
    "tasks_assigned": Kind.COUNT,
    "tasks_done": Kind.COUNT,
    "tasks_void": Kind.COUNT,
    "tasks_passed": Kind.COUNT,
    "own_agencies": Kind.COUNT,
    "own_departments": Kind.COUNT,
    "own_staff": Kind.COUNT,
    "own_inspectors": Kind.COUNT,
    "markets": Kind.COUNT,
}
"""Measures for which the system has no records yet: only returns fill them."""

MEASURES: Final[dict[str, Kind]] = SYSTEM_MEASURES | RETURN_MEASURES

PREFIXED_MEASURES: Final[dict[str, Kind]] = {
    "sum": Kind.QUANTITY,  # sum:attribute
    "yes": Kind.COUNT,  # yes:item of a checklist or yes/no attribute
    "units_with": Kind.COUNT,  # units_with:tag of a violation
}

MONEY_UNITS: Final[dict[str, int]] = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}
"""Unit of money → its power of ten in yuan."""

PERIOD_KINDS: Final = ("campaign", "month", "quarter", "half-year", "year", "as-of", "on-demand")
NODE_TYPES: Final = ("int", "money", "rate", "yesno", "text", "unit")
SOURCES: Final = ("system", "return", "entered")
EXPANSIONS: Final = ("child_regions", "agencies", "list")
AXIS_CHOICES: Final = ("region", "industry", "size", "registration", "speciality", "agency")
LEVELS: Final = ("county", "city", "province", "ministry")

CLOSED_FILTERS: Final[dict[str, frozenset[str]]] = {
    "party": frozenset({"org", "person"}),
    "licence_state": frozenset({"valid", "expired", "none"}),
    "agency_level": frozenset({"county", "city", "province"}),
    "handled_by": frozenset({"self"}),
    "transferred_to": frozenset({*SECTORS, "judicial", "other"}),
    "penalty": frozenset(PENALTIES),
    "reason": frozenset(REASONS),
    "subject_kind": frozenset(KINDS) | {sub for subs in SUBKINDS.values() for sub in subs},
    "host": frozenset(HOSTS),
}
OPEN_FILTERS: Final = frozenset({"category", "size", "grade", "industry", "licence", "tag", "region"})
FILTERS: Final = frozenset(CLOSED_FILTERS) | OPEN_FILTERS
ATTRIBUTE_PREFIX: Final = "attr."

"""What forms are made of, in words: measures with what they count and on which day, filters, kinds of cells."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..accounts.words import SECTORS
from ..campaigns.engine.definition import Condition, Measure, Node
from ..campaigns.engine.vocabulary import ENTERED, RETURN_MEASURES
from ..codes import PENALTIES
from ..inspections.words import REASONS
from ..registry.words import KINDS, LICENCES, SUBKINDS


class Meaning(NamedTuple):
    """A measure as people call it, what it counts, and by which day."""

    label: Any
    counts: Any
    group: str


_SEEN, _FILED, _DECIDED, _COMPLAINTS = "seen", "filed", "decided", "complaints"
_TAUGHT, _RETURNS, _ARGUED = "taught", "returns", "argued"

GROUPS = {
    _SEEN: _l("Inspections"),
    _FILED: _l("Cases"),
    _DECIDED: _l("Penalties and measures"),
    _COMPLAINTS: _l("Complaints"),
    _TAUGHT: _l("Publicity and training"),
    _ARGUED: _l("Counted by something of your choice"),
    _RETURNS: _l("Known from returns only"),
}

MEASURES: Mapping[str, Meaning] = {
    "units_inspected": Meaning(
        _l("Subjects inspected"),
        _l("each subject once, however often it was inspected, by the day of inspection"),
        _SEEN,
    ),
    "visits": Meaning(_l("Number of visits"), _l("each inspection, by its day"), _SEEN),
    "visits_found": Meaning(
        _l("Visits with problems"), _l("each inspection that found a violation, by its day"), _SEEN
    ),
    "inspector_turns": Meaning(
        _l("Turns of inspectors"), _l("the officers of each inspection added up, by its day"), _SEEN
    ),
    "violations": Meaning(_l("Number of violations"), _l("each violation found by an inspection, by its day"), _SEEN),
    "register_units": Meaning(
        _l("Subjects on the register"), _l("each subject on the register, a state and not an event"), _SEEN
    ),
    "cases_filed": Meaning(
        _l("Cases filed"),
        _l("each case, by the day of filing; split by party, a case with both counts in both"),
        _FILED,
    ),
    "cases_closed": Meaning(_l("Cases closed"), _l("each case, by the day of closing"), _FILED),
    "transfer_judicial": Meaning(
        _l("Cases handed to the police or court"), _l("each case, by the day of the transfer"), _FILED
    ),
    "decisions": Meaning(
        _l("Number of penalty decisions"), _l("decided parties with a penalty, by the day of decision"), _DECIDED
    ),
    "order_correction": Meaning(
        _l("Orders to correct"),
        _l("one for an inspection and one for a decided party with an order, never both for one; by its day"),
        _DECIDED,
    ),
    "warning": Meaning(_l("Warnings"), _l("decided parties with a warning, by the day of decision"), _DECIDED),
    "fine_count": Meaning(_l("Parties fined"), _l("decided parties with a fine, by the day of decision"), _DECIDED),
    "fine_sum": Meaning(_l("Amount of fines"), _l("fines, exact to the fen, by the day of decision"), _DECIDED),
    "confiscate_sum": Meaning(
        _l("Illegal income confiscated"), _l("amounts confiscated, exact to the fen, by the day of decision"), _DECIDED
    ),
    "seized_value": Meaning(
        _l("Value of goods seized"), _l("value of confiscated goods, by the day of decision"), _DECIDED
    ),
    "suspend": Meaning(
        _l("Subjects ordered to suspend business"), _l("each subject once, by the day of decision"), _DECIDED
    ),
    "revoke": Meaning(
        _l("Licences revoked"), _l("decided parties whose licence was revoked, by the day of decision"), _DECIDED
    ),
    "complaint_in": Meaning(_l("Complaints received"), _l("by the day of receipt"), _COMPLAINTS),
    "complaint_closed": Meaning(_l("Complaints closed"), _l("by the day of closing"), _COMPLAINTS),
    "complaint_penalised": Meaning(_l("Complaints closed with a penalty"), _l("by the day of closing"), _COMPLAINTS),
    "complaint_replied": Meaning(_l("Complaints replied to"), _l("by the day of the reply"), _COMPLAINTS),
    "complaint_satisfied": Meaning(_l("Complainants satisfied"), _l("by the day of the reply"), _COMPLAINTS),
    "sum": Meaning(
        _l("Sum of an attribute"),
        _l("the number that each subject has under an attribute, added up; write the attribute"),
        _ARGUED,
    ),
    "yes": Meaning(
        _l("Subjects that answer yes"),
        _l("subjects whose item of the checklist, or attribute, is yes; write the item"),
        _ARGUED,
    ),
    "units_with": Meaning(
        _l("Subjects with a violation"), _l("subjects with a violation of a code, category or tag; write it"), _ARGUED
    ),
    "courses": Meaning(_l("Courses held"), _l("by the day of the course"), _TAUGHT),
    "people": Meaning(_l("People trained"), _l("by the day of the course"), _TAUGHT),
    "publicity_events": Meaning(_l("Publicity events"), _l("by the day of the event"), _TAUGHT),
    "publicity_people": Meaning(_l("People reached by publicity"), _l("by the day of the event"), _TAUGHT),
    "publicity_copies": Meaning(_l("Copies given out"), _l("by the day of the event"), _TAUGHT),
    ENTERED: Meaning(_l("Typed in"), _l("typed in by whoever reports"), _RETURNS),
    "samples": Meaning(_l("Samples taken"), "", _RETURNS),
    "samples_passed": Meaning(_l("Samples passed"), "", _RETURNS),
    "seized_items": Meaning(_l("Items seized"), "", _RETURNS),
    "seized_kg": Meaning(_l("Kilograms seized"), "", _RETURNS),
    "prosecuted_cases": Meaning(_l("Cases prosecuted"), "", _RETURNS),
    "prosecuted_people": Meaning(_l("Persons prosecuted"), "", _RETURNS),
    "unlicensed_closed": Meaning(_l("Unlicensed places closed down"), "", _RETURNS),
    "persons_dealt": Meaning(_l("Persons dealt with"), "", _RETURNS),
    "projects_inspected": Meaning(_l("Projects inspected"), "", _RETURNS),
    "transfer": Meaning(_l("Cases handed to other departments"), "", _RETURNS),
    "tasks_assigned": Meaning(_l("Tasks assigned"), "", _RETURNS),
    "tasks_done": Meaning(_l("Tasks done"), "", _RETURNS),
    "tasks_void": Meaning(_l("Tasks ended without result"), "", _RETURNS),
    "tasks_passed": Meaning(_l("Tasks found in order"), "", _RETURNS),
    "own_agencies": Meaning(_l("Number of agencies"), "", _RETURNS),
    "own_departments": Meaning(_l("Departments of agencies"), "", _RETURNS),
    "own_staff": Meaning(_l("Number of staff"), "", _RETURNS),
    "own_inspectors": Meaning(_l("Inspectors on the staff"), "", _RETURNS),
    "markets": Meaning(_l("Markets"), "", _RETURNS),
}

FILTERS = {
    "category": _l("Category"),
    "party": _l("Party"),
    "subject_kind": _l("Kind of subject"),
    "host": _l("Host of the canteen"),
    "size": _l("Size"),
    "grade": _l("Grade"),
    "industry": _l("Industry"),
    "licence": _l("Holds the licence"),
    "licence_state": _l("State of the licence"),
    "penalty": _l("Penalty"),
    "reason": _l("Reason of the inspection"),
    "tag": _l("Violation or tag"),
    "region": _l("Region"),
    "agency_level": _l("Level of the agency"),
    "handled_by": _l("Handled by"),
    "transferred_to": _l("Transferred to"),
}

VALUES: Mapping[str, Mapping[str, Any]] = {
    "party": {"org": _l("establishment as party"), "person": _l("person as party")},
    "subject_kind": {**KINDS, **SUBKINDS},
    "host": {"school": _l("a school"), "construction_site": _l("a construction site"),
             "organisation": _l("an organisation"), "other": _l("another")},
    "licence": LICENCES,
    "licence_state": {"valid": _l("valid"), "expired": _l("expired"), "none": _l("none held")},
    "penalty": PENALTIES,
    "reason": REASONS,
    "agency_level": {"county": _l("County"), "city": _l("City"), "province": _l("Province")},
    "handled_by": {"self": _l("the reporting agency itself")},
    "transferred_to": {**SECTORS, "judicial": _l("police or court"), "other": _l("another")},
}  # fmt: skip

PERIODS = {
    "campaign": _l("the whole campaign"),
    "month": _l("a month"),
    "quarter": _l("a quarter"),
    "half-year": _l("half a year"),
    "year": _l("a year"),
    "as-of": _l("the state on a day"),
    "on-demand": _l("whenever it is asked for"),
}
EMPTY = {
    "blank-ok": _l("may be left blank"),
    "zero-fill": _l("a zero is written"),
    "unstated": _l("the notice does not say"),
}
PENALTIES_COUNT = {"heaviest": _l("once, under the heaviest kind")}
TYPES = {
    "int": _l("whole number"),
    "money": _l("amount"),
    "rate": _l("rate"),
    "yesno": _l("yes or no"),
    "text": _l("words"),
    "unit": _l("the units, printed as a line of their own"),
}
SOURCES = {
    "system": _l("the records of the system"),
    "return": _l("returns of departments"),
    "entered": _l("typed in"),
}
EXPANSIONS = {
    "child_regions": _l("one line for each region below"),
    "agencies": _l("one line for each agency"),
    "list": _l("one line for each entry of a list"),
}
AXES = {
    "region": _l("Region"),
    "industry": _l("Industry"),
    "size": _l("Size"),
    "registration": _l("Kind of registration"),
    "speciality": _l("Speciality"),
    "agency": _l("Agency"),
}
DESCRIBED = {
    "year": _l("Year"),
    "domain": _l("Field"),
    "source": _l("Where the form comes from"),
    "certainty": _l("How sure that is"),
    "note": _l("Note"),
}
"""Descriptive keys that have words; others are shown as they are written."""
TABLES = {
    "form": _l("The form"),
    "period": _l("Period"),
    "report": _l("Reporting"),
    "evidence": _l("Evidence of the form"),
    "dept": _l("Departments"),
    "axis": _l("Break-downs"),
    "col": _l("Columns"),
    "row": _l("Rows"),
    "template": _l("Templates"),
    "rate": _l("Rates"),
    "check": _l("Checks"),
    "foot": _l("Footers"),
    "statement": _l("Statements"),
    "attach": _l("Attachments"),
    "known": _l("Published figures"),
}


def measure_words(measure: Measure) -> str:
    """What a figure counts: 罚款金额 + 没收违法所得; with an argument, 属性合计：workers."""
    return " + ".join(
        str(MEASURES[term.name].label) + (_(": ") + term.argument if term.argument else "")
        if term.name in MEASURES
        else term.name
        for term in measure.terms
    )


def definitions(measure: Measure) -> list[str]:
    """What each part of a measure counts, and by which day."""
    return [_definition(term.name) for term in measure.terms]


def _definition(name: str) -> str:
    known = MEASURES.get(name)
    if name in RETURN_MEASURES:
        return _("the system has no records of it: it is filled by returns")
    return str(known.counts) if known else ""


def filter_words(condition: Condition, categories: Mapping[str, str]) -> str:
    """对象类型：餐馆、快餐店; 属性 seats ≥ 500. ``categories``: their words by code."""
    if condition.key.startswith("attr."):
        name = _("attribute %(name)s", name=condition.key.removeprefix("attr."))
    else:
        name = str(FILTERS.get(condition.key, condition.key))
    if condition.comparison:
        sign = {">=": "≥", "<=": "≤", "==": "="}.get(condition.comparison[0], condition.comparison[0])
        return f"{name} {sign} {condition.comparison[1]}"
    known = categories if condition.key == "category" else VALUES.get(condition.key, {})
    return name + _(": ") + "、".join(str(known.get(str(value), value)) for value in condition.values)


def node_marks(node: Node) -> list[str]:
    """What is special about a line, in a few words each."""
    marks = []
    if node.total:
        marks.append(_("total"))
    if node.subset:
        marks.append(_("among them"))
    if node.memo:
        marks.append(_("memo"))
    if node.stock:
        marks.append(_("state on the day"))
    if node.expand:
        marks.append(str(EXPANSIONS[node.expand]))
    if node.source != "system":
        marks.append(str(SOURCES[node.source]))
    return marks

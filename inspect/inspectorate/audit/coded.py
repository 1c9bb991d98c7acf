"""Codes in changed columns, in the words of the areas that they come from."""

from collections.abc import Mapping
from typing import Any

from ..accounts.regions import region_name
from ..accounts.words import ROLES, SECTORS
from ..cases.words import DEFENCE_KINDS, LAW_DAYS, ORIGINS, PENALTIES
from ..cases.words import STATES as CASE_STATES
from ..documents.layouts import kinds, layout
from ..inspections.words import APPROVAL_STATES, EVIDENCE_KINDS
from ..inspections.words import STATES as REPORT_STATES
from ..joint.departments import department_name
from ..joint.words import ACTIVITY_KINDS, CLAIMS, RESULTS
from ..joint.words import STATES as RESOLUTION_STATES
from ..law.violations import catalogue
from ..law.words import TIERS
from ..registry.words import KINDS, LICENCES
from ..reporting.account import SECTIONS
from ..returns.words import KINDS as RETURN_KINDS
from ..returns.words import STATES as RETURN_STATES
from ..screens import language
from ..typical.words import STATES as TYPICAL_STATES

IN_EVERY_TABLE: Mapping[str, Mapping[Any, Any]] = {"sector": SECTORS, "roles": ROLES, "origin": ORIGINS}
BY_TABLE: Mapping[tuple[str, str], Mapping[Any, Any]] = {
    ("enforcement_case", "state"): CASE_STATES,
    ("inspection", "state"): REPORT_STATES,
    ("entry_approval", "state"): APPROVAL_STATES,
    ("evidence", "kind"): EVIDENCE_KINDS,
    ("penalty", "kind"): PENALTIES,
    ("case_finding", "law_day"): LAW_DAYS,
    ("defence", "kind"): DEFENCE_KINDS,
    ("resolution", "state"): RESOLUTION_STATES,
    ("recheck_task", "result"): RESULTS,
    ("recheck_task", "claimed"): CLAIMS,
    ("activity", "kind"): ACTIVITY_KINDS,
    ("campaign_account_section", "name"): SECTIONS,
    ("campaign_return", "kind"): RETURN_KINDS,
    ("campaign_return", "state"): {state: words for state, (words, _tone) in RETURN_STATES.items()},
    ("typical_case", "state"): TYPICAL_STATES,
    ("subject", "kind"): KINDS,
    ("licence", "kind"): LICENCES,
}


def decoded(table: str, column: str, value: str) -> str:
    """The word for a code; what is no code, or one that is no longer known, stays as it is."""
    match column:
        case "region_code":
            return region_name(value, full=True)
        case "department":
            return department_name(value)
        case "violation":
            return catalogue()[value].title_zh if value in catalogue() else value
        case "kind" if table == "document" and value in kinds():
            return layout(value).title
        case "tier" if value in TIERS:
            return TIERS[value].en if language() == "en" else TIERS[value].zh
    words = BY_TABLE.get((table, column)) or IN_EVERY_TABLE.get(column, {})
    return str(words.get(value, value))

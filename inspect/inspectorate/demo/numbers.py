"""Numbers of past cases and decisions: each office's own series, a year at a time, in the order of their days."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..documents.snapshots import category_for
from .offices import Office, Record

Series = dict[tuple[str, str, int], int]
"""(agency key, series, year) to the last serial given."""


def give_numbers(cases: Sequence[Record]) -> Series:
    """Number cases by their filing and decisions by their day. Returns what live numbers must go on from."""
    last: Series = defaultdict(int)
    for case in sorted(cases, key=lambda one: (one["filed_on"], one["key"])):
        case["number"] = _next(last, case, case["filed_on"], "立")
    decided = [(case, one["decision"]) for case in cases for one in case["respondents"] if one["decision"]]
    for case, decision in sorted(decided, key=lambda pair: (pair[1]["decided_on"], pair[0]["key"])):
        decision["number"] = _next(last, case, decision["decided_on"], "罚")
    for case in cases:
        del case["_office"], case["_kind"]
    return last


def _next(last: Series, case: Record, day: str, nature: str) -> str:
    office: Office = case["_office"]
    codes = [charge["code"] for charge in case["respondents"][0]["violations"]]
    category = category_for(case["_kind"], codes)
    pattern = office.kind.number if nature == "罚" else office.kind.number.replace("处罚", "立").replace("罚", "立")
    own: dict[str, Any] = {"category": category} if "{category}" in pattern else {"category": ""}
    series = f"{own['category']}{nature}"
    year = int(day[:4])
    last[office.key, series, year] += 1
    return pattern.format(short=office.short, year=year, serial=last[office.key, series, year], **own)

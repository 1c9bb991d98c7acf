"""How far a campaign is: what its page, pictures and bulletins count, for a region and each one directly below it."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ..accounts.regions import child_regions, region_name
from .catalogue import CampaignFacts
from .choices import narrowing
from .engine.definition import FormDefinition
from .engine.expansion import expand, region_members
from .engine.figures import Filled
from .engine.parsing import parse
from .measures.compile import figures
from .measures.scope import Scope

_FORM = """
[form]
id = "progress"
title = "进展"
[period]
kind = "campaign"
[[col]]
id = "all"
[[col]]
id = "below"
expand = "child_regions"
[[row]]
id = "inspected"
m = "units_inspected"
[[row]]
id = "visits"
m = "visits"
[[row]]
id = "filed"
m = "cases_filed"
[[row]]
id = "closed"
m = "cases_closed"
[[row]]
id = "fined"
m = "fine_sum + confiscate_sum"
unit = "元"
[[row]]
id = "transferred"
m = "transfer_judicial"
[[row]]
id = "complaints"
m = "complaint_in"
"""


@cache
def _form() -> FormDefinition:
    return parse(_FORM)


class Counted(NamedTuple):
    """What the records of one region say of some days. ``inspected`` counts distinct subjects (户), ``visits`` each
    inspection (户次); ``fined`` is what was fined and confiscated, in fen.
    """

    code: str
    name: str
    inspected: int = 0
    visits: int = 0
    filed: int = 0
    closed: int = 0
    fined: int = 0
    transferred: int = 0
    complaints: int = 0


class Days(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date


def days_of(campaign: CampaignFacts, today: date) -> Days:
    """What a campaign has had of its days: all of them, or up to today."""
    return Days(campaign.date_from, max(campaign.date_from, min(campaign.date_to, today)))


def counted(campaign: CampaignFacts, region_code: str, days: Days) -> tuple[Counted, Sequence[Counted]]:
    """The campaign's figures of some days in a region, and the same in each region directly below, in code order."""
    children = child_regions(region_code, days.last.year)
    form = expand(_form(), {"child_regions": region_members((r.code, r.name) for r in children)})
    cells, _foot = figures(form, scope_of(campaign, region_code, days))
    filled = Filled(form, cells)
    whole = _counted(filled, "all", region_code, region_name(region_code))
    return whole, [_counted(filled, f"below.{child.code}", child.code, child.name) for child in children]


def scope_of(campaign: CampaignFacts, region_code: str, days: Days) -> Scope:
    """The records of a campaign in a region and on some days, of what each province has chosen."""
    where = narrowing(campaign, region_code)
    return Scope(region_code, days.first, days.last, campaign.id, where=where)


def _counted(filled: Filled, column: str, code: str, name: str) -> Counted:
    values: dict[str, Any] = {row.id: filled.value((row.id, column)) or 0 for row in filled.form.rows}
    return Counted(code, name, **values)

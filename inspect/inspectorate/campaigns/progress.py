"""How far a campaign is: a few figures that every campaign has, for a region and for each region directly below."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from ..accounts.regions import child_regions, region_name
from .catalogue import CampaignFacts
from .choices import narrowing
from .engine.definition import FormDefinition
from .engine.expansion import expand, region_members
from .engine.figures import Filled
from .engine.parsing import parse
from .measures.scope import Scope
from .summary import fill

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


class Progress(NamedTuple):
    """Figures of one region; ``fined`` in fen."""

    code: str
    name: str
    inspected: int
    filed: int
    closed: int
    fined: int
    transferred: int
    complaints: int


def progress(campaign: CampaignFacts, region_code: str, year: int) -> tuple[Progress, Sequence[Progress]]:
    """The campaign's figures in a region over all its days, and the same in each region directly below."""
    children = child_regions(region_code, year)
    form = expand(_form(), {"child_regions": region_members((r.code, r.name) for r in children)})
    where = narrowing(campaign, region_code)
    filled = fill(form, Scope(region_code, campaign.date_from, campaign.date_to, campaign.id, where=where))
    whole = _progress(filled, "all", region_code, region_name(region_code))
    return whole, [_progress(filled, f"below.{child.code}", child.code, child.name) for child in children]


def _progress(filled: Filled, column: str, code: str, name: str) -> Progress:
    values: dict[str, Any] = {row.id: filled.value((row.id, column)) or 0 for row in filled.form.rows}
    return Progress(code, name, **values)

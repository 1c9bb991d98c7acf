"""The blueprint of returns and what its screens share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import request, url_for

from ...accounts.regions import region_name
from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.engine.definition import FormDefinition
from ...campaigns.engine.figures import Filled
from ...campaigns.engine.layout import Printed
from ...errors import NotFound, Refused, Stale, refusals_in
from ...pages import page_of
from ...web import Area, current_actor
from ..forms import Sheet
from ..models import Return
from ..periods import Period, period_of, periods_of
from ..tables import DEPARTMENT, campaign_of

bp = Area("returns", __name__)


def chosen(campaign_id: str, today: date) -> tuple[CampaignFacts, FormDefinition, Period, list[Period]]:
    """The campaign, and the form and period that the address names, the first of each by default. Raises NotFound."""
    campaign = campaigns.campaign_for(current_actor(), campaign_id)
    wanted = request.values.get("form") or next(iter(campaign.forms), "")
    form = campaigns.form(wanted) if wanted in campaign.forms else None
    if form is None:
        raise NotFound
    periods = periods_of(form, campaign, today) or [period_of(campaign.date_from, campaign.date_to, campaign)]
    key = request.values.get("period")
    period = next((one for one in periods if one.key == key), None) if key else periods[0]
    if period is None:
        raise NotFound
    return campaign, form, period, periods


def board_url(row: Return) -> str:
    """The board on which a return stands."""
    return url_for("returns.board", campaign_id=row.campaign or row.form, form=row.form, period=row.period)


def period_in(row: Return) -> Period:
    """The period of a return with its name."""
    return period_of(row.period_from, row.period_to, campaign_of(row))


def shared(row: Return, form: FormDefinition) -> dict[str, Any]:
    """What every page of one return shows at its head."""
    period = period_in(row)
    return {
        "row": row,
        "campaign": campaign_of(row),
        "definition": form,
        "period": period,
        "place": row.agency.name if row.kind == DEPARTMENT else region_name(row.region_code, full=True),
        "board_url": board_url(row),
        "page_of": page_of,
    }


def records_link(row: Return, filled: Filled) -> Callable[[Printed], str | None]:
    """Addresses of the records behind the figures that records give."""
    records = filled.records or {}
    where: dict[str, Any] = {"region": row.region_code}
    where |= {name: day.isoformat() for name, day in (("start", row.period_from), ("end", row.period_to)) if day}

    def link(figure: Printed) -> str | None:
        slot = filled.slots.get(figure.address)
        if slot is None or not figure.value or isinstance(figure.value, str) or row.kind == DEPARTMENT:
            return None
        if not records.get(figure.address) and not slot.is_total:
            return None
        place: dict[str, Any] = {"row": figure.address[0], "col": figure.address[1]}
        return url_for("campaigns.records", campaign_id=row.campaign or row.form, form_id=row.form, **where, **place)

    return link


def records_url(row: Return, address: tuple[str, str]) -> str:
    """The records behind one place."""
    where: dict[str, Any] = {"region": row.region_code, "row": address[0], "col": address[1]}
    where |= {name: day.isoformat() for name, day in (("start", row.period_from), ("end", row.period_to)) if day}
    return url_for("campaigns.records", campaign_id=row.campaign or row.form, form_id=row.form, **where)


@contextmanager
def at_places(sheet: Sheet) -> Iterator[None]:
    """A refusal inside names the fields of the sheet."""
    try:
        yield
    except Stale:
        raise
    except Refused as error:
        if refusals_in(error):
            raise sheet.placed(error) from error
        raise

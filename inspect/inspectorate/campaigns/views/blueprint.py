"""The blueprint of campaigns and what its screens share."""

from typing import Any
from urllib.parse import quote

from flask import current_app

from ...errors import NotFound
from ...web import Area, current_actor
from .. import queries
from ..catalogue import CampaignFacts
from ..engine.definition import FormDefinition

bp = Area("campaigns", __name__)


def loaded(campaign_id: str, form_id: str | None = None) -> tuple[CampaignFacts, FormDefinition]:
    """The campaign and one of its forms, the first by default. Raises NotFound."""
    campaign = queries.campaign_for(current_actor(), campaign_id)
    wanted = form_id or (campaign.forms[0] if campaign.forms else "")
    form = queries.form(wanted) if wanted in campaign.forms else None
    if form is None:
        raise NotFound
    return campaign, form


def download(content: bytes, media_type: str, name: str) -> Any:
    """A file for the browser to keep; the name may be Chinese."""
    response = current_app.response_class(content, content_type=media_type)
    ending = name.rpartition(".")[2]
    disposition = f"attachment; filename=file.{ending}; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Disposition"] = disposition
    return response

"""The blueprint of campaigns and what its screens share."""

from typing import Any
from urllib.parse import quote

from flask import current_app, url_for

from ...accounts.permissions import Permission
from ...errors import NotFound
from ...web import Area, current_actor
from .. import queries
from ..catalogue import CampaignFacts
from ..engine.definition import FormDefinition

bp = Area("campaigns", __name__)

_PAGES = {
    "inspection": ("inspections.show", "inspection_id", (Permission.INSPECTION_READ,)),
    "case": ("cases.show", "case_id", (Permission.CASE_READ, Permission.CASE_READ_DECIDED)),
    "complaint": ("complaints.show", "complaint_id", (Permission.COMPLAINT_READ,)),
    "subject": ("registry.show", "subject_id", (Permission.REGISTRY_READ,)),
}


def page_of(route: tuple[str, int]) -> str | None:
    """The address of the page that shows a record; None where the viewer may not open it."""
    endpoint, name, permissions = _PAGES[route[0]]
    may = any(current_actor().may(permission) for permission in permissions)
    if not may or endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {name: route[1]}
    return url_for(endpoint, **values)


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

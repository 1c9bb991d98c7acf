"""The blueprint of the joint side and what its screens share: the doors between its parts, and the simple form."""

from typing import Any, NamedTuple

from flask import render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...web import Area, current_actor

bp = Area("joint", __name__)


class Door(NamedTuple):
    """A part of the joint side: its endpoint takes ``campaign_id``."""

    endpoint: str
    label: LazyString


DOORS = (
    Door("joint.index", _l("At a glance")),
    Door("joint.liaisons", _l("Liaison persons")),
    Door("joint.meetings", _l("Joint meetings")),
    Door("joint.resolutions", _l("Resolutions")),
    Door("joint.rechecks", _l("Re-checks")),
    Door("joint.activities", _l("Publicity and training")),
)


def campaign_shown(campaign_id: str) -> CampaignFacts:
    """A campaign that concerns the viewer. Raises NotFound."""
    return campaigns.campaign_for(current_actor(), campaign_id)


def way_to(campaign: CampaignFacts, *doors: str) -> list[tuple[str, str]]:
    """The breadcrumb of a page inside some of the doors."""
    labels = {door.endpoint: str(door.label) for door in DOORS}
    trail = [(_("Campaigns"), url_for("campaigns.index"))]
    trail.append((campaign.title, url_for("campaigns.show", campaign_id=campaign.id)))
    return trail + [(labels[door], url_for(door, campaign_id=campaign.id)) for door in doors]


def shown(template: str, campaign: CampaignFacts, **values: Any) -> str:
    """A page of the joint side."""
    return render_template(f"joint/{template}.html", campaign=campaign, doors=DOORS, way_to=way_to, **values)


def step_page(
    form: Any,
    campaign: CampaignFacts,
    *,
    heading: str,
    submit: str,
    back: str,
    door: str,
    lead: str = "",
    tone: str = "primary",
    multipart: bool = False,
    draft: str | None = None,
) -> str:
    """A form whose fields simply follow each other; ``draft`` names what the device keeps of it."""
    return shown(
        "step",
        campaign,
        form=form,
        heading=heading,
        submit=submit,
        back=back,
        door=door,
        lead_text=lead,
        tone=tone,
        multipart=multipart,
        draft=draft,
    )

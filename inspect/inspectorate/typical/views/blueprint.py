"""The blueprint of typical cases and what its screens share."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...campaigns.catalogue import CampaignFacts
from ...campaigns.engine.definition import FormDefinition
from ...campaigns.queries import campaign_for, form
from ...errors import NotFound
from ...web import Area, current_actor

bp = Area("typical", __name__)

URL = "/campaigns/<campaign_id>/cases"
EXPOSURE = "/campaigns/<campaign_id>/exposure"


def loaded(campaign_id: str) -> tuple[CampaignFacts, FormDefinition]:
    """The campaign and the form whose attachment is the template of its typical cases; else its first form.

    Raises NotFound.
    """
    campaign = campaign_for(current_actor(), campaign_id)
    names = ([campaign.template] if campaign.template else []) + list(campaign.forms)
    known = [found for found in map(form, names) if found is not None]
    if not known:
        raise NotFound
    return campaign, next((one for one in known if one.attachment("case_list")), known[0])


def back(campaign_id: str) -> Response:
    """To the list."""
    return redirect(url_for("typical.index", campaign_id=campaign_id))


def party_of(text: str | None) -> int | None:
    """The party that an address or a form names. Raises NotFound."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound
    return int(text)


def words_of_styles() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The ways of showing persons and institutions, with an example of each."""
    persons = [
        ("surname", _("Surname and 某: 陈某某")),
        ("initial", _("First letter and 某: C某某")),
        ("full", _("Full name of parties whom a public decision names; all others as 陈某某")),
    ]
    places = [
        ("kind", _("某 and the kind: 某医疗美容门诊部")),
        ("place", _("Region, 某 and the kind: 杭州某医疗美容门诊部")),
        ("full", _("Full name of parties whom a public decision names; all others as 某医疗美容门诊部")),
    ]
    return persons, places

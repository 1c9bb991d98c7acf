"""The blueprint of campaigns and what its screens share."""

from ...web import Area, current_actor
from .. import queries
from ..catalogue import CampaignFacts
from ..engine.definition import FormDefinition

bp = Area("campaigns", __name__)


def loaded(campaign_id: str, form_id: str | None = None) -> tuple[CampaignFacts, FormDefinition]:
    """The campaign and one of its forms, the first by default. Raises NotFound."""
    return queries.form_of(current_actor(), campaign_id, form_id)

"""What charts and the report of a campaign in a region are made from, asked once and only when needed."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.figures import Filled
from ..campaigns.measures.scope import Scope
from ..campaigns.progress import Counted, Days, counted, days_of, scope_of
from ..campaigns.summary import summarise
from ..joint.queries import Doings, doings
from ..returns.models import ReturnSnapshot
from ..returns.snapshots import drawn
from . import events, lateness, queries
from .indicators import Ranking, rankings


class Table:
    """One of the campaign's tables of a region, as it was reported or as it stands now (no ``snapshot``)."""

    def __init__(self, form: FormDefinition, filled: Filled, snapshot: ReturnSnapshot | None) -> None:
        self.form, self.filled, self.snapshot = form, filled, snapshot

    @property
    def is_frozen(self) -> bool:
        """Whether it changes no more."""
        return self.snapshot is not None and self.snapshot.owner.state == "frozen"


class Gathered:
    """Figures of a campaign in a region, over its days up to today."""

    def __init__(self, campaign: CampaignFacts, region: str, today: date) -> None:
        self.campaign, self.region, self.today = campaign, region, today

    @cached_property
    def days(self) -> Days:
        """What the campaign has had of its days."""
        return days_of(self.campaign, self.today)

    @cached_property
    def scope(self) -> Scope:
        """The records that count."""
        return scope_of(self.campaign, self.region, self.days)

    @cached_property
    def counted(self) -> tuple[Counted, Sequence[Counted]]:
        """The region's figures, and those of each region directly below."""
        return counted(self.campaign, self.region, self.days)

    @cached_property
    def weeks(self) -> Sequence[events.Week]:
        """What happened in each week."""
        return events.weeks(self.scope)

    @cached_property
    def violations(self) -> Sequence[events.Kind]:
        """What the cases filed are about."""
        return events.violations(self.scope)

    @cached_property
    def penalties(self) -> Sequence[events.Kind]:
        """Which penalties were imposed."""
        return events.penalties(self.scope)

    @cached_property
    def league(self) -> Sequence[lateness.Standing]:
        """How the regions that report to this one keep to their days."""
        return lateness.reporting(self.campaign, self.region, self.today)[0]

    @cached_property
    def rankings(self) -> Sequence[Ranking]:
        """The indicators over the regions below."""
        return rankings(self.campaign, self.region, self.days, *self.counted, self.today)

    @cached_property
    def doings(self) -> Doings:
        """The joint side."""
        return doings(self.campaign.id, self.region, self.days.first, self.days.last)

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The campaign's tables: what the region has reported where it has, else what records and returns say now."""
        return [self._table(form) for form in map(campaigns.form, self.campaign.forms) if form is not None]

    def _table(self, form: FormDefinition) -> Table:
        snapshot = queries.reported(self.campaign, form.id, self.region)
        if snapshot is not None:
            shown = drawn(snapshot)
            return Table(shown.form, shown.filled, snapshot)
        summary = summarise(form, self.region, today=self.today, campaign_id=self.campaign.id)
        return Table(summary.form, summary.filled, None)

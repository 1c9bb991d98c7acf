"""Reading returns: who has reported, and what waits for whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from .. import clock
from ..accounts.actor import Actor
from ..accounts.regions import covers, region_name
from ..accounts.scope import in_region
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.facts import Department
from ..campaigns.words import label_of
from ..extensions import db
from . import chain, desks
from .deadlines import due_on
from .models import Return
from .periods import Period
from .rules import State, Timeliness, days_late, timeliness
from .tables import DEPARTMENT, LEVEL


class Line(NamedTuple):
    """A region or department with its return; ``row`` is None where nobody has begun one."""

    key: str
    name: str
    row: Return | None
    due_on: date | None
    today: date
    supplies: str = ""
    """What a department is expected to supply, in the words of the form."""
    sector: str | None = None

    @property
    def state(self) -> State:
        """Where it stands; what nobody has begun is open."""
        return State(self.row.state) if self.row else State.OPEN

    @property
    def submitted_on(self) -> date | None:
        """The day on which it came first, in Shanghai."""
        return clock.local(self.row.submitted_at).date() if self.row and self.row.submitted_at else None

    @property
    def timeliness(self) -> Timeliness:
        """On time, late, missing, or still awaited."""
        return timeliness(self.due_on, self.submitted_on, self.today)

    @property
    def days_late(self) -> int:
        """Calendar days."""
        return days_late(self.due_on, self.submitted_on, self.today)

    @property
    def warnings(self) -> int:
        """Warnings that came with reasons."""
        return self.row.warnings if self.row else 0

    @property
    def objections(self) -> int:
        """Reasons for which it lies with its office again."""
        return len(self.row.objections) if self.row else 0


class Board(NamedTuple):
    """The state of a region's reporting for one form and period."""

    campaign: CampaignFacts
    form: FormDefinition
    period: Period
    region: str
    own: Line
    regions: Sequence[Line]
    departments: Sequence[Line]

    @property
    def counts(self) -> Mapping[Timeliness, int]:
        """How many regions below are in time, late, missing, awaited."""
        return Counter(line.timeliness for line in self.regions)

    @property
    def states(self) -> Mapping[State, int]:
        """How many regions below are in which state."""
        return Counter(line.state for line in self.regions)

    @property
    def to_accept(self) -> int:
        """How many regions below wait for an answer."""
        return self.states.get(State.SUBMITTED, 0)


def board(
    actor: Actor, campaign: CampaignFacts, form: FormDefinition, period: Period, today: date, region: str | None = None
) -> Board:
    """The own region's reporting, or that of a region below it."""
    code = region or actor.region_code
    year = (period.end or today).year
    below = chain.below(code, campaign.chain, year) if covers(campaign.region_code, code) else ()
    if not below and not covers(campaign.region_code, code):
        below = (campaign.region_code,)
    found = _level_returns(campaign, form, period, code)

    def line(one: str) -> Line:
        row = found.get(one)
        due = row.due_on if row else due_on(form, campaign, period, one)
        return Line(one, region_name(one), row, due, today)

    departments = _departments(actor, campaign, form, period, code, today)
    return Board(campaign, form, period, code, line(code), [line(one) for one in below], departments)


def _level_returns(campaign: CampaignFacts, form: FormDefinition, period: Period, region: str) -> dict[str, Return]:
    query = _of(campaign, form, period).where(Return.kind == LEVEL, in_region(Return.region_code, region))
    return {row.region_code: row for row in db.session.scalars(query)}


def _of(campaign: CampaignFacts, form: FormDefinition, period: Period) -> Select[Any]:
    return select(Return).where(Return.campaign == campaign.id, Return.form == form.id, Return.period == period.key)


def _departments(
    actor: Actor, campaign: CampaignFacts, form: FormDefinition, period: Period, region: str, today: date
) -> list[Line]:
    """What departments send for a region: those that the campaign expects, and whoever has sent besides."""
    query = (
        _of(campaign, form, period)
        .where(Return.kind == DEPARTMENT, Return.region_code == region)
        .options(joinedload(Return.agency))
        .order_by(Return.id)
    )
    rows = [row for row in db.session.scalars(query) if desks.sees(actor, row)]
    due = due_on(form, campaign, period, region)
    expected = [one for one in campaign.departments if one.via == "return" and _concerns(one, form)]
    found, sectors = [], {row.agency.sector for row in rows}
    for row in rows:
        supplies = next((_supplies(one, form) for one in expected if one.sector == row.agency.sector), "")
        found.append(Line(row.reporter, row.agency.name, row, row.due_on, today, supplies, row.agency.sector))
    if desks.leads(actor):
        found += [
            Line(f"sector:{one.sector}", one.name, None, due, today, _supplies(one, form), one.sector)
            for one in expected
            if one.sector not in sectors
        ]
    return found


def _concerns(department: Department, form: FormDefinition) -> bool:
    """Whether a department supplies anything to a form; one without a list may supply to each."""
    return not department.supplies or any(one in form.rows or one in form.cols for one in department.supplies)


def _supplies(department: Department, form: FormDefinition) -> str:
    return "、".join(label_of(one, form) for one in department.supplies if one in form.rows or one in form.cols)


def returns_of(campaign: CampaignFacts, form: FormDefinition, region: str) -> Sequence[Return]:
    """All level returns of one region for a form, the latest period first."""
    query = select(Return).where(
        Return.campaign == campaign.id, Return.form == form.id, Return.kind == LEVEL, Return.region_code == region
    )
    return db.session.scalars(query.order_by(Return.period_to.desc(), Return.period_from)).all()

"""Filling an empty database with the demo."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, select

from ..accounts.actor import SYSTEM
from ..accounts.models import Agency, User
from ..audit.actions import record
from ..audit.models import RecordEntry
from ..campaigns.queries import campaign
from ..documents.models import NumberSeries
from ..errors import Refusal
from ..extensions import db
from ..interchange.loading import Loader
from ..registry.models import Subject
from . import sign_ins
from .campaigns import begin_again, begin_yearly_campaigns, choose_industries
from .joint import make_joint
from .live import make_live
from .own_tables import make_forms
from .reporting import tell_of_the_campaign
from .returns import make_returns
from .scale.filling import fill_up
from .weighing import load_demo_standard
from .world import PAST_CAMPAIGN, World, campaign_on, invent

__all__ = ["fill", "fill_up", "has_sign_ins", "is_empty"]

FIELD_RECORD = "D01"


def is_empty() -> bool:
    """Whether nothing has been entered yet."""
    return not any(
        db.session.scalar(select(exists(select(model.id)))) for model in (Agency, User, Subject, RecordEntry)
    )


def has_sign_ins() -> bool:
    """Whether the demo's people are here."""
    names = [one.name for one in sign_ins.SIGN_INS]
    return len(db.session.scalars(select(User.name).where(User.name.in_(names))).all()) == len(names)


def fill(establishments: int, seed: int, today: date) -> Mapping[str, int]:
    """Fill the empty database; returns how many records of each type the past has. Raises Refusal when not empty."""
    if not is_empty():
        raise Refusal("the database is not empty; demo data goes into an empty one only. Nothing was changed")
    world = invent(establishments, seed, today)
    _begin_campaign(today)
    begin_yearly_campaigns(today)
    report = Loader(SYSTEM).load(world.entries())
    if report.refused:
        raise AssertionError(f"the demo's own records were refused: {report.refused[0]}")
    _go_on_numbering(world, today.year)
    people = sign_ins.add_sign_ins(world)
    load_demo_standard(people["administrator"])
    make_live(world, people, seed, today)
    make_forms(people, today)
    make_joint(people, seed, today)
    choose_industries(people, today)
    make_returns(world, people, today)
    tell_of_the_campaign(people["province-office"], campaign_on(today).id, today)
    return report.loaded


def _begin_campaign(today: date) -> None:
    past = campaign(PAST_CAMPAIGN.id)
    assert past is not None
    this, year = campaign_on(today), today.year
    due = {"county": f"{year}-12-05", "city": f"{year}-12-10", "province": f"{year}-12-20"}
    begin_again(past, this.id, this.first, this.last, due)


def _go_on_numbering(world: World, year: int) -> None:
    """Live numbers of this year follow those of the past, so that none is given twice."""
    by_key = {agency.key: agency for agency in db.session.scalars(select(Agency))}
    wanted = {(key, series): last for (key, series, of), last in world.series.items() if of == year}
    wanted |= {(team, FIELD_RECORD): last for team, last in world.last_serials.items()}
    for (key, series), last in sorted(wanted.items()):
        row = NumberSeries(agency_id=by_key[key].id, series=series, year=year, last_serial=last)
        db.session.add(row)
        db.session.flush()
        record(by_key[key], "documents:series:begin", SYSTEM)

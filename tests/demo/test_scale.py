"""``flask demo --scale``, very small: as many as asked for, in the record as if entered, and counted rightly."""

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from inspectorate.audit.verification import verify
from inspectorate.campaigns.queries import form
from inspectorate.campaigns.summary import summarise
from inspectorate.cases.models import Case, Penalty
from inspectorate.demo.scale.filling import Size, fill_up
from inspectorate.extensions import db, unit_of_work
from inspectorate.inspections.models import Inspection
from inspectorate.registry.models import Establishment
from tests.bench.campaign_floor import CAMPAIGN, Floor, figures_of

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

FACTOR = 0.001

pytestmark = pytest.mark.full_run


@pytest.fixture(scope="module")
def country(demo: "Flask", today: "date") -> "Flask":
    with demo.app_context(), unit_of_work():
        fill_up(FACTOR, 1, today, lambda _: None)
    return demo


def test_there_are_exactly_as_many_as_asked_for(country: "Flask") -> None:
    size = Size().times(FACTOR)
    with country.app_context():
        found = [db.session.scalar(select(func.count()).select_from(model)) for model in (Inspection, Case, Penalty)]
    assert found == [size.inspections, size.cases, size.penalties]


def test_every_row_stands_in_the_record_as_if_it_had_been_entered(country: "Flask") -> None:
    with country.app_context():
        assert list(verify()) == []


def test_many_counties_provinces_and_years_have_a_share(country: "Flask") -> None:
    with country.app_context():
        rows = db.session.execute(select(Inspection.region_code, Inspection.inspected_on)).all()
    assert len({code for code, _ in rows}) > 30
    assert len({code[:2] for code, _ in rows}) > 10
    assert len({day.year for _, day in rows}) > 5


def test_no_two_places_bear_one_name(country: "Flask") -> None:
    with country.app_context():
        names = list(db.session.scalars(select(Establishment.name).where(Establishment.key.like("scale-%"))))
    assert len(names) == len(set(names)) == Size().times(FACTOR).establishments


@pytest.mark.parametrize("region", ["330000", "000000"])
def test_a_campaigns_table_is_what_sql_by_hand_gives(country: "Flask", today: "date", region: str) -> None:
    with country.app_context():
        definition: Any = form(CAMPAIGN)
        summary = summarise(definition, region, today=today)
        assert summary.scope.start and summary.scope.end
        assert figures_of(summary) == Floor(region, summary.scope.start, summary.scope.end).figures()
        assert figures_of(summary)[0]

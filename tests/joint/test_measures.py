"""Courses, people and publicity in a campaign's table: each figure is the sum of the activities listed behind it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.regions import covers
from inspectorate.campaigns.actions import create_campaign, load_form
from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.measures.compile import figures
from inspectorate.campaigns.measures.records import count_of, figure_of, figures_by_region, rows, sections, shares
from inspectorate.campaigns.measures.scope import Scope
from inspectorate.extensions import db
from inspectorate.joint.models import Activity
from tests import factories
from tests.joint.scene import CAMPAIGN, CITY, COUNTY, PROVINCE, Offices, held

MEASURES = {
    "courses": ("training", "times"),
    "people": ("training", "people"),
    "publicity_events": ("publicity", "times"),
    "publicity_people": ("publicity", "people"),
    "publicity_copies": ("publicity", "copies"),
}
FORM = """
[form]
id = "joint_2021"
title = "宣传培训情况统计表"
"""


def sheet() -> FormDefinition:
    columns = "".join(f'[[col]]\nid = "{name}"\nlabel = "{name}"\nm = "{name}"\n' for name in MEASURES)
    rows = '[[row]]\nid = "all"\nlabel = "合计"\n[[row]]\nid = "own"\nlabel = "本级"\nwhere = { handled_by = "self" }\n'
    return parse(f'{FORM}\n[period]\nkind = "on-demand"\n{columns}{rows}', "joint.toml")


ROWS = st.lists(
    st.tuples(
        st.sampled_from([COUNTY, factories.OTHER_COUNTY, CITY, "440106"]),
        st.sampled_from([date(2021, 6, 30), date(2021, 7, 1), date(2021, 7, 31)]),
        st.sampled_from(["publicity", "training"]), st.integers(1, 9), st.integers(0, 10**8), st.integers(0, 10**8),
        st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ROWS)
def test_every_figure_is_an_independent_sum_and_so_is_the_list_behind_it(offices: Offices, drawn: list[Any]) -> None:
    agencies = {code: factories.agency(code) for code in {code for code, *_rest in drawn}}
    with db.session.begin_nested() as kept:
        made = [
            factories.add(Activity(
                campaign=CAMPAIGN, region_code=code, sector="health", agency_id=agencies[code].id, side=side,
                kind="other", held_on=day, title="…", times=times, people=people,
                copies=copies if side == "publicity" else 0, withdrawn_reason="重复" if withdrawn else None,
            ))
            for code, day, side, times, people, copies, withdrawn in drawn
        ]  # fmt: skip
        form = sheet()
        for region in (COUNTY, CITY, PROVINCE):
            scope = Scope(region, date(2021, 7, 1), date(2021, 7, 31), CAMPAIGN)
            cells, _foot = figures(form, scope)
            for name, (side, column) in MEASURES.items():
                counted = [
                    row for row in made
                    if covers(region, row.region_code) and row.side == side and row.held_on.month == 7
                    and row.withdrawn_reason is None
                ]  # fmt: skip
                expected = {
                    "all": sum(getattr(row, column) for row in counted),
                    "own": sum(getattr(row, column) for row in counted if row.region_code == region),
                }
                assert {row: cells.get((row, name), 0) for row in expected} == expected, (region, name)
                (behind,) = sections(Filled(form, cells), ("all", name))
                listed = db.session.scalars(rows(behind, scope)).all()
                assert sum(shares(behind, scope, listed)) == figure_of(behind, scope) == expected["all"]
                assert {row.id for row in listed} == {row.id for row in counted}
                assert count_of(behind, scope) == len(counted)
                if region == CITY:
                    below = figures_by_region(behind, scope, [COUNTY, factories.OTHER_COUNTY])
                    assert sum(below.values()) == expected["all"]
        kept.rollback()


@pytest.mark.one_database
def test_the_page_behind_a_figure_lists_activities_of_every_sector_with_their_shares(
    client: Any, offices: Offices
) -> None:
    column = '[[col]]\nid = "n"\nlabel = "人次"\nm = "publicity_people"\n'
    line = '[[row]]\nid = "all"\nlabel = "合计"\n'
    load_form(SYSTEM, f'{FORM}\n[period]\nkind = "on-demand"\n{column}{line}', "joint.toml")
    create_campaign(
        SYSTEM, code="joint_campaign", title="联动专项", region_code=COUNTY, date_from=date(2021, 6, 1),
        date_to=date(2021, 12, 31), forms=["joint_2021"], categories=[],
    )  # fmt: skip
    for actor, key in ((offices.county, "a"), (offices.market, "b")):
        held(actor, key).campaign = "joint_campaign"
    client.sign_in(offices.county_user)
    page = client.get("/campaigns/joint_campaign/tables/joint_2021/records?row=all&col=n")
    assert (
        page.status_code == 200 and "讲座a" in page.text and "讲座b" in page.text and "/joint/activities/" in page.text
    )

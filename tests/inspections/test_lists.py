"""The list of inspections: filtered, in parts, as a file, and nothing from elsewhere."""

import csv
import io
from datetime import timedelta

import pytest

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.inspections import queries
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import Filters
from inspectorate.paging import PART
from tests import factories


def visit(scene, number=0, **columns):
    made = {
        "subject_id": scene.clinic.id,
        "agency_id": scene.agency.id,
        "region_code": scene.clinic.region_code,
        "sector": "health",
        "reason": "routine",
        "state": "submitted",
        "inspected_on": clock.today() - timedelta(days=number),
        "number": f"2026—{number:03}",
    }
    return factories.add(Inspection(**made | columns))


def listed(actor, **filters):
    return [row.number for row in queries.page(queries.filtered(actor, Filters(**filters))).rows]


def test_each_filter_narrows_the_list(scene):
    other = factories.establishment(name="悦容诊所")
    visit(scene, 1)
    visit(scene, 2, reason="complaint")
    visit(scene, 3, campaign="c", category="k")
    visit(scene, 4, subject_id=other.id, created_by_id=scene.inspector.id)
    visit(scene, 5, state="withdrawn")
    visit(scene, 6, state="draft")
    actor = scene.actor
    assert listed(actor) == ["2026—001", "2026—002", "2026—003", "2026—004", "2026—006"]
    assert listed(actor, reason="complaint") == ["2026—002"]
    assert listed(actor, campaign="c", category="k") == ["2026—003"]
    assert listed(actor, words="悦容") == ["2026—004"]
    assert listed(actor, words="2026—003") == ["2026—003"]
    assert listed(actor, mine=True) == ["2026—004"]
    assert listed(actor, state="withdrawn") == ["2026—005"]
    assert listed(actor, since=clock.today() - timedelta(days=2), until=clock.today() - timedelta(days=2)) == [
        "2026—002"
    ]
    assert listed(actor, region=factories.OTHER_COUNTY) == []
    assert listed(actor, agency_id=scene.agency.id, words="%") == []


def test_nothing_of_a_neighbour_or_another_sector_is_listed(scene):
    visit(scene, 1, region_code=factories.OTHER_COUNTY)
    visit(scene, 2, sector="market")
    assert listed(scene.actor) == []
    city = factories.user(Role.SUPERVISOR, agency=factories.agency(factories.CITY))
    assert listed(actor_of(city)) == ["2026—001"]


@pytest.mark.parametrize("sort", ["", "day"])
def test_a_long_list_is_read_part_by_part_without_gap_or_repetition(scene, sort):
    for number in range(PART * 2 + 7):
        visit(scene, number // 3)
    query = queries.filtered(scene.actor, Filters())
    part, seen = queries.page(query, sort=sort), []
    while True:
        seen += [row.id for row in part.rows]
        if part.later is None:
            break
        part = queries.page(query, sort=sort, **part.later)
    assert len(seen) == len(set(seen)) == PART * 2 + 7
    back = queries.page(query, sort=sort, **part.earlier)
    assert [row.id for row in back.rows] == seen[PART : PART * 2]
    assert queries.count(query) == PART * 2 + 7


def test_the_list_is_a_file_with_the_same_filters(sign_in, scene):
    visit(scene, 1)
    visit(scene, 2, reason="complaint", subject_id=factories.establishment(name="=HYPERLINK(1)").id)
    client = sign_in(scene.inspector)
    answer = client.get("/inspections/list.csv?reason=complaint")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:3] == ["编号", "日期", "检查对象"] and len(rows) == 2
    assert rows[1][0] == "2026—002" and rows[1][2] == "'=HYPERLINK(1)"
    assert client.get("/inspections/list.xlsx").data[:2] == b"PK"
    assert client.get("/inspections/list.exe").status_code == 404


def test_the_history_of_a_subject_is_there_for_others(scene):
    latest, first = visit(scene, 1), visit(scene, 9)
    visit(scene, 3, state="withdrawn")
    visit(scene, 2, subject_id=factories.establishment().id)
    assert [row.id for row in queries.of_subject(scene.actor, scene.clinic.id)] == [latest.id, first.id]


def test_an_empty_list_says_why(sign_in, scene):
    client = sign_in(scene.inspector)
    assert "还没有检查记录" in client.get("/inspections").text
    assert "没有符合条件的检查" in client.get("/inspections?reason=complaint").text

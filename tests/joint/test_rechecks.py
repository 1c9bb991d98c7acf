"""回头看: whom a draw finds, who goes there, which result is taken, and which report it belies."""

from datetime import date
from typing import Any

import pytest

from inspectorate.cases.models import Case
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals
from inspectorate.home.queries import rechecks_ordered
from inspectorate.inspections.models import Inspection
from inspectorate.joint.actions import rechecks as actions
from inspectorate.joint.models import RecheckTask
from inspectorate.joint.queries import rechecks as queries
from inspectorate.joint.queries import tallies
from inspectorate.joint.queries.rechecks import Criteria, TaskFilter
from inspectorate.joint.rules import draw
from tests import factories
from tests.joint.scene import CAMPAIGN, CITY, COUNTY, TODAY, Offices, inspected, order


def fitting(actor: Any, **criteria: Any) -> list[int]:
    return queries.population(queries.candidates(actor, CAMPAIGN, Criteria(**criteria)), 100)


def again(task: RecheckTask, *codes: str, **changed: Any) -> Inspection:
    values = {"subject": task.subject, "reason": "recheck", "inspected_on": date(2021, 9, 16)}
    return inspected(task.agency, *codes, **values | changed)


def answer(actor: Any, task: RecheckTask, result: str, report: Any = None, note: str | None = None) -> RecheckTask:
    number = report.id if report else None
    return actions.answer(actor, task.id, result=result, inspection_id=number, note=note, today=TODAY, version=None)


def test_each_place_comes_into_question_once_by_its_last_report(offices: Offices) -> None:
    agency = offices.county_user.agency
    old = inspected(agency, "MC-001", inspected_on=date(2021, 6, 10))
    new = inspected(agency, subject=old.subject, inspected_on=date(2021, 7, 10))
    found = inspected(agency, "MC-001", category="unlicensed_practice")
    inspected(agency, "MC-001", campaign=None)
    inspected(agency, "MC-001", state="draft")
    factories.add(Case(agency=agency, region_code=COUNTY, sector="health", name="案", origin="inspection",
                       state="closed", closed_on=date(2021, 8, 1), inspection_id=found.id))  # fmt: skip
    assert fitting(offices.county) == fitting(offices.city) == [new.id, found.id]
    assert fitting(offices.county, earlier="found") == fitting(offices.county, earlier="closed") == [found.id]
    assert fitting(offices.county, earlier="clean") == [new.id]
    assert fitting(offices.county, category="unlicensed_practice", since=date(2021, 7, 1)) == [found.id]
    assert fitting(offices.city, region="330105") == fitting(offices.neighbour) == fitting(offices.market) == []


def test_a_draw_is_kept_with_all_that_is_needed_to_draw_again(offices: Offices) -> None:
    reports = [inspected(offices.county_user.agency, "MC-001") for _ in range(6)]
    row = order(offices.city, size=3, seed="2021-09-15")
    assert row.population == [one.id for one in reports]
    assert [task.earlier_id for task in row.tasks] == draw("2021-09-15", row.population, 3)
    assert len(fitting(offices.city)) == 3, "who waits for a re-check is not drawn again"
    assert order(offices.city, size=3, seed="2021-09-15") is row, "the same form sent twice"
    with pytest.raises(Refusals):
        order(offices.city, size=4, seed="more")


@pytest.mark.parametrize(("assign", "whose"), [("own", CITY), ("below", COUNTY), ("local", COUNTY)])
@pytest.mark.one_database
def test_tasks_fall_to_whom_the_order_names(offices: Offices, assign: str, whose: str) -> None:
    inspected(offices.county_user.agency, "MC-001")
    task = order(offices.city, size=1, assign=assign).tasks[0]
    assert task.agency.region_code == whose
    assert bool(rechecks_ordered(offices.inspector, TODAY)) is (whose == COUNTY)


@pytest.mark.one_database
def test_where_there_is_no_office_below_the_nearest_above_goes(offices: Offices) -> None:
    agency = factories.agency("330200")
    inspected(agency, "MC-001", region_code="330206")
    tasks = [order(offices.province, size=1, assign=way, seed=way).tasks for way in ("local",)]
    assert tasks[0][0].agency is agency


@pytest.mark.one_database
def test_a_result_rests_on_a_submitted_recheck_of_the_place_since_the_order(offices: Offices) -> None:
    inspected(offices.county_user.agency, "MC-001")
    task = order(offices.city, size=1).tasks[0]
    wrong = [again(task, state="draft"), again(task, reason="routine"), again(task, inspected_on=date(2021, 9, 1)),
             again(task, subject=factories.establishment())]  # fmt: skip
    for report in wrong:
        with pytest.raises(Refusals):
            answer(offices.inspector, task, "mended", report)
    report = again(task, "MC-002")
    answer(offices.inspector, task, "mended", report)
    assert (task.result, task.inspection, task.result_on, task.found_anew) == (
        "mended",
        report,
        date(2021, 9, 16),
        True,
    )
    for actor, error in ((offices.city, Forbidden), (offices.market, NotFound), (offices.neighbour, NotFound)):
        with pytest.raises(error):
            answer(actor, task, "unmended", report, "…")


@pytest.mark.one_database
def test_a_place_found_as_before_is_not_mended(offices: Offices) -> None:
    inspected(offices.county_user.agency, "MC-001")
    task = order(offices.city, size=1).tasks[0]
    with pytest.raises(Refusals, match="MC-001"):
        answer(offices.inspector, task, "mended", again(task, "MC-001"))


def test_a_closed_case_and_a_clean_follow_up_are_belied_by_what_is_not_mended(offices: Offices) -> None:
    agency = offices.county_user.agency
    by_case, by_visit, neither = (inspected(agency, "MC-001") for _ in range(3))
    factories.add(Case(agency=agency, region_code=COUNTY, sector="health", name="案", origin="inspection",
                       state="closed", closed_on=date(2021, 8, 1), inspection_id=by_case.id))  # fmt: skip
    inspected(agency, subject=by_visit.subject, reason="follow_up", inspected_on=date(2021, 8, 9), campaign=None)
    tasks = {task.earlier_id: task for task in order(offices.city, size=3).tasks}
    assert [tasks[one.id].claimed for one in (by_case, by_visit, neither)] == ["case_closed", "follow_up", None]
    for task in tasks.values():
        answer(offices.inspector, task, "unmended", again(task, "MC-001"), "仍在开展")
    found = queries.contradictions(offices.city, CAMPAIGN, TODAY)
    assert {task.earlier_id for task in found} == {by_case.id, by_visit.id}
    whole = dict((code, tally) for code, _name, tally in tallies.by_region(offices.city, CAMPAIGN, TODAY))
    assert (whole[COUNTY].unmended, whole[COUNTY].contradicted, whole[COUNTY].rate) == (3, 2, "0.0%")


@pytest.mark.one_database
def test_a_task_is_taken_back_by_whoever_ordered_it_as_long_as_it_has_no_result(offices: Offices) -> None:
    inspected(offices.county_user.agency, "MC-001")
    inspected(offices.county_user.agency, "MC-001")
    first, second = order(offices.city).tasks
    with pytest.raises((Forbidden, NotFound)):
        actions.drop(offices.county, first.id, reason="…", version=None)
    actions.drop(offices.city, first.id, reason="已注销", version=None)
    answer(offices.inspector, second, "impossible", None, "已搬迁")
    with pytest.raises(Refusal):
        actions.drop(offices.city, second.id, reason="…", version=None)
    with pytest.raises(Refusal):
        answer(offices.inspector, first, "impossible", None, "…")
    tally = tallies.tally(CAMPAIGN, CITY, TODAY)
    assert (tally.tasks, tally.impossible, tally.waiting) == (1, 1, 0)
    assert not rechecks_ordered(offices.inspector, TODAY)


@pytest.mark.one_database
def test_named_places_are_ordered_once(offices: Offices) -> None:
    report = inspected(offices.county_user.agency, "MC-001")
    facts = actions.OrderFacts("指定回头看", date(2021, 9, 30), "own")
    row = actions.order_named(offices.county, CAMPAIGN, facts, [report.id], TODAY, key="a")
    assert [task.subject_id for task in row.tasks] == [report.subject_id]
    with pytest.raises(Refusal):
        actions.order_named(offices.city, CAMPAIGN, facts, [report.id], TODAY, key="b")
    query = queries.tasks(offices.county, CAMPAIGN, TaskFilter(order_id=row.id, standing="open"), TODAY)
    assert len(queries.page(query, after=None, before=None).rows) == 1

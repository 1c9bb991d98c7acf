"""What offices do with their tables: refused in words at the very place, counted once, never lost, told for ever."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.permissions import Role
from inspectorate.audit.verification import verify as verify_record
from inspectorate.campaigns.actions import create_campaign
from inspectorate.campaigns.queries import categories_for
from inspectorate.campaigns.summary import summarise
from inspectorate.errors import Forbidden, NotFound, Refused, Stale, refusals_in
from inspectorate.extensions import db
from inspectorate.reporting import lateness
from inspectorate.returns import actions, canonical, desks, queries, snapshots, waiting
from inspectorate.returns.models import Return, ReturnSnapshot
from inspectorate.returns.rules import Side, State, Timeliness
from inspectorate.returns.tables import campaign_of, form_of
from tests import factories
from tests.harness.world import keep
from tests.returns.conftest import CAMPAIGN, FORM, PERIOD, TODAY, Chain

MARKET = {
    "cells": {"inspected": {"ad": "18"}, "cases": {"ad": "2"}, "fine_count": {"ad": "2"}, "fine_sum": {"ad": "3.2"}}
}


def fields_of(error: Refused) -> set[str | None]:
    return {one.field for one in refusals_in(error)}


def total(region: str, row: str, col: str) -> Any:
    form = form_of(db.session.query(Return).first())
    return summarise(form, region, today=TODAY, campaign_id=CAMPAIGN).filled.value((row, col))


def market(chain: Chain, document: dict[str, Any] = MARKET) -> Return:
    """The market department's return of the county, typed in by the campaign office and submitted."""
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    actions.submit(chain.county, row.id, TODAY, document=document)
    return row


def test_a_departments_figures_count_upward_from_submission_and_once_however_often_they_come(chain: Chain) -> None:
    row = market(chain)
    for region in ("330106", "330100", "330000", "000000"):
        assert total(region, "inspected", "ad") == 18
        assert total(region, "fine_sum", "ad") == 3_200_000
    actions.send_back(chain.county, row.id, [{"row": "inspected", "col": "ad", "reason": "与台账不符"}])
    assert total("330100", "inspected", "ad") == 0
    changed = {"cells": {**MARKET["cells"], "inspected": {"ad": "17"}}}
    actions.submit(chain.county, row.id, TODAY, document=changed)
    assert total("000000", "inspected", "ad") == 17
    assert [one.number for one in row.snapshots] == [1, 2]
    assert row.objections == []


def test_what_is_typed_is_kept_right_or_wrong_and_submitting_tells_every_place(chain: Chain) -> None:
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    wrong = {
        "cells": {"inspected": {"ad": "十八"}, "fine_sum": {"ad": "-1"}, "cases": {"ad": "1.5"}},
        "foot": {"in": "x"},
    }
    given = actions.type_in(chain.county, row.id, wrong, TODAY)
    assert len(given.problems) == 4
    assert row.draft["cells"]["inspected"]["ad"] == "十八"
    with pytest.raises(Refused) as caught:
        actions.submit(chain.county, row.id, TODAY)
    assert fields_of(caught.value) == {"cell:inspected@ad", "cell:fine_sum@ad", "cell:cases@ad", "cell:#foot@in"}
    db.session.rollback()


def test_a_department_that_has_filled_in_nothing_has_reported_nothing(chain: Chain) -> None:
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    with pytest.raises(Refused):
        actions.submit(chain.county, row.id, TODAY, document={"cells": {"inspected": {"ad": ""}}, "foot": {"in": ""}})
    assert row.submitted_at is None
    actions.submit(chain.county, row.id, TODAY, document={"cells": {"inspected": {"ad": "0"}}})
    assert row.state == State.SUBMITTED


def test_a_table_that_does_not_add_up_does_not_go_up(chain: Chain) -> None:
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    with pytest.raises(Refused) as caught:
        actions.submit(
            chain.county, row.id, TODAY, document={"cells": {"fine_sum": {"ad": "3"}, "fine_count": {"ad": "0"}}}
        )
    assert all(field and field.startswith("cell:") for field in fields_of(caught.value))


def test_only_the_own_office_reports_only_the_one_above_answers_and_a_neighbour_sees_nothing(chain: Chain) -> None:
    row = chain.submitted(chain.county)
    for stranger in (chain.neighbour, Chain.office("440106")):
        with pytest.raises(NotFound):
            desks.visible(stranger, row.id)
        with pytest.raises(NotFound):
            actions.accept(stranger, row.id)
    for other in (chain.county, chain.province, chain.ministry, Chain.office("330100", sector="market")):
        with pytest.raises(NotFound):
            actions.accept(other, row.id)
    for role in (Role.INSPECTOR, Role.AUDITOR, Role.SUPERVISOR):
        with pytest.raises(Forbidden):
            actions.accept(Chain.office("330100", role), row.id)
    with pytest.raises(Forbidden):
        actions.sign(chain.county, row.id, TODAY)
    assert desks.stands(chain.city, row) == {Side.ABOVE}


def test_an_office_above_acts_for_a_region_only_while_nobody_works_there(chain: Chain) -> None:
    row = actions.open_level(chain.city, CAMPAIGN, FORM, "330108", PERIOD)
    assert desks.stands(chain.city, row) == {Side.OWN, Side.ABOVE}
    Chain.office("330108")
    assert desks.stands(chain.city, row) == {Side.ABOVE}
    with pytest.raises(NotFound):
        actions.open_level(chain.city, CAMPAIGN, FORM, "330105", PERIOD)


def test_another_department_reports_for_itself_and_sees_no_others_return(chain: Chain) -> None:
    own = Chain.office("330106", sector="market")
    mine = actions.open_department(own, CAMPAIGN, FORM, "330106", PERIOD)
    drug = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="drug")
    assert mine.agency_id == own.authority_id
    assert desks.stands(own, mine) == {Side.OWN}
    with pytest.raises(NotFound):
        desks.visible(own, drug.id)
    with pytest.raises(NotFound):
        actions.open_level(own, CAMPAIGN, FORM, "330106", PERIOD)


def test_a_signature_holds_for_the_figures_that_were_seen(chain: Chain) -> None:
    row, head = chain.own(chain.county), Chain.head("330106")
    with pytest.raises(Refused):
        actions.sign(head, row.id, TODAY, seen="0" * 64)
    before = actions.sign(head, row.id, TODAY).signed_hash
    market(chain)
    assert actions.sign(head, row.id, TODAY).signed_hash != before


def test_a_late_save_is_told_and_a_double_submission_counts_once(chain: Chain) -> None:
    row = chain.own(chain.county)
    seen = row.version
    actions.submit(chain.county, row.id, TODAY, version=seen)
    with pytest.raises(Stale):
        actions.submit(chain.county, row.id, TODAY, version=seen)
    with pytest.raises(Refused):
        actions.submit(chain.county, row.id, TODAY)
    assert len(row.snapshots) == 1


def test_accepting_many_leaves_and_tells_what_has_changed_meanwhile(chain: Chain) -> None:
    one, two = chain.submitted(chain.county), chain.submitted(chain.neighbour)
    answered = actions.accept_many(chain.city, [(one.id, one.version), (two.id, two.version - 1)])
    assert answered.accepted == ["西湖区"]
    assert [name for name, _why in answered.refused] == ["拱墅区"]
    assert (one.state, two.state) == (State.ACCEPTED, State.SUBMITTED)


def test_nothing_goes_back_without_a_reason(chain: Chain) -> None:
    row = chain.submitted(chain.county)
    for objections in ([], [{"row": "inspected", "col": "ad", "reason": " "}]):
        with pytest.raises(Refused):
            actions.send_back(chain.city, row.id, objections)
    assert row.state == State.SUBMITTED


def test_a_reminder_stands_on_the_to_do_list_below_and_tells_who_asked(chain: Chain) -> None:
    row = actions.remind(chain.city, CAMPAIGN, FORM, "330106", PERIOD)
    found = [one for one in waiting.to_report(chain.county, TODAY) if one.arguments.get("return_id") == row.id]
    assert len(found) == 1
    assert chain.city.name in str(found[0].what)
    with pytest.raises(Refused):
        actions.remind(chain.city, CAMPAIGN, FORM, "330109", PERIOD)
    with pytest.raises(NotFound):
        actions.remind(chain.province, CAMPAIGN, FORM, "330106", PERIOD)


def frozen(chain: Chain) -> tuple[Return, Return]:
    """West Lake accepted, Hangzhou's table frozen."""
    county = chain.submitted(chain.county)
    actions.accept(chain.city, county.id)
    city = chain.own(chain.city)
    actions.freeze(chain.city, city.id, TODAY, reasons={"missing": "无相关机构"})
    return county, city


def test_a_table_is_frozen_only_when_each_region_below_is_accepted_or_named(chain: Chain) -> None:
    county, city = chain.submitted(chain.county), chain.own(chain.city)
    with pytest.raises(Refused) as caught:
        actions.freeze(chain.city, city.id, TODAY, reasons={"missing": "无相关机构"})
    assert fields_of(caught.value) == {"missing-330106"}
    assert county.state == State.SUBMITTED


def test_after_a_freeze_nobody_below_files_but_by_a_correction_with_a_reason_for_each_difference(chain: Chain) -> None:
    county, city = frozen(chain)
    late = chain.own(chain.neighbour)
    with pytest.raises(Refused):
        actions.submit(chain.neighbour, late.id, TODAY)
    with pytest.raises(Refused) as caught:
        actions.correct(chain.neighbour, late.id, TODAY, reasons={})
    assert fields_of(caught.value) == {"reason:late"}
    market_row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    actions.correct(chain.county, market_row.id, TODAY, document=MARKET, reasons={"late": "补报"})
    changed = snapshots.differences(snapshots.last_of(county), TODAY)
    assert {one.address for one in changed} == {
        ("inspected", "ad"),
        ("cases", "ad"),
        ("fine_count", "ad"),
        ("fine_sum", "ad"),
    }
    with pytest.raises(Refused) as caught:
        actions.correct(chain.county, county.id, TODAY, reasons={changed[0].key: "市场监管部门补报"})
    assert fields_of(caught.value) == {f"reason:{one.key}" for one in changed[1:]}
    assert city.state == State.FROZEN


def test_a_correction_is_accepted_into_the_frozen_table_and_the_first_snapshot_stays(chain: Chain) -> None:
    county, city = frozen(chain)
    first = (county.snapshots[0].sha256, dict(county.snapshots[0].content))
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    actions.correct(chain.county, row.id, TODAY, document=MARKET, reasons={"late": "补报"})
    reasons = {one.key: "市场监管部门补报" for one in snapshots.differences(county.snapshots[-1], TODAY)}
    taken = actions.correct(chain.county, county.id, TODAY, reasons=reasons)
    assert (county.state, taken.purpose, len(taken.content["changes"])) == (State.SUBMITTED, "correction", 4)
    actions.accept(chain.city, county.id)
    assert county.state == State.FROZEN
    assert (county.snapshots[0].sha256, county.snapshots[0].content) == first
    assert snapshots.differences(city.snapshots[-1], TODAY)
    with pytest.raises(Refused):
        actions.correct(chain.county, county.id, TODAY, reasons={})


def test_the_end_of_the_chain_freezes_its_own_corrections(chain: Chain) -> None:
    nation = chain.own(chain.ministry)
    actions.freeze(chain.ministry, nation.id, TODAY, reasons={"missing": "尚未报送"})
    row = actions.open_department(chain.county, CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    actions.correct(chain.county, row.id, TODAY, document=MARKET, reasons={"late": "补报"})
    reasons = {one.key: "补报" for one in snapshots.differences(nation.snapshots[-1], TODAY)}
    actions.correct(chain.ministry, nation.id, TODAY, reasons=reasons)
    assert nation.state == State.FROZEN
    assert desks.region_above(nation) is None


def test_what_a_snapshot_draws_is_what_the_table_said_and_a_changed_one_is_named(chain: Chain) -> None:
    market(chain)
    row = chain.submitted(chain.county)
    live = summarise(form_of(row), "330106", today=TODAY, campaign_id=CAMPAIGN, days=(PERIOD.start, PERIOD.end))
    taken = snapshots.last_of(row)
    drawn = snapshots.drawn(taken)
    assert snapshots.compared(drawn.filled, live.filled) == []
    assert {a: drawn.filled.figure(a) for a in drawn.filled.slots} == {
        a: live.filled.figure(a) for a in live.filled.slots
    }
    assert taken.sha256 in drawn.layout().note
    keep()
    assert list(snapshots.verify()) == []
    assert verify_record() == []
    content = canonical.canonical(taken.content).replace('"inspected":{"ad":18}', '"inspected":{"ad":19}')
    db.session.connection().execute(
        ReturnSnapshot.__table__.update().where(ReturnSnapshot.id == taken.id).values(content=json.loads(content))
    )
    db.session.expire_all()
    assert [one.snapshot_id for one in snapshots.verify()] == [taken.id]


def test_a_figure_is_the_same_in_the_snapshot_on_every_database() -> None:
    for value in (0, 7, -3, 10**15, "词；句", Decimal("1.5"), Decimal("0.000001"), Fraction(1, 3)):
        assert canonical.read_back(canonical.kept(value)) == value
    assert canonical.sha256({"b": 1, "a": ["中"]}) == canonical.sha256({"a": ["中"], "b": 1})


def test_the_board_tells_who_is_in_time_late_and_missing(chain: Chain) -> None:
    chain.submitted(chain.county)
    campaign, form = campaign_of(db.session.query(Return).first()), form_of(db.session.query(Return).first())
    board = queries.board(chain.city, campaign, form, PERIOD, TODAY)
    by_key = {line.key: line for line in board.regions}
    assert by_key["330106"].state is State.SUBMITTED
    assert board.to_accept == 1
    assert by_key["330105"].timeliness is Timeliness.AWAITED
    later = queries.board(chain.city, campaign, form, PERIOD, date(2021, 12, 8))
    assert {line.key: line.timeliness for line in later.regions}["330105"] is Timeliness.MISSING
    assert {one.sector for one in queries.board(chain.county, campaign, form, PERIOD, TODAY).departments} >= {
        "market",
        "drug",
    }


def test_lateness_orders_the_regions_by_how_they_keep_to_their_days(chain: Chain) -> None:
    row = chain.submitted(chain.county)
    campaign = campaign_of(row)
    row.submitted_at = row.submitted_at.replace(year=2021, month=12, day=8, hour=4)
    league, delayed = lateness.reporting(campaign, "330100", date(2021, 12, 20))
    by_region = {one.code: one for one in league}
    assert (by_region["330106"].late, by_region["330105"].late) == (1, 0)
    assert by_region["330106"].missing == by_region["330105"].missing - 1
    whole = {one.code: one for one in delayed if one.due_on == row.due_on}
    assert (whole["330106"].is_missing, whole["330106"].days) == (False, 3)
    assert (whole["330105"].is_missing, whole["330105"].days) == (True, 15)
    db.session.rollback()


def test_to_do_lists_tell_what_waits_for_an_answer_and_what_was_sent_back(chain: Chain) -> None:
    row = chain.submitted(chain.county)
    assert [one.arguments["show"] for one in waiting.to_accept(chain.city, TODAY)] == ["submitted"]
    assert not list(waiting.to_accept(chain.county, TODAY))
    actions.send_back(chain.city, row.id, [{"row": "", "col": "", "reason": "请核对"}])
    back = [one for one in waiting.to_report(chain.county, TODAY) if one.returned]
    assert [(one.returned, one.arguments) for one in back] == [("请核对", {"return_id": row.id})]
    soon = [one for one in waiting.to_report(chain.neighbour, date(2021, 12, 5) - timedelta(2)) if one.due_on]
    assert soon


@pytest.mark.parametrize("levels", [("county", "province"), ("county",)])
def test_a_campaign_whose_chain_lacks_a_level_goes_straight_to_the_next(chain: Chain, levels: tuple[str, ...]) -> None:
    create_campaign(
        SYSTEM, code="short_chain", title="短链", region_code="330000", date_from=date(2021, 6, 1),
        date_to=date(2021, 12, 31), forms=[FORM], categories=categories_for([FORM]), chain=levels,
    )  # fmt: skip
    row = actions.open_level(chain.county, "short_chain", FORM, "330106", PERIOD)
    actions.submit(chain.county, row.id, TODAY)
    if levels == ("county",):
        assert desks.region_above(row) is None
    else:
        with pytest.raises(NotFound):
            actions.accept(chain.city, row.id)
        actions.accept(chain.province, row.id)
        assert row.state == State.ACCEPTED


def test_a_municipalitys_districts_report_to_it_directly(chain: Chain) -> None:
    district, city = Chain.office("110101"), Chain.office("110000")
    row = chain.submitted(district)
    actions.accept(city, row.id)
    assert factories.COUNTY not in {
        line.key for line in queries.board(city, campaign_of(row), form_of(row), PERIOD, TODAY).regions
    }
    assert row.state == State.ACCEPTED

"""Figures against the oracle, over records of every shape; and the list behind each figure against the figure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from inspectorate.accounts.regions import child_regions, covers
from inspectorate.campaigns import behind
from inspectorate.campaigns.engine.definition import Condition, FormDefinition
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.campaigns.measures.compile import Figures, figures, figures_of_each
from inspectorate.campaigns.measures.records import (
    Section,
    count_of,
    entities,
    figure_of,
    figures_by_region,
    rows,
    sections,
    shares,
)
from inspectorate.campaigns.measures.scope import Scope
from inspectorate.campaigns.measures.tables import BASES
from inspectorate.campaigns.measures.wishes import FOOT, statements, wishes
from inspectorate.extensions import db
from tests.campaigns import oracle
from tests.campaigns.world import CATEGORIES, DAYS, draw_world
from tests.harness.scale import count

FORM = shipped_form("medical_cosmetology_2021")
MANY = parse(
    """
    [form]
    id = "many"
    title = "试"
    annulled = "count"
    [period]
    kind = "month"
    [[col]]
    id = "any"
    label = "全部"
    [[col]]
    id = "kind"
    label = "医疗机构"
    where = { subject_kind = "medical_institution" }
    [[col]]
    id = "two"
    label = "两类"
    where = { category = ["unlicensed_practice", "illegal_ad"] }
    [[col]]
    id = "place"
    label = "杭州"
    where = { region = "330100" }
    [[col]]
    id = "place_party"
    label = "杭州个人"
    where = { region = "330100", party = "person" }
    [[row]]
    id = "u"
    m = "units_inspected"
    [[row]]
    id = "v"
    m = "visits"
    [[row]]
    id = "t"
    m = "inspector_turns"
    [[row]]
    id = "vi"
    m = "violations"
    [[row]]
    id = "cf"
    m = "cases_filed"
    [[row]]
    id = "cc"
    m = "cases_closed"
    [[row]]
    id = "oc"
    m = "order_correction"
    [[row]]
    id = "s"
    m = "suspend"
    [[row]]
    id = "money"
    m = "fine_sum + confiscate_sum + seized_value"
    unit = "元"
    """
)
YEARLY = parse(
    """
    [form]
    id = "yearly"
    title = "年"
    annulled = "count"
    penalties = "heaviest"
    [period]
    kind = "year"
    [[col]]
    id = "any"
    label = "全部"
    [[col]]
    id = "fined"
    label = "罚款"
    where = { penalty = "fine" }
    [[col]]
    id = "taken"
    label = "没收"
    where = { penalty = ["confiscate_income", "confiscate_goods"] }
    [[col]]
    id = "again"
    label = "抽查和复查"
    where = { reason = ["random", "recheck"] }
    [[col]]
    id = "person"
    label = "个人"
    where = { party = "person" }
    [[row]]
    id = "d"
    m = "decisions"
    [[row]]
    id = "w"
    m = "warning"
    [[row]]
    id = "f"
    m = "fine_count"
    [[row]]
    id = "s"
    m = "suspend"
    [[row]]
    id = "vf"
    m = "visits_found"
    [[row]]
    id = "money"
    m = "fine_sum + confiscate_sum + seized_value"
    unit = "元"
    """
)
PEOPLED = {"330000", "330100", "330106", "440000", "440100"}
FORMS = {"annex 1": FORM, "many": MANY, "yearly": YEARLY}
PERIODS = [(date(2021, 6, 1), date(2021, 12, 31)), (DAYS[0], DAYS[-1]), (DAYS[3], DAYS[3])]

settings_of_worlds = settings(max_examples=count(8, 100), suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.one_database
@pytest.mark.parametrize("name", FORMS)
@settings_of_worlds
@given(data=st.data())
def test_every_cell_equals_the_count_done_by_hand(name: str, session: Any, data: st.DataObject) -> None:
    form = FORMS[name]
    try:
        world = draw_world(data.draw)
        start, end = data.draw(st.sampled_from(PERIODS))
        region = data.draw(st.sampled_from(["000000", "330000", "330100", "330106", "440000"]))
        campaign = "medical_cosmetology_2021" if form.period.kind == "campaign" else None
        scope = Scope(region, start, end, campaign, form.counts_annulled)
        cells, foot = figures(form, scope)
        expected, expected_foot = oracle.table(
            form, world, oracle.Asked(region, start, end, campaign, form.counts_annulled, form.counts_heaviest)
        )
        assert {a: v for a, v in cells.items() if v} == {a: v for a, v in expected.items() if v}
        assert foot == expected_foot
        filled = Filled(form, cells, {}, foot)
        _assert_lists_add_up(filled, scope)
        _assert_each_region_has_its_own(form, scope)
    finally:
        session.rollback()


def _assert_lists_add_up(filled: Filled, scope: Scope) -> None:
    addresses = [*filled.slots, *((FOOT, name) for name in filled.foot)]
    for address in addresses:
        figure = filled.foot[address[1]] if address[0] == FOOT else filled.value(address)
        parts = sections(filled, address)
        assert sum(figure_of(part, scope) for part in parts) == (figure or 0), address
        listed = [(part, db.session.scalars(rows(part, scope)).all()) for part in parts]
        assert sum(sum(shares(part, scope, records)) for part, records in listed) == (figure or 0), address
        assert [count_of(part, scope) for part in parts] == [len(records) for _part, records in listed], address
        for part in parts:
            _assert_regions_have_their_shares(part, scope)


def _assert_regions_have_their_shares(part: Section, scope: Scope) -> None:
    """One statement tells of every region below what its own table would, and of the region's own records."""
    code = BASES[part.base].record.c.region_code
    below = [child.code for child in child_regions(scope.region, 2021) if child.code in PEOPLED]
    alone = {child: figure_of(part, scope._replace(region=child)) for child in below}
    alone[scope.region] = figure_of(part, scope, code == scope.region)
    shared = figures_by_region(part, scope, below)
    assert {key: value for key, value in shared.items() if key and value} == {k: v for k, v in alone.items() if v}


def _assert_each_region_has_its_own(form: FormDefinition, scope: Scope) -> None:
    """A break-down by region, of regions of one level and of several, against the table of each region."""
    for codes in (["330000", "440000"], ["330100", "330106", "440100"]):
        inside = [code for code in codes if covers(scope.region, code)]
        together = figures_of_each(form, scope, {code: (Condition("region", (code,)),) for code in inside})
        alone = {code: figures(form, scope._replace(region=code)) for code in inside}
        assert _without_zeros(together) == _without_zeros(alone)


def _without_zeros(tables: dict[str, Figures]) -> dict[str, Any]:
    return {key: ({a: v for a, v in cells.items() if v}, foot) for key, (cells, foot) in tables.items()}


def test_a_break_down_takes_no_more_statements_than_the_table(session: Any) -> None:
    taken: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: taken.append(args[2]))
    many = {f"33{number:02d}00": (Condition("region", (f"33{number:02d}00",)),) for number in range(1, 12)}
    figures_of_each(FORM, Scope("330000", campaign="medical_cosmetology_2021"), many)
    assert 0 < len(taken) <= 7


def test_annex_1_is_filled_by_few_statements() -> None:
    assert len(statements(wishes(FORM))) <= 7


def test_the_list_behind_a_figure_holds_each_record_once(session: Any) -> None:
    from tests.campaigns.world import Builder

    build = Builder()
    clinic = build.subject("org")
    build.inspection(clinic, category=CATEGORIES[0])
    build.inspection(clinic, category=CATEGORIES[0])
    scope = Scope("330000", date(2021, 6, 1), date(2021, 12, 31), "medical_cosmetology_2021")
    cells, foot = figures(FORM, scope)
    filled = Filled(FORM, cells, {}, foot)
    assert filled.value(("inspected", "unlicensed")) == 1
    (section,) = sections(filled, ("inspected", "unlicensed"))
    assert section.kind == "subject"
    assert session.scalars(rows(section, scope)).all() == [clinic]
    assert len(session.execute(entities(section, scope), scope.parameters()).all()) == 1


def test_the_list_behind_a_sum_of_an_attribute_adds_up_to_it(session: Any) -> None:
    from tests.campaigns.world import Builder

    form = parse(
        """
        [form]
        id = "workers"
        title = "试"
        [period]
        kind = "year"
        [[col]]
        id = "n"
        [[row]]
        id = "w"
        m = "sum:workers"
        """
    )
    build = Builder()
    for workers in (12, "30", 12, None):
        build.subject("org", attributes={"workers": workers} if workers else {})
    scope = Scope("330000", date(2021, 1, 1), date(2021, 12, 31))
    filled = Filled(form, figures(form, scope)[0])
    (section,) = sections(filled, ("w", "n"))
    records = session.scalars(rows(section, scope)).all()
    assert filled.value(("w", "n")) == figure_of(section, scope) == sum(shares(section, scope, records)) == 54


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("m = 'sum:workers'", {"330100": 5, "330105": 12, "330106": 42}),
        ("m = 'visits'", {"330100": 1, "330105": 1, "330106": 2}),
        ("m = 'visits'\nwhere = { handled_by = 'self' }", {"330100": 1, "330106": 2}),
    ],
)
def test_the_shares_of_regions_are_those_of_their_own_tables_in_one_statement(
    session: Any, row: str, expected: dict[str, int]
) -> None:
    from tests.campaigns.world import Builder

    head = "[form]\nid = 'f'\ntitle = '试'\n[period]\nkind = 'year'\n[[col]]\nid = 'n'\n[[row]]\nid = 'w'\n"
    form, county, city = parse(head + row), Builder(), Builder()
    city.agency.region_code = "330100"
    places = ((city, "330100", 5), (county, "330106", 12), (county, "330106", "30"), (city, "330105", 12))
    for build, region, workers in (*places, (county, "440106", 7)):
        clinic = build.subject("org", region_code=region, attributes={"workers": workers})
        build.inspection(clinic, region_code=region)
    scope = Scope("330100", date(2021, 1, 1), date(2021, 12, 31))
    filled = Filled(form, figures(form, scope)[0])
    taken: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: taken.append(args[2]))
    shared = behind.by_region(filled, ("w", "n"), scope, 2021)
    assert {share.code: share.figure for share in shared} == expected
    assert [share.own for share in shared] == [True] + [False] * (len(expected) - 1)
    assert len(taken) == 1

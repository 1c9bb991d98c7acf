"""For random records and random returns: each cell is what a count by hand gives, whoever filed first.

The counts by hand are in `oracle`; what returns add is worked out here once more, from the documents that were filed.
"""

import json
import random
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspectorate import clock
from inspectorate.accounts.models import Agency
from inspectorate.accounts.regions import child_regions, covers
from inspectorate.campaigns.engine.expansion import expand
from inspectorate.campaigns.engine.figures import Address, Filled, slots_of
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.campaigns.measures.wishes import FOOT
from inspectorate.campaigns.render.json import as_json
from inspectorate.campaigns.summary import fill, members, scope_for, summarise
from inspectorate.extensions import db
from inspectorate.returns.figures import gather
from inspectorate.returns.models import Return, ReturnFigure
from inspectorate.returns.periods import contains, key_of, overlap
from tests import factories
from tests.campaigns import oracle
from tests.campaigns.world import Builder, draw_world
from tests.harness.scale import count

FORM = shipped_form("medical_cosmetology_2021")
TODAY = date(2021, 12, 1)
REGIONS = ["330106", "330105", "330100", "330000", "440106"]
DAYS = [
    (date(2021, 6, 1), date(2021, 12, 31)),
    (date(2021, 6, 1), date(2021, 6, 30)),
    (date(2021, 7, 1), date(2021, 7, 31)),
    (None, None),
]
ASKED = [(date(2021, 6, 1), date(2021, 12, 31)), (date(2021, 6, 1), date(2021, 7, 31))]
STATES = ["submitted", "accepted", "frozen", "open", "returned"]
COUNTED = {"submitted", "accepted", "frozen"}
PLACES = [a for a, slot in slots_of(FORM).items() if slot.applicable][:24]

settings_of_worlds = settings(max_examples=count(5, 150), suppress_health_check=list(HealthCheck), deadline=None)


class Sent(dict[str, Any]):
    """A return as it was filed: region, sector, days, state, covers_below, cells, foot."""


def draw_returns(draw: Any) -> list[Sent]:
    """A few returns: at most one of an office for the same days."""
    found: dict[tuple[Any, ...], Sent] = {}
    for _ in range(draw(st.integers(0, 6))):
        one = Sent(
            region=draw(st.sampled_from(REGIONS)),
            sector=draw(st.sampled_from(["market", "drug"])),
            days=draw(st.sampled_from(DAYS)),
            state=draw(st.sampled_from(STATES)),
            covers_below=draw(st.sampled_from([False, False, True])),
            cells=draw(st.dictionaries(st.sampled_from(PLACES), st.integers(0, 10**7), max_size=4)),
            foot=draw(st.dictionaries(st.sampled_from(["in", "closed"]), st.integers(0, 99), max_size=2)),
        )
        found[one["region"], one["sector"], one["days"]] = one
    return list(found.values())


def enter(sent: list[Sent]) -> None:
    """The same as rows, in the order given."""
    agencies: dict[tuple[str, str], Agency] = {}
    for one in sent:
        office = (one["region"], one["sector"])
        if office not in agencies:
            agencies[office] = factories.agency(*office)
        agency = agencies[office]
        row = Return(
            campaign=FORM.id, form=FORM.id, kind="department", region_code=one["region"], agency_id=agency.id,
            reporter=f"agency:{one['sector']}", period=key_of(*one["days"]), period_from=one["days"][0],
            period_to=one["days"][1], covers_below=one["covers_below"], state=one["state"], state_since=clock.now(),
        )  # fmt: skip
        row.figures = [ReturnFigure(row=r, col=c, value=v) for (r, c), v in one["cells"].items()]
        row.figures += [ReturnFigure(row=FOOT, col=name, value=v) for name, v in one["foot"].items()]
        db.session.add(row)
        db.session.flush()


def counts(one: Sent, sent: list[Sent], region: str, asked: Any) -> bool:
    """Whether a return belongs to a table, rule by rule as the design words them."""

    def concerned(other: Sent) -> bool:
        return other["state"] in COUNTED and covers(region, other["region"]) and within(other["days"], asked)

    if not concerned(one):
        return False
    for other in sent:
        if other is one or not concerned(other) or other["sector"] != one["sector"]:
            continue
        if other["region"] == one["region"] and contains(other["days"], one["days"]):
            return False
        above = other["region"] != one["region"] and covers(other["region"], one["region"])
        if above and other["covers_below"] and overlap(other["days"], one["days"]):
            return False
    return True


def within(days: Any, asked: Any) -> bool:
    return (days[0] is None or days[0] >= asked[0]) and (days[1] is None or days[1] <= asked[1])


def by_hand(sent: list[Sent], region: str, asked: Any) -> tuple[dict[Address, int], dict[str, int]]:
    """What returns add to the table of a region."""
    cells: dict[Address, int] = {}
    foot: dict[str, int] = {}
    for one in sent:
        if counts(one, sent, region, asked):
            for address, value in one["cells"].items():
                cells[address] = cells.get(address, 0) + value
            for name, value in one["foot"].items():
                foot[name] = foot.get(name, 0) + value
    return cells, foot


def nonzero(values: Any) -> dict[Any, Any]:
    return {key: value for key, value in values.items() if value}


@settings_of_worlds
@given(data=st.data())
def test_each_cell_is_the_records_and_the_returns_counted_by_hand(session: Any, data: st.DataObject) -> None:
    try:
        world, sent = draw_world(data.draw), draw_returns(data.draw)
        enter(sent)
        region, asked = data.draw(st.sampled_from(["000000", *REGIONS])), data.draw(st.sampled_from(ASKED))
        summary = summarise(FORM, region, today=TODAY, days=asked, by="region")
        recorded, foot = oracle.table(FORM, world, oracle.Asked(region, *asked, FORM.id))
        returned, foot_returned = by_hand(sent, region, asked)
        for address, slot in summary.filled.slots.items():
            value = summary.filled.value(address)
            expected = recorded.get(address, 0) + returned.get(address, 0)
            assert (value or 0) == expected, address
            assert (summary.recorded.value(address) or 0) == recorded.get(address, 0)
            assert (summary.returned.value(address) or 0) == returned.get(address, 0)
            assert slot.applicable or value is None
        assert nonzero(summary.filled.foot) == nonzero({name: foot[name] + foot_returned.get(name, 0) for name in foot})
        for part in summary.parts:
            own = by_hand([one for one in sent if counts(one, sent, region, asked)], part.key, asked)
            assert nonzero(part.filled.returns) == nonzero(own[0]), part.key
    finally:
        session.rollback()


@pytest.mark.one_database
@settings_of_worlds
@given(data=st.data())
def test_children_add_up_to_the_parent_and_the_order_of_filing_does_not_matter(
    session: Any, data: st.DataObject
) -> None:
    try:
        sent = draw_returns(data.draw)
        order = data.draw(st.permutations(sent))
        enter(order)
        first = as_json(summarise(FORM, "330000", today=TODAY, by="region"))
        together = fill_of(["330000"])
        apart = fill_of([child.code for child in child_regions("330000", 2021)])
        own = gather(FORM, scope_for(FORM, "330000", FORM.id, ASKED[0]), regions=[])
        assert own.figures()[0] == together[0]
        above = by_hand([one for one in sent if one["region"] == "330000"], "330000", ASKED[0])[0]
        if not any(one["covers_below"] for one in sent):
            summed = {a: sum(table.get(a, 0) for table in [*apart, above]) for a in PLACES}
            assert nonzero(summed) == nonzero(together[0])
        session.rollback()
        enter(sent)
        second = as_json(summarise(FORM, "330000", today=TODAY, by="region"))
        assert without_names(first) == without_names(second)
    finally:
        session.rollback()


def fill_of(regions: list[str]) -> list[dict[Address, Any]]:
    return [gather(FORM, scope_for(FORM, code, FORM.id, ASKED[0])).figures()[0] for code in regions]


def without_names(document: dict[str, Any]) -> dict[str, Any]:
    """Made-up agencies are numbered on; all else must be the same."""
    return {key: value for key, value in document.items() if key != "suppliers"}


def test_lines_of_regions_hold_what_their_own_tables_say(session: Any) -> None:
    """A form with a line per region, at each level: the line is the total of the region's own table."""
    form = shipped_form("catering_daily_inspection")
    days = (date(2021, 1, 1), date(2021, 6, 30))
    for region in ("330106", "330105", "330100"):
        build = Builder()
        build.agency.region_code = region
        build.inspection(build.subject("org"), region_code=region, campaign=None, inspected_on=date(2021, 3, 1))
    for number, region in enumerate(("330106", "330105", "330100"), start=1):
        agency = factories.agency(region, "market")
        row = Return(
            campaign="", form=form.id, kind="department", region_code=region, agency_id=agency.id,
            reporter=f"agency:{agency.key}", period=key_of(*days), period_from=days[0], period_to=days[1],
            state="submitted", state_since=clock.now(),
        )  # fmt: skip
        row.figures = [ReturnFigure(row="direct", col="visits", value=number * 10)]
        db.session.add(row)
    db.session.flush()

    def table(region: str) -> Filled:
        local = expand(form, members(form, region, 2021))
        scope = scope_for(local, region, None, days)
        return fill(local, scope, *gather(local, scope).figures())

    city, province = table("330100"), table("330000")
    for county in ("330106", "330105"):
        assert city.value((f"below.{county}", "visits")) == table(county).value(("sum", "visits")), county
    assert province.value(("below.330100", "visits")) == city.value(("sum", "visits")) == 63
    assert province.value(("sum", "visits")) == 63


RECORDS = [
    {"type": "agency", "key": "A1", "name": "杭州市西湖区卫生健康局", "region": "330106", "sector": "health"},
    {"type": "agency", "key": "A2", "name": "杭州市西湖区市场监督管理局", "region": "330106", "sector": "market"},
    {"type": "officer", "key": "O1", "name": "甲", "agency": "A1", "certificate": "1"},
    {"type": "officer", "key": "O2", "name": "乙", "agency": "A1", "certificate": "2"},
    {"type": "establishment", "key": "E1", "kind": "beauty_salon", "name": "某美容院", "region": "330106"},
    *(
        {
            "type": "inspection", "key": f"I{n}", "campaign": FORM.id, "category": "unlicensed_practice",
            "subject": "E1", "agency": "A1", "region": "330106", "inspected_on": f"2021-07-0{n}", "reason": "campaign",
            "officers": ["O1", "O2"], "findings": [{"violation": "MC-001", "facts": "…"}], "order_correction": True,
        }
        for n in (1, 2)
    ),
    {
        "type": "case", "key": "C1", "number": "杭西卫罚〔2021〕1号", "campaign": FORM.id,
        "category": "unlicensed_practice", "inspection": "I1", "agency": "A1", "region": "330106",
        "filed_on": "2021-07-05", "closed_on": "2021-09-30",
        "respondents": [
            {
                "subject": "E1", "violations": [{"code": "MC-001", "facts": "…", "illegal_income": "36800.00"}],
                "decision": {
                    "number": "杭西卫罚〔2021〕1号", "decided_on": "2021-08-20", "order_correction": True,
                    "penalties": [{"kind": "fine", "amount": "184000.00"}],
                },
            }
        ],
    },
    {"type": "complaint", "key": "K1", "campaign": FORM.id, "region": "330106", "received_on": "2021-07-01"},
]  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_is_the_same_in_whatever_order_its_records_were_loaded_and_its_returns_filed(
    app: Any, session: Any, tmp_path: Any, seed: int
) -> None:
    chance = random.Random(seed)
    runner, lines = app.test_cli_runner(), [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    chance.shuffle(lines)
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    session.remove()
    assert runner.invoke(args=["import", str(path)]).exit_code == 0
    returns = [("330106", {"inspected": {"ad": 5}}), ("330106", {"inspected": {"ad": 7}, "fine_sum": {"mail": "0.3"}})]
    days = [{"from": "2021-06-01", "to": "2021-06-30"}, {}]
    filings = list(zip(returns, days, strict=True))
    chance.shuffle(filings)
    for (region, cells), more in filings:
        path.write_text(json.dumps({"cells": cells, **more}), encoding="utf-8")
        result = runner.invoke(args=["campaign", "return", FORM.id, "--region", region, "--agency", "A2", str(path)])
        assert result.exit_code == 0, result.stderr
    result = runner.invoke(args=["campaign", "summary", FORM.id, "--region", "330000", "--format", "json"])
    document = json.loads(result.stdout)
    told = {
        (part, row, col): document[part][row][col]
        for part in ("cells", "returns")
        for row, line in document[part].items()
        for col in line
        if line[col] not in (0, "0", None)
    }
    assert told == {
        ("cells", "inspected", "unlicensed"): 1,
        ("cells", "cases", "unlicensed_org"): 1,
        ("cells", "order_correction", "unlicensed_org"): 2,
        ("cells", "fine_count", "unlicensed_org"): 1,
        ("cells", "fine_sum", "unlicensed_org"): "18.4",
        ("returns", "inspected", "ad"): 7,
        ("returns", "fine_sum", "mail"): "0.3",
    }
    assert document["total"]["fine_sum"]["mail"] == "0.3" and document["foot"]["in"] == 1

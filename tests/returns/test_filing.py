"""Returns that come by command: every form, never twice, and every mistake told at its place with nothing changed."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.regions import child_regions
from inspectorate.audit.actions import record
from inspectorate.campaigns.engine.expansion import expand
from inspectorate.campaigns.engine.figures import Filled, slots_of
from inspectorate.campaigns.engine.vocabulary import Kind
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids
from inspectorate.campaigns.summary import members
from inspectorate.extensions import db, unit_of_work
from inspectorate.returns.models import Return, ReturnFigure, ReturnSnapshot
from tests import factories
from tests.campaigns.world import Builder
from tests.client import save

FORM = "medical_cosmetology_2021"
NINGXIA = "routine_supervision_ningxia_2017h1"


class Desk:
    """`flask campaign return` and `summary` on what the test has prepared."""

    def __init__(self, app: Any, session: Any, folder: Path) -> None:
        self.app, self.session, self.path = app, session, folder / "return.json"

    def run(self, *arguments: str) -> Any:
        save()
        self.session.remove()
        return self.app.test_cli_runner().invoke(args=["campaign", *arguments])

    def file(self, form: str, region: str, agency: str, document: Any, *more: str) -> Any:
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        self.path.write_text(text, encoding="utf-8")
        return self.run("return", form, "--region", region, "--agency", agency, *more, str(self.path))

    def filed(self, *arguments: Any) -> None:
        result = self.file(*arguments)
        assert result.exit_code == 0, result.stderr

    def table(self, form: str, region: str, *more: str) -> Any:
        result = self.run("summary", form, "--region", region, "--format", "json", *more)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)


@pytest.fixture
def desk(app: Any, session: Any, tmp_path: Path) -> Desk:
    """The commands."""
    return Desk(app, session, tmp_path)


def office(region: str = "330106", sector: str = "market") -> str:
    """The key of a department's agency, entered and saved."""
    key = str(factories.agency(region, sector).key)
    save()
    return key


def everything(form_id: str) -> dict[str, Any]:
    """A return that gives one figure at each place that is no total, and each count of the footer; the same at all."""
    form = shipped_form(form_id)
    form = expand(form, members(form, "330106", 2021))
    cells: dict[str, dict[str, Any]] = {}
    for (row, col), slot in slots_of(form).items():
        if slot.applicable and not slot.is_total and not (slot.row.expand or slot.col.expand):
            cells.setdefault(row, {})[col] = "有" if slot.part.kind is Kind.TEXT else 2
    return {"cells": cells, "foot": dict.fromkeys(form.foot_counts, 2)}


@pytest.mark.one_database
def test_a_return_in_an_otherwise_empty_system_fills_every_form(desk: Desk) -> None:
    key = office("330106", "health")
    for form_id in shipped_ids():
        document = everything(form_id)
        result = desk.file(form_id, "330106", key, document)
        assert result.exit_code == 0, (form_id, result.stderr)
        table = desk.table(form_id, "330106")
        for row, line in document["cells"].items():
            for col, value in line.items():
                assert table["total"][row][col] in (value, str(value)), (form_id, row, col)
                assert table["returns"][row][col] == table["total"][row][col]
        assert table["foot"] == document["foot"], form_id


@pytest.mark.one_database
def test_filing_again_replaces_and_a_figure_left_out_is_gone(desk: Desk) -> None:
    key = office()
    desk.filed(FORM, "330106", key, {"cells": {"inspected": {"ad": 5, "mail": 1}}, "foot": {"in": 4}})
    desk.filed(FORM, "330106", key, {"cells": {"inspected": {"ad": 7}}})
    table = desk.table(FORM, "330000")
    assert table["returns"] == {"inspected": {"ad": 7}}
    assert table["foot"]["in"] == 0
    assert db.session.scalar(select(func.count()).select_from(Return)) == 1
    assert db.session.scalar(select(func.count()).select_from(ReturnSnapshot)) == 2


def test_records_and_returns_stand_apart_and_together(desk: Desk) -> None:
    build = Builder()
    build.inspection(build.subject("org"), category="illegal_ad")
    desk.filed(FORM, "330106", office(), {"cells": {"inspected": {"ad": 7}, "fine_sum": {"ad": "1.2345"}}})
    for region in ("330106", "330100", "330000", "000000"):
        table = desk.table(FORM, region)
        figures = [table[part]["inspected"]["ad"] for part in ("cells", "returns", "total")]
        assert figures == [1, 7, 8], region
        assert table["total"]["fine_sum"]["ad"] == "1.2345"
    assert desk.table(FORM, "330105")["returns"] == {}
    by_region = desk.table(FORM, "330000", "--by", "region")
    assert {p["key"]: p["total"]["inspected"]["ad"] for p in by_region["parts"]}["330100"] == 8


def test_of_nested_days_the_widest_within_the_asked_days_counts(desk: Desk) -> None:
    key = office()
    for month, value in (("06", 3), ("07", 4)):
        days = {"from": f"2021-{month}-01", "to": f"2021-{month}-30"}
        desk.filed(FORM, "330106", key, {"cells": {"inspected": {"ad": value}}, **days})
    asked = ("--from", "2021-06-01", "--to", "2021-07-31")
    assert desk.table(FORM, "330106", *asked)["returns"]["inspected"]["ad"] == 7
    desk.filed(FORM, "330106", key, {"cells": {"inspected": {"ad": 20}}})
    assert desk.table(FORM, "330106")["returns"]["inspected"]["ad"] == 20
    assert desk.table(FORM, "330106", *asked)["returns"]["inspected"]["ad"] == 7
    crossing = {"cells": {"inspected": {"ad": 1}}, "from": "2021-06-15", "to": "2021-07-15"}
    refused = desk.file(FORM, "330106", key, crossing)
    assert refused.exit_code == 1 and "2021年6月" in refused.stderr


def test_of_a_stock_only_the_latest_counts(desk: Desk) -> None:
    key, form = office("330106", "health"), "occ_enterprise_statistics_2013"
    for year, stock, new in ((2019, 10, 1), (2020, 12, 2)):
        cells = {"i17": {"n": stock}, "i16": {"n": new}}
        desk.filed(form, "330106", key, {"cells": cells, "from": f"{year}-01-01", "to": f"{year}-12-31"})
    table = desk.table(form, "330106", "--from", "2019-01-01", "--to", "2020-12-31")
    assert (table["returns"]["i17"]["n"], table["returns"]["i16"]["n"]) == (12, 3)


def test_of_a_form_as_of_a_day_only_the_latest_counts(desk: Desk) -> None:
    key, form = office("330106", "health"), "occ_tech_institutions_jiangsu"
    for day, number in (("2020-12-31", 5), ("2021-12-31", 3)):
        document = {"cells": {"outside": {"org_a": number}}, "from": day, "to": day}
        desk.filed(form, "330106", key, document)
    assert desk.table(form, "330100")["total"]["all"]["org_a"] == 3
    assert desk.table(form, "330100", "--to", "2020-12-31")["total"]["all"]["org_a"] == 5


def test_an_office_that_covers_those_below_leaves_them_out(desk: Desk) -> None:
    county, city, other = office(), office("330100"), office("330106", "drug")
    for region, key, value in (("330106", county, 3), ("330100", city, 9), ("330106", other, 1)):
        desk.filed(FORM, region, key, {"cells": {"inspected": {"ad": value}}})
    assert desk.table(FORM, "330000")["returns"]["inspected"]["ad"] == 13
    db.session.remove()
    with unit_of_work():
        row = db.session.scalars(select(Return).where(Return.region_code == "330100")).one()
        row.covers_below = True
        record(row, "returns:return:type", SYSTEM)
    assert desk.table(FORM, "330000")["returns"]["inspected"]["ad"] == 10
    assert desk.table(FORM, "330106")["returns"]["inspected"]["ad"] == 4


def test_what_comes_from_below_stands_on_its_region_s_line(desk: Desk) -> None:
    form = "catering_daily_inspection"
    county, city = office("330106"), office("330100")
    days = {"from": "2021-01-01", "to": "2021-06-30"}
    for region, key, value in (("330106", county, 4), ("330100", city, 6)):
        desk.filed(form, region, key, {"cells": {"direct": {"visits": value}}, **days})
    asked = ("--from", days["from"], "--to", days["to"])
    table = desk.table(form, "330100", *asked)["total"]
    assert (table["direct"]["visits"], table["below.330106"]["visits"], table["sum"]["visits"]) == (6, 4, 10)
    table = desk.table(form, "330000", *asked)["total"]
    assert (table["direct"]["visits"], table["below.330100"]["visits"], table["sum"]["visits"]) == (0, 10, 10)


def refusals() -> Iterator[tuple[str, Any, str]]:
    """What is wrong, the document, and a word of the refusal."""
    yield "text for a number", {"cells": {"inspected": {"ad": "很多"}}}, "很多"
    yield "negative", {"cells": {"inspected": {"ad": -1}}}, "inspected"
    yield "half a unit", {"cells": {"inspected": {"ad": 1.5}}}, "1.5"
    yield "finer than a fen", {"cells": {"fine_sum": {"ad": "0.0000001"}}}, "fine_sum"
    yield "an unknown row", {"cells": {"nothing": {"ad": 1}}}, "nothing"
    yield "below the level that the form fills", {"cells": {"inspected": {"unlicensed_org": 1}}}, "inspected"
    yield "an unknown count", {"foot": {"nothing": 1}}, "nothing"
    yield "a check that must hold", {"cells": {"fine_sum": {"ad": "1"}, "fine_count": {"ad": 0}}}, "罚款"
    yield "days the wrong way round", {"cells": {"inspected": {"ad": 1}}, "from": "2021-07-01", "to": "2021-06-01"}, ""
    yield "nothing at all", {"cells": {}}, ""
    yield "another form's document", {"form": NINGXIA, "cells": {"inspected": {"ad": 1}}}, NINGXIA
    yield "another region's document", {"region": "330105", "cells": {"inspected": {"ad": 1}}}, "330105"
    yield "no JSON", "{", "JSON"
    yield "a key twice", '{"cells": {"inspected": {"ad": 1, "ad": 2}}}', "ad"
    yield "a list", "[]", ""
    yield "no number at all", '{"cells": {"inspected": {"ad": NaN}}}', ""
    yield "beyond every number", '{"cells": {"inspected": {"ad": 1e400}}}', ""


@pytest.mark.one_database
def test_what_is_wrong_is_refused_in_words_and_changes_nothing(desk: Desk) -> None:
    key = office()
    desk.filed(FORM, "330106", key, {"cells": {"inspected": {"ad": 5}}})
    for name, document, word in refusals():
        result = desk.file(FORM, "330106", key, document)
        assert (result.exit_code, result.stdout) == (1, ""), (name, result.stdout, result.exception)
        assert word in result.stderr and result.stderr.strip(), (name, result.stderr)
    assert desk.table(FORM, "330106")["returns"] == {"inspected": {"ad": 5}}
    assert db.session.scalar(select(func.count()).select_from(ReturnFigure)) == 1


@pytest.mark.one_database
def test_every_problem_is_told_at_once(desk: Desk) -> None:
    result = desk.file(FORM, "330106", office(), {"cells": {"inspected": {"ad": "x", "mail": -1}}, "foot": {"y": 1}})
    assert len(result.stderr.splitlines()) == 3


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nothing", "330106"), "nothing"),
        ((FORM, "999999"), "999999"),
        ((FORM, "440106"), "市场"),
    ],
)
def test_who_and_where_must_fit(desk: Desk, arguments: tuple[str, str], word: str) -> None:
    result = desk.file(*arguments, office(), {"cells": {"inspected": {"ad": 1}}})
    assert result.exit_code == 1 and result.stderr.strip()


@pytest.mark.one_database
def test_an_agency_or_campaign_that_nobody_knows_is_named(desk: Desk) -> None:
    document = {"cells": {"inspected": {"ad": 1}}}
    assert "nobody" in desk.file(FORM, "330106", "nobody", document).stderr
    assert "x-campaign" in desk.file(FORM, "330106", office(), document, "--campaign", "x-campaign").stderr


@pytest.mark.one_database
def test_a_figure_that_the_office_s_own_records_give_is_refused(desk: Desk) -> None:
    build = Builder()
    build.inspection(build.subject("org"), category="illegal_ad")
    key = str(build.agency.key)
    result = desk.file(FORM, "330106", key, {"cells": {"inspected": {"ad": 4, "mail": 2}}})
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1 and "inspected@ad" in result.stderr
    desk.filed(FORM, "330106", key, {"cells": {"inspected": {"mail": 2}}})
    assert desk.table(FORM, "330106")["total"]["inspected"] == {"ad": 1, "mail": 2} | {
        col: 0 for col in ("unlicensed", "institution", "drug", "device", "internet")
    }


@pytest.mark.one_database
def test_a_warning_is_told_and_does_not_stand_in_the_way_of_a_command(desk: Desk) -> None:
    key = office()
    result = desk.file(FORM, "330106", key, {"foot": {"in": 1, "closed": 3}})
    assert result.exit_code == 0
    assert "check:" in result.stderr
    name = result.stderr.partition("“reasons”: “")[2].partition("”")[0] or result.stderr.split("：“")[-1].split("”")[0]
    again = desk.file(FORM, "330106", key, {"foot": {"in": 1, "closed": 3}, "reasons": {name: "去年的举报今年办结"}})
    assert (again.exit_code, again.stderr) == (0, "")


@pytest.mark.one_database
def test_totals_of_regions_below_add_up_to_the_table_above(desk: Desk) -> None:
    values = {}
    for number, child in enumerate(child_regions("330100", 2021)[:4], start=1):
        values[child.code] = number
        desk.filed(FORM, child.code, office(child.code), {"cells": {"inspected": {"ad": number}}})
    table = desk.table(FORM, "330100", "--by", "region")
    assert table["total"]["inspected"]["ad"] == sum(values.values())
    assert {p["key"]: p["total"]["inspected"]["ad"] for p in table["parts"] if p["total"]["inspected"]["ad"]} == values


@pytest.mark.one_database
def test_total_alone_is_kept_and_with_its_parts_it_is_theirs(desk: Desk) -> None:
    key = office("330106", "health")
    days = {"from": "2017-01-01", "to": "2017-06-30"}
    desk.filed(NINGXIA, "330106", key, {"cells": {"visits": {"n": 30}}, **days})
    assert desk.table(NINGXIA, "330106", "--from", days["from"], "--to", days["to"])["total"]["visits"]["n"] == 30
    desk.filed(
        NINGXIA, "330106", key, {"cells": {"visits": {"n": 30}, "v_units": {"n": 28}, "v_sales": {"n": 2}}, **days}
    )
    assert desk.table(NINGXIA, "330106", "--from", days["from"], "--to", days["to"])["total"]["visits"]["n"] == 30
    kept = db.session.scalars(select(ReturnFigure.row)).all()
    assert sorted(kept) == ["v_sales", "v_units"]


@pytest.mark.one_database
def test_a_table_without_returns_takes_one_statement_more(session: Any) -> None:
    from sqlalchemy import event

    from inspectorate.campaigns.summary import summarise

    form = shipped_form(FORM)
    summarise(form, "330106", today=date(2021, 12, 1))
    taken: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: taken.append(args[2]))
    summary = summarise(form, "330106", today=date(2021, 12, 1))
    assert len([text for text in taken if "campaign_return" in text]) == 1
    assert summary.recorded is summary.filled
    assert isinstance(summary.returned, Filled)

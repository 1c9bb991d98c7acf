"""Published figures, filed as returns by the command in an otherwise empty system, come out again: rates and totals."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspectorate.campaigns.forms_known import shipped_form, shipped_ids
from tests import factories
from tests.client import save

REGION = "640000"
PUBLISHED = [
    (form_id, number, block)
    for form_id in shipped_ids()
    for number, block in enumerate(shipped_form(form_id).known)
    if "values" in block
]
CIRCULAR_2005 = """
[form]
id = "occ_projects_2005"
title = "2005年国家职业卫生重点监督检查建设项目"
[period]
kind = "on-demand"
[[row]]
id = "projects"
label = "建设项目"
m = "projects_inspected"
total = ["state", "province", "city", "county"]
"""
LEVELS = ("state", "province", "city", "county")
CARDS = """
[form]
id = "cards"
title = "监督信息报告卡"
[period]
kind = "half-year"
[[row]]
id = "total"
label = "合计"
total = [{parts}]
"""


@pytest.fixture
def run(app: Any, session: Any) -> Any:
    """Runs `flask campaign …` on what the test has prepared."""

    def run(*arguments: str) -> Any:
        save()
        session.remove()
        return app.test_cli_runner().invoke(args=["campaign", *arguments])

    return run


@pytest.fixture
def filed(run: Any, tmp_path: Path) -> Any:
    """Files figures of the one column as a department's return and gives the summary's document."""

    key = factories.agency(region_code=REGION).key
    save()

    def filed(form_id: str, document: Any) -> Any:
        path = tmp_path / "return.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        result = run("return", form_id, "--region", REGION, "--agency", key, str(path))
        if result.exit_code:
            return result
        assert result.stdout.startswith(f"filed {form_id} {REGION}")
        return json.loads(run("summary", form_id, "--region", REGION, "--format", "json").stdout)

    return filed


def in_column(values: Any) -> Any:
    return {"cells": {row: {"n": value} for row, value in values.items()}}


@pytest.mark.parametrize(("form_id", "number", "block"), PUBLISHED, ids=lambda value: str(value)[:40])
def test_published_figures_come_out_again(filed: Any, form_id: str, number: int, block: Any) -> None:
    form = shipped_form(form_id)
    rates = {rate.id for rate in form.rates}
    values = {name: value for name, value in block["values"].items() if name not in rates}
    document = filed(form_id, in_column(values))
    assert {row: document["total"][row]["n"] for row in values} == values
    assert {row: document["returns"][row]["n"] for row in values} == values
    printed = {**block.get("rates", {}), **{name: block["values"][name] for name in rates & block["values"].keys()}}
    for name in rates & printed.keys():
        assert document["total"][name]["n"] == f"{printed[name]:.2f}"
    assert rates <= printed.keys()
    assert all(check["holds"] for check in document["checks"])


def test_published_rates_may_stand_in_the_return_and_are_compared(filed: Any) -> None:
    values = dict(shipped_form("routine_supervision_ningxia_2017h1").known[0]["values"])
    assert filed("routine_supervision_ningxia_2017h1", in_column(values))["total"]["coverage"]["n"] == "84.90"
    values["coverage"] = 84.92
    result = filed("routine_supervision_ningxia_2017h1", in_column(values))
    assert result.exit_code == 1
    assert "84.92" in result.stderr and "84.90" in result.stderr and "rate:coverage@n" in result.stderr


def test_the_projects_of_2005_add_up_with_their_shares_to_one_place(run: Any, filed: Any, tmp_path: Path) -> None:
    block = shipped_form("occ_supervision_bulletin_2008").known[1]
    levels, shares = block["levels"], block["level_rates"]
    text = CIRCULAR_2005
    for name in (*LEVELS, "serious", "prereview"):
        text += f'[[row]]\nid = "{name}"\nlabel = "{name}"\n' + ("memo = true\n" if name not in LEVELS else "")
        text += f'[[rate]]\nid = "r_{name}"\nlabel = "占"\nexpr = "{name} / projects"\nplaces = 1\n'
    path = tmp_path / "circular.toml"
    path.write_text(text, encoding="utf-8")
    assert run("load-form", str(path)).exit_code == 0
    given = {**levels, "projects": 6920, "serious": block["serious"][0], "prereview": block["prereview"][0]}
    total = filed("occ_projects_2005", in_column(given))["total"]
    assert total["projects"]["n"] == 6920
    expected = {**shares, "serious": block["serious"][1], "prereview": block["prereview"][1]}
    assert {name: total[f"r_{name}"]["n"] for name in expected} == {n: f"{rate:.1f}" for n, rate in expected.items()}


@pytest.mark.parametrize("number", [0, 1])
def test_published_card_totals_equal_their_parts_and_another_total_is_refused_with_the_residue(
    run: Any, filed: Any, tmp_path: Path, number: int
) -> None:
    cards = shipped_form("routine_supervision_ningxia_2017h1").known[number]["cards"]
    names = [f"kind{position}" for position in range(len(cards["parts"]))]
    text = CARDS.format(parts=", ".join(f'"{name}"' for name in names))
    text += "".join(f'[[row]]\nid = "{name}"\nlabel = "{name}"\nm = "entered"\n' for name in names)
    path = tmp_path / "cards.toml"
    path.write_text(text, encoding="utf-8")
    assert run("load-form", str(path)).exit_code == 0
    given = {**dict(zip(names, cards["parts"], strict=True)), "total": cards["total"]}
    assert filed("cards", in_column(given))["total"]["total"]["n"] == cards["total"]
    refused = filed("cards", in_column({**given, "total": cards["total"] + 413}))
    assert refused.exit_code == 1
    assert "413" in refused.stderr and "total:total@n" in refused.stderr
    explained = in_column({**given, "total": cards["total"] + 413}) | {"reasons": {"total:total@n": "四类以外的案件"}}
    assert filed("cards", explained)["total"]["total"]["n"] == cards["total"] + 413

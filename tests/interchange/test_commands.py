"""``flask import`` and ``flask export`` as the contract promises them."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.scale import count
from tests.interchange.samples import (
    AGENCY,
    CASE,
    COMPLAINT,
    ESTABLISHMENT,
    EXAMPLES,
    INSPECTION,
    OFFICERS,
    changed,
    lines,
)

if TYPE_CHECKING:
    from flask import Flask


def test_the_examples_of_the_contract_load_and_come_back_as_they_were(load: Any, export: Any) -> None:
    done = load(EXAMPLES)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(
        "loaded: 1 agency, 2 officer, 1 establishment, 1 person, 1 inspection, 1 case, 1 comp"
    )
    assert export().decode() == lines(EXAMPLES)


def test_records_may_come_in_any_order(load: Any, export: Any) -> None:
    shuffled = list(EXAMPLES)
    random.Random(7).shuffle(shuffled)
    assert load(shuffled).exit_code == 0
    assert export().decode() == lines(EXAMPLES)


def test_references_are_resolved_with_what_is_there_already(load: Any, records: Any) -> None:
    assert load([AGENCY, *OFFICERS, ESTABLISHMENT]).exit_code == 0
    assert load([CASE, INSPECTION], name="later.jsonl").exit_code == 0
    assert len(records("--type", "case")) == 1


def test_loading_an_equal_record_again_changes_nothing_and_says_so(load: Any, export: Any) -> None:
    load(EXAMPLES)
    before = export()
    again = load(EXAMPLES)
    assert (again.exit_code, again.stdout) == (0, f"loaded: nothing\nalready here: {len(EXAMPLES)}\n")
    assert export() == before


def test_an_equal_record_twice_in_one_file_is_loaded_once(load: Any, records: Any) -> None:
    done = load([AGENCY, AGENCY])
    assert done.exit_code == 0
    assert "already here: 1" in done.stdout
    assert len(records()) == 1


def test_a_different_record_under_a_key_that_is_here_is_refused(load: Any, export: Any) -> None:
    load(EXAMPLES)
    before = export()
    done = load([changed(ESTABLISHMENT, "name", "别的门诊部")])
    assert done.exit_code == 1
    assert done.stderr.startswith("line 1: key: a different record with the key 'E1' of 'local' is already here\n")
    assert export() == before


def test_two_different_records_under_one_key_in_a_file_are_refused_at_the_second(load: Any, records: Any) -> None:
    done = load([AGENCY, changed(AGENCY, "name", "另一个局")])
    assert done.exit_code == 1
    assert "line 2: key: the key 'A1' stands for a different record at line 1" in done.stderr
    assert records() == []


def test_a_key_of_another_source_is_another_record(load: Any, records: Any) -> None:
    load(EXAMPLES)
    done = load(EXAMPLES, "--source", "city")
    assert done.exit_code == 0, done.stderr
    assert [one.get("source") for one in records("--type", "agency")] == ["city", None]


def test_a_person_and_an_establishment_do_not_share_a_key(load: Any) -> None:
    done = load([ESTABLISHMENT, {"type": "person", "key": "E1", "name": "邓娟", "region": "330106"}])
    assert done.exit_code == 1
    assert "line 2: key: the key 'E1' stands for a different record at line 1" in done.stderr


def test_a_dry_run_says_what_would_happen_and_changes_nothing(load: Any, records: Any) -> None:
    done = load(EXAMPLES, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.startswith("would be loaded: 1 agency")
    assert records() == []


def test_a_dry_run_reports_refusals(load: Any) -> None:
    done = load([AGENCY, changed(AGENCY, "sector", "hygiene") | {"key": "A2"}], "--dry-run")
    assert done.exit_code == 1
    assert "line 2: sector: 'hygiene' is not one of health, tcm" in done.stderr


def test_one_bad_record_means_that_nothing_is_loaded(load: Any, records: Any) -> None:
    done = load([*EXAMPLES, changed(COMPLAINT, "region", "999999") | {"key": "K2"}])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr == ("line 9: region: '999999' is not a region of GB/T 2260\nnothing was loaded: 1 refusals\n")
    assert records() == []


def test_with_partial_the_good_records_are_loaded(load: Any, records: Any) -> None:
    done = load([*EXAMPLES, changed(COMPLAINT, "region", "999999") | {"key": "K2"}], "--partial")
    assert done.exit_code == 0
    assert done.stderr == "line 9: region: '999999' is not a region of GB/T 2260\n"
    assert len(records()) == len(EXAMPLES)


def test_with_partial_and_not_one_good_record_the_command_fails(load: Any) -> None:
    assert load([changed(AGENCY, "region", "999999")], "--partial").exit_code == 1


def test_with_partial_what_depends_on_a_refused_record_is_refused_too(load: Any, records: Any) -> None:
    done = load(
        [AGENCY, *OFFICERS, changed(ESTABLISHMENT, "uscc", "91330106914868FW6K"), INSPECTION, CASE], "--partial"
    )
    assert "line 5: subject: there is no subject 'E1'" in done.stderr
    assert "line 6: inspection: there is no inspection 'I1'" in done.stderr
    assert [one["type"] for one in records()] == ["agency", "officer", "officer"]


def test_a_file_that_is_not_there_is_wrong_usage(app: "Flask") -> None:
    done = app.test_cli_runner().invoke(args=["import", "no-such-file.jsonl"])
    assert done.exit_code == 2
    assert "no-such-file.jsonl" in done.stderr


def test_an_unknown_type_to_export_is_wrong_usage(app: "Flask") -> None:
    assert app.test_cli_runner().invoke(args=["export", "--type", "dog"]).exit_code == 2


def test_an_unknown_region_to_export_is_a_wrong_request(app: "Flask") -> None:
    done = app.test_cli_runner().invoke(args=["export", "--region", "123456"])
    assert done.exit_code == 1
    assert "--region: '123456' is not a region" in done.stderr


def test_an_empty_file_loads_nothing(load: Any) -> None:
    done = load("\n\n  \n")
    assert (done.exit_code, done.stdout) == (0, "loaded: nothing\n")


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(load: Any) -> None:
    text = "\ufeff" + lines(EXAMPLES).replace("\n", "\r\n")
    assert load(text).exit_code == 0


def test_export_takes_one_type_or_one_region(load: Any, records: Any) -> None:
    other = changed(AGENCY, "region", "440106") | {"key": "A2"}
    load([*EXAMPLES, other])
    assert [one["type"] for one in records("--type", "officer")] == ["officer", "officer"]
    assert [one["key"] for one in records("--region", "440000")] == ["A2"]
    assert len(records("--region", "330000")) == len(EXAMPLES)


def test_export_without_a_file_goes_to_standard_output(load: Any, app: "Flask") -> None:
    load([AGENCY])
    assert app.test_cli_runner().invoke(args=["export"]).stdout == lines([AGENCY])


def test_a_case_without_dates_and_decisions_comes_back_without_them(load: Any, records: Any) -> None:
    bare = {**CASE, "filed_on": None, "closed_on": None, "number": None, "inspection": None}
    bare["respondents"] = [{"subject": "E1", "violations": [], "decision": None}]
    assert load([AGENCY, ESTABLISHMENT, bare]).exit_code == 0
    assert records("--type", "case") == [bare]


def test_every_base_of_a_fine_survives(load: Any, records: Any) -> None:
    charges = [
        {"code": "AD-002", "facts": "电梯广告", "illegal_income": None, "bases": {"ad_cost": "8200.50"}},
        {"code": "NB-103", "facts": "未成年工", "illegal_income": None, "bases": {"affected_workers": "2"}},
        {"code": "MC-001", "facts": "无法核实", "illegal_income": "unknown", "goods_value": "300.00"},
    ]
    case = changed(CASE, "respondents.0.violations", charges) | {"inspection": None}
    assert load([AGENCY, ESTABLISHMENT, case]).exit_code == 0
    assert records("--type", "case")[0]["respondents"][0]["violations"] == charges


def test_a_campaign_made_here_goes_along_and_loads_elsewhere_first(load: Any, records: Any) -> None:
    campaign = {
        "type": "campaign",
        "key": "canteens_2026",
        "title": "学校食堂专项检查",
        "region": "330000",
        "from": "2026-03-01",
        "to": "2026-06-30",
        "forms": ["school_canteen_check"],
        "categories": [{"code": "canteen", "label": "食堂", "sectors": ["market"]}],
        "chain": ["county", "province"],
        "due": {"county": "2026-07-05"},
        "issuers": "省市场监督管理局",
        "departments": [
            {"sector": "market", "name": "市场监管", "supplies": ["kinder"], "via": "return", "lead": True},
            {"sector": "health", "name": "卫生健康", "supplies": [], "via": "system", "lead": False},
        ],
        "indicators": [
            {"id": "licensed", "label": "持证率", "form": "school_canteen_check", "expr": "r3 / r2", "at": "all",
             "target": "100", "better": "more", "per_cent": True},
        ],
        "monthly_due": {"county": 5},
        "template": "school_canteen_check",
        "choices": [{"among": [["coal", "煤炭"], ["chemical", "化工"]], "filter": "industry", "id": "i", "label": "业",
                     "least": 1, "most": 2}],
        "asks": ["training", "account"],
        "standing": True,
    }  # fmt: skip
    inspection = INSPECTION | {"campaign": "canteens_2026", "category": "canteen", "inspected_on": "2026-04-01"}
    mine = [inspection, AGENCY, *OFFICERS, ESTABLISHMENT, campaign]
    done = load(mine)
    assert done.exit_code == 0, done.stderr
    assert records("--type", "campaign") == [campaign]
    assert load(mine).stdout == "loaded: nothing\nalready here: 6\n"
    other = load([campaign | {"title": "别的"}])
    assert "line 1: key: a different campaign with the id 'canteens_2026' is already here" in other.stderr


FORM = {
    "type": "form",
    "key": "salons_2026",
    "definition": """
[form]
id = "salons_2026"
title = "生活美容场所专项检查"
[period]
kind = "campaign"
[[col]]
id = "salon"
label = "美容场所"
where = { category = "salon" }
[[row]]
id = "visits"
label = "检查户次"
m = "visits"
""",
}


def test_a_form_loaded_here_goes_along_with_what_bears_its_campaign(load: Any, records: Any, export: Any) -> None:
    inspection = INSPECTION | {"campaign": "salons_2026", "category": "salon", "inspected_on": "2026-04-01"}
    review = {"type": "campaign", "key": "review_2026", "title": "回头看", "region": "330000", "from": "2026-03-01"}
    review |= {"to": "2026-06-30", "forms": ["salons_2026"], "chain": ["county"]}
    review["categories"] = [{"code": "salon", "label": "美容场所", "sectors": []}]
    mine = [inspection, AGENCY, *OFFICERS, ESTABLISHMENT, review, FORM]
    done = load(mine)
    assert done.exit_code == 0, done.stderr
    assert records("--type", "form") == [FORM]
    assert [record["type"] for record in records()][:2] == ["form", "campaign"]
    assert load(export()).stdout == "loaded: nothing\nalready here: 7\n"
    assert [one["key"] for one in records("--region", "440000")] == ["salons_2026"]


def test_a_form_stays_that_of_the_region_which_published_it(load: Any, records: Any, export: Any) -> None:
    own = FORM | {"region": "330000"}
    load([own])
    assert records("--type", "form") == [own]
    assert load(export()).stdout == "loaded: nothing\nalready here: 1\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "other"}, "line 1: key: the definition is that of the form 'salons_2026'"),
        ({"definition": "[form]\nid = 1"}, "line 1: definition:"),
        ({"definition": FORM["definition"].replace("visits", "vists")}, "line 1: definition:14: "),
    ],
)
def test_a_form_that_cannot_be_accepted_is_refused_with_its_line(load: Any, change: Any, told: str) -> None:
    done = load([FORM | change])
    assert done.exit_code == 1
    assert told in done.stderr


def test_a_different_form_under_the_same_id_is_refused(load: Any) -> None:
    load([FORM])
    done = load([FORM | {"definition": FORM["definition"].replace("户次", "次数")}])
    assert "line 1: key: a different form with the id 'salons_2026' is already here" in done.stderr


def test_a_campaign_whose_form_nobody_knows_is_refused_with_the_field(load: Any) -> None:
    campaign = {"type": "campaign", "key": "x_2026", "title": "某专项", "region": "330000", "from": "2026-03-01"}
    done = load([campaign | {"to": "2026-06-30", "forms": ["no_such_form"], "categories": []}])
    assert done.exit_code == 1
    assert done.stderr.startswith("line 1: forms: ")


@pytest.mark.one_database
def test_thousands_of_records_load_in_seconds(load: Callable[..., Any], app: "Flask") -> None:
    # Seconds of this process alone: what else the machine has to do does not count.
    many = [changed(INSPECTION, "key", f"I{number:05d}") for number in range(count(1_000, 5_000))]
    begun = time.process_time()
    done = load([AGENCY, *OFFICERS, ESTABLISHMENT, *many])
    assert done.exit_code == 0, done.stderr
    assert time.process_time() - begun < 30
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


def test_what_was_loaded_stands_in_the_record(load: Any, app: "Flask") -> None:
    load(EXAMPLES)
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (done.exit_code, done.stdout) == (0, "the record is intact\n")


def test_the_output_file_is_there_whole_or_not_at_all(load: Any, app: "Flask", tmp_path: Path) -> None:
    load([AGENCY])
    done = app.test_cli_runner().invoke(args=["export", "-o", str(tmp_path / "no-such-folder" / "x.jsonl")])
    assert done.exit_code == 1
    assert json.loads(lines([AGENCY]))["key"] == "A1"
    assert list(tmp_path.glob(".x.jsonl*")) == []

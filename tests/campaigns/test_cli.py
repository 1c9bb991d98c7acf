"""The commands as the contract has them."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from inspectorate.campaigns import queries
from tests.campaigns.world import Builder, decided_case
from tests.client import save

FORM = "medical_cosmetology_2021"


@pytest.fixture
def run(app: Any, session: Any) -> Any:
    """Runs `flask campaign …` on what the test has prepared; the result has exit_code, stdout, stderr, stdout_bytes."""

    def run(*arguments: str) -> Any:
        save()
        session.remove()
        return app.test_cli_runner().invoke(args=["campaign", *arguments])

    return run


def test_the_summary_has_the_contract_s_shape(run: Any) -> None:
    decided_case(Builder())
    result = run("summary", FORM, "--region", "330000", "--format", "json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert {key: document[key] for key in ("form", "campaign", "region", "from", "to")} == {
        "form": FORM, "campaign": FORM, "region": "330000", "from": "2021-06-01", "to": "2021-12-31",
    }  # fmt: skip
    assert document["cells"]["inspected"]["unlicensed"] == 1
    assert document["cells"]["cases"] | {"unlicensed_org": 1} == document["cells"]["cases"]
    assert document["cells"]["fine_sum"]["unlicensed_org"] == "18.4"
    assert document["cells"]["fine_sum"]["ad"] == "0"
    assert (document["returns"], document["total"]) == ({}, document["cells"])
    assert document["foot"] == {"in": 0, "closed": 0, "penalised": 0, "replied": 0, "satisfied": 0}
    assert document["coverage"]["expected"] == 11 and document["coverage"]["reported"] == 1
    assert len(document["coverage"]["missing"]) == 10
    assert [set(check) >= {"rule", "level", "holds"} for check in document["checks"]] == [True, True]


def test_days_may_be_given_and_open_ends_are_the_campaign_s(run: Any) -> None:
    result = run("summary", FORM, "--region", "330106", "--from", "2021-07-01", "--format", "json")
    assert (json.loads(result.stdout)["from"], json.loads(result.stdout)["to"]) == ("2021-07-01", "2021-12-31")


def test_a_failing_check_says_where(run: Any) -> None:
    build = Builder()
    build.complaint(received_on=date(2021, 5, 1), closed_on=date(2021, 7, 1))
    checks = json.loads(run("summary", FORM, "--region", "330000", "--format", "json").stdout)["checks"]
    assert [check["holds"] for check in checks] == [True, False]


@pytest.mark.parametrize("axis", ["region", "agency"])
def test_the_table_is_printed_once_for_each_member_of_an_axis(run: Any, axis: str) -> None:
    decided_case(Builder())
    document = json.loads(run("summary", FORM, "--region", "330100", "--by", axis, "--format", "json").stdout)
    assert document["by"] == axis
    inspected = [part["cells"]["inspected"]["unlicensed"] for part in document["parts"]]
    assert sum(inspected) == document["cells"]["inspected"]["unlicensed"] == 1


def test_binary_formats_are_written_whole_to_a_file(run: Any, tmp_path: Path) -> None:
    for format in ("xlsx", "docx", "pdf", "csv"):
        path = tmp_path / f"out.{format}"
        result = run("summary", FORM, "--region", "330000", "--by", "region", "--format", format, "-o", str(path))
        assert result.exit_code == 0, result.stderr
        assert path.stat().st_size > 500
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 12
    assert len(load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes())).sheetnames) == 12


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["summary", "nothing", "--region", "330000", "--format", "json"], 1, "there is no form 'nothing'"),
        (["summary", FORM, "--region", "999999", "--format", "json"], 1, "not a region"),
        (["summary", FORM, "--region", "330000", "--campaign", "x", "--format", "json"], 1, "no campaign 'x'"),
        (["summary", FORM, "--region", "330000", "--by", "size", "--format", "json"], 1, "no axis"),
        (["summary", FORM, "--region", "330000", "--from", "2021-07-01", "--to", "2021-06-01", "--format", "json"],
         1, "lies before"),
        (["summary", FORM, "--region", "330000", "--from", "x", "--format", "json"], 2, "--from"),
        (["summary", FORM, "--region", "330000", "--format", "ods"], 2, "--format"),
        (["summary", FORM, "--format", "json"], 2, "--region"),
        (["cases", FORM, "--region", "330000", "--format", "json"], 1, "no decided case"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_refused_in_words(run: Any, arguments: list[str], code: int, words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr


def test_typical_cases_are_written_and_refused_with_what_is_missing(run: Any, tmp_path: Path) -> None:
    build = Builder()
    decided_case(build)
    document = json.loads(run("cases", FORM, "--region", "330000", "--format", "json").stdout)
    assert [entry["party"] for entry in document["cases"]] == ["某医疗美容门诊部"]
    path = tmp_path / "cases.docx"
    assert run("cases", FORM, "--region", "330000", "--format", "docx", "-o", str(path)).exit_code == 0
    assert path.exists()


def test_an_incomplete_case_stops_the_material_and_writes_nothing(run: Any, tmp_path: Path) -> None:
    decided_case(Builder(), violation=None)
    path = tmp_path / "cases.pdf"
    result = run("cases", FORM, "--region", "330000", "--format", "pdf", "-o", str(path))
    assert (result.exit_code, path.exists()) == (1, False)
    assert len(result.stderr.splitlines()) == 3


def test_a_form_that_nobody_here_has_seen_is_loaded_and_filled(run: Any, tmp_path: Path, session: Any) -> None:
    Builder()
    path = tmp_path / "new.toml"
    text = '[form]\nid = "new_form"\ntitle = "新表"\n[period]\nkind = "year"\n[[row]]\nid = "v"\nm = "visits"\n'
    path.write_text(text)
    assert run("load-form", str(path)).exit_code == 0
    assert run("load-form", str(path)).exit_code == 0
    document = json.loads(run("summary", "new_form", "--region", "330000", "--format", "json").stdout)
    assert document["cells"] == {"v": {"n": 0}}
    path.write_text(text.replace("新表", "改名"))
    assert run("load-form", str(path)).exit_code == 0
    assert queries.form("new_form").title == "改名"  # type: ignore[union-attr]


def test_a_wrong_form_is_refused_line_by_line_and_not_kept(run: Any, tmp_path: Path, session: Any) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(
        '[form]\nid = "bad"\ntitle = "x"\n[[row]]\nid = "v"\nm = "visit"\n[[check]]\nrule = "w > 0"\nlevel = "warn"\n'
    )
    result = run("load-form", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split(" ")[0] for line in result.stderr.splitlines()] == ["bad.toml:6:", "bad.toml:8:"]
    assert queries.form("bad") is None


def test_a_loaded_campaign_form_stands_for_its_campaign_until_somebody_makes_one(
    run: Any, tmp_path: Path, session: Any
) -> None:
    build = Builder()
    build.inspection(build.subject("org"), campaign="tattoo_2024", category="tattoo", inspected_on=date(2024, 3, 1))
    path = tmp_path / "tattoo.toml"
    path.write_text(
        '[form]\nid = "tattoo_2024"\ntitle = "纹身专项整治汇总表"\n[period]\nkind = "campaign"\nfrom = 2024-01-01\n'
        'to = 2024-12-31\n[[row]]\nid = "v"\nlabel = "纹身"\nm = "visits"\nwhere = { category = "tattoo" }\n'
    )
    assert run("load-form", str(path)).exit_code == 0
    document = json.loads(run("summary", "tattoo_2024", "--region", "330000", "--format", "json").stdout)
    assert (document["campaign"], document["from"], document["cells"]) == ("tattoo_2024", "2024-01-01", {"v": {"n": 1}})
    found = queries.campaign("tattoo_2024")
    assert found is not None and queries.category_choices("tattoo_2024") == [("tattoo", "纹身")]
    assert "tattoo_2024" in [one.id for one in queries.open_campaigns(date(2024, 6, 1), "330106")]

"""``flask law …`` as outsiders use it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inspectorate.law.cli import law_cli
from inspectorate.law.statutes import laws
from inspectorate.law.violations import catalogue

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law_cli, arguments)


def answer(*arguments: str) -> dict[str, Any]:
    result = run("range", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_a_range_is_answered_as_the_contract_says() -> None:
    given = ("--subject", "org", "--tier", "base", "--illegal-income", "36800", "--on", "2026-03-01")
    found = answer("MC-001", *given)
    assert found["fine"] == {"min": "184000.00", "max": "736000.00", "mandatory": True}
    assert (found["violation"], found["tier"], found["subject"], found["on"]) == ("MC-001", "base", "org", "2026-03-01")
    assert found["confiscate"] == ["illegal_income", "drugs", "devices"]
    assert found["measures"] == ["stop_practice"]
    assert found["violated"][0] == {"law": "bhl", "article": 38, "paragraph": 2}
    assert found["basis"][0] == {"law": "bhl", "article": 99, "paragraph": 1}
    assert found["versions"]["bhl"] == "2019-12-28"
    assert (found["verification"], found["conditions"]) == ("text", [])
    assert len(found["explanation"]) > 3 and all(isinstance(line, str) for line in found["explanation"])


def test_a_range_without_fine_says_null() -> None:
    assert answer("WP-010", "--on", "2026-03-01")["fine"] is None


def test_subject_tier_and_day_have_defaults() -> None:
    found = answer("MC-005", "--illegal-income", "0")
    assert (found["subject"], found["tier"]) == ("person", "base")


def test_short_names_of_bases_reach_the_rule() -> None:
    found = answer("FD-130", "--subject", "responsible", "--last-year-income", "300000.55", "--on", "2026-03-01")
    assert found["fine"] == {"min": "300000.55", "max": "3000005.50", "mandatory": True}
    assert answer("DD-001", "--subject", "responsible", "--personal-income", "100")["fine"]["min"] == "30.00"


def test_other_bases_are_given_by_name() -> None:
    assert answer("NB-101", "--base", "affected_workers=3")["fine"]["max"] == "15000.00"
    assert answer("NB-110", "--base", "illegal_turnover=unknown", "--base", "whatever=7")["fine"]["mandatory"] is False


def test_without_json_the_reasoning_is_readable() -> None:
    result = run("range", "MC-001", "--illegal-income", "36800", "--on", "2026-03-01")
    assert result.exit_code == 0
    assert "184,000.00元以上736,000.00元以下" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ZZ-999"], "ZZ-999"),
        (["MC-001"], "illegal_income"),
        (["MC-001", "--illegal-income", "-5"], "negative"),
        (["MC-001", "--illegal-income", "much"], "much"),
        (["MC-001", "--illegal-income", "0.001"], "0.001"),
        (["MC-001", "--illegal-income", "1", "--tier", "serious"], "serious"),
        (["MC-001", "--illegal-income", "1", "--subject", "person"], "person"),
        (["MC-001", "--illegal-income", "1", "--subject", "responsible"], "responsible"),
        (["MC-001", "--illegal-income", "1", "--on", "2019-01-01"], "2019-01-01"),
        (["IN-002"], "unfiled"),
        (["NB-101", "--base", "affected_workers=2.5"], "whole"),
    ],
)
def test_a_wrong_request_is_one_clear_line_on_standard_error_and_exit_1(arguments: list[str], said: str) -> None:
    result = run("range", *arguments, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr


def test_several_problems_are_told_at_once() -> None:
    result = run("range", "ZZ-999", "--illegal-income", "-5", "--base", "foo=bar")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["MC-001", "--subject", "company"],
        ["MC-001", "--on", "yesterday"],
        ["MC-001", "--colour", "red"],
        ["MC-001", "--base", "x"],
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    assert run("range", *arguments).exit_code == 2


def test_the_catalogue_checks_clean() -> None:
    result = run("check", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["ok"] and report["violations"] == len(catalogue()) and report["problems"] == []
    assert f"{len(catalogue())} violations" in run("check").stdout


def test_the_export_is_one_document_and_the_same_in_a_file(tmp_path: Path) -> None:
    target = tmp_path / "catalogue.json"
    assert run("export", "-o", str(target)).exit_code == 0
    exported = json.loads(target.read_text(encoding="utf-8"))
    assert len(exported["violations"]) == len(catalogue()) and len(exported["laws"]) == len(laws())
    assert json.loads(run("export").stdout) == exported


def test_an_export_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    result = run("export", "-o", str(tmp_path / "missing" / "catalogue.json"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [[], ["range"], ["check"], ["export"]])
def test_every_command_has_help(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0 and "Usage" in result.stdout


def test_the_law_is_read_only_when_asked_for() -> None:
    code = (
        "import sys; sys.path.insert(0, 'inspect')\n"
        "import inspectorate.law.cli, inspectorate.law.violations as v, inspectorate.law.statutes as s\n"
        "print(v.catalogue.cache_info().misses + s.laws.cache_info().misses)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_both_laws_are_answered_where_the_day_of_the_decision_is_given() -> None:
    entry = next(one for one in catalogue().values() if one.earlier and one.earlier[-1].until and not one.bases)
    ended, tier = entry.earlier[-1].until, entry.earlier[-1].tiers[0].name
    given = ("--tier", tier, "--on", f"{ended}", "--decided-on", "2026-11-22")
    found = answer(entry.code, *given)
    assert found["on"] == f"{ended}" and found["applicable"]["at_decision"]["on"] == "2026-11-22"
    assert found["applicable"]["citations"] == [{"law": "apl", "article": 37}]
    readable = run("range", entry.code, *given).stdout
    assert found["applicable"]["zh"] in readable and "《行政处罚法》第三十七条" in readable
    assert run("range", entry.code, "--on", "2026-11-22", "--decided-on", "2026-11-21").exit_code == 2
    assert run("range", entry.code, "--on", "1980-01-01", "--decided-on", "2026-11-21").exit_code == 1

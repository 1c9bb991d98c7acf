"""The data as a whole: nothing lost, nothing malformed, every citation and every example right."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from inspectorate.law import UnknownViolation, datafile, violation
from inspectorate.law.checks import check
from inspectorate.law.datafile import DATA, MalformedData
from inspectorate.law.export import as_json
from inspectorate.law.statutes import laws
from inspectorate.law.violations import catalogue, read_violation, violations
from inspectorate.law.words import BASES, DOMAINS

# Added here, on top of the reference: tiers for another kind of offender, and tiers that take nothing over.
ADDED = {"subject", "instead"}


def test_the_catalogue_has_nothing_wrong() -> None:
    report = check()
    assert report.problems == ()
    assert report.violations == 698 and report.laws == 95
    assert report.by_verification == {"partial": 16, "text": 679, "unverified": 3}


def test_violations_stand_in_the_order_of_the_articles_of_their_law() -> None:
    for path in (DATA / "violations").glob("*.toml"):
        records = tomllib.loads(path.read_text(encoding="utf-8"))["violation"]
        places = [
            tuple(record["basis"][0].get(part, 0) for part in ("article", "suffix", "paragraph", "item"))
            for record in records
        ]
        assert places == sorted(places)
        assert {record["basis"][0]["law"] for record in records} == {path.stem}


def test_no_fact_of_the_reference_is_lost(shared_folder: Path) -> None:
    ours = {entry["code"]: entry for entry in as_json()["violations"]}
    for path in (shared_folder / "legal").glob("violations*.toml"):
        for theirs in tomllib.loads(path.read_text(encoding="utf-8"))["violation"]:
            mine = ours.pop(theirs["code"])
            assert {name: mine[name] for name in theirs if name != "tier"} == {
                name: theirs[name] for name in theirs if name != "tier"
            }
            for tier, original in zip(mine["tier"], theirs["tier"], strict=True):
                assert {name: tier[name] for name in original} == original
                added = set(tier) - set(original)
                assert added <= ADDED or theirs["code"] == "CM-126"
    assert ours == {}


def test_no_law_of_the_reference_is_lost(shared_folder: Path) -> None:
    ours = {entry["id"]: entry for entry in as_json()["laws"]}
    text = (shared_folder / "legal" / "laws.toml").read_text(encoding="utf-8")
    for theirs in tomllib.loads(text)["law"]:
        assert {name: ours[theirs["id"]][name] for name in theirs} == theirs


def test_the_export_holds_every_entry_once_with_numbers_as_numbers() -> None:
    exported = as_json()
    assert [entry["code"] for entry in exported["violations"]] == list(catalogue())
    assert [entry["id"] for entry in exported["laws"]] == list(laws())
    threshold = next(entry for entry in exported["violations"] if entry["code"] == "MD-162")["tier"][-1]["fine"]
    assert threshold["threshold"] == 0.01


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(UnknownViolation, match="ZZ-999"):
        violation("ZZ-999")


def test_a_violation_knows_the_bases_it_may_need() -> None:
    assert violation("DD-001").bases == ("goods_value", "personal_income_from_unit")
    assert violation("MC-007").bases == ()
    assert {base for entry in violations() for base in entry.bases} <= set(BASES)


def test_every_field_has_violations() -> None:
    assert all(violations(domain=domain) for domain in DOMAINS)


# --- malformed data ---------------------------------------------------------------------------------------------


def record(**changes: Any) -> dict[str, Any]:
    fine = {"kind": "range", "min": 100, "max": 200}
    plain: dict[str, Any] = {
        "code": "XX-001",
        "domain": "food",
        "subject": "org",
        "title_zh": "试验",
        "title_en": "trial",
        "violated": [{"law": "food", "article": 1}],
        "basis": [{"law": "food", "article": 1}],
        "sectors": ["market"],
        "checked": "unverified",
        "checked_in": [],
        "tier": [{"name": "base", "when": "任何情节", "fine": fine}],
    }
    return {**plain, **changes}


def with_fine(**fine: Any) -> dict[str, Any]:
    return record(tier=[{"name": "base", "when": "任何情节", "fine": fine}])


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (record(colour="red"), "colour"),
        (record(basis=[{"law": "food"}]), "article"),
        (record(tier=[{"name": "base", "when": "任何情节", "fien": {}}]), "fien"),
        (with_fine(kind="range", min=200, max=100), "min is above max"),
        (with_fine(kind="range", max=100), "needs min and max"),
        (with_fine(kind="double", min=1, max=2), "double"),
        (with_fine(kind="range", min=-1, max=100), "min = -1"),
        (with_fine(kind="multiple", min_times=1, max_times=2), "needs base"),
        (with_fine(kind="multiple", base="goods_value", min_times=1, max_times=2, threshold=10), "below"),
        (with_fine(kind="range", min=1, max=2, unknown_min=3), "unknown_min and unknown_max go together"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_malformed_violation_is_refused_with_file_code_and_reason(broken: dict[str, Any], why: str) -> None:
    with pytest.raises(MalformedData, match=f"food.toml: XX-001: .*{re.escape(why)}"):
        read_violation(broken, "violations/food.toml")


def test_the_same_record_unbroken_is_read() -> None:
    assert read_violation(record(), "violations/food.toml").tiers[0].fine is not None


def test_a_file_that_is_no_toml_is_refused_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "laws.toml").write_text('[[law]]\nid = "x"\ntitle = nonsense\n', encoding="utf-8")
    monkeypatch.setattr(datafile, "DATA", tmp_path)
    with pytest.raises(MalformedData, match=r"laws\.toml: .*line 3"):
        datafile.read("laws.toml")

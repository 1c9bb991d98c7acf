"""The data as a whole: nothing lost, nothing malformed, every citation and every example right."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspectorate.law import UnknownViolation, datafile, violation
from inspectorate.law.checks import check
from inspectorate.law.datafile import DATA, MalformedData
from inspectorate.law.export import as_json
from inspectorate.law.model import FineRule, Tier, Violation
from inspectorate.law.statutes import laws
from inspectorate.law.violations import catalogue, read_violation, violations
from inspectorate.law.words import BASES, DOMAINS


def test_the_catalogue_has_nothing_wrong() -> None:
    report = check()
    assert report.problems == ()
    assert report.violations >= 698 and report.laws >= 95
    assert report.by_verification["text"] >= 650


def test_every_rule_names_its_first_day() -> None:
    assert [entry.code for entry in catalogue().values() if entry.since is None] == []


def test_violations_stand_in_the_order_of_the_articles_of_their_law() -> None:
    for path in (DATA / "violations").glob("*.toml"):
        records = tomllib.loads(path.read_text(encoding="utf-8"))["violation"]
        places = [
            tuple(record["basis"][0].get(part, 0) for part in ("article", "suffix", "paragraph", "item"))
            for record in records
        ]
        assert places == sorted(places)
        assert {record["basis"][0]["law"] for record in records} == {path.stem}


def test_no_violation_of_the_reference_is_lost(shared_folder: Path) -> None:
    """Figures may be corrected against the texts; a code never disappears, for outsiders call by it."""
    theirs = {
        record["code"]
        for path in (shared_folder / "legal").glob("violations*.toml")
        for record in tomllib.loads(path.read_text(encoding="utf-8"))["violation"]
    }
    assert theirs <= set(catalogue())


def test_no_law_of_the_reference_is_lost(shared_folder: Path) -> None:
    text = (shared_folder / "legal" / "laws.toml").read_text(encoding="utf-8")
    assert {record["id"] for record in tomllib.loads(text)["law"]} <= set(laws())


def test_the_export_holds_every_entry_once_with_numbers_as_numbers() -> None:
    exported = as_json()
    assert [entry["code"] for entry in exported["violations"]] == list(catalogue())
    assert [entry["id"] for entry in exported["laws"]] == list(laws())
    of_turnover = next(entry for entry in exported["violations"] if entry["code"] == "NT-107")["tier"][-1]["fine"]
    assert of_turnover["or"]["max_times"] == 0.05


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
    with pytest.raises(MalformedData, match=rf"food.toml:\d+: XX-001: .*{re.escape(why)}"):
        read_violation(broken, "violations/food.toml")


MISTAKES = """[[violation]]
code = "XX-000"
sectors = ["market"]

[[violation]]
code = "XX-001"
sectors = "market"

[[violation.tier]]
name = "base"
fine = { kind = "range", min = 2, max = 1 }

[[violation.tier]]
name = "serious"
warnign = true

[[violation.earlier]]
to = 2020-01-01

[[violation]]
code = "XX-002"
sectors = ["market"]
"""
BASE = {"name": "base", "when": "任何情节"}


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (record(sectors="market"), 7),
        (record(tier=[{**BASE, "fine": {"kind": "range", "min": 2, "max": 1}}]), 11),
        (record(tier=[BASE, {"name": "serious", "when": "情节严重", "warnign": True}]), 15),
        (record(tier=[BASE, {"name": "serious"}]), 13),
        (record(earlier=[{"to": date(2020, 1, 1)}]), 18),
        (record(domain=5), 6),
    ],
)
def test_what_is_malformed_is_named_with_its_line(
    broken: dict[str, Any], line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "violations").mkdir()
    (tmp_path / "violations" / "food.toml").write_text(MISTAKES, encoding="utf-8")
    monkeypatch.setattr(datafile, "DATA", tmp_path)
    with pytest.raises(MalformedData, match=rf"violations/food\.toml:{line}: XX-001: "):
        read_violation(broken, "violations/food.toml")


def test_no_order_to_stop_stands_among_other_penalties() -> None:
    said = ((entry.code, text) for entry in catalogue().values() for each in entry.editions for text in _others(each))
    order = re.compile("责令(立即)?停止(违法|发布|使用|生产|销售|经营)[^或]*")  # with 或者 stands what is a penalty
    assert [(code, text) for code, text in said if order.fullmatch(text)] == []


def _others(edition: Violation) -> list[str]:
    return [text for tier in edition.tiers for text in (tier.other or "").split("；")]


def test_an_earlier_edition_takes_over_what_it_does_not_name() -> None:
    tiers = [{"name": "base", "when": "任何情节", "warning": True}]
    then, days = [{"law": "food", "article": 2}], {"from": date(2015, 10, 1), "to": date(2020, 12, 31)}
    entry = read_violation(record(**{"from": date(2021, 1, 1)}, earlier=[{**days, "basis": then, "tier": tiers}]), "x")
    edition = entry.edition_on(date(2020, 12, 31))
    assert edition is entry.earlier[0] and edition.historic and not entry.historic
    assert edition.title_zh == entry.title_zh and edition.basis[0].article == 2 and edition.tiers[0].warning
    assert entry.edition_on(date(2021, 1, 1)) is entry
    assert entry.edition_on(date(2015, 9, 30)) is None


def test_the_same_record_unbroken_is_read() -> None:
    assert read_violation(record(), "violations/food.toml").tiers[0].fine is not None


def test_a_file_that_is_no_toml_is_refused_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "laws.toml").write_text('[[law]]\nid = "x"\ntitle = nonsense\n', encoding="utf-8")
    monkeypatch.setattr(datafile, "DATA", tmp_path)
    with pytest.raises(MalformedData, match=r"^laws\.toml:3: "):
        datafile.read("laws.toml")


def test_every_field_is_explained_beside_the_data() -> None:
    explained = {*re.findall(r"[a-z_]+", (DATA / "README.md").read_text(encoding="utf-8"))}
    fields = {*Violation.__dataclass_fields__, *Tier._fields, *FineRule._fields}
    # Under another name in the data, or plain words.
    said = {"since", "until", "historic", "tiers", "alternative", "title_zh", "title_en", "name", "note", "instead"}
    assert fields - said - explained == set()

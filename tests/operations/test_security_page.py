"""docs/security.md goes through every requirement of ASVS 5.0.0, levels 1 and 2, and what it names is there."""

import re
from collections import Counter

import pytest

from tests.house.source import PACKAGE, ROOT

PAGE = ROOT / "docs" / "security.md"

LAST = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.3": 4, "3.4": 6,
    "3.2": 2, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
"""Sections of ASVS 5.0.0 and the last of their requirements of levels 1 and 2, which come first in each."""

STATES = {"met", "set", "part", "no", "–"}

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (\S+) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
GAP = re.compile(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
NAMED = re.compile(r"`(?!/|DATA_DIR|secrets/)([\w./*-]+/[\w.*-]*|[\w-]+\.(?:py|md|toml|txt))(?:::(\w+))?`")


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(PAGE.read_text())


def test_it_goes_through_every_requirement_once_and_in_order() -> None:
    wanted = [f"{section}.{number}" for section, last in LAST.items() for number in range(1, last + 1)]
    ordered = sorted(wanted, key=lambda number: [int(part) for part in number.split(".")])
    assert [number for number, *_ in rows()] == ordered and len(wanted) == 253


def test_each_is_said_to_be_met_or_why_not() -> None:
    gaps = set(GAP.findall(PAGE.read_text()))
    assert all(state in STATES and (how.strip() or tested.strip()) for _, _, state, how, tested in rows())
    assert {number for number, _, state, *_ in rows() if state in ("part", "no")} <= gaps
    assert not gaps - {number for number, *_ in rows()}


def test_what_is_met_by_the_program_is_tested_or_plain_to_see() -> None:
    states = Counter(state for _, _, state, *_ in rows())
    untested = [number for number, _, state, _, tested in rows() if state == "met" and not tested.strip()]
    assert states["met"] > 120 and states["no"] <= 1 and len(untested) <= 30, (states, untested)


@pytest.mark.parametrize("name", ["docs/security.md", "docs/operations.md", "SECURITY.md"])
def test_every_file_and_test_that_is_named_is_there(name: str) -> None:
    missing = []
    for path, test in NAMED.findall((ROOT / name).read_text()):
        places = [place for base in (ROOT, PACKAGE, ROOT / "tests") if (place := next(iter(base.glob(path)), None))]
        if not places or (test and f"def {test}(" not in places[-1].read_text()):
            missing.append(f"{path}::{test}" if test else path)
    assert not missing


def test_scripts_never_write_markup_nor_run_text() -> None:
    wanted = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|__proto__"
    )
    scripts = list((PACKAGE / "static" / "js").glob("*.js"))
    assert scripts and not [path.name for path in scripts if wanted.search(path.read_text())]

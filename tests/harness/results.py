"""What the harnesses found, gathered from the tests of a run for whoever reads its end, and for ``docs/full-run.md``.

A test tells what it did with ``record_property("found", "100 kills, 3,120 acknowledged changes: none lost")``.
"""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

FOUND = "found"


def told(reports: Iterable[Any]) -> list[tuple[str, str]]:
    """Pairs of a test's name, in words, and what it told."""
    return sorted(
        (in_words(report.nodeid), str(value))
        for report in reports
        for name, value in report.user_properties
        if name == FOUND
    )


def in_words(nodeid: str) -> str:
    """``…::test_nothing_is_lost[sqlite]`` as ``nothing is lost (sqlite)``."""
    name, _, parameters = nodeid.rpartition("::")[2].partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words} ({parameters.rstrip(']')})" if parameters else words


class FullRun(NamedTuple):
    """What a full run found: a row for each harness, and the tests that failed, by their names in words."""

    day: str
    passed: int
    minutes: int
    found: list[list[str]]
    failed: list[str]
    mended: list[str]

    def completed(self, again: "FullRun") -> "FullRun":
        """With what the failed tests found when they were run again (``--last-failed``) after mending."""
        mended = [name for name in self.failed if name not in again.failed]
        found = sorted([*self.found, *again.found])
        return self._replace(
            found=found, failed=again.failed, mended=[*self.mended, *mended], passed=self.passed + again.passed
        )


def full_run(passed: Sequence[Any], failed: Iterable[Any], minutes: float) -> FullRun:
    """From the reports of a run's tests."""
    names = dict.fromkeys(in_words(report.nodeid) for report in failed)
    found = [list(pair) for pair in told(passed)]
    return FullRun(f"{date.today():%Y-%m-%d}", len(passed), round(minutes), found, list(names), [])


def write_page(path: Path, run: FullRun) -> None:
    """The results of a full run as a page of the documentation."""
    lines = [
        "# The last full run",
        "",
        "Written by `script/test --full`. What each harness does: [development.md](development.md);",
        "how quick it all is: [performance.md](performance.md).",
        "",
        f"* {run.day}, Python {platform.python_version()}, {os.cpu_count()} cores",
        f"* {run.passed:,} tests passed in {run.minutes} minutes",
        *(f"* failed: {name}" for name in run.failed),
        *(f"* failed at first, passed after mending: {name}" for name in run.mended),
        "",
        "| harness | found |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in run.found),
    ]
    path.write_text("\n".join(lines) + "\n")

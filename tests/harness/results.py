"""What the harnesses found, gathered from the tests of a run for whoever reads its end, and for ``docs/full-run.md``.

A test tells what it did with ``record_property("found", "100 kills, 3,120 acknowledged changes: none lost")``.
"""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

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


def write_page(path: Path, results: Sequence[tuple[str, str]], counts: str) -> None:
    """The results of a full run as a page of the documentation."""
    lines = [
        "# The last full run",
        "",
        "Written by `script/test --full`. What each harness does: [development.md](development.md);",
        "how quick it all is: [performance.md](performance.md).",
        "",
        f"* {date.today():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores",
        f"* {counts}",
        "",
        "| harness | found |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in results),
    ]
    path.write_text("\n".join(lines) + "\n")

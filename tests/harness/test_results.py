"""The page of the full run tells what failed, and what was mended since."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.harness.results import full_run, write_page


def told(name: str, found: str) -> Any:
    return SimpleNamespace(nodeid=f"tests/x.py::test_{name}[sqlite]", user_properties=[("found", found)])


def test_what_failed_stands_on_the_page_until_it_passes_and_then_as_mended(tmp_path: Path) -> None:
    page = tmp_path / "full-run.md"
    first = full_run([told("a_kill", "100 kills")], [told("a_fuzz", ""), told("b_fuzz", "")], 59.6)
    write_page(page, first)
    text = page.read_text()
    assert "* 1 tests passed in 60 minutes\n* failed: a fuzz (sqlite)\n* failed: b fuzz (sqlite)\n" in text
    write_page(page, first.completed(full_run([told("a_fuzz", "20,000 requests")], [told("b_fuzz", "")], 2)))
    text = page.read_text()
    assert "* 2 tests passed in 60 minutes\n* failed: b fuzz (sqlite)\n" in text
    assert "* failed at first, passed after mending: a fuzz (sqlite)\n" in text
    assert text.endswith("| a fuzz (sqlite) | 20,000 requests |\n| a kill (sqlite) | 100 kills |\n")

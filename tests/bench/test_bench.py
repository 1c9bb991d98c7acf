"""The benches do not rot: figures hold or break, the page is written between its marks, every group can be asked."""

import importlib
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import report
from tests.bench.measure import Ratio, compare
from tests.bench.report import Measured


def test_a_ratio_holds_up_to_its_limit_and_not_beyond() -> None:
    assert Ratio("x", 13, 10, 1.3).holds
    assert not Ratio("x", 13.1, 10, 1.3).holds
    assert Ratio("x", 18, 10, 1.3, plus=5).holds


def test_both_sides_take_turns() -> None:
    turns: list[str] = []
    compare("x", lambda: turns.append("ours"), lambda: turns.append("floor"), limit=2, rounds=3)
    assert turns == ["ours", "floor"] * 4


@pytest.mark.parametrize("name", bench.GROUPS)
def test_a_group_says_what_it_measures(name: str) -> None:
    module = importlib.import_module(f"tests.bench.{name}")
    assert module.TITLE and module.__doc__ and callable(module.ratios)
    assert module.ON_EACH_DATABASE in (True, False)


def test_the_check_fails_on_a_broken_figure_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    monkeypatch.setattr(report, "write", lambda *page: written.append(page))
    for ours, status in ((1.0, 0), (9.0, 1)):
        figure = Measured("start", None, Ratio("x", ours, 1.0, 2))
        monkeypatch.setattr(bench, "measure", lambda *_, figure=figure: [figure])
        assert bench.main(["--check"]) == status
    assert written == []


def test_the_pages_keep_what_stands_around_the_figures_and_what_other_groups_found(tmp_path: Path) -> None:
    table = "\n| group | measured | figures | hold | closest to its limit |\n| --- | --- | --- | --- | --- |"
    for page, empty in (("performance.md", table), ("figures.md", "")):
        (tmp_path / page).write_text(f"before\n{report.BEGIN}{empty}{report.END}\nafter\n")
    for group, ours in (("load", 9.0), ("start", 9.0), ("start", 0.3)):
        report.write(tmp_path, [Measured(group, None, Ratio(f"{group} it", ours, 0.2, 1.5))], bench.GROUPS)
    sums, figures = ((tmp_path / page).read_text() for page in ("performance.md", "figures.md"))
    for text in (sums, figures):
        assert text.startswith("before\n") and text.endswith("after\n")
        assert text.count("start it") == text.count("load it") == 1
        assert text.index("start it") < text.index("load it")
    assert "| 1 | 1 | start it: 300.00 ms against 200.00 ms, limit 1.5 × |\n" in sums and "| 1 | 0 | load it" in sums
    assert "| start it | – | 300.00 ms | 200.00 ms | 1.50 × | 1.5 × | yes |\n" in figures

"""The figures as people read them: lines while they are made, and two pages of the docs."""

import importlib
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from tests.bench.measure import Ratio
from tests.bench.prepared import Prepared

BEGIN, END = "<!-- figures: written by script/bench -->", "\n<!-- end of figures -->"
DATA = "The databases"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

_making: list[str] = []


@dataclass(frozen=True)
class Measured:
    """One figure: of which group, on which database."""

    group: str
    kind: str | None
    ratio: Ratio
    notes: str = ""

    def line(self) -> str:
        """For the terminal."""
        ratio = self.ratio
        where = f"{self.group} ({NAMES[self.kind]})" if self.kind else self.group
        verdict = "holds" if ratio.holds else "BROKEN"
        told = f"{amount(ratio.ours, ratio.unit)} against {amount(ratio.floor, ratio.unit)}"
        return f"{where}: {ratio.name}: {told}, {_times(ratio)} of {_limit(ratio)}: {verdict}"

    def row(self) -> str:
        """For the page."""
        ratio = self.ratio
        cells = (
            ratio.name,
            NAMES[self.kind] if self.kind else "–",
            amount(ratio.ours, ratio.unit),
            amount(ratio.floor, ratio.unit),
            _times(ratio),
            _limit(ratio),
            "yes" if ratio.holds else "**no**",
        )
        return f"| {' | '.join(cells)} |"


def amount(value: float, unit: str) -> str:
    """12.3 ms, 1.24 s, 45.6 MB, or a plain number."""
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.2f} ms"
    if unit == "bytes":
        return f"{value / 2**20:.1f} MB"
    return f"{value:g} {unit}".strip()


def _times(ratio: Ratio) -> str:
    return f"{ratio.ours / ratio.floor:.2f} ×" if ratio.floor else "–"


def _limit(ratio: Ratio) -> str:
    times = f"{ratio.limit:g} ×"
    return f"{times} + {amount(ratio.plus, ratio.unit)}" if ratio.plus else times


def tell_making(prepared: Mapping[str, Prepared]) -> None:
    """How long the databases took to make."""
    for kind, one in prepared.items():
        rows = ", ".join(f"{number:,} {table}" for table, number in one.made["rows"].items())
        _making.append(f"* {NAMES[kind]}: made in {one.made['seconds']:.0f} s: {rows}")
        print(_making[-1], flush=True)


def write(docs: Path, measured: Sequence[Measured], order: Sequence[str]) -> None:
    """Every figure to ``figures.md``, a line for each group to ``performance.md``; what other groups found stays."""
    groups = [(group, list(figures)) for group, figures in groupby(measured, key=lambda one: one.group)]
    titles = list(map(_title, order))
    sections = {_title(group): "\n".join(_section(group, figures)) for group, figures in groups}
    if _making:
        sections[DATA] = "\n".join([DATA, "", f"* {_today()}", *_making])
    _renew(docs / "figures.md", "\n\n## ", "\n", sections, [DATA, *titles])
    sums = {_title(group): _sum(group, figures) for group, figures in groups}
    _renew(docs / "performance.md", "\n| ", " |", sums, ["group", "---", *titles])


def _renew(page: Path, mark: str, end: str, found: Mapping[str, str], order: Sequence[str]) -> None:
    """Put what was found in the place of what stands between the marks of a page under the same first words."""
    before, rest = page.read_text().split(BEGIN)
    block, after = rest.split(END)
    parts = {part.partition(end)[0]: part for part in block.split(mark)[1:]} | dict(found)
    page.write_text(before + BEGIN + "".join(mark + parts[name] for name in order if name in parts) + END + after)


def _title(group: str) -> str:
    return str(importlib.import_module(f"tests.bench.{group}").TITLE)


def _section(group: str, figures: Sequence[Measured]) -> Iterable[str]:
    yield _title(group)
    yield from ("", (importlib.import_module(f"tests.bench.{group}").__doc__ or "").strip(), "", f"* {_today()}", "")
    yield from ("| what | database | ours | floor | ratio | limit | holds |", "|---|---|---|---|---|---|---|")
    yield from (one.row() for one in figures)
    for notes in dict.fromkeys(one.notes for one in figures if one.notes):
        yield from ("", notes)


def _sum(group: str, figures: Sequence[Measured]) -> str:
    """How many figures a group has, how many hold, and which is the closest to its limit."""
    closest = max(figures, key=lambda one: one.ratio.ours / (one.ratio.most or 1))
    ratio, holding = closest.ratio, sum(one.ratio.holds for one in figures)
    where = f"{ratio.name}, {NAMES[closest.kind]}" if closest.kind else ratio.name
    told = f"{where}: {amount(ratio.ours, ratio.unit)} against {amount(ratio.floor, ratio.unit)}, limit {_limit(ratio)}"
    return f"{_title(group)} | {date.today():%Y-%m-%d} | {len(figures)} | {holding} | {told} |"


def _today() -> str:
    machine = f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{date.today():%Y-%m-%d}, {machine}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()

"""The figures as people read them: lines while they are made, and the page docs/performance.md."""

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

BEGIN, END = "<!-- figures: written by script/bench -->\n", "<!-- end of figures -->\n"
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


def write(path: Path, measured: Sequence[Measured]) -> None:
    """Put the figures between the marks of the page."""
    page = path.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(before + BEGIN + "\n".join(_figures(measured)) + "\n" + END + after)


def _figures(measured: Sequence[Measured]) -> Iterable[str]:
    broken = sum(not one.ratio.holds for one in measured)
    yield ""
    yield f"* {date.today():%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield from _making
    yield f"* {len(measured)} figures, {broken} broken" if broken else f"* {len(measured)} figures, all hold"
    for group, figures in groupby(measured, key=lambda one: one.group):
        ours = list(figures)
        module = importlib.import_module(f"tests.bench.{group}")
        yield from ("", f"## {module.TITLE}", "", (module.__doc__ or "").strip(), "")
        yield "| what | database | ours | floor | ratio | limit | holds |"
        yield "|---|---|---|---|---|---|---|"
        yield from (one.row() for one in ours)
        for notes in dict.fromkeys(one.notes for one in ours if one.notes):
            yield from ("", notes)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()

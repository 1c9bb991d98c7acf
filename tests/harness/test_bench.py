"""Every promise about speed, at a province's size on both databases: in the full run only (docs/performance.md)."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.harness.scale import FULL

ROOT = Path(__file__).resolve().parents[2]


if FULL:  # it takes a quarter of an hour, and a slice of it would say nothing: tests/bench tries that it runs

    def test_every_ratio_holds(record_property: Any) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        figures = [line for line in done.stdout.splitlines() if line.endswith(("holds", "BROKEN"))]
        assert done.returncode == 0, done.stderr[-4000:]
        record_property("found", f"{len(figures)} figures on both databases: all hold")

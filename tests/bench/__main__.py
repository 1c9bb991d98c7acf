"""``script/bench [--check] [--database KIND]… [GROUP…]``: measure everything, or some groups, and tell what holds.

A run at full size on both databases writes what its groups found to docs/performance.md and docs/figures.md;
others only print it.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "inspect"))

from tests.bench import report  # noqa: E402
from tests.bench.prepared import KINDS, SCALE, databases  # noqa: E402
from tests.bench.report import Measured  # noqa: E402

GROUPS = (
    "start",
    "law",
    "papers",
    "campaigns",
    "tables",
    "wide",
    "growth",
    "lists",
    "search",
    "lawbook",
    "exports",
    "load",
)
"""In the order in which they run; a group is a module with ``TITLE``, ``ON_EACH_DATABASE`` and ``ratios``.

``ratios(bench)`` gets a ``Prepared`` (None unless ``ON_EACH_DATABASE``) and returns a list of ``Ratio``. Its docstring
says in the report how the floor is made; ``notes(bench)``, where there is one, adds to the report.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0, or 1 where ``--check`` found a broken promise."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a ratio is broken; write nothing")
    parser.add_argument("--database", action="append", choices=KINDS, help="only this one (may be repeated)")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)} (default: all)")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    kinds = asked.database or list(KINDS)
    measured = measure([name for name in GROUPS if name in (asked.groups or GROUPS)], kinds)
    broken = [one for one in measured if not one.ratio.holds]
    if len(kinds) == len(KINDS) and SCALE == 1 and not asked.check:
        report.write(ROOT / "docs", measured, GROUPS)
    for one in broken:
        print(f"broken: {one.line()}", file=sys.stderr)
    return 1 if asked.check and broken else 0


def measure(names: Sequence[str], kinds: Sequence[str]) -> list[Measured]:
    """The groups on the databases; each figure is told as soon as it is there."""
    modules: list[ModuleType] = [importlib.import_module(f"tests.bench.{name}") for name in names]
    found: list[Measured] = []
    for module in modules:
        if not module.ON_EACH_DATABASE:
            found += _run(module, None, None)
    of_databases = [module for module in modules if module.ON_EACH_DATABASE]
    if of_databases:
        with databases(kinds) as prepared:
            report.tell_making(prepared)
            for module in of_databases:
                for kind in kinds:
                    found += _run(module, kind, prepared[kind])
    return found


def _run(module: ModuleType, kind: str | None, bench: object) -> list[Measured]:
    name = module.__name__.rpartition(".")[2]
    ratios = module.ratios(bench)
    notes = module.notes(bench) if hasattr(module, "notes") else ""
    found = [Measured(name, kind, ratio, notes) for ratio in ratios]
    for one in found:
        print(one.line(), flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())

"""Tags of violations: words by which forms speak of several violations at once."""

import tomllib
from functools import cache
from pathlib import Path

from ...law.violations import violations

_FILE = Path(__file__).resolve().parents[1] / "data" / "tags.toml"


@cache
def _tags() -> dict[str, frozenset[str]]:
    """Each tag with the codes it stands for: the catalogue's own categories, and those of ``data/tags.toml``."""
    found: dict[str, set[str]] = {}
    for violation in violations():
        if violation.category:
            found.setdefault(violation.category, set()).add(violation.code)
    for tag, codes in tomllib.loads(_FILE.read_text(encoding="utf-8"))["tags"].items():
        found.setdefault(tag, set()).update(codes)
    return {tag: frozenset(codes) for tag, codes in found.items()}


def codes_of(tag: str) -> frozenset[str]:
    """The violations that a tag means: those tagged so, or the one whose code it is."""
    return _tags().get(tag, frozenset({tag}))

"""How far the harnesses go: a slice of each in ``script/test``, everything in ``script/test --full``."""

import os

FULL = os.environ.get("FULL") == "1"


def count(sliced: int, full: int) -> int:
    """How often, how many, how long: the slice's number, or that of the full run."""
    return full if FULL else sliced

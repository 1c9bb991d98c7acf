"""The days of a violation's editions: no gap, no overlap, and a law that was there to rest on."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from ..model import Violation
from ..statutes import UnknownLaw, version_in_force
from .problems import Problem, place_of


def check_days(entry: Violation) -> Iterator[Problem]:
    """What is wrong with the days of the editions of a violation."""
    for older, newer in pairwise(entry.editions):
        if older.until is None or newer.since is None:
            yield Problem(place_of(newer), "an edition that has others beside it names its first and last day")
        elif newer.since <= older.until:
            yield Problem(place_of(older), f"overlaps: it holds to {older.until}, the next from {newer.since}")
        elif newer.since != older.until + timedelta(days=1):
            yield Problem(place_of(older), f"a gap: it holds to {older.until}, the next only from {newer.since}")
    for edition in entry.editions:
        for day in filter(None, (edition.since, edition.until)):
            try:
                rests = any(version_in_force(citation.law, day) for citation in edition.basis)
            except UnknownLaw:
                continue  # told of among the citations
            if not rests:
                yield Problem(place_of(edition), f"no law that it rests on was in force on {day}")

"""How common grams are, by PostgreSQL's statistics: common words are found by walking along the index's order.

The planner takes the grams of one word for independent of each other (门诊 and 诊部 in 门诊部), expects few rows, and
gathers forty thousand of which a page shows fifty. So what is common is asked for in a way that only walking serves.
"""

from collections.abc import Iterable
from time import monotonic
from typing import NamedTuple

from sqlalchemy import text

from ..extensions import db

KEPT_SECONDS = 600
"""Statistics change as slowly as what is in the table; asking them costs as much as a search."""

WALKS_FOR = 600
"""Rows that a page and its count look for on average, with what gathering a row costs beyond walking past one."""

_STATISTICS = text("""
    SELECT greatest(c.reltuples, 0), s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c JOIN pg_stats s ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname
    WHERE c.oid = to_regclass(:name) AND s.attname = 'tokens'
""")


class Statistics(NamedTuple):
    """How many entries a table has, and the share of them that bears each common gram or tag; when it was asked."""

    asked: float
    entries: float
    shares: dict[str, float]


_known: dict[tuple[str, str], Statistics] = {}


def is_common(name: str, tags: Iterable[str], grams: Iterable[str]) -> bool:
    """Whether so many entries of a table bear all grams in an area that walking past others finds them soonest.

    Walking passes 1 / share entries for each that it finds, gathering reads share × entries.
    """
    known = _statistics(name)
    share = min((known.shares.get(gram, 0.0) for gram in grams), default=0.0)
    for tag in tags:
        share *= known.shares.get(tag, 0.0)
    return share * share * known.entries > WALKS_FOR


def _statistics(name: str) -> Statistics:
    place = (str(db.engine.url), name)
    if place not in _known or monotonic() - _known[place].asked > KEPT_SECONDS:
        row = db.session.execute(_STATISTICS, {"name": name}).first()
        shares = dict(zip(row[1] or (), row[2] or (), strict=False)) if row else {}
        _known[place] = Statistics(monotonic(), row[0] if row else 0.0, shares)
    return _known[place]

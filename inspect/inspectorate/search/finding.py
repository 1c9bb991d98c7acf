"""Asking the index: the rows that bear all words, the latest first, from one walk of the index at any depth."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, column, false, literal, literal_column, table
from sqlalchemy.dialects import postgresql

from ..accounts.actor import Actor
from ..accounts.regions import covers, significant
from ..extensions import db
from ..paging import Key
from .commonness import is_common
from .entries import bring_up_to_date
from .grams import area, sought, words_in
from .searched import Searched

SORTED = 10_000
"""A list in another order than the index's sorts no more than this many of the latest rows found."""


_FOUND = "found_by_words"


def bearing(
    query: Select[Any],
    searched: Searched,
    asked: str,
    actor: Actor,
    *,
    region: str | None = None,
    department: str | None = None,
) -> Select[Any]:
    """The rows of a query that bear all words asked for; what is nothing but signs, nothing bears.

    ``region`` and ``department`` narrow it where the query is so narrowed; without them the actor's own do. The query
    keeps its own conditions: the index only knows where to look. ``arranged`` gives its order.
    """
    words = words_in(asked)
    if not words:
        return query.where(false()) if asked.strip() else query
    bring_up_to_date(db.session())
    entry = searched.table
    found = query.join(entry, entry.c.row_id == searched.model.id)
    found = found.where(*_clauses(searched, _tags(actor, region, department), words))
    return found.execution_options(**{_FOUND: (searched, query)})


def arranged(
    query: Select[Any], keys: Sequence[Key], *, otherwise: bool = False, down: bool = True
) -> tuple[Select[Any], Sequence[Key]]:
    """A query and its order: the one given, but that of the index where words were sought.

    ``otherwise``: somebody asks for the given order; then it is that of the latest ``SORTED`` rows found.
    """
    if _FOUND not in query.get_execution_options():
        return query, keys
    searched, unsought = query.get_execution_options()[_FOUND]
    place = _place(searched)
    if not otherwise:
        return query, [Key(place, down, value=searched.place)]
    latest = query.with_only_columns(searched.model.id).order_by(None).order_by(place.desc()).limit(SORTED)
    return unsought.where(searched.model.id.in_(latest)), keys


def _tags(actor: Actor, region: str | None, department: str | None) -> list[str]:
    """The area that is asked for; none where an actor sees all departments."""
    narrowest = region if region and covers(actor.region_code, region) else actor.region_code
    bound = department or actor.sector
    return [area(significant(narrowest), bound)] if bound is not None else []


def _place(searched: Searched) -> Any:
    return _grams(searched).c.rowid if _is_sqlite() else searched.table.c.place


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _grams(searched: Searched) -> Any:
    name = f"{searched.table.name}_grams"
    return table(name, column("rowid", searched.table.c.place.type), column(name))


def _clauses(searched: Searched, tags: list[str], words: list[str]) -> list[ColumnElement[bool]]:
    """What must hold of an entry. The grams tell where a word may be; the text tells where it is."""
    entry = searched.table
    wanted = set[str]().union(*map(sought, words))
    tokens = sorted(wanted.union(tags))
    holding = [entry.c.text.contains(word) for word in words]
    if _is_sqlite():
        grams = _grams(searched)
        matching = grams.c[grams.name].op("MATCH")(" ".join(f'"{token}"' for token in tokens))
        return [matching, entry.c.place == grams.c.rowid, *holding]
    if is_common(entry.name, tags, wanted):
        return [*holding, *(entry.c.tags.contains(tag) for tag in tags)]
    array = postgresql.ARRAY(postgresql.TEXT)
    has_all = literal_column(f"{entry.name}.tokens", array).op("@>")(literal(tokens, array))
    return [*holding, has_all]

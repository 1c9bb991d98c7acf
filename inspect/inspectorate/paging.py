"""Lists in parts by keyset: as quick at the end of a million rows as at the beginning, and steady while rows come in.

The place in a list is a token in the address (``after`` or ``before``): the sort keys of the row that it follows or
precedes.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, tuple_

from .accounts.scope import LARGEST_ID
from .extensions import db

PART = 50
"""Rows on one page of a list."""

COUNTED = 1_000
"""Lists longer than this are not counted to the end."""

LARGEST_PLACE = 2**53 - 1
"""The search index orders by larger numbers than any id; JSON holds them up to here."""

Row = TypeVar("Row")


class Key(NamedTuple):
    """A column of the order; it is never NULL. The last key of an order is unique. ``down``: greatest first.

    ``value``: how a row gives the key, where the column is none of its own.
    """

    column: Any
    down: bool = False
    value: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        """The key of a row."""
        return self.value(row) if self.value else getattr(row, self.column.key)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """One page of a list; ``earlier`` and ``later``: arguments of its neighbours' addresses, None at the ends."""

    rows: Sequence[Row]
    earlier: dict[str, str] | None
    later: dict[str, str] | None


def part_of(
    query: Select[Row],
    keys: Sequence[Key],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PART,
) -> Part[Row]:
    """The rows that follow ``after`` or precede ``before``, else the first; a token that is not ours counts as none."""
    start = _place(after, keys)
    end = _place(before, keys) if start is None else None
    backwards = end is not None
    place = start or end
    narrowed = query if place is None else query.where(_beyond(keys, place, backwards))
    order = [key.column.desc() if key.down != backwards else key.column.asc() for key in keys]
    rows = list(db.session.scalars(narrowed.order_by(None).order_by(*order).limit(size + 1)).unique())
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_earlier = more if backwards else start is not None
    has_later = backwards or more
    return Part(
        rows,
        {"before": _token(keys, rows[0])} if rows and has_earlier else None,
        {"after": _token(keys, rows[-1])} if rows and has_later else None,
    )


def count_of(query: Select[Any], most: int = COUNTED) -> int:
    """How many rows a list has, counted no further than ``most`` + 1, so that it stays cheap."""
    inner = query.with_only_columns(literal(1), maintain_column_froms=True).order_by(None).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def _beyond(keys: Sequence[Key], place: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """Keys that run one way are compared as one row: only so do both databases start reading at the place."""
    if len({key.down for key in keys}) == 1:
        columns, values = tuple_(*(key.column for key in keys)), tuple_(*place)
        return columns < values if keys[0].down != backwards else columns > values
    clause: ColumnElement[bool] = false()
    bound = [literal(value, key.column.type) for key, value in zip(keys, place, strict=True)]
    for key, value in reversed(list(zip(keys, bound, strict=True))):
        further = key.column < value if key.down != backwards else key.column > value
        clause = or_(further, and_(key.column == value, clause))
    return clause


def _token(keys: Sequence[Key], row: Any) -> str:
    values = [key.of(row) for key in keys]
    plain = [{_named(value): value.isoformat()} if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _named(value: date) -> str:
    return "at" if isinstance(value, datetime) else "day"


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["day"])


def _place(token: str | None, keys: Sequence[Key]) -> list[Any] | None:
    if not token:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        values = [_read(value) for value in plain]
    except (ValueError, KeyError, TypeError, binascii.Error, UnicodeDecodeError):
        return None
    kinds = [key.column.type.python_type for key in keys]
    if len(values) != len(keys) or not all(type(one) is kind for one, kind in zip(values, kinds, strict=True)):
        return None
    return values if all(map(_is_storable, keys, values)) else None


def _is_storable(key: Key, value: Any) -> bool:
    """Whether a database can compare with the value: no number beyond its columns, no text beyond its letters."""
    if isinstance(value, datetime):
        return value.tzinfo is not None and 1 < value.year < 9999
    if isinstance(value, int):
        return abs(value) <= (LARGEST_PLACE if key.value else LARGEST_ID)
    return not isinstance(value, str) or not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value)

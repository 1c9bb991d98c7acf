"""Which tables and keys a form definition knows, and of what shape their values are."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from ...objections import N_
from .draft import Draft, place_of


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) for v in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_text_or_texts(value: Any) -> bool:
    return _is_text(value) or _is_texts(value)


Test = Callable[[Any], bool]
_SHAPES: dict[Test, str] = {
    _is_text: N_("text in quotes"),
    _is_texts: N_("a list of texts"),
    _is_flag: "true / false",
    _is_count: N_("a whole number of 0 or more"),
    _is_day: N_("a date such as 2021-06-01, without quotes"),
    _is_table: N_("a table { … }"),
    _is_tables: N_("a list of tables"),
    _is_list: N_("a list"),
    _is_text_or_texts: N_("text or a list of texts"),
}
NODE_KEYS: dict[str, Test] = {
    "id": _is_text, "label": _is_text, "up": _is_text, "block": _is_text, "m": _is_text, "where": _is_table,
    "unit": _is_text_or_texts, "type": _is_text, "places": _is_count, "pair": _is_texts, "sep": _is_text,
    "total": _is_texts, "subset": _is_flag, "memo": _is_flag, "stock": _is_flag, "cells": _is_texts, "na": _is_texts,
    "expand": _is_text, "list": _is_list, "repeat": _is_text, "source": _is_text, "show_leaf_labels": _is_flag,
    "headers_here": _is_flag,
}  # fmt: skip


class _Shape(NamedTuple):
    """The keys of one kind of table: which are known, which required, whether others are kept as description."""

    keys: dict[str, Test]
    required: tuple[str, ...] = ()
    open: bool = False
    many: bool = True


_TABLES: dict[str, _Shape] = {
    "form": _Shape({"id": _is_text, "title": _is_text, "annex": _is_text, "domain": _is_text, "issuer": _is_text,
                    "head": _is_text, "corner": _is_text, "layout": _is_text, "annulled": _is_text,
                    "penalties": _is_text},
                   ("id", "title"), open=True, many=False),
    "period": _Shape({"kind": _is_text, "from": _is_day, "to": _is_day}, ("kind",), open=True, many=False),
    "report": _Shape({"chain": _is_texts, "due": _is_table, "empty": _is_text, "seal": _is_flag,
                      "signers": _is_texts, "accompany": _is_texts}, open=True, many=False),
    "evidence": _Shape({}, open=True, many=False),
    "known": _Shape({}, open=True),
    "dept": _Shape({"id": _is_text, "name": _is_text, "supplies": _is_texts, "via": _is_text}, ("id",)),
    "axis": _Shape({"id": _is_text, "choices": _is_texts}, ("id", "choices")),
    "col": _Shape(NODE_KEYS, ("id",)),
    "row": _Shape(NODE_KEYS, ("id",)),
    "template": _Shape({"id": _is_text, "nodes": _is_tables}, ("id", "nodes")),
    "rate": _Shape({"id": _is_text, "label": _is_text, "expr": _is_text, "places": _is_count, "rank": _is_flag},
                   ("id", "expr")),
    "check": _Shape({"rule": _is_text, "level": _is_text, "over": _is_text, "text": _is_text}, ("rule", "level")),
    "foot": _Shape({"kind": _is_text, "text": _is_text}, ("kind", "text"), open=True),
    "statement": _Shape({"id": _is_text, "title": _is_text, "lines": _is_texts}, ("id",)),
    "attach": _Shape({"id": _is_text, "title": _is_text, "kind": _is_text, "columns": _is_texts,
                      "sections": _is_texts, "law_cell": _is_text, "penalty_cell": _is_text, "note": _is_text},
                     ("id",)),
}  # fmt: skip


def read_tables(draft: Draft, document: dict[str, Any]) -> None:
    for name, content in document.items():
        if name == "schema":
            if content != 1:
                draft.refuse(draft.lines.key("", 0, "schema"), "schema", N_("only schema = 1 is known"))
        elif name not in _TABLES:
            line = draft.lines.table(name) or draft.lines.key("", 0, name)
            draft.refuse_unknown(line, f"[{name}]", N_("unknown table “%(word)s”"), name, _TABLES)
        else:
            _read_table(draft, name, content)
    if "form" not in document:
        draft.refuse(1, "[form]", N_("the table [form] with id and title is missing"))
    if "row" not in document:
        draft.refuse(1, "[[row]]", N_("a form needs at least one [[row]]"))


def _read_table(draft: Draft, name: str, content: Any) -> None:
    shape = _TABLES[name]
    if shape.many != isinstance(content, list) or not (_is_tables(content) or _is_table(content)):
        expected = f"[[{name}]]" if shape.many else f"[{name}]"
        draft.refuse(draft.lines.table(name), f"[{name}]", N_("must be written as %(form)s"), form=expected)
        return
    draft.tables[name] = content if shape.many else [content]
    for index, table in enumerate(draft.tables[name]):
        _check_shape(draft, name, index, table, shape)


def _check_shape(draft: Draft, name: str, index: int, table: dict[str, Any], shape: _Shape) -> None:
    place = place_of(name, table)
    for key in shape.required:
        if key not in table:
            draft.refuse(draft.lines.table(name, index), place, N_("“%(key)s” is missing"), key=key)
    for key, value in table.items():
        line = draft.lines.key(name, index, key)
        if key in shape.keys:
            test = shape.keys[key]
            if not test(value):
                draft.refuse(line, place, N_("“%(key)s” must be %(shape)s"), key=key, shape=_SHAPES[test])
        elif not shape.open:
            draft.refuse_unknown(line, place, N_("unknown key “%(word)s”"), key, shape.keys)

"""From a TOML file to a `FormDefinition`, or to all its problems at once, each with its line."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ...objections import N_
from . import parsing_nodes, parsing_parts
from .definition import (
    Axis,
    Department,
    FormDefinition,
    Period,
    Report,
    Table,
    Tree,
)
from .problems import DefinitionError, Problem, nearest
from .toml_lines import Lines
from .vocabulary import AXIS_CHOICES, PERIOD_KINDS

_REPORT_KEYS = ("chain", "due", "empty", "seal", "signers", "accompany")
_PERIOD_KEYS = ("kind", "from", "to")


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


@dataclass(frozen=True, slots=True)
class _Shape:
    """The keys of one kind of table: which are known, which required, whether others are kept as description."""

    keys: dict[str, Test]
    required: tuple[str, ...] = ()
    open: bool = False
    many: bool = True


_TABLES: dict[str, _Shape] = {
    "form": _Shape({"id": _is_text, "title": _is_text, "annex": _is_text, "domain": _is_text, "issuer": _is_text,
                    "head": _is_text, "corner": _is_text, "layout": _is_text, "annulled": _is_text},
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


@dataclass(slots=True)
class Draft:
    """The file while it is being read: its tables, its lines, and the problems and warnings found so far."""

    file: str
    lines: Lines
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, line: int | None, place: str, message: str, **params: object) -> None:
        self.problems.append(Problem(line, place, message, {k: str(v) for k, v in params.items()}))

    def refuse_unknown(self, line: int | None, place: str, message: str, word: str, words: Iterable[str]) -> None:
        """Refuse a word, and offer the known one that is nearest to it."""
        self.problems.append(Problem(line, place, message, {"word": word}, nearest(word, words)))

    def one(self, name: str) -> dict[str, Any]:
        return (self.tables.get(name) or [{}])[0]

    def many(self, name: str) -> list[dict[str, Any]]:
        return self.tables.get(name, [])

    def check_choice(self, name: str, index: int, key: str, choices: Iterable[str]) -> None:
        """Refuse a value that is not among the known words."""
        table, choices = self.many(name)[index], tuple(choices)
        if isinstance(table.get(key), str) and table[key] not in choices:
            self.refuse(
                self.lines.key(name, index, key),
                place_of(name, table),
                N_("“%(value)s” is not a known %(key)s; known: %(choices)s"),
                value=table[key],
                key=key,
                choices=", ".join(choices),
            )


def place_of(name: str, table: Table) -> str:
    """How a table is called in a message: `row "fine_sum"`."""
    return f'{name} "{table["id"]}"' if isinstance(table.get("id"), str) else f"[{name}]"


def load(path: Path) -> FormDefinition:
    """Read a form definition from a file.

    Raises:
        DefinitionError: with every problem, file and line.
        OSError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(path.name, [Problem(1, "", N_("the file is not UTF-8 text"))]) from None
    return parse(text, path.name)


def parse(text: str, file: str = "form.toml") -> FormDefinition:
    """Read a form definition.

    Raises:
        DefinitionError: with every problem, file and line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, [_syntax_problem(str(error), text)]) from None
    draft = Draft(file, Lines(text))
    _read_tables(draft, document)
    if draft.problems:  # shapes first: references make sense only between well-formed tables
        raise DefinitionError(file, draft.problems)
    definition = _definition(draft)
    if draft.problems:
        raise DefinitionError(file, draft.problems)
    return definition


def _syntax_problem(error: str, text: str) -> Problem:
    reason, _, position = error.partition(" (at ")
    number = position.removeprefix("line ").split(",")[0]
    line = int(number) if number.isdigit() else len(text.splitlines())
    return Problem(line, "", N_("not valid TOML: %(reason)s"), {"reason": reason})


def _read_tables(draft: Draft, document: dict[str, Any]) -> None:
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


def _definition(draft: Draft) -> FormDefinition:
    cols = parsing_nodes.read_tree(draft, "col", parsing_nodes.read_templates(draft, NODE_KEYS))
    rows = parsing_nodes.read_tree(draft, "row", parsing_nodes.read_templates(draft, NODE_KEYS, report=False))
    cols = cols if cols.nodes else parsing_nodes.single_column(rows)
    measures_on = parsing_nodes.measured_axis(draft, cols, rows)
    parsing_nodes.check_references(draft, cols, rows)
    rates, rates_on = parsing_parts.read_rates(draft, cols, rows)
    return FormDefinition(
        id=draft.one("form")["id"],
        title=draft.one("form")["title"],
        about=_about(draft),
        period=_period(draft),
        report=_report(draft),
        departments=_departments(draft, cols, rows),
        axes=_axes(draft),
        cols=cols,
        rows=rows,
        rates=rates,
        rates_on=rates_on or measures_on,
        checks=parsing_parts.read_checks(draft, cols, rows, rates),
        feet=parsing_parts.read_feet(draft),
        statements=parsing_parts.read_statements(draft),
        attachments=parsing_parts.read_attachments(draft),
        known=tuple(draft.many("known")),
        evidence=draft.one("evidence"),
        measures_on=measures_on,
        warnings=tuple(draft.warnings),
    )


def _about(draft: Draft) -> Table:
    draft.check_choice("form", 0, "annulled", ("count",))
    form_id = draft.one("form")["id"]
    if not parsing_nodes.ID.fullmatch(form_id):
        draft.refuse(draft.lines.key("form", 0, "id"), "[form]", parsing_nodes.BAD_ID, id=form_id)
    return draft.one("form")


def _period(draft: Draft) -> Period:
    table = draft.one("period")
    if table:
        draft.check_choice("period", 0, "kind", PERIOD_KINDS)
    start, end = table.get("from"), table.get("to")
    if start and end and end < start:
        draft.refuse(draft.lines.key("period", 0, "to"), "[period]", N_("“to” lies before “from”"))
    more = {k: v for k, v in table.items() if k not in _PERIOD_KEYS}
    return Period(table.get("kind", "on-demand"), start, end, more)


def _report(draft: Draft) -> Report:
    table = draft.one("report")
    empty = table.get("empty", "unstated")
    return Report(
        chain=tuple(table.get("chain", ())),
        due=table.get("due", {}),
        empty=empty if empty in ("blank-ok", "zero-fill") else "unstated",
        seal=table.get("seal", False),
        signers=tuple(table.get("signers", ())),
        accompany=tuple(table.get("accompany", ())),
        more={k: v for k, v in table.items() if k not in _REPORT_KEYS},
    )


def _departments(draft: Draft, cols: Tree, rows: Tree) -> tuple[Department, ...]:
    departments = []
    for index, table in enumerate(draft.many("dept")):
        draft.check_choice("dept", index, "via", ("system", "return"))
        for node_id in table.get("supplies", ()):
            if node_id not in cols and node_id not in rows:
                line = draft.lines.key("dept", index, "supplies")
                message = N_("“supplies” names “%(word)s”, which is no column or row")
                draft.refuse_unknown(line, place_of("dept", table), message, node_id, [*cols.nodes, *rows.nodes])
        supplies = tuple(table.get("supplies", ()))
        departments.append(
            Department(table["id"], table.get("name", table["id"]), supplies, table.get("via", "system"))
        )
    return tuple(departments)


def _axes(draft: Draft) -> tuple[Axis, ...]:
    for index, table in enumerate(draft.many("axis")):
        for choice in table["choices"]:
            if choice not in AXIS_CHOICES:
                line = draft.lines.key("axis", index, "choices")
                message = N_("unknown choice “%(word)s”")
                draft.refuse_unknown(line, place_of("axis", table), message, choice, AXIS_CHOICES)
    return tuple(Axis(table["id"], tuple(table["choices"])) for table in draft.many("axis"))

"""What stands beside the grid: rates, checks, footers, statements, attachments."""

import re
from typing import Any

from ...objections import N_
from .definition import Attachment, Check, Foot, Measure, Rate, Statement, Tree
from .draft import Draft
from .entries import BAD_ID, ID, Place
from .expressions import (
    ExpressionError,
    multiplies_by_number,
    names,
    parse_rate,
    parse_rule,
)
from .parsing_measures import read_measure

_BLANK = re.compile(r"\{(\w+)\}")


def addresses(tree: Tree) -> set[str]:
    """Every id by which an expression may name a figure of this axis: nodes, and the parts of pairs."""
    return set(tree.nodes) | {part.id for node in tree for part in node.parts}


def axis_of(ids: tuple[str, ...], cols: Tree, rows: Tree, more: set[str] = frozenset()) -> str | None:  # type: ignore[assignment]
    """The one axis on which all ids lie, rows first; None when they are on neither or on both mixed."""
    for name, tree in (("rows", rows), ("cols", cols)):
        known = addresses(tree) | more
        if all(i in known or _is_expanded(i, tree) for i in ids):
            return name
    return None


def _is_expanded(node_id: str, tree: Tree) -> bool:
    """`below.330106` names a line that an expanded node will have."""
    head, dot, _ = node_id.partition(".")
    return bool(dot) and head in tree and tree[head].expand is not None


def read_rates(draft: Draft, cols: Tree, rows: Tree) -> tuple[tuple[Rate, ...], str | None]:
    """The rates, and the axis whose nodes they divide (all of one form stand on the same)."""
    rates: list[Rate] = []
    axes: list[str] = []
    for index, table in enumerate(draft.many("rate")):
        place, line = f'rate "{table["id"]}"', draft.lines.key("rate", index, "expr")
        if not ID.fullmatch(table["id"]):
            draft.refuse(draft.lines.key("rate", index, "id"), place, BAD_ID, id=table["id"])
        if table["id"] in cols or table["id"] in rows or table["id"] in (r.id for r in rates):
            draft.refuse(draft.lines.key("rate", index, "id"), place, N_("the id is already used"))
        try:
            expression = parse_rate(table["expr"])
        except ExpressionError as error:
            draft.refuse(line, place, error.message, **error.params)
            continue
        axis = _check_ids(draft, line, place, names(expression), cols, rows)
        if axis:
            axes.append(axis)
        label = table.get("label") or _rate_label(names(expression), cols, rows)
        rates.append(
            Rate(table["id"], label, table["expr"], expression, not multiplies_by_number(expression),
                 table.get("places", 2), table.get("rank", False))
        )  # fmt: skip
    if len(set(axes)) > 1:
        draft.refuse(draft.lines.table("rate"), "[[rate]]", N_("the rates stand on different axes"))
    return tuple(rates), axes[0] if axes else None


def _rate_label(ids: tuple[str, ...], cols: Tree, rows: Tree) -> str:
    """A rate without a label: 部分占整体比例."""
    labels = [(rows if i in rows else cols)[i].label for i in ids if i in rows or i in cols]
    return f"{labels[0]}占{labels[1]}比例(%)" if len(labels) == 2 else "比例(%)"


def _check_ids(draft: Draft, line: int | None, place: str, ids: tuple[str, ...], cols: Tree, rows: Tree,
               more: frozenset[str] = frozenset()) -> str | None:  # fmt: skip
    axis = axis_of(ids, cols, rows, set(more))
    if axis is None:
        known = addresses(cols) | addresses(rows) | more
        strangers = [i for i in ids if i not in known and not _is_expanded(i, rows) and not _is_expanded(i, cols)]
        for stranger in strangers:
            draft.refuse_unknown(line, place, N_("“%(word)s” is no column, row or rate"), stranger, known)
        if not strangers:
            draft.refuse(line, place, N_("mixes rows and columns"))
    return axis


def read_checks(draft: Draft, cols: Tree, rows: Tree, rates: tuple[Rate, ...]) -> tuple[Check, ...]:
    checks = []
    foot_names = {key for table in draft.many("foot") for key in table if key not in ("kind", "text")}
    for index, table in enumerate(draft.many("check")):
        draft.check_choice("check", index, "level", ("error", "warn"))
        draft.check_choice("check", index, "over", ("cells", "foot"))
        line, place = draft.lines.key("check", index, "rule"), f"check “{table['rule']}”"
        try:
            parsed = parse_rule(table["rule"])
        except ExpressionError as error:
            draft.refuse(line, place, error.message, **error.params)
            continue
        over = table.get("over", "cells")
        if over == "foot":
            for name in names(parsed):
                if name not in foot_names:
                    draft.refuse_unknown(line, place, N_("“%(word)s” is no count of the footer"), name, foot_names)
        else:
            _check_ids(draft, line, place, names(parsed), cols, rows, frozenset(r.id for r in rates))
        checks.append(Check(table["rule"], parsed, table["level"], over, table.get("text")))
    return tuple(checks)


def read_feet(draft: Draft) -> tuple[Foot, ...]:
    feet = []
    for index, table in enumerate(draft.many("foot")):
        draft.check_choice("foot", index, "kind", ("counts", "note"))
        counts = _foot_counts(draft, index, table)
        feet.append(Foot(table["kind"], table["text"], counts))
    return tuple(feet)


def _foot_counts(draft: Draft, index: int, table: dict[str, Any]) -> dict[str, Measure]:
    reader, counts = Place(draft, "foot", index), {}
    blanks = set(_BLANK.findall(table["text"])) if table["kind"] == "counts" else set()
    for key, value in table.items():
        if key in ("kind", "text"):
            continue
        if key not in blanks:
            reader.refuse_unknown(key, N_("unknown key “%(word)s”: the text has no such {name}"), key, blanks)
        elif not isinstance(value, str):
            reader.refuse(key, N_("“%(name)s” must be the name of a measure, in quotes"), name=key)
        elif measure := read_measure(reader, key, value):
            counts[key] = measure
    for name in sorted(blanks - set(table)):
        reader.refuse("text", N_("the text asks for {%(name)s}, but no measure is given for it"), name=name)
    return counts


def read_statements(draft: Draft) -> tuple[Statement, ...]:
    return tuple(Statement(t["id"], t.get("title"), tuple(t.get("lines", ()))) for t in draft.many("statement"))


def read_attachments(draft: Draft) -> tuple[Attachment, ...]:
    for index in range(len(draft.many("attach"))):
        draft.check_choice("attach", index, "kind", ("case_list", "summary"))
    return tuple(
        Attachment(
            id=t["id"],
            title=t.get("title"),
            kind=t.get("kind", "summary"),
            columns=tuple(t.get("columns", ())),
            sections=tuple(t.get("sections", ())),
            law_cell=t.get("law_cell"),
            penalty_cell=t.get("penalty_cell"),
            note=t.get("note"),
        )
        for t in draft.many("attach")
    )

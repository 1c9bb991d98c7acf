"""Columns and rows: read into trees, inherited values filled in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ... import limits
from ...objections import N_
from .definition import Node, Part, Tree
from .draft import Draft
from .entries import Entry, Templates, read_entries
from .parsing_measures import read_conditions, read_part, units_of_pair
from .totals import like_their_parts
from .vocabulary import EXPANSIONS, NODE_TYPES, SOURCES, Kind

MAX_LEVELS = 4
_INHERITED = ("m", "unit", "type", "places", "source", "block", "cells", "na", "stock")


class Axis(NamedTuple):
    """One axis as read: its nodes, and each as it is written."""

    tree: Tree
    entries: Mapping[str, Entry]


def read_axis(draft: Draft, axis: str, templates: Templates) -> Axis:
    """All nodes of one axis, inherited values filled in, parents before children."""
    entries: dict[str, Entry] = {}
    for number, entry in enumerate(read_entries(draft, axis, templates)):
        if number >= limits.NODES:
            entry.refuse("id", N_("more than %(most)s columns or rows on one axis"), most=limits.NODES)
            return Axis(Tree({}), {})
        node_id = entry.table["id"]
        if node_id in entries:
            first = entries[node_id].line("id")
            entry.refuse("id", N_("the id is already used in line %(first)s"), first=first)
        entries.setdefault(node_id, entry)
    _check_parents(entries)
    if any(p.message in _FATAL for p in draft.problems):
        return Axis(Tree({}), {})
    ordered = _depth_first(entries)
    nodes: dict[str, Node] = {}
    merged: dict[str, dict[str, Any]] = {}
    for entry in ordered:
        parent = nodes.get(entry.table.get("up", ""))
        table = _inherit(entry, merged)
        merged[entry.table["id"]] = table
        nodes[entry.table["id"]] = _node(entry, table, parent)
    return Axis(like_their_parts(Tree(nodes)), entries)


_UNKNOWN_PARENT = N_("“up” names “%(word)s”, which is not on this axis")
_CYCLE = N_("“up” goes round in a circle")
_TOO_DEEP = N_("more than %(levels)s header levels")
_FATAL = (_CYCLE, _TOO_DEEP)


def _check_parents(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        up = entry.table.get("up")
        if up is not None and up not in entries:
            entry.refuse_unknown("up", _UNKNOWN_PARENT, up, entries)
            entry.table = {k: v for k, v in entry.table.items() if k != "up"}
        seen = {entry.table["id"]}
        while up in entries:
            if up in seen:
                entry.refuse("up", _CYCLE)
                break
            seen.add(up)
            up = entries[up].table.get("up")
        else:
            if len(seen) > MAX_LEVELS:
                entry.refuse("up", _TOO_DEEP, levels=MAX_LEVELS)


def _depth_first(entries: dict[str, Entry]) -> list[Entry]:
    children: dict[str | None, list[Entry]] = {}
    for entry in entries.values():
        children.setdefault(entry.table.get("up"), []).append(entry)
    ordered: list[Entry] = []

    def visit(up: str | None) -> None:
        for entry in children.get(up, ()):
            ordered.append(entry)
            visit(entry.table["id"])

    visit(None)
    return ordered


def _inherit(entry: Entry, merged: dict[str, dict[str, Any]]) -> dict[str, Any]:
    table = dict(entry.table)
    above = merged.get(table.get("up", ""), {})
    for key in _INHERITED:
        if key in above and key not in table and not (key in ("m", "unit") and _counts_itself(table)):
            table[key] = above[key]
    return table


def _counts_itself(table: dict[str, Any]) -> bool:
    """A node with an own pair takes over neither measure nor unit."""
    return "pair" in table


def _node(entry: Entry, table: dict[str, Any], parent: Node | None) -> Node:
    for key, known in (("type", NODE_TYPES), ("source", SOURCES), ("expand", EXPANSIONS)):
        if key in table and table[key] not in known:
            entry.refuse_unknown(key, N_("unknown value “%(word)s”"), table[key], known)
    if ("list" in table) != (table.get("expand") == "list"):
        entry.refuse("expand", N_('“expand = "list"” and “list = […]” belong together'))
    unit = table.get("unit")
    return Node(
        id=table["id"],
        label=table.get("label", ""),
        up=table.get("up"),
        block=table.get("block"),
        where=(*(parent.where if parent else ()), *read_conditions(entry)),
        parts=_parts(entry, table),
        sep=table.get("sep", "/"),
        type=table.get("type"),
        unit=unit if isinstance(unit, str) else None,
        total=tuple(table.get("total", ())),
        subset=table.get("subset", False),
        memo=table.get("memo", False),
        stock=table.get("stock", False),
        cells=tuple(table.get("cells", ())),
        na=tuple(table.get("na", ())),
        expand=table.get("expand"),
        items=tuple(str(item) for item in table.get("list", ())),
        source=table.get("source", "system"),
        show_leaf_labels=table.get("show_leaf_labels", False),
        headers_here=table.get("headers_here", False),
        line=entry.line("id"),
    )


def _parts(entry: Entry, table: dict[str, Any]) -> tuple[Part, ...]:
    node_id, pair = table["id"], table.get("pair")
    if pair is not None:
        if "m" in entry.table:
            entry.refuse("pair", N_("“m” and “pair” exclude each other"))
        if len(pair) != 2:
            entry.refuse("pair", N_("“pair” needs exactly two measures"))
            return ()
        written = table.get("unit")
        if isinstance(written, list) and len(written) != 2:
            entry.refuse("unit", N_("a “pair” has one unit or two"))
            return ()
        units = units_of_pair(pair, written, table.get("sep", "/"))
        return tuple(
            read_part(entry, f"{node_id}.{n}", text, unit, table)
            for n, (text, unit) in enumerate(zip(pair, units, strict=True), 1)
        )
    if isinstance(table.get("unit"), list):
        entry.refuse("unit", N_("two units belong to a “pair” only"))
        return ()
    return (read_part(entry, node_id, table.get("m"), table.get("unit"), table),)


def single_column() -> Tree:
    """A form without [[col]] has one column `n` (数量)."""
    return Tree({"n": Node("n", "数量", parts=(Part("n", None, Kind.QUANTITY, None, None),))})

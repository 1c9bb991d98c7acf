"""Columns and rows: reading, inheriting, and checking what they refer to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ...objections import N_
from .definition import Condition, Measure, Node, Part, Term, Tree
from .draft import Draft
from .vocabulary import (
    ATTRIBUTE_PREFIX,
    CLOSED_FILTERS,
    ENTERED,
    EXPANSIONS,
    FILTERS,
    MEASURES,
    MONEY_UNITS,
    NODE_TYPES,
    PREFIXED_MEASURES,
    SOURCES,
    Kind,
)

ID = re.compile(r"[\w-]+")
BAD_ID = N_("“%(id)s” cannot be an id: only letters, digits, _ and -")
MAX_LEVELS = 4
_COMPARISON = re.compile(r"(>=|<=|==|>|<)\s*(-?\d+(?:\.\d+)?)")
_ARGUMENT = re.compile(r"[\w.\-]+")
_INHERITED = ("m", "unit", "type", "places", "source", "block", "cells", "na", "stock")

Templates = dict[str, list[dict[str, Any]]]


class _Entry:
    """One node as written, with where it stands; nodes of a template stand in the template's list."""

    def __init__(self, axis: str, index: int, table: dict[str, Any], line: int | None, lines: Draft) -> None:
        self.axis, self.index, self.table, self.own_line, self.draft = axis, index, table, line, lines
        self.place = f'{axis} "{table["id"]}"'

    def line(self, key: str) -> int | None:
        return self.own_line if self.index < 0 else self.draft.lines.key(self.axis, self.index, key)

    def refuse(self, key: str, message: str, **params: object) -> None:
        self.draft.refuse(self.line(key), self.place, message, **params)

    def refuse_unknown(self, key: str, message: str, word: str, words: Iterable[str]) -> None:
        self.draft.refuse_unknown(self.line(key), self.place, message, word, words)


def read_templates(draft: Draft, node_keys: Mapping[str, Any], *, report: bool = True) -> Templates:
    """The node lists of [[template]] by id; problems are noted once, when `report` is set."""
    templates: Templates = {}
    for index, table in enumerate(draft.many("template")):
        place, start = f'template "{table["id"]}"', draft.lines.table("template", index)
        for node in table["nodes"] if report else ():
            line = draft.lines.containing(f'"{node.get("id")}"', start)
            if not isinstance(node.get("id"), str):
                draft.refuse(start, place, N_("“%(key)s” is missing"), key="nodes.id")
            for key, value in node.items():
                if key not in node_keys:
                    draft.refuse_unknown(line, place, N_("unknown key “%(word)s”"), key, node_keys)
                elif not node_keys[key](value):
                    draft.refuse(line, place, N_("“%(key)s” has the wrong kind of value"), key=key)
        templates[table["id"]] = [node for node in table["nodes"] if isinstance(node.get("id"), str)]
    return templates


def read_tree(draft: Draft, axis: str, templates: Templates) -> Tree:
    """All nodes of one axis, inherited values filled in, parents before children."""
    entries: dict[str, _Entry] = {}
    for entry in _entries(draft, axis, templates):
        node_id = entry.table["id"]
        if node_id in entries:
            first = entries[node_id].line("id")
            entry.refuse("id", N_("the id is already used in line %(first)s"), first=first)
        entries.setdefault(node_id, entry)
    _check_parents(entries)
    if any(p.message in _FATAL for p in draft.problems):
        return Tree({})
    ordered = _depth_first(entries)
    nodes: dict[str, Node] = {}
    merged: dict[str, dict[str, Any]] = {}
    for entry in ordered:
        parent = nodes.get(entry.table.get("up", ""))
        table = _inherit(entry, merged)
        merged[entry.table["id"]] = table
        nodes[entry.table["id"]] = _node(entry, table, parent)
    tree = Tree(nodes)
    _check_depth(entries, tree)
    return tree


def _entries(draft: Draft, axis: str, templates: Templates) -> Iterator[_Entry]:
    for index, table in enumerate(draft.many(axis)):
        entry = _Entry(axis, index, table, draft.lines.table(axis, index), draft)
        if not ID.fullmatch(table["id"]):
            entry.refuse("id", BAD_ID, id=table["id"])
        yield entry
        name = table.get("repeat")
        if name is None:
            continue
        if name not in templates:
            entry.refuse_unknown("repeat", N_("“repeat” names the unknown template “%(word)s”"), name, templates)
        for node in templates.get(name, ()):
            yield _Entry(axis, -1, _under(table["id"], node, templates[name]), entry.line("repeat"), draft)


def _under(node_id: str, node: dict[str, Any], template: list[dict[str, Any]]) -> dict[str, Any]:
    """A template's node hung under a node: its id, and what it names within the template, get that node's prefix."""
    own = {n["id"] for n in template}
    result = dict(node) | {"id": f"{node_id}.{node['id']}"}
    result["up"] = f"{node_id}.{node['up']}" if node.get("up") in own else node_id
    if "total" in node:
        result["total"] = [f"{node_id}.{i}" if i in own else i for i in node["total"]]
    return result


_UNKNOWN_PARENT = N_("“up” names “%(word)s”, which is not on this axis")
_CYCLE = N_("“up” goes round in a circle")
_FATAL = (_CYCLE,)


def _check_parents(entries: dict[str, _Entry]) -> None:
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


def _depth_first(entries: dict[str, _Entry]) -> list[_Entry]:
    children: dict[str | None, list[_Entry]] = {}
    for entry in entries.values():
        children.setdefault(entry.table.get("up"), []).append(entry)
    ordered: list[_Entry] = []

    def visit(up: str | None) -> None:
        for entry in children.get(up, ()):
            ordered.append(entry)
            visit(entry.table["id"])

    visit(None)
    return ordered


def _check_depth(entries: dict[str, _Entry], tree: Tree) -> None:
    for node in tree:
        if tree.level(node.id) == MAX_LEVELS + 1:
            entries[node.id].refuse("up", N_("more than %(levels)s header levels"), levels=MAX_LEVELS)


def _inherit(entry: _Entry, merged: dict[str, dict[str, Any]]) -> dict[str, Any]:
    table = dict(entry.table)
    above = merged.get(table.get("up", ""), {})
    for key in _INHERITED:
        if key in above and key not in table and not (key in ("m", "unit") and _counts_itself(table)):
            table[key] = above[key]
    return table


def _counts_itself(table: dict[str, Any]) -> bool:
    """A node with an own pair takes over neither measure nor unit."""
    return "pair" in table


def _node(entry: _Entry, table: dict[str, Any], parent: Node | None) -> Node:
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
        where=(*(parent.where if parent else ()), *_conditions(entry)),
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


def _parts(entry: _Entry, table: dict[str, Any]) -> tuple[Part, ...]:
    node_id, pair = table["id"], table.get("pair")
    if pair is not None:
        if "m" in entry.table:
            entry.refuse("pair", N_("“m” and “pair” exclude each other"))
        if len(pair) != 2:
            entry.refuse("pair", N_("“pair” needs exactly two measures"))
            return ()
        written = table.get("unit")
        units: list[str | None] = written if isinstance(written, list) else [None, written]
        return tuple(
            _part(entry, f"{node_id}.{n}", text, unit, table)
            for n, (text, unit) in enumerate(zip(pair, units, strict=False), 1)
        )
    if isinstance(table.get("unit"), list):
        entry.refuse("unit", N_("two units belong to a “pair” only"))
        return ()
    return (_part(entry, node_id, table.get("m"), table.get("unit"), table),)


def _part(entry: _Entry, part_id: str, text: str | None, unit: str | None, table: dict[str, Any]) -> Part:
    measure = None if text is None else read_measure(entry, "pair" if "pair" in table else "m", text)
    kind = _kind(measure, unit, table.get("type"))
    money_unit = unit in MONEY_UNITS
    if measure and measure.kind is Kind.MONEY and unit is not None and not money_unit:
        message = N_("the unit “%(unit)s” is not a unit of money, but “%(measure)s” is an amount")
        entry.refuse("unit", message, unit=unit, measure=text)
    if measure and measure.kind is Kind.COUNT and money_unit and measure.terms[0].name != ENTERED:
        message = N_("“%(measure)s” counts and cannot be printed in “%(unit)s”")
        entry.refuse("unit", message, unit=unit, measure=text)
    if kind is Kind.MONEY and unit is None:
        entry.draft.warnings.append(f"{entry.place}: no unit for an amount; yuan (元) assumed")
    return Part(part_id, measure, kind, unit or ("元" if kind is Kind.MONEY else None), table.get("places"))


def _kind(measure: Measure | None, unit: str | None, node_type: str | None) -> Kind:
    if node_type in ("text", "unit"):
        return Kind.TEXT
    stated = measure is not None and measure.terms[0].name not in (ENTERED, "sum")
    if measure is not None and stated:
        return measure.kind
    if node_type == "money" or unit in MONEY_UNITS:
        return Kind.MONEY
    if node_type == "rate" or (measure is not None and measure.kind is Kind.QUANTITY):
        return Kind.QUANTITY
    return Kind.COUNT if measure is not None or node_type == "int" else Kind.QUANTITY


def read_measure(entry: "_Entry | MeasureReader", key: str, text: str) -> Measure | None:
    """`visits`, `sum:workers`, `fine_sum + confiscate_sum` or `entered`; notes a problem and gives None otherwise."""
    terms = []
    for piece in (part.strip() for part in text.split("+")):
        name, colon, argument = piece.partition(":")
        if colon:
            if name not in PREFIXED_MEASURES or not _ARGUMENT.fullmatch(argument):
                entry.refuse_unknown(
                    key, N_("unknown measure “%(word)s”"), piece, [f"{p}:…" for p in PREFIXED_MEASURES]
                )
                return None
            terms.append(Term(name, argument))
        elif name in MEASURES or name == ENTERED:
            terms.append(Term(name))
        else:
            entry.refuse_unknown(key, N_("unknown measure “%(word)s”"), name, [*MEASURES, ENTERED])
            return None
    if len({term.kind for term in terms}) > 1:
        entry.refuse(key, N_("“%(measure)s” adds amounts and counts"), measure=text)
        return None
    return Measure(tuple(terms))


class MeasureReader:
    """Where a measure outside the trees (in a footer) is written, for the refusal."""

    def __init__(self, draft: Draft, table: str, index: int) -> None:
        self.draft, self.table, self.index = draft, table, index

    def refuse(self, key: str, message: str, **params: object) -> None:
        self.draft.refuse(self.draft.lines.key(self.table, self.index, key), f"[{self.table}]", message, **params)

    def refuse_unknown(self, key: str, message: str, word: str, words: Iterable[str]) -> None:
        line = self.draft.lines.key(self.table, self.index, key)
        self.draft.refuse_unknown(line, f"[{self.table}]", message, word, words)


def _conditions(entry: _Entry) -> Iterator[Condition]:
    for key, value in entry.table.get("where", {}).items():
        if key == "attr" and isinstance(value, dict):
            for name, wanted in value.items():
                yield _condition(entry, ATTRIBUTE_PREFIX + name, wanted)
        elif key.startswith(ATTRIBUTE_PREFIX) or key in FILTERS:
            yield _condition(entry, key, value)
        else:
            entry.refuse_unknown("where", N_("unknown filter “%(word)s”"), key, [*FILTERS, "attr"])


def _condition(entry: _Entry, key: str, value: Any) -> Condition:
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values or not all(isinstance(v, str | int | bool | float) for v in values):
        entry.refuse("where", N_("the filter “%(name)s” needs a value"), name=key)
        return Condition(key)
    comparison = _COMPARISON.fullmatch(str(values[0]).strip()) if key.startswith(ATTRIBUTE_PREFIX) else None
    if comparison and len(values) == 1:
        return Condition(key, comparison=(comparison.group(1), Decimal(comparison.group(2))))
    known = CLOSED_FILTERS.get(key)
    for one in values:
        if known is not None and one not in known:
            message = N_("“%(word)s” is not a value of this filter")
            entry.refuse_unknown("where", message, str(one), known)
    return Condition(key, tuple(Decimal(str(v)) if isinstance(v, float) else v for v in values))


def single_column(rows: Tree) -> Tree:
    """A form without [[col]] has one column `n` (数量)."""
    return Tree({"n": Node("n", "数量", parts=(Part("n", None, Kind.QUANTITY, None, None),))})


def measured_axis(draft: Draft, cols: Tree, rows: Tree) -> str:
    """The axis that carries the measures: exactly one may."""
    found = {name: [e for e in draft.many(name) if "m" in e or "pair" in e] for name in ("col", "row")} | {
        "template": [n for t in draft.many("template") for n in t["nodes"] if "m" in n or "pair" in n]
    }
    if found["col"] and found["row"]:
        first = next(i for i, e in enumerate(draft.many("row")) if e is found["row"][0])
        line = draft.lines.key("row", first, "m")
        message = N_("both axes carry measures (column “%(column)s” too); exactly one may")
        draft.refuse(line, f'row "{found["row"][0]["id"]}"', message, column=found["col"][0]["id"])
    if not found["col"] and not found["row"] and not found["template"]:
        draft.refuse(draft.lines.table("row"), "[[row]]", N_("no row and no column carries a measure (m or pair)"))
    on_cols = bool(found["col"]) or (not found["row"] and any(p.measure for n in cols for p in n.parts))
    return "cols" if on_cols else "rows"


def check_references(draft: Draft, cols: Tree, rows: Tree) -> None:
    """Totals, merged cells and not-applicable cells name nodes that exist, and sums that make sense."""
    for axis, tree, other in (("col", cols, rows), ("row", rows, cols)):
        for index, table in enumerate(draft.many(axis)):
            if table["id"] in tree:
                entry = _Entry(axis, index, table, draft.lines.table(axis, index), draft)
                _check_total(entry, tree)
                _check_other_axis(entry, other)
        _check_cycles(draft, axis, tree)


def _check_total(entry: _Entry, tree: Tree) -> None:
    node = tree[entry.table["id"]]
    for part_id in node.total:
        if part_id not in tree:
            entry.refuse_unknown(
                "total", N_("“total” names “%(word)s”, which is not on this axis"), part_id, tree.nodes
            )
        elif tree[part_id].memo:
            entry.refuse("total", N_("“total” names “%(id)s”, a memo line, which is outside every total"), id=part_id)
        elif _clash(node.unit, tree[part_id].unit):
            message = N_("“total” adds “%(id)s” in another unit (%(theirs)s, here %(ours)s)")
            entry.refuse("total", message, id=part_id, theirs=tree[part_id].unit, ours=node.unit)


def _clash(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _check_other_axis(entry: _Entry, other: Tree) -> None:
    for key in ("cells", "na"):
        named = entry.table.get(key, ())
        for node_id in named:
            if node_id not in other:
                message = N_("“%(word)s” is not on the other axis")
                entry.refuse_unknown(key, message, node_id, other.nodes)
            elif any(a.id in named for a in other.ancestors(node_id)):
                message = N_("“%(name)s” names both “%(id)s” and a heading above it")
                entry.refuse(key, message, name=key, id=node_id)


def _check_cycles(draft: Draft, axis: str, tree: Tree) -> None:
    """A total may add subtotals, but not itself, however far round."""
    for node in tree:
        seen: set[str] = set()
        todo = list(node.total)
        while todo:
            current = todo.pop()
            if current == node.id:
                draft.refuse(node.line, f'{axis} "{node.id}"', N_("“total” contains itself"))
                break
            if current in tree and current not in seen:
                seen.add(current)
                todo.extend(tree[current].total)

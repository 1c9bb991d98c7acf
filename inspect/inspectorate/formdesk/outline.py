"""Columns and rows as two outlines: add, move, indent, copy, take out, call otherwise. Pure.

The file has each heading before what stands under it, in the order of print; whatever names a node follows it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .source import Source, Table

AXES = {"cols": "col", "rows": "row"}
"""The axes as addresses call them, with the names of their tables."""

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")


class Line(NamedTuple):
    """A node with its level: 0 the outermost."""

    table: Table
    level: int

    @property
    def id(self) -> str:
        return str(self.table.get("id"))

    @property
    def label(self) -> str:
        """What it is called, its id where it has no words yet."""
        return str(self.table.get("label") or self.id)


def lines(source: Source, name: str) -> list[Line]:
    """The nodes in the order of print."""
    return list(_below(source.many(name), None, 0, set()))


def _below(tables: list[Table], up: str | None, level: int, seen: set[str]) -> Iterator[Line]:
    known = {table.get("id") for table in tables}
    for table in tables:
        own, above = table.get("id"), table.get("up")
        # What hangs under nothing known, or under itself, is shown outermost: it must be seen to be mended.
        if own not in seen and (above == up or (up is None and (above not in known or above == own))):
            seen.add(own)
            yield Line(table, level)
            yield from _below(tables, own, level + 1, seen)
    if up is None:
        for table in tables:
            if table.get("id") not in seen:
                seen.add(table.get("id"))
                yield Line(table, level)
                yield from _below(tables, table.get("id"), level + 1, seen)


def branch(source: Source, name: str, node_id: str) -> list[Table]:
    """A node and all below it."""
    found: list[Table] = []
    level: int | None = None
    for line in lines(source, name):
        if level is not None and line.level <= level:
            break
        if level is not None or line.id == node_id:
            level = line.level if level is None else level
            found.append(line.table)
    return found


def siblings(source: Source, name: str, up: str | None) -> list[Table]:
    """The nodes directly under another, or the outermost."""
    return [table for table in (line.table for line in lines(source, name)) if table.get("up") == up]


def in_order(source: Source, name: str) -> None:
    """Put the file into the order of print."""
    source.arrange(name, [line.table for line in lines(source, name)])


def add(source: Source, name: str, values: Mapping[str, Any], after: str | None = None) -> Table:
    """A new node, behind the branch of one of its siblings or as the last of them."""
    in_order(source, name)
    table = source.add(name, values)
    if after is not None and (others := branch(source, name, after)):
        order = [one for one in source.many(name) if one is not table]
        order.insert(order.index(others[-1]) + 1, table)
        source.arrange(name, order)
    in_order(source, name)
    return table


def move(source: Source, name: str, node_id: str, by: int) -> bool:
    """One place up (-1) or down (1) among its siblings; False where it is the first or last."""
    in_order(source, name)
    table = _known(source, name, node_id)
    near = siblings(source, name, table.get("up"))
    if table not in near:
        return False
    at = near.index(table) + by
    if not 0 <= at < len(near):
        return False
    mine, theirs = branch(source, name, node_id), branch(source, name, str(near[at].get("id")))
    first, second = (theirs, mine) if by < 0 else (mine, theirs)
    order = source.many(name)
    start = order.index(first[0])
    order[start : start + len(first) + len(second)] = [*second, *first]
    source.arrange(name, order)
    return True


def indent(source: Source, name: str, node_id: str) -> bool:
    """Under the sibling above it; False where there is none."""
    table = _known(source, name, node_id)
    near = siblings(source, name, table.get("up"))
    at = near.index(table) if table in near else 0
    if at == 0:
        return False
    table.put("up", near[at - 1].get("id"))
    in_order(source, name)
    return True


def outdent(source: Source, name: str, node_id: str) -> bool:
    """Beside its heading, behind all that stands under that; False where it has none."""
    table = _known(source, name, node_id)
    above = source.find(name, str(table.get("up")))
    if above is None:
        return False
    own, last = branch(source, name, node_id), branch(source, name, str(above.get("id")))[-1]
    in_order(source, name)
    table.put("up", above.get("up"))
    if last not in own:
        order = [one for one in source.many(name) if one not in own]
        at = order.index(last) + 1
        order[at:at] = own
        source.arrange(name, order)
    in_order(source, name)
    return True


def hang(source: Source, name: str, node_id: str, up: str | None) -> bool:
    """Under another heading; False where that lies below the node itself."""
    if up in {table.get("id") for table in branch(source, name, node_id)}:
        return False
    _known(source, name, node_id).put("up", up)
    in_order(source, name)
    return True


def copy(source: Source, name: str, node_id: str) -> str:
    """The whole branch once more behind itself, under new ids; what it names within itself is the copy's."""
    in_order(source, name)
    old = branch(source, name, node_id)
    taken = {str(table.get("id")) for table in source.many(name)}
    ids: dict[str, str] = {}
    for table in old:
        ids[str(table.get("id"))] = fresh(f"{table.get('id')}_2", taken)
        taken.add(ids[str(table.get("id"))])
    last = old[-1]
    for table in old:
        values = dict(table.values) | {"id": ids[str(table.get("id"))]}
        if values.get("up") in ids:
            values["up"] = ids[values["up"]]
        if "total" in values:
            values["total"] = [ids.get(one, one) for one in values["total"]]
        new = source.add(name, values)
        order = [one for one in source.many(name) if one is not new]
        order.insert(order.index(last) + 1, new)
        source.arrange(name, order)
        last = new
    return ids[node_id]


def remove(source: Source, name: str, node_id: str) -> list[str]:
    """Take a branch out, also of the lists that name it; gives the ids that are gone."""
    gone = branch(source, name, node_id)
    ids = [str(table.get("id")) for table in gone]
    source.remove(gone)
    for table, key in _lists(source, name):
        kept = [one for one in table.get(key) if one not in ids]
        if len(kept) < len(table.get(key)):
            table.put(key, kept or ([] if key == "supplies" else None))
    return ids


def rename(source: Source, name: str, old: str, new: str) -> None:
    """Give a node another id, wherever it is named: headings, totals, cells, departments, rates and checks."""
    _known(source, name, old).put("id", new)
    for table in source.many(name):
        if table.get("up") == old:
            table.put("up", new)
    for table, key in _lists(source, name):
        table.put(key, [new if one == old else one for one in table.get(key)])
    for kind, key in (("rate", "expr"), ("check", "rule")):
        for table in source.many(kind):
            if table.get("over") != "foot":
                table.put(key, _renamed(str(table.get(key, "")), old, new))


def _renamed(expression: str, old: str, new: str) -> str:
    def one(found: re.Match[str]) -> str:
        text = found.group()
        return new + text[len(old) :] if text == old or text.startswith(f"{old}.") else text

    return _NAME.sub(one, expression)


def _lists(source: Source, name: str) -> Iterable[tuple[Table, str]]:
    """The lists that name nodes of an axis."""
    other = "row" if name == "col" else "col"
    places = ((name, ("total",)), (other, ("cells", "na")), ("dept", ("supplies",)))
    for kind, keys in places:
        for table in source.many(kind):
            yield from ((table, key) for key in keys if isinstance(table.get(key), list))


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """The id that is wanted, or the next free one: cases, cases_2, cases_3."""
    known = set(taken)
    if wanted not in known:
        return wanted
    stem = re.sub(r"_\d+$", "", wanted)
    return next(one for number in range(2, len(known) + 3) if (one := f"{stem}_{number}") not in known)


def ids(source: Source) -> set[str]:
    """Every id of columns, rows and rates: expressions tell them apart by it alone."""
    return {str(table.get("id")) for table in source.tables if table.name in ("col", "row", "rate")}


def _known(source: Source, name: str, node_id: str) -> Table:
    found = source.find(name, node_id)
    if found is None:
        raise KeyError(node_id)
    return found

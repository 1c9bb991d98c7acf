"""What the nodes of a form refer to: totals, merged cells, cells that do not apply, and the axis that measures."""

from collections.abc import Mapping

from ...objections import N_
from .definition import Node, Tree
from .draft import Draft
from .entries import Entry
from .totals import summed
from .vocabulary import MONEY_UNITS, Kind

Entries = Mapping[str, Entry]
"""The nodes of one axis as they are written, by id."""


def measured_axis(draft: Draft, cols: Entries, rows: Entries) -> str:
    """The axis that carries the measures: exactly one may."""
    on_cols, on_rows = (
        [e for e in entries.values() if "m" in e.table or "pair" in e.table] for entries in (cols, rows)
    )
    if on_cols and on_rows:
        key = "m" if "m" in on_rows[0].table else "pair"
        message = N_("both axes carry measures (column “%(column)s” too); exactly one may")
        on_rows[0].refuse(key, message, column=on_cols[0].table["id"])
    if not on_cols and not on_rows:
        draft.refuse(draft.lines.table("row"), "[[row]]", N_("no row and no column carries a measure (m or pair)"))
    return "cols" if on_cols else "rows"


def check_references(columns: Entries, lines: Entries, cols: Tree, rows: Tree) -> None:
    """Totals, merged cells and not-applicable cells name nodes that exist, and sums that make sense."""
    for entries, tree, other in ((columns, cols, rows), (lines, rows, cols)):
        for node_id, entry in entries.items():
            if node_id in tree:
                _check_total(entry, tree)
                _check_other_axis(entry, other)
                _check_cycle(entry, tree)


def _check_total(entry: Entry, tree: Tree) -> None:
    node = tree[entry.table["id"]]
    for part_id in node.total:
        if part_id not in tree:
            entry.refuse_unknown(
                "total", N_("“total” names “%(word)s”, which is not on this axis"), part_id, tree.nodes
            )
        elif tree[part_id].memo:
            entry.refuse("total", N_("“total” names “%(id)s”, a memo line, which is outside every total"), id=part_id)
        elif node.parts and _clash(node, tree[part_id]):
            message = N_("“total” adds “%(id)s” in another unit (%(theirs)s, here %(ours)s)")
            entry.refuse("total", message, id=part_id, theirs=tree[part_id].unit, ours=node.unit)
    _check_kinds(entry, tree, node)


def _clash(total: Node, part: Node) -> bool:
    """Amounts are kept in fen and may be added whatever unit prints them; other units must be the same."""
    a, b = total.unit, part.unit
    return a is not None and b is not None and a != b and not (a in MONEY_UNITS and b in MONEY_UNITS)


def _check_kinds(entry: Entry, tree: Tree, node: Node) -> None:
    """Amounts and counts are never added, and a pair only to pairs."""
    found = list(summed(tree, node))
    if len({len(one.parts) for one in found if one.parts}) > 1:
        entry.refuse("total", N_("“total” adds pairs and single figures"))
        return
    for parts in zip(*(one.parts for one in found if one.parts), strict=True):
        if len({part.kind is Kind.MONEY for part in parts if part.measure or part.unit}) > 1:
            entry.refuse("total", N_("“total” adds amounts and counts"))


def _check_other_axis(entry: Entry, other: Tree) -> None:
    for key in ("cells", "na"):
        named = entry.table.get(key, ())
        for node_id in named:
            if node_id not in other:
                message = N_("“%(word)s” is not on the other axis")
                entry.refuse_unknown(key, message, node_id, other.nodes)
            elif any(a.id in named for a in other.ancestors(node_id)):
                message = N_("“%(name)s” names both “%(id)s” and a heading above it")
                entry.refuse(key, message, name=key, id=node_id)


def _check_cycle(entry: Entry, tree: Tree) -> None:
    """A total may add subtotals, but not itself, however far round."""
    node = tree[entry.table["id"]]
    seen: set[str] = set()
    todo = list(node.total)
    while todo:
        current = todo.pop()
        if current == node.id:
            entry.refuse("total", N_("“total” contains itself"))
            return
        if current in tree and current not in seen:
            seen.add(current)
            todo.extend(tree[current].total)

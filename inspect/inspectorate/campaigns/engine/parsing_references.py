"""What the nodes of a form refer to: totals, merged cells, cells that do not apply, and the axis that measures."""

from ...objections import N_
from .definition import Tree
from .draft import Draft
from .entries import Entry


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
                entry = Entry(axis, index, table, draft.lines.table(axis, index), draft)
                _check_total(entry, tree)
                _check_other_axis(entry, other)
        _check_cycles(draft, axis, tree)


def _check_total(entry: Entry, tree: Tree) -> None:
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

"""Lines that depend on where the table is printed: one per child region, per agency, or per entry of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .definition import Check, Condition, FormDefinition, Node, Part, Tree
from .expressions import names, renamed


class Member(NamedTuple):
    """One line of an expanded node: its key (region code, agency key), printed name and filter."""

    key: str
    label: str
    where: tuple[Condition, ...] = ()


Members = Mapping[str, Sequence[Member]]
"""What "child_regions" and "agencies" stand for at the place where the table is printed."""


def expand(form: FormDefinition, members: Members) -> FormDefinition:
    """The form with each expanded node made the heading of its lines, which are addressed `id.key`.

    What hangs under it, a template for instance, hangs under each line: `id.key.node`. Whoever names `id.node` names
    all of them. A node whose list is empty here (a county has no child regions) stays one line where nothing applies.
    """
    if not any(node.expand for tree in (form.cols, form.rows) for node in tree):
        return form
    for only_lists in (True, False):  # a list is the same everywhere; its entries may stand in each region
        form = _expanded_once(form, {} if only_lists else members, only_lists=only_lists)
    return form


def region_members(regions: Iterable[tuple[str, str]]) -> list[Member]:
    """Lines for regions given as (code, name)."""
    return [Member(code, name, (Condition("region", (code,)),)) for code, name in regions]


def _expanded_once(form: FormDefinition, members: Members, *, only_lists: bool) -> FormDefinition:
    cols = _Expansion(form.cols, form.rows, members, only_lists)
    rows = _Expansion(form.rows, form.cols, members, only_lists)
    copies = {**form.copies, **cols.copies, **rows.copies}
    return replace(
        form,
        cols=_named_anew(cols.nodes, rows.copies),
        rows=_named_anew(rows.nodes, cols.copies),
        copies=copies,
        checks=tuple(_for_each(check, (*cols.lines, *rows.lines)) for check in form.checks),
    )


class _Line(NamedTuple):
    """A line of an expanded node: its printed name, and what the ids of figures under it were called before."""

    label: str
    ids: Mapping[str, str]


class _Expansion:
    """One axis with its lines: ``copies`` says by which ids what stood under an expanded node now occurs."""

    def __init__(self, tree: Tree, other: Tree, members: Members, only_lists: bool) -> None:
        self.tree, self.other, self.members = tree, other, members
        self.nodes: dict[str, Node] = {}
        self.copies: dict[str, tuple[str, ...]] = {}
        self.lines: list[_Line] = []
        inside: set[str] = set()
        for node in tree:
            if node.id in inside:
                continue
            if node.expand is None or (node.expand == "list") is not only_lists:
                self.nodes[node.id] = node
                continue
            below = [n for n in tree if any(a.id == node.id for a in tree.ancestors(n.id))]
            inside |= {n.id for n in below}
            self._expand(node, below)

    def _expand(self, node: Node, below: Sequence[Node]) -> None:
        lines = _members(node, self.members)
        if not lines:
            nowhere = tuple(root.id for root in self.other.children_of(None))
            self.nodes |= {n.id: n._replace(expand=None, na=nowhere) for n in (node, *below)}
            return
        self.nodes[node.id] = node._replace(expand=None)
        for member in lines:
            ids = _ids(node, below, member)
            self.nodes |= {copy.id: copy for copy in _copies(node, below, member, ids)}
            inner = {n.id: ids[n.id] for n in below}
            inner |= {part.id: part.id.replace(n.id, ids[n.id], 1) for n in below for part in n.parts}
            self.lines.append(_Line(member.label, inner))
            self.copies |= {old: (*self.copies.get(old, ()), new) for old, new in inner.items()}


def _named_anew(nodes: Mapping[str, Node], copies: Mapping[str, tuple[str, ...]]) -> Tree:
    """The nodes with what they name of the other axis as it is called now."""

    def now(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new for old in ids for new in copies.get(old, (old,)))

    return Tree({node.id: node._replace(cells=now(node.cells), na=now(node.na)) for node in nodes.values()})


def _for_each(check: Check, lines: Sequence[_Line]) -> Check:
    """A check that names what stands under an expanded node holds for each of its lines."""
    found = [
        (line.label, renamed(rule, line.ids))
        for _, rule in check.each or (("", check.parsed),)
        for line in lines
        if not line.ids.keys().isdisjoint(names(rule))
    ]
    return check._replace(each=tuple(found)) if found else check


def _members(node: Node, members: Members) -> Sequence[Member]:
    if node.expand == "list":
        return [Member(str(number), label) for number, label in enumerate(node.items, start=1)]
    return members.get(node.expand or "", ())


def _ids(node: Node, below: Sequence[Node], member: Member) -> dict[str, str]:
    """What the node and all under it are called in the line of a member."""
    prefix = f"{node.id}.{member.key}"
    return {node.id: prefix} | {n.id: f"{prefix}.{n.id.removeprefix(f'{node.id}.')}" for n in below}


def _copies(node: Node, below: Sequence[Node], member: Member, ids: Mapping[str, str]) -> Iterable[Node]:
    prefix = ids[node.id]
    yield node._replace(
        id=prefix, label=member.label, up=node.id, expand=None, total=(), parts=_parts(node, prefix),
        where=(*node.where, *member.where), subset=False,
    )  # fmt: skip
    for inner in below:
        yield inner._replace(
            id=ids[inner.id],
            up=ids[inner.up or node.id],
            where=(*inner.where, *member.where),
            total=tuple(ids.get(t, t) for t in inner.total),
            parts=_parts(inner, ids[inner.id]),
        )


def _parts(node: Node, node_id: str) -> tuple[Part, ...]:
    return tuple(part._replace(id=node_id + part.id[len(node.id) :]) for part in node.parts)

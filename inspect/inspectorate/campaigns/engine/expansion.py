"""Lines that depend on where the table is printed: one per child region, per agency, or per entry of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .definition import Condition, FormDefinition, Node, Part, Tree


class Member(NamedTuple):
    """One line of an expanded node: its key (region code, agency key), printed name and filter."""

    key: str
    label: str
    where: tuple[Condition, ...] = ()


Members = Mapping[str, Sequence[Member]]
"""What "child_regions" and "agencies" stand for at the place where the table is printed."""


def expand(form: FormDefinition, members: Members) -> FormDefinition:
    """The form with each expanded node made the heading of its lines, which are addressed `id.key`.

    A node whose list is empty here (a county has no child regions) stays one line that nothing fills.
    """
    if not any(node.expand for tree in (form.cols, form.rows) for node in tree):
        return form
    return replace(form, cols=_expanded(form.cols, members), rows=_expanded(form.rows, members))


def region_members(regions: Iterable[tuple[str, str]]) -> list[Member]:
    """Lines for regions given as (code, name)."""
    return [Member(code, name, (Condition("region", (code,)),)) for code, name in regions]


def _expanded(tree: Tree, members: Members) -> Tree:
    nodes: dict[str, Node] = {}
    inside: set[str] = set()
    for node in tree:
        if node.id in inside:
            continue
        if node.expand is None:
            nodes[node.id] = node
            continue
        below = [n for n in tree if any(a.id == node.id for a in tree.ancestors(n.id))]
        inside |= {n.id for n in below}
        lines = _members(node, members)
        nodes[node.id] = node._replace(expand=None if lines else node.expand)
        for member in lines:
            for copy in _copies(node, below, member):
                nodes[copy.id] = copy
    return Tree(nodes)


def _members(node: Node, members: Members) -> Sequence[Member]:
    if node.expand == "list":
        return [Member(str(number), label) for number, label in enumerate(node.items, start=1)]
    return members.get(node.expand or "", ())


def _copies(node: Node, below: Sequence[Node], member: Member) -> Iterable[Node]:
    prefix = f"{node.id}.{member.key}"
    line = node._replace(
        id=prefix, label=member.label, up=node.id, expand=None, total=(), parts=_parts(node, prefix),
        where=(*node.where, *member.where), subset=False,
    )  # fmt: skip
    yield line
    ids = {node.id: prefix} | {n.id: f"{prefix}.{n.id}" for n in below}
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

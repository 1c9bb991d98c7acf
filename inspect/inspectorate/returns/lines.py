"""On which lines of a table a return from below stands: its region's or agency's, where the form has them. Pure."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..campaigns.engine.definition import Condition, FormDefinition, Node, Tree
from ..campaigns.engine.figures import Address

REGION, AGENCY = "region", "agency"
_SELF = Condition("handled_by", ("self",))


class Member(NamedTuple):
    """A line made for a region or an agency: under which node, for which code or key, and what it lets through."""

    kind: str
    node: str
    key: str
    line: str
    condition: Condition


class _Routes(NamedTuple):
    """``moved`` lines stand on the member's instead, ``copied`` ones there too; ``nodes``: the member's line by its
    node, for what stands under that node in the region's own table."""

    moved: dict[str, str]
    copied: dict[str, str]
    nodes: dict[str, str]

    def of(self, line: str) -> list[str]:
        if line in self.moved:
            return [self.moved[line]]
        if line in self.copied:
            return [line, self.copied[line]]
        for node, member in self.nodes.items():
            if line == node:
                return [member]
            if line.startswith(f"{node}."):
                _key, _dot, rest = line.removeprefix(f"{node}.").partition(".")
                return [f"{member}.{rest}" if rest else member]
        return [line]


@lru_cache(maxsize=64)
def members_of(form: FormDefinition) -> tuple[Member, ...]:
    """The lines of regions and agencies that a form expanded for a region has."""
    return tuple(member for tree in (form.rows, form.cols) for member in _members(tree))


def _members(tree: Tree) -> Iterator[Member]:
    for node in tree:
        if node.up is None or not node.where or not node.id.startswith(f"{node.up}."):
            continue
        key, last = node.id.removeprefix(f"{node.up}."), node.where[-1]
        if last not in tree[node.up].where and (last.key == AGENCY or (last.key == REGION and last.values == (key,))):
            yield Member(last.key, node.up, key, node.id, last)


def placed(form: FormDefinition, address: Address, region: str | None, agency: str | None) -> list[Address]:
    """The places of a table at which a figure of a return stands.

    ``region``: the line's region from below which it came, None for the table's own. ``agency``: whose return it is.
    """
    rows, cols = _routes(form, region, agency)
    return [(row, col) for row in rows.of(address[0]) for col in cols.of(address[1])]


@lru_cache(maxsize=8192)
def _routes(form: FormDefinition, region: str | None, agency: str | None) -> tuple[_Routes, _Routes]:
    wanted = {(REGION, region), (AGENCY, agency)}
    lines = {member.line: member for member in members_of(form) if (member.kind, member.key) in wanted}
    return _through(form.rows, lines), _through(form.cols, lines)


def _through(tree: Tree, members: Mapping[str, Member]) -> _Routes:
    routes = _Routes({}, {}, {})
    for member in members.values():
        if member.line not in tree:
            continue
        if member.kind == REGION:
            routes.nodes[member.node] = member.line
        outside = [node for node in tree if tree.has_own_line(node) and not _under(node.id, member.node)]
        for target in tree.lines_under(member.line):
            _lead(routes, tree, target, outside, member)
    return routes


def _under(node_id: str, node: str) -> bool:
    return node_id == node or node_id.startswith(f"{node}.")


def _lead(routes: _Routes, tree: Tree, target: Node, outside: list[Node], member: Member) -> None:
    """Lines that count what the member's does: the table's own agencies' and totals of members lead there alone."""
    wanted = frozenset(target.where) - {member.condition}
    figures = [part.measure for part in target.parts]
    same = [
        line
        for line in outside
        if frozenset(line.where) - {_SELF} == wanted and [part.measure for part in line.parts] == figures
    ]
    leaving = [line for line in same if _SELF in line.where or member.node in line.total]
    for line in leaving:
        routes.moved.update(_by_part(line, target))
    plain = next((line for line in same if not (line.total or line.memo or line in leaving)), None)
    if plain is not None and not any(
        node.total and member.node in node.total and plain.id in node.total for node in tree
    ):
        routes.copied.update(_by_part(plain, target))


def _by_part(line: Node, target: Node) -> dict[str, str]:
    """A line's addresses with those of the other: its own, or those of its figures where it has several."""
    if not line.parts:
        return {line.id: target.id}
    return {one.id: other.id for one, other in zip(line.parts, target.parts, strict=True)}

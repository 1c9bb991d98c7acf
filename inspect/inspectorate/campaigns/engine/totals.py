"""What a total is printed as: like what it adds up, unless the form says so itself."""

from collections.abc import Iterator

from .definition import Node, Part, Tree
from .vocabulary import Kind


def like_their_parts(tree: Tree) -> Tree:
    """Totals without a measure, unit or kind of their own take over those of what they add: a pair's total is a pair.

    A total that adds itself is left alone; it is refused elsewhere.
    """
    nodes = dict(tree.nodes)
    for node in tree:
        if node.total and not _says_itself(node):
            pattern = next((one for one in summed(tree, node) if _says_itself(one)), None)
            if pattern is not None:
                nodes[node.id] = node._replace(parts=tuple(_part(node, part, pattern) for part in pattern.parts),
                                               unit=node.unit or pattern.unit, sep=pattern.sep)  # fmt: skip
    return Tree(nodes)


def summed(tree: Tree, node: Node, above: frozenset[str] = frozenset()) -> Iterator[Node]:
    """The nodes whose figures a total adds up, through subtotals and headings; each as often as it is named."""
    for part_id in node.total:
        if part_id in tree and part_id not in above:
            yield from _figures_of(tree, tree[part_id], above | {node.id, part_id})


def _figures_of(tree: Tree, node: Node, above: frozenset[str]) -> Iterator[Node]:
    if node.total and not _says_itself(node):
        yield from summed(tree, node, above)
    elif tree.has_own_line(node):
        yield node
    else:
        for child in tree.children_of(node.id):
            if not (child.total or child.memo or child.subset) and child.is_figure and child.id not in above:
                yield from _figures_of(tree, child, above | {child.id})


def _says_itself(node: Node) -> bool:
    """Whether the node says what its figures are, and not only that they are added up."""
    return any(part.measure is not None or part.kind is not Kind.QUANTITY for part in node.parts) or (
        node.unit is not None or node.type is not None or len(node.parts) != 1
    )


def _part(node: Node, part: Part, pattern: Node) -> Part:
    places = part.places if node.parts[0].places is None else node.parts[0].places
    return Part(node.id + part.id[len(pattern.id) :], None, part.kind, part.unit, places)

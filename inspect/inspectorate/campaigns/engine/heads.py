"""The headings of one axis as spans: which label covers which lines, on which levels. Used for columns and rows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .definition import Node, Tree

PART_OF = "其中"


class Head(NamedTuple):
    """A heading: it begins at `level` (0 the outermost), is `levels` deep, and covers `lines` lines from `line` on."""

    label: str
    level: int
    levels: int
    line: int
    lines: int
    node_id: str | None


class Axis(NamedTuple):
    """One axis of one block: its printed lines in order and their headings."""

    lines: tuple[Node, ...]
    heads: tuple[Head, ...]
    depth: int
    tree: Tree

    def span(self, node_id: str) -> tuple[int, int]:
        """The first line under a node and how many there are."""
        under = {n.id for n in self.tree.lines_under(node_id)}
        at = [i for i, line in enumerate(self.lines) if line.id in under]
        return at[0], len(at)


def axis(tree: Tree, block: str | None, more: Sequence[Node] = ()) -> Axis:
    """The headings of a tree's nodes in one block; `more` are lines without a place in the tree (rates)."""
    roots = [n for n in tree.children_of(None) if block is None or n.block in (block, None)]
    lines: list[Node] = []
    depth = max((_level(tree, n) + _marked(tree, n) for n in tree.lines(block)), default=1)
    heads = [head for root in roots for head in _heads(tree, root, 0, depth, lines)]
    at = _before_words(lines)
    heads = [head._replace(line=head.line + len(more)) if head.line >= at else head for head in heads]
    heads += (Head(node.label, 0, depth, at + number, 1, node.id) for number, node in enumerate(more))
    return Axis((*lines[:at], *more, *lines[at:]), tuple(heads), depth, tree)


def _before_words(lines: Sequence[Node]) -> int:
    """Where further lines of figures go: before the remarks that end a table."""
    at = len(lines)
    while at and lines[at - 1].type == "text" and lines[at - 1].up is None:
        at -= 1
    return at


def _heads(tree: Tree, node: Node, level: int, depth: int, lines: list[Node]) -> Iterator[Head]:
    children = tree.children_of(node.id)
    if not children:
        marked = _marked(tree, node)
        if marked:  # a part that follows its whole on the same level
            yield Head(PART_OF, level, 1, len(lines), 1, None)
        yield Head(node.label, level + marked, depth - level - marked, len(lines), 1, node.id)
        lines.append(node)
        return
    start = len(lines)
    own = tree.has_own_line(node)
    if own:
        lines.append(node)
    named = own and _name_themselves(children)
    inner = [head for child in children for head in _heads(tree, child, level + (not named), depth, lines)]
    covered = len(lines) - start
    if own:
        yield Head(node.label, level, depth - level, start, 1, node.id)
        if not named:
            yield Head(PART_OF, level, 1, start + 1, covered - 1, None)
    else:
        yield Head(node.label, level, 1, start, covered, node.id)
    yield from inner


def _name_themselves(children: Sequence[Node]) -> bool:
    """Whether the parts say in their own words that they are parts (其中:…), each of them."""
    return all(child.label.startswith((PART_OF, "#")) for child in children)


def _level(tree: Tree, node: Node) -> int:
    """How many headings stand above and at a node: parts that name themselves stand beside their whole."""
    beside = sum(tree.has_own_line(up) and _name_themselves(tree.children_of(up.id)) for up in tree.ancestors(node.id))
    return tree.level(node.id) - beside


def _marked(tree: Tree, node: Node) -> bool:
    """Whether 其中 must be printed beside the node itself: its whole is a line on the same level."""
    whole = tree.whole_of(node)
    return whole is not None and whole.id != node.up and not node.label.startswith((PART_OF, "#"))


def merge_marks(heads: Sequence[Head]) -> tuple[Head, ...]:
    """Neighbouring 其中 marks become one heading."""
    merged: list[Head] = []
    for head in heads:
        last = next((h for h in reversed(merged) if h.label == PART_OF and h.node_id is None), None)
        if (
            head.label == PART_OF
            and head.node_id is None
            and last
            and (last.level == head.level and last.line + last.lines == head.line)
        ):
            merged[merged.index(last)] = Head(PART_OF, last.level, 1, last.line, last.lines + head.lines, None)
        else:
            merged.append(head)
    return tuple(merged)

"""A form as data: two trees of nodes, the checks, rates, footers and attachments. Immutable; made by `parsing`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from .expressions import Expression, Rule
from .problems import Problem
from .vocabulary import ENTERED, MEASURES, PREFIXED_MEASURES, RETURN_MEASURES, Kind

Table = Mapping[str, Any]


class Condition(NamedTuple):
    """One filter: the key has one of the values, or compares with a number (`attr.seats = ">=500"`)."""

    key: str
    values: tuple[str | int | bool | Decimal, ...] = ()
    comparison: tuple[str, Decimal] | None = None


class Term(NamedTuple):
    """One measure by name, with what stands after the colon (`sum:workers`)."""

    name: str
    argument: str | None = None

    @property
    def kind(self) -> Kind:
        if self.name == ENTERED:
            return Kind.COUNT
        return PREFIXED_MEASURES[self.name] if self.argument is not None else MEASURES[self.name]

    @property
    def from_records(self) -> bool:
        """Whether the system has records that give this figure."""
        return self.name != ENTERED and self.name not in RETURN_MEASURES


class Measure(NamedTuple):
    """One printed figure: a measure or the sum of several of the same kind."""

    terms: tuple[Term, ...]

    @property
    def kind(self) -> Kind:
        return self.terms[0].kind

    @property
    def from_records(self) -> bool:
        return all(term.from_records for term in self.terms)


class Part(NamedTuple):
    """One figure of a node as it is kept and printed: a node has one, a pair has two (addressed id.1 and id.2)."""

    id: str
    measure: Measure | None  # None: a total, or filled only by returns
    kind: Kind
    unit: str | None
    places: int | None


class Node(NamedTuple):
    """A column or row. `where`, unit, type, places and source are already inherited from the ancestors."""

    id: str
    label: str
    up: str | None = None
    block: str | None = None
    where: tuple[Condition, ...] = ()
    parts: tuple[Part, ...] = ()
    sep: str = "/"
    type: str | None = None
    unit: str | None = None
    total: tuple[str, ...] = ()
    subset: bool = False
    memo: bool = False
    stock: bool = False
    cells: tuple[str, ...] = ()
    na: tuple[str, ...] = ()
    expand: str | None = None
    items: tuple[str, ...] = ()
    source: str = "system"
    show_leaf_labels: bool = False
    headers_here: bool = False
    line: int | None = None

    @property
    def is_figure(self) -> bool:
        """Whether the node holds figures (not words, and not the units printed as a column)."""
        return self.type not in ("text", "unit")


@dataclass(frozen=True)
class Tree:
    """The nodes of one axis in the order in which they are printed: each parent before its children."""

    nodes: Mapping[str, Node]

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.nodes

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[node_id]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Node, ...]]:
        found: dict[str | None, list[Node]] = {}
        for node in self:
            found.setdefault(node.up, []).append(node)
        return {up: tuple(nodes) for up, nodes in found.items()}

    def children_of(self, node_id: str | None) -> tuple[Node, ...]:
        return self.children.get(node_id, ())

    def has_own_line(self, node: Node) -> bool:
        """Leaves have a line of their own; so has a parent with a total, or whose children are part of it (其中)."""
        children = self.children_of(node.id)
        if not children or node.total:
            return True
        parts = [child.subset for child in children]
        return all(parts) or (any(parts) and any(part.measure for part in node.parts))

    def whole_of(self, node: Node) -> Node | None:
        """What a part (其中) is part of: its parent where that has a line, else the line that it follows."""
        if not node.subset:
            return None
        if node.up is not None and self.has_own_line(self[node.up]):
            return self[node.up]
        before: Node | None = None
        for other in self.children_of(node.up):
            if other.id == node.id:
                break
            if not other.subset and self.has_own_line(other):
                before = other
        return before

    def lines(self, block: str | None = None) -> tuple[Node, ...]:
        """The nodes printed as a row or column of their own, optionally of one block."""
        return tuple(n for n in self if self.has_own_line(n) and (block is None or n.block in (block, None)))

    def ancestors(self, node_id: str) -> Iterator[Node]:
        """The node's ancestors, nearest first."""
        up = self.nodes[node_id].up
        while up is not None:
            yield self.nodes[up]
            up = self.nodes[up].up

    def path(self, node_id: str) -> tuple[Node, ...]:
        """From the first level down to the node."""
        return (*reversed(list(self.ancestors(node_id))), self.nodes[node_id])

    def level(self, node_id: str) -> int:
        """1 for the outermost heading."""
        return len(self.path(node_id))

    def lines_under(self, node_id: str) -> tuple[Node, ...]:
        """The lines that a merged cell at this node covers (the node's own included)."""
        return tuple(n for n in self.lines() if n.id == node_id or any(a.id == node_id for a in self.ancestors(n.id)))

    @cached_property
    def depth(self) -> int:
        return max((self.level(node.id) for node in self), default=0)


class Period(NamedTuple):
    kind: str = "on-demand"
    start: date | None = None
    end: date | None = None
    more: Table = MappingProxyType({})


class Report(NamedTuple):
    chain: tuple[str, ...] = ()
    due: Table = MappingProxyType({})
    empty: str = "unstated"  # blank-ok, zero-fill or unstated
    seal: bool = False
    signers: tuple[str, ...] = ()
    accompany: tuple[str, ...] = ()
    more: Table = MappingProxyType({})


class Department(NamedTuple):
    id: str
    name: str
    supplies: tuple[str, ...] = ()
    via: str = "system"


class Axis(NamedTuple):
    id: str
    choices: tuple[str, ...]


class Rate(NamedTuple):
    """A quotient of sums. Printed in per cent, unless the author wrote a factor into the expression."""

    id: str
    label: str
    text: str
    expression: Expression
    per_cent: bool
    places: int = 2
    rank: bool = False


class Check(NamedTuple):
    rule: str
    parsed: Rule
    level: str  # error or warn
    over: str = "cells"  # cells or foot
    text: str | None = None
    each: tuple[tuple[str, Rule], ...] = ()  # (line, rule) where it holds for each line of an expanded node


class Foot(NamedTuple):
    kind: str  # counts or note
    text: str
    counts: Mapping[str, Measure] = MappingProxyType({})


class Statement(NamedTuple):
    id: str
    title: str | None
    lines: tuple[str, ...]


class Attachment(NamedTuple):
    id: str
    title: str | None
    kind: str  # case_list or summary
    columns: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    law_cell: str | None = None
    penalty_cell: str | None = None
    note: str | None = None


@dataclass(frozen=True, eq=False)
class FormDefinition:
    """One form. `measures_on` is the axis ("rows" or "cols") whose nodes say what is counted.

    Told apart by identity: a form is read once and kept.
    """

    id: str
    title: str
    about: Table
    period: Period
    report: Report
    departments: tuple[Department, ...]
    axes: tuple[Axis, ...]
    cols: Tree
    rows: Tree
    rates: tuple[Rate, ...]
    rates_on: str
    checks: tuple[Check, ...]
    feet: tuple[Foot, ...]
    statements: tuple[Statement, ...]
    attachments: tuple[Attachment, ...]
    known: tuple[Table, ...]
    evidence: Table
    measures_on: str
    warnings: tuple[Problem, ...] = ()
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What an id under an expanded node stands for, now that the node has its lines."""

    @property
    def annex(self) -> str | None:
        return self.about.get("annex")

    @property
    def head(self) -> str | None:
        return self.about.get("head")

    @property
    def corner(self) -> str:
        return str(self.about.get("corner") or "")

    @property
    def counts_annulled(self) -> bool:
        return self.about.get("annulled") == "count"

    @property
    def counts_heaviest(self) -> bool:
        """Whether several penalties on one party in one decision count once, under the heaviest kind."""
        return self.about.get("penalties") == "heaviest"

    @property
    def measured(self) -> Tree:
        return self.rows if self.measures_on == "rows" else self.cols

    @property
    def blocks(self) -> tuple[str | None, ...]:
        """The independent lists printed side by side; `(None,)` for an ordinary form."""
        found = dict.fromkeys(n.block for tree in (self.cols, self.rows) for n in tree if n.block is not None)
        return tuple(found) or (None,)

    @property
    def foot_counts(self) -> Mapping[str, Measure]:
        return {name: measure for foot in self.feet for name, measure in foot.counts.items()}

    def attachment(self, kind: str) -> Attachment | None:
        return next((a for a in self.attachments if a.kind == kind), None)

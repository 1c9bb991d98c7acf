"""Does the table add up? Each check of the form is tried at every place where all its figures meet."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from .definition import Check, FormDefinition, Tree
from .expressions import holds, names
from .figures import Address, Filled
from .parsing_parts import axis_of


class Failure(NamedTuple):
    """Where a check does not hold: the node of the other axis (None: the footer) and the figures that disagree."""

    at: str | None
    label: str
    addresses: tuple[Address, ...]
    values: tuple[tuple[str, Fraction | None], ...]


class Outcome(NamedTuple):
    """A check and where it fails. What cannot be told, because a figure is blank, does not fail."""

    rule: str
    level: str
    text: str | None
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        return not self.failures


def evaluate(filled: Filled) -> tuple[Outcome, ...]:
    """All checks of the form over its figures, in printed units before rounding; written ones first."""
    written = (Outcome(c.rule, c.level, c.text, tuple(_failures(filled, c))) for c in filled.form.checks)
    return (*written, *_subsets(filled))


def _failures(filled: Filled, check: Check) -> Iterator[Failure]:
    if check.over == "foot":
        ids = names(check.parsed)
        values = {name: Fraction(filled.foot[name]) if name in filled.foot else None for name in ids}
        if holds(check.parsed, lambda name: values[name]) is False:
            yield Failure(None, "", (), tuple(values.items()))
        return
    for line, rule in check.each or (("", check.parsed),):
        for at, label, places in _places(filled, names(rule)):
            values = {name: filled.printed(address) for name, address in places.items()}
            if holds(rule, lambda name, values=values: values[name]) is False:  # type: ignore[misc]
                where = "·".join(word for word in (line, label) if word)
                yield Failure(at, where, tuple(places.values()), tuple(values.items()))


def _places(filled: Filled, ids: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, Address]]]:
    """Each node of the other axis at which at least one figure stands itself and the others can be read."""
    form = filled.form
    rates = {rate.id for rate in form.rates}
    on_rows = axis_of(ids, form.cols, form.rows, rates) == "rows"
    tree, other = (form.rows, form.cols) if on_rows else (form.cols, form.rows)
    if alone := _single_places(form, tree, other, ids, on_rows):
        yield None, "", alone  # type: ignore[misc]
        return
    for node in other:
        places = {i: (i, node.id) if on_rows else (node.id, i) for i in ids}
        if not node.is_figure or not any(a in filled.slots or a in filled.rate_slots for a in places.values()):
            continue
        if all(_readable(filled, address) for address in places.values()):
            yield node.id, "·".join(n.label for n in other.path(node.id)), places


def _readable(filled: Filled, address: Address) -> bool:
    slot = filled.slots.get(address)
    return slot.applicable if slot else filled.value(address) is not None


def _single_places(form: FormDefinition, tree: Tree, other: Tree, ids: tuple[str, ...], on_rows: bool
                   ) -> dict[str, Address] | None:  # fmt: skip
    """Figures from several blocks side by side meet nowhere; each block with one line gives the one figure."""
    owners = {i: _owner(tree, i) for i in ids}
    blocks = {tree[o].block for o in owners.values() if o in tree}
    if len(blocks) < 2:
        return None
    places: dict[str, Address] = {}
    for i, owner in owners.items():
        lines = other.lines(tree[owner].block) if owner in tree else ()
        if len(lines) != 1:
            return None
        places[i] = (i, lines[0].id) if on_rows else (lines[0].id, i)
    return places


def _owner(tree: Tree, address: str) -> str:
    if address in tree:
        return address
    return next((node.id for node in tree if any(part.id == address for part in node.parts)), address)


def _subsets(filled: Filled) -> Iterator[Outcome]:
    """A part (其中) is at most the whole, where both are counted in the same unit."""
    form = filled.form
    for whole, part in subset_pairs(form):
        other = form.cols if form.measures_on == "rows" else form.rows
        failures = []
        for node in other:
            pair = [(i, node.id) if form.measures_on == "rows" else (node.id, i) for i in (part, whole)]
            small, large = (filled.printed(a) if a in filled.slots else None for a in pair)
            if small is not None and large is not None and small > large:
                values = ((part, small), (whole, large))
                label = "·".join(n.label for n in other.path(node.id))
                failures.append(Failure(node.id, label, (pair[0], pair[1]), values))
        yield Outcome(f"{part} <= {whole}", "error", None, tuple(failures))


def subset_pairs(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """(whole, part) for each part on the measured axis that counts in the unit of its whole."""
    for node in form.measured:
        whole = form.measured.whole_of(node)
        if whole is not None and _same_unit(form, whole.id, node.id):
            yield whole.id, node.id


def _same_unit(form: FormDefinition, whole: str, part: str) -> bool:
    a, b = form.measured[whole], form.measured[part]
    if len(a.parts) != 1 or len(b.parts) != 1 or a.parts[0].kind is not b.parts[0].kind:
        return False
    return b.unit is None or a.unit is None or a.unit == b.unit

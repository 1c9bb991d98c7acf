"""Totals, rates and checks of a form as formulas of a spreadsheet; none where a spreadsheet could not say the same."""

from collections.abc import Iterable, Iterator, Sequence

from ...campaigns.engine.checks import subset_pairs
from ...campaigns.engine.definition import Check, Tree
from ...campaigns.engine.expressions import (
    Both,
    Comparison,
    Expression,
    Implies,
    Name,
    Number,
    Operation,
    Rule,
    names,
    parse_rule,
)
from ...campaigns.engine.figures import Address, Slot
from ...campaigns.engine.parsing_parts import axis_of
from ...campaigns.engine.vocabulary import Kind
from ...campaigns.measures.wishes import FOOT
from .plan import SIGNER, Place, SheetPlan, cell_name

LONGEST = 8_000
"""Excel takes 8,192 characters."""

_MOST_ARGUMENTS = 250


class Failing:
    """A check at one place: the formula that is true where it fails, and the cells that it is about."""

    def __init__(self, formula: str, cells: tuple[str, ...], words: str) -> None:
        self.formula, self.cells, self.words = formula, cells, words


class Formulas:
    """Writes the formulas of one sheet."""

    def __init__(self, plan: SheetPlan) -> None:
        self.plan, self.form, self.filled = plan, plan.form, plan.filled
        self.entries = {entry.address: entry.name for entry in plan.entries}

    def total(self, place: Place) -> str | None:
        """The sum of a total's parts, "" as long as none of them is filled."""
        assert place.slot is not None
        if place.slot.part.kind is Kind.TEXT:
            return None
        if place.is_pair:
            return _short(self._pair_total(place))
        places = self._summands(place.slot)
        if not places or any(one.is_pair for one in places):
            return None
        joined = _arguments([(one.row, one.col) for one in places])
        return _short(f'=IF(COUNT({joined})=0,"",SUM({joined}))') if joined else None

    def _summands(self, slot: Slot) -> list[Place]:
        """The cells that a total adds up; none where one of its figures stands in no cell of the kind."""
        found: list[Place] = []
        for address in self.filled.summands(slot):
            places = self._places(address)
            if places is None:
                return []
            found += places
        return found

    def _places(self, address: Address) -> list[Place] | None:
        """The cells whose sum is the figure: its own, or those under a heading; None for a rate."""
        place = self.plan.by_address.get(address)
        if place is not None:
            return [place]
        if address in self.filled.slots:
            return []
        if address in self.filled.rate_slots:
            return None
        found: list[Place] = []
        for part in self.filled.under(address):
            places = self._places(part)
            if places is None:
                return None
            found += places
        return found

    def _cells(self, address: Address) -> list[tuple[int, int]] | None:
        """The cells whose sum is the figure; None where it stands in a pair or in a rate."""
        places = self._places(address)
        if places is None or any(place.is_pair for place in places):
            return None
        return [(place.row, place.col) for place in places]

    def _pair_total(self, place: Place) -> str | None:
        shares, cells = [], []
        for number, (address, _) in enumerate(place.parts):
            places = self._summands(self.filled.slots[address])
            if not places or any(len(one.parts) != len(place.parts) for one in places):
                return None
            cells = [one.name for one in places]
            sum_of = "+".join(_share(cell, place.sep, number) for cell in cells)
            shares.append(f"ROUND({sum_of},6)")
        empty = ",".join(f'{cell}=""' for cell in cells)
        joined = f'&"{place.sep}"&'.join(shares)
        return f'=IF(AND({empty}),"",{joined})'

    def rate(self, address: Address) -> str | None:
        """The quotient, rounded as printed; "" as long as one of its figures is missing."""
        rate = self.filled.rate_slots[address]
        on_rows = self.form.rates_on == "rows"
        groups: dict[str, str] = {}
        for name in names(rate.expression):
            cells = self._cells((name, address[1]) if on_rows else (address[0], name))
            if not cells:
                return None
            groups[name] = _arguments(cells)
        missing = ",".join(f"COUNT({group})=0" for group in groups.values())
        quotient = _term(rate.expression, groups)
        factor = "100*" if rate.per_cent else ""
        return _short(f'=IFERROR(IF(OR({missing}),"",ROUND({factor}({quotient}),{rate.places})),"")')

    def foot_line(self, number: int) -> str | None:
        """The footer's sentence with the counts that are typed below it."""
        segments = self.plan.layout.foot[number] if number < len(self.plan.layout.foot) else ()
        if not any(segment.name for segment in segments):
            return None
        pieces = [_quoted(s.text) if s.name is None else self._typed(s.name) for s in segments]
        return _short("=" + "&".join(piece for piece in pieces if piece != '""'))

    def _typed(self, name: str) -> str:
        cell = self.entries[FOOT, name]
        return f'IF({cell}="","__",{cell})'

    def signers(self, row_of: Sequence[str]) -> str | None:
        """The line of signers with the names that are typed below."""
        cells = [(signer, self.entries[SIGNER, signer]) for signer in row_of]
        parts = [f'"{signer}:"&IF({cell}="","________",{cell})' for signer, cell in cells]
        return _short("=" + '&"    "&'.join(parts)) if parts else None

    def failing(self) -> Iterator[Failing]:
        """Each check and each part (其中), at every place where it can be tried."""
        for check in self.form.checks:
            if check.over == "foot":
                yield from self._of_foot(check)
            else:
                yield from self._of_cells(check.parsed, check.text or "")
        for whole, part in subset_pairs(self.form):
            if "." not in whole + part:
                yield from self._of_cells(parse_rule(f"{part} <= {whole}"), "")

    def _of_foot(self, check: Check) -> Iterator[Failing]:
        cells = {name: self.entries[FOOT, name] for name in names(check.parsed) if (FOOT, name) in self.entries}
        if len(cells) == len(names(check.parsed)):
            yield from self._failing(check.parsed, cells, tuple(cells.values()), check.text or "")

    def _of_cells(self, rule: Rule, words: str) -> Iterator[Failing]:
        ids = names(rule)
        on_rows = axis_of(ids, self.form.cols, self.form.rows) == "rows"
        other: Tree = self.form.cols if on_rows else self.form.rows
        for node in other:
            found = {i: self._cells((i, node.id) if on_rows else (node.id, i)) for i in ids}
            if all(found.values()):
                groups = {i: _arguments(cells or []) for i, cells in found.items()}
                shown = tuple(cell_name(*cell) for cells in found.values() for cell in cells or [])
                yield from self._failing(rule, groups, shown, words)

    @staticmethod
    def _failing(rule: Rule, groups: dict[str, str], cells: tuple[str, ...], words: str) -> Iterator[Failing]:
        known = ",".join(f"COUNT({group})>0" for group in groups.values())
        formula = _short(f"=AND({known},NOT({_rule(rule, groups)}))")
        if formula:
            yield Failing(formula, cells, words)


def _arguments(cells: Iterable[tuple[int, int]]) -> str:
    """Cells as arguments of a function, neighbours as ranges; absolute, so that no rule moves with its cell."""
    runs: list[list[tuple[int, int]]] = []
    for cell in cells:
        last = runs[-1] if runs else []
        if last and _continues(last, cell):
            last.append(cell)
        else:
            runs.append([cell])
    names_of = [_absolute(*run[0]) if len(run) == 1 else f"{_absolute(*run[0])}:{_absolute(*run[-1])}" for run in runs]
    return ",".join(names_of) if len(names_of) <= _MOST_ARGUMENTS else ""


def _continues(run: list[tuple[int, int]], cell: tuple[int, int]) -> bool:
    step = (cell[0] - run[-1][0], cell[1] - run[-1][1])
    if len(run) > 1:
        return step == (run[1][0] - run[0][0], run[1][1] - run[0][1])
    return step in ((0, 1), (1, 0))


def _absolute(row: int, col: int) -> str:
    name = cell_name(row, col)
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"


def _share(cell: str, sep: str, number: int) -> str:
    """One figure of a pair that stands in one cell: 3 or 22.08 of 3/22.08."""
    found = f'FIND("{sep}",{cell})'
    part = f"LEFT({cell},{found}-1)" if number == 0 else f"MID({cell},{found}+{len(sep)},99)"
    return f"IFERROR(VALUE({part}),0)"


def _term(term: Expression, groups: dict[str, str]) -> str:
    match term:
        case Number(value):
            return f"{float(value):.15g}"
        case Name(id):
            return f"SUM({groups[id]})"
        case Operation(operator, left, right):
            return f"({_term(left, groups)}{operator}{_term(right, groups)})"


def _rule(rule: Rule, groups: dict[str, str]) -> str:
    match rule:
        case Comparison(operator, left, right):
            sign = "=" if operator == "==" else operator
            return f"ROUND({_term(left, groups)}-{_term(right, groups)},6){sign}0"
        case Both(parts):
            return f"AND({','.join(_rule(part, groups) for part in parts)})"
        case Implies(condition, consequence):
            return f"OR(NOT({_rule(condition, groups)}),{_rule(consequence, groups)})"


def _quoted(text: str) -> str:
    """A text of a formula; Excel takes 255 characters in one."""
    pieces = [text[i : i + 250].replace('"', '""') for i in range(0, len(text), 250)] or [""]
    return "&".join(f'"{piece}"' for piece in pieces)


def _short(formula: str | None) -> str | None:
    return formula if formula is not None and len(formula) <= LONGEST else None

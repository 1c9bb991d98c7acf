"""An indicator as a form can answer it, and its value by the figures of a filled form. Pure."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .engine.definition import FormDefinition, Tree
from .engine.expressions import Expression, ExpressionError, names, parse_rate, value
from .engine.figures import Address, Filled
from .engine.parsing_parts import axis_of
from .engine.printing import print_rate
from .facts import IndicatorFacts

FOOT_AT = "foot"
"""In the place of a line: the quotient is one of the footer's counts."""


class Indicator(NamedTuple):
    """An indicator with its value: a quotient, or per cent where ``per_cent``; None where nothing can be divided.

    ``met``: None without target or value; told by the exact value, not by the printed one. ``address``: its cell in
    the table of ``form``, where it has one. ``parts``: the figures that are divided, by their ids.
    """

    id: str
    label: str
    form: str
    value: Fraction | None
    text: str
    target: Decimal | None
    better: str
    per_cent: bool
    met: bool | None
    address: Address | None
    parts: tuple[tuple[str, Fraction | None], ...]


class _Question(NamedTuple):
    """An indicator as the form can answer it."""

    expression: Expression
    at: str
    on_rows: bool
    places: int
    address: Address | None


def told(facts: IndicatorFacts, filled: Filled) -> Indicator:
    """An indicator by the figures of a filled form."""
    question = asked(facts, filled.form)

    def figure(name: str) -> Fraction | None:
        if question.at == FOOT_AT:
            return Fraction(filled.foot[name]) if name in filled.foot else None
        return filled.printed((name, question.at) if question.on_rows else (question.at, name))

    parts = tuple((name, figure(name)) for name in names(question.expression))
    found = value(question.expression, dict(parts).__getitem__)
    if found is not None and facts.per_cent:
        found *= 100
    return Indicator(
        id=facts.id,
        label=facts.label,
        form=facts.form,
        value=found,
        text="" if found is None else print_rate(found, question.places) + "%" * facts.per_cent,
        target=facts.target,
        better=facts.better,
        per_cent=facts.per_cent,
        met=None if found is None else meets(facts, found),
        address=question.address,
        parts=parts,
    )


def meets(facts: IndicatorFacts, found: Fraction) -> bool | None:
    """Whether a value reaches the target; None without one."""
    if facts.target is None:
        return None
    target = Fraction(facts.target)
    return found >= target if facts.better == "more" else found <= target


def asked(facts: IndicatorFacts, form: FormDefinition) -> _Question:
    """What an indicator asks of a form.

    Raises:
        ValueError: the form has no such rate, figures or line.
    """
    rate = next((rate for rate in form.rates if rate.id == facts.expr), None)
    if rate is not None:
        on_rows = form.rates_on == "rows"
        at = facts.at or _whole(form.cols if on_rows else form.rows)
        address = (rate.id, at) if on_rows else (at, rate.id)
        return _Question(rate.expression, at, on_rows, rate.places, address if at in _lines(form, on_rows) else None)
    try:
        expression = parse_rate(facts.expr)
    except ExpressionError as error:
        raise ValueError(str(error)) from None
    ids = names(expression)
    if facts.at == FOOT_AT:
        if unknown := [name for name in ids if name not in form.foot_counts]:
            raise ValueError(f"{form.id}: {unknown[0]}")
        return _Question(expression, FOOT_AT, True, 1, None)
    axis = axis_of(ids, form.cols, form.rows)
    if axis is None or not ids:
        raise ValueError(f"{form.id}: {facts.expr}")
    on_rows = axis == "rows"
    at = facts.at or _whole(form.cols if on_rows else form.rows)
    if at not in _lines(form, on_rows):
        raise ValueError(f"{form.id}: {at}")
    return _Question(expression, at, on_rows, 1, None)


def _lines(form: FormDefinition, on_rows: bool) -> Tree:
    return form.cols if on_rows else form.rows


def _whole(tree: Tree) -> str:
    """The line that stands for the whole: the last total, or the only or first line of figures."""
    lines = [node for node in tree.lines() if node.is_figure]
    totals = [node for node in lines if node.total]
    return (totals[-1] if totals else lines[0]).id

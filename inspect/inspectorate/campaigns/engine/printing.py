"""How a figure is printed, once, at the level that prints it. 万元 is never rounded before it is summed."""

from decimal import Decimal
from fractions import Fraction

from .definition import FormDefinition, Part
from .figures import Empty, Figure, Value, scale
from .vocabulary import MONEY_UNITS, Kind

MARKS = {Empty.NOT_APPLICABLE: "—", Empty.BLANK: "", Empty.NOT_REPORTED: "未报"}
"""What is printed for each kind of empty; zero is printed as 0."""

_MOST_DECIMALS = {"元": 2}
_DEFAULT_DECIMALS = 4


def print_value(value: Value, part: Part) -> str:
    """A value in the printed unit of its part.

    Money: with `places` exactly so many decimals, else the shortest exact figure with at most four (yuan: two),
    rounded half up. Counts are whole numbers.
    """
    if isinstance(value, str):
        return value
    if part.kind is Kind.COUNT and Fraction(value).denominator == 1:
        return str(int(value))
    most = _MOST_DECIMALS.get(part.unit or "", _DEFAULT_DECIMALS)
    return rounded(Fraction(value) / scale(part), part.places, most)


def rounded(number: Fraction, places: int | None, most: int = _DEFAULT_DECIMALS) -> str:
    """Half up to `places` decimals; without `places` at most `most` decimals and no trailing zeros."""
    digits = most if places is None else places
    shifted = abs(number) * 10**digits
    whole = Decimal(int(shifted + Fraction(1, 2)))  # exact half up, whatever the size
    result = (whole if number >= 0 else -whole).scaleb(-digits)
    if places is None:
        result = result.quantize(Decimal(1)) if result == result.to_integral_value() else result.normalize()
    return f"{result:f}" if result else f"{abs(result):f}"


def print_rate(value: Fraction, places: int) -> str:
    """A rate with its places, rounded half up."""
    return rounded(value, places)


def foot_part(form: FormDefinition, name: str) -> Part:
    """A count of the footer; an amount is in the unit that the sentence names behind the blank, else in yuan."""
    measure = form.foot_counts[name]
    if measure.kind is not Kind.MONEY:
        return Part(name, measure, measure.kind, None, None)
    behind = "".join(foot.text.partition(f"{{{name}}}")[2] for foot in form.feet if name in foot.counts).lstrip()
    unit = next((unit for unit in sorted(MONEY_UNITS, key=len, reverse=True) if behind.startswith(unit)), "元")
    return Part(name, measure, measure.kind, unit, None)


def print_figure(figure: Figure, part: Part) -> str:
    """A figure, or the mark of its kind of empty."""
    if figure.empty is not None:
        return MARKS[figure.empty]
    assert figure.value is not None
    return print_value(figure.value, part)

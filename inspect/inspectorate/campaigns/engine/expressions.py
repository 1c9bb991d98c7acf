"""The small language of checks and rates: parsed by hand, never by `eval`.

    check:  fine_sum > 0 implies fine_count > 0
            closed <= in and penalised <= closed
    rate:   u_org / u

Values are exact fractions. A missing value (`None`) makes what depends on it unknown: three-valued logic, so that a
blank is never read as zero.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from ... import limits
from ...objections import N_

Lookup = Callable[[str], Fraction | None]


class ExpressionError(ValueError):
    """What is wrong with a rule or rate, and at which character (counted from 1)."""

    def __init__(self, message: str, column: int, **params: str) -> None:
        self.message, self.column, self.params = message, column, params | {"column": str(column)}
        super().__init__(message % self.params)


class Number(NamedTuple):
    value: Fraction


class Name(NamedTuple):
    id: str


class Operation(NamedTuple):
    operator: str  # + - * /
    left: "Expression"
    right: "Expression"


class Comparison(NamedTuple):
    operator: str  # == <= < >= >
    left: "Expression"
    right: "Expression"


class Both(NamedTuple):
    parts: tuple["Rule", ...]


class Implies(NamedTuple):
    condition: "Rule"
    consequence: "Rule"


Expression = Number | Name | Operation
Rule = Comparison | Both | Implies
_Parsed = TypeVar("_Parsed")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\.\w+)*)|(?P<operator>==|<=|>=|[<>+\-*/()]))"
)
_COMPARISONS = ("==", "<=", "<", ">=", ">")


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            column = position + len(text[position:]) - len(text[position:].lstrip()) + 1
            raise ExpressionError(N_("unexpected “%(found)s” at character %(column)s"), column, found=text[column - 1])
        yield _Token(match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup) + 1)
        position = match.end()


class _Parser:
    """Recursive descent: implies, and, comparison, sum, product, atom; the loosest first."""

    def __init__(self, text: str, operators: str) -> None:
        self.tokens = list(islice(_tokens(text), limits.TOKENS + 1))
        if len(self.tokens) > limits.TOKENS:
            message = N_("is longer than %(most)s words and signs, at character %(column)s")
            raise ExpressionError(message, self.tokens[-1].column, most=str(limits.TOKENS))
        brackets = [token for token in self.tokens if token.text == "("]
        if len(brackets) > limits.BRACKETS:
            message = N_("has more than %(most)s brackets, at character %(column)s")
            raise ExpressionError(message, brackets[-1].column, most=str(limits.BRACKETS))
        self.operators = operators
        self.at = 0
        self.end = len(text) + 1
        self.sums: set[int] = set()
        """Where a bracket was found to hold a sum: tried as a rule once more at every level, it would take for ever."""

    def peek(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("end", "", self.end)

    def take(self) -> _Token:
        token = self.peek()
        self.at += 1
        return token

    def takes(self, *texts: str) -> _Token | None:
        return self.take() if self.peek().text in texts and self.peek().kind != "end" else None

    def fail(self) -> ExpressionError:
        token = self.peek()
        if token.kind == "end":
            return ExpressionError(N_("ends too early at character %(column)s"), token.column)
        return ExpressionError(N_("unexpected “%(found)s” at character %(column)s"), token.column, found=token.text)

    def rule(self) -> Rule:
        left = self.conjunction()
        return Implies(left, self.rule()) if self.takes("implies") else left

    def conjunction(self) -> Rule:
        parts = [self.comparison()]
        while self.takes("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def comparison(self) -> Rule:
        start = self.at
        if start not in self.sums and self.takes("("):
            # A bracketed rule; if it turns out to be a bracketed sum, it is read again as one.
            try:
                inner = self.rule()
                if self.takes(")") and self.peek().text in ("and", "implies", ")", ""):
                    return inner
            except ExpressionError:
                pass
            self.at = start
            self.sums.add(start)
        left = self.sum()
        parts: list[Rule] = []
        while token := self.takes(*_COMPARISONS):
            right = self.sum()
            parts.append(Comparison(token.text, left, right))
            left = right
        if not parts:
            raise self.fail()
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def sum(self) -> Expression:
        left = self.product()
        while token := self.takes("+", "-"):
            left = Operation(token.text, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.atom()
        while "*" in self.operators and (token := self.takes("*", "/")):
            left = Operation(token.text, left, self.atom())
        return left

    def atom(self) -> Expression:
        if self.takes("("):
            inner = self.sum()
            if not self.takes(")"):
                raise self.fail()
            return inner
        if self.takes("-"):
            return Operation("-", Number(Fraction(0)), self.atom())
        token = self.peek()
        if token.kind == "number":
            return Number(Fraction(self.take().text))
        if token.kind == "name" and token.text not in ("and", "implies"):
            return Name(self.take().text)
        raise self.fail()

    def finished(self, result: _Parsed) -> _Parsed:
        if self.peek().kind != "end":
            raise self.fail()
        return result


def parse_rule(text: str) -> Rule:
    """Parse a check: sums and differences compared by == <= < >= >, joined by "and", or "A implies B".

    Raises:
        ExpressionError: with the character at which the rule stops making sense.
    """
    parser = _Parser(text, "+-")
    return parser.finished(parser.rule())


def parse_rate(text: str) -> Expression:
    """Parse a rate: names and numbers joined by + - * / and brackets.

    Raises:
        ExpressionError: with the character at which the expression stops making sense.
    """
    parser = _Parser(text, "+-*/")
    return parser.finished(parser.sum())


def names(tree: Rule | Expression) -> tuple[str, ...]:
    """The ids that a rule or rate mentions, each once, in order."""
    return tuple(dict.fromkeys(_names(tree)))


def _names(tree: Rule | Expression) -> Iterator[str]:
    match tree:
        case Name(id):
            yield id
        case Operation(_, left, right) | Comparison(_, left, right) | Implies(left, right):
            yield from _names(left)
            yield from _names(right)
        case Both(parts):
            for part in parts:
                yield from _names(part)
        case Number():
            return


def renamed(tree: Rule, ids: Mapping[str, str]) -> Rule:
    """The rule about other figures."""

    def anew(part: Any) -> Any:
        match part:
            case Name(id):
                return Name(ids.get(id, id))
            case Operation(operator, left, right) | Comparison(operator, left, right):
                return type(part)(operator, anew(left), anew(right))
            case Implies(condition, consequence):
                return Implies(anew(condition), anew(consequence))
            case Both(parts):
                return Both(tuple(map(anew, parts)))
        return part

    result: Rule = anew(tree)
    return result


def multiplies_by_number(tree: Expression) -> bool:
    """Whether an author wrote the factor (100, 10000 …) into the rate, so that it is printed as it stands."""
    match tree:
        case Operation("*", Number(), _) | Operation("*", _, Number()):
            return True
        case Operation("*" | "/", left, right):
            return multiplies_by_number(left) or multiplies_by_number(right)
    return False


def value(tree: Expression, lookup: Lookup) -> Fraction | None:
    """The exact value; `None` when a name has none or a denominator is zero."""
    match tree:
        case Number(number):
            return number
        case Name(id):
            return lookup(id)
        case Operation(operator, left, right):
            a, b = value(left, lookup), value(right, lookup)
            if a is None or b is None or (operator == "/" and b == 0):
                return None
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[operator]()


def holds(rule: Rule, lookup: Lookup) -> bool | None:
    """Whether a rule holds; `None` when that cannot be told from the figures that are there."""
    match rule:
        case Comparison(operator, left, right):
            a, b = value(left, lookup), value(right, lookup)
            return None if a is None or b is None else _compare(operator, a, b)
        case Both(parts):
            return _all(holds(part, lookup) for part in parts)
        case Implies(condition, consequence):
            if holds(condition, lookup) is False:
                return True
            outcome = holds(consequence, lookup)
            return outcome if outcome or holds(condition, lookup) else None


def _compare(operator: str, a: Fraction, b: Fraction) -> bool:
    if operator == "==":
        return a == b
    if operator in ("<", "<="):
        return a < b or (operator == "<=" and a == b)
    return a > b or (operator == ">=" and a == b)


def _all(outcomes: Iterator[bool | None]) -> bool | None:
    seen = set(outcomes)
    if False in seen:
        return False
    return None if None in seen else True

"""Earlier penalties of the same party, by whatever authority: what they make of the violation in hand.

Which penalties count, how far back and what follows is data (``data/repetition.toml``), read from the texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from .datafile import MalformedData, in_words, line_of, read
from .limitation import months_after
from .model import Violation
from .statutes import Citation, holds_on
from .violations import catalogue

_FILE = "repetition.toml"


class EarlierPenalty(NamedTuple):
    """A decision on the same party: for which violation, when, by whom, under which number, with which kinds."""

    violation: str
    decided_on: date
    party: str
    authority: str
    number: str
    kinds: tuple[str, ...] = ()


class RepetitionRule(NamedTuple):
    """A rule on repetition; the fields are those of ``data/repetition.toml``."""

    code: str
    zh: str
    en: str
    citation: Citation
    earlier: int
    on: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    counts: tuple[str, ...] = ()
    illegal_practice: bool = False
    same: bool = False
    without: tuple[str, ...] = ()
    months: int | None = None
    days: int | None = None
    tier: str | None = None
    effect: str | None = None
    ground: str | None = None
    violation: str | None = None
    transfer: tuple[Citation, ...] = ()


class Repetition(NamedTuple):
    """What earlier penalties make of a violation.

    ``counted``: the decisions that count, the latest first. ``tier``: the statutory tier that follows, where the
    violation has it; ``effect``: heavier, within the range, on the ``ground`` of that code; ``violation``: a rule of
    its own to charge; ``transfer``: the crime to be suspected.
    """

    code: str
    counted: tuple[EarlierPenalty, ...]
    zh: str
    en: str
    citations: tuple[Citation, ...]
    tier: str | None = None
    effect: str | None = None
    ground: str | None = None
    violation: str | None = None
    transfer: tuple[Citation, ...] = ()


def repetition(violation: Violation, earlier: Iterable[EarlierPenalty], on: date) -> tuple[Repetition, ...]:
    """What follows for this violation, decided on a day, from earlier penalties of its party.

    A decision under which several violations were punished counts once.
    """
    known = sorted((one for one in earlier if one.decided_on <= on), key=lambda one: one.decided_on, reverse=True)
    return tuple(_follow(violation, known, on))


def _follow(violation: Violation, known: list[EarlierPenalty], on: date) -> Iterator[Repetition]:
    for rule in rules():
        if not _concerns(rule, violation) or not holds_on(rule.citation, on):
            continue
        counted = _once_each(one for one in known if _counts(rule, violation, one, on))
        if len(counted) < rule.earlier:
            continue
        yield Repetition(
            code=rule.code,
            counted=counted,
            zh=rule.zh,
            en=rule.en,
            citations=(rule.citation,),
            tier=rule.tier if rule.tier in violation.tiers_by_name else None,
            effect=rule.effect,
            ground=rule.ground,
            violation=rule.violation,
            transfer=rule.transfer,
        )


def _concerns(rule: RepetitionRule, violation: Violation) -> bool:
    if rule.illegal_practice:
        return violation.illegal_practice
    return any(
        cited.law in rule.on and (not rule.articles or cited.article in rule.articles) for cited in violation.basis
    )


def _counts(rule: RepetitionRule, violation: Violation, one: EarlierPenalty, on: date) -> bool:
    before = catalogue().get(one.violation)
    if before is None or one.decided_on < _since(rule, on):
        return False
    if rule.without and one.kinds and set(one.kinds) <= {*rule.without, *_NOT_COUNTED_ALONE}:
        return False
    if rule.illegal_practice:
        return before.illegal_practice
    if rule.same:
        return before is violation or before.code == violation.code or _one_article(before, violation)
    laws = rule.counts or rule.on
    return any(
        cited.law in laws and (not rule.articles or cited.article in rule.articles)
        for edition in before.editions
        for cited in edition.basis
    )


# What goes with a suspension or revocation without making it another penalty.
_NOT_COUNTED_ALONE = ("confiscate_income", "confiscate_goods", "practice_ban")


def _one_article(one: Violation, other: Violation) -> bool:
    """Whether two violations are punished under the same article: the nearest that data comes to 同一性质."""
    first, second = one.basis[0], other.basis[0]
    return (first.law, first.article, first.suffix) == (second.law, second.article, second.suffix)


def _since(rule: RepetitionRule, on: date) -> date:
    if rule.days is not None:
        return on - timedelta(days=rule.days)
    return date.min if rule.months is None else months_after(on, -rule.months)


def _once_each(penalties: Iterable[EarlierPenalty]) -> tuple[EarlierPenalty, ...]:
    found: dict[tuple[str, str, date], EarlierPenalty] = {}
    for one in penalties:
        found.setdefault((one.authority, one.number, one.decided_on), one)
    return tuple(found.values())


@cache
def rules() -> tuple[RepetitionRule, ...]:
    """All rules on repetition, in the order of the file. Raises MalformedData naming the line."""
    return tuple(_rule(record) for record in read(_FILE)["rule"])


def _rule(record: Mapping[str, Any]) -> RepetitionRule:
    try:
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
        }
        fields["citation"] = Citation.from_dict(record["citation"])
        fields["transfer"] = tuple(Citation.from_dict(cited) for cited in record.get("transfer", ()))
        return RepetitionRule(**fields)
    except (TypeError, KeyError, ValueError) as error:
        code = str(record.get("code", "a rule without code"))
        said = in_words(error)
        raise MalformedData(f"{_FILE}:{line_of(_FILE, 'code', code, problem=said)}: {code}: {said}") from error

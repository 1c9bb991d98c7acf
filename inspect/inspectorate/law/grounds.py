"""Grounds of discretion: 行政处罚法 30 to 33 and 49, and those of single laws. Which exclude each other."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from .datafile import MalformedData, in_words, line_of, read
from .model import Violation
from .statutes import Citation, holds_on

_FILE = "discretion.toml"


class Effect(StrEnum):
    """What a ground does to a penalty."""

    NONE = "none"
    BELOW = "below"
    LIGHTER = "lighter"
    HEAVIER = "heavier"


class Ground(NamedTuple):
    """A ground of discretion. ``must``: the law says shall. Of several effects the office chooses one.

    ``needs_source``: the provision only refers to other laws, so the one relied on has to be recorded. ``laws`` and
    ``articles``: it concerns only violations punished under these; empty for all. ``tiers``: only in these tiers.
    ``excludes``: grounds that cannot be true beside it. ``keeps_confiscation``: where no penalty is imposed on it, the
    goods are taken all the same.
    """

    code: str
    zh: str
    en: str
    citation: Citation
    effects: tuple[Effect, ...]
    must: bool
    needs_source: bool = False
    laws: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    tiers: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    keeps_confiscation: bool = False

    @property
    def spares(self) -> bool:
        """Whether all that it can do is to leave the penalty out."""
        return self.effects == (Effect.NONE,)

    @property
    def eases(self) -> bool:
        """Whether it makes the penalty lighter, within the range or below it."""
        return Effect.LIGHTER in self.effects or Effect.BELOW in self.effects

    @property
    def aggravates(self) -> bool:
        """Whether it makes the penalty heavier."""
        return Effect.HEAVIER in self.effects

    def concerns(self, violation: Violation) -> bool:
        """Whether it is a ground of the law under which the violation is punished."""
        return not self.laws or any(
            cited.law in self.laws and (not self.articles or cited.article in self.articles)
            for cited in (*violation.basis, *(cited for tier in violation.tiers for cited in tier.basis))
        )


class UnknownGround(KeyError):
    """There is no ground of discretion of that code."""

    def __str__(self) -> str:
        return f"there is no ground of discretion {self.args[0]!r}"


class Contradiction(NamedTuple):
    """Grounds that cannot stand together, or not in this case."""

    grounds: tuple[Ground, ...]
    zh: str
    en: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The provisions of the grounds."""
        return tuple(ground.citation for ground in self.grounds)


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by code, in the order of the file. Raises MalformedData naming the line."""
    return {record["code"]: _ground(record) for record in read(_FILE)["ground"]}


def ground(code: str) -> Ground:
    """The ground with that code. Raises UnknownGround."""
    try:
        return grounds()[code]
    except KeyError:
        raise UnknownGround(code) from None


def grounds_for(violation: Violation, on: date, *, tier: str | None = None) -> list[Ground]:
    """The grounds that can bear on a violation decided on a day, in the tier where one is given."""
    return [
        one
        for one in grounds().values()
        if one.concerns(violation)
        and holds_on(one.citation, on)
        and (tier is None or not one.tiers or tier in one.tiers)
    ]


def contradictions(
    ground_codes: Iterable[str], violation: Violation | None = None, *, tier: str | None = None
) -> tuple[Contradiction, ...]:
    """Everything that cannot stand together among the grounds recorded. Raises UnknownGround.

    With the violation also grounds of another law; with the tier a slight act in a grave tier.
    """
    given = [ground(code) for code in dict.fromkeys(ground_codes)]
    alone = (found for one in given for found in _alone(one, violation, tier))
    return (*alone, *(found for pair in combinations(given, 2) for found in _together(*pair)))


_GRAVE = ("serious", "extreme", "individual_serious")
_SLIGHT = ("slight", "first_offence", "psp_slight")


def _alone(one: Ground, violation: Violation | None, tier: str | None) -> Iterator[Contradiction]:
    if violation is not None and not one.concerns(violation):
        zh = f"“{one.zh}”是{one.citation.zh()}规定的情节，不适用于 {violation.code}"
        yield Contradiction((one,), zh, f"{one.en}: a ground of {one.citation.en()}, not of {violation.code}")
    if tier is not None and one.tiers and tier not in one.tiers:
        yield Contradiction((one,), f"“{one.zh}”不适用于所选的处罚档次", f"{one.en}: not in the tier chosen")
    if tier in _GRAVE and one.code in _SLIGHT:
        zh, en = f"“{one.zh}”与所选的情节严重档次相互矛盾", f"{one.en} contradicts the grave tier chosen"
        yield Contradiction((one,), zh, en)


def _together(one: Ground, other: Ground) -> Iterator[Contradiction]:
    excluded = other.code in one.excludes or one.code in other.excludes
    opposed = (one.spares and other.aggravates) or (other.spares and one.aggravates)
    if excluded or opposed:
        zh = f"“{one.zh}”与“{other.zh}”相互矛盾，请只保留查明属实的一项"
        yield Contradiction((one, other), zh, f"{one.en} and {other.en} exclude each other: keep the one established")


def _ground(record: Mapping[str, Any]) -> Ground:
    try:
        fields: dict[str, Any] = dict(record)
        if not isinstance(fields["citation"], dict) or not isinstance(fields["effects"], list):
            raise TypeError("citation is a table and effects a list")
        fields["citation"] = Citation.from_dict(fields["citation"])
        fields["effects"] = tuple(map(Effect, fields["effects"]))
        fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        return Ground(**fields)
    except (TypeError, KeyError, ValueError) as error:
        code = str(record.get("code", "a ground without code"))
        said = in_words(error)
        raise MalformedData(f"{_FILE}:{line_of(_FILE, 'code', code, problem=said)}: {code}: {said}") from error

"""Discretion: grounds of 行政处罚法 30 to 33 and 49, and whether a proposed fine is lawful.

从轻 stays within the statutory range, 减轻 goes below its minimum, 不予 leaves the penalty out, 从重 stays within the
range. Nothing goes above the maximum.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ..money import yuan
from .datafile import MalformedData, read
from .ranges import FineRange, PenaltyRange
from .statutes import Citation

# What a fine below the minimum must rest on.
MITIGATION = Citation("apl", 32)
# The penalty must fit the facts, the nature and the harm of the act.
PROPORTION = Citation("apl", 5, 2)


class Effect(StrEnum):
    """What a ground does to a penalty."""

    NONE = "none"
    BELOW = "below"
    LIGHTER = "lighter"
    HEAVIER = "heavier"


class Ground(NamedTuple):
    """A ground of discretion. ``must``: the law says shall. Of several effects the office chooses one.

    ``needs_source``: the provision only refers to other laws, so the one relied on has to be recorded.
    """

    code: str
    zh: str
    en: str
    citation: Citation
    effects: tuple[Effect, ...]
    must: bool
    needs_source: bool = False


class UnknownGround(KeyError):
    """There is no ground of discretion of that code."""

    def __str__(self) -> str:
        return f"there is no ground of discretion {self.args[0]!r}"


class Outcome(StrEnum):
    """What becomes of a proposed fine."""

    OK = "ok"
    WARNING = "warning"
    REFUSED = "refused"


class Judgement(NamedTuple):
    """Whether a proposed fine may stand: the reason in both languages, and the provisions it rests on.

    ``citations`` are the bases of the range where the figure leaves it, else those of the grounds that let it.
    """

    outcome: Outcome
    zh: str
    en: str
    citations: tuple[Citation, ...] = ()

    @property
    def ok(self) -> bool:
        return self.outcome is Outcome.OK

    @property
    def refused(self) -> bool:
        return self.outcome is Outcome.REFUSED

    @property
    def citation(self) -> Citation | None:
        """The first provision it rests on."""
        return self.citations[0] if self.citations else None


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by code, in the order of the articles."""
    return {record["code"]: _ground(record) for record in read("discretion.toml")["ground"]}


def ground(code: str) -> Ground:
    """The ground with that code. Raises UnknownGround."""
    try:
        return grounds()[code]
    except KeyError:
        raise UnknownGround(code) from None


def permits_below_minimum(ground_codes: Iterable[str]) -> bool:
    """Whether one of the grounds lets a fine go below the statutory minimum (减轻). Raises UnknownGround."""
    return any(Effect.BELOW in ground(code).effects for code in ground_codes)


def permits_no_penalty(ground_codes: Iterable[str]) -> bool:
    """Whether one of the grounds lets or makes the office impose no penalty (不予). Raises UnknownGround."""
    return any(Effect.NONE in ground(code).effects for code in ground_codes)


def judge_amount(found: PenaltyRange, amount_fen: int | None, ground_codes: Iterable[str] = ()) -> Judgement:
    """Whether a fine of ``amount_fen`` may be proposed; None or 0 for no fine at all.

    Where the figures of the rule were compared with its text, a fine outside the range is refused with the article,
    unless a recorded ground lets it go below the minimum; where they were not, it is only a warning. Raises
    UnknownGround, and ValueError for a negative amount.
    """
    if amount_fen is not None and amount_fen < 0:
        raise ValueError("a fine is not negative")
    given = [ground(code) for code in ground_codes]
    return _against_grounds(amount_fen or 0, given) or _against_range(found, amount_fen or 0, given)


def _against_grounds(amount: int, given: list[Ground]) -> Judgement | None:
    """Grounds that exclude each other, or the fine, whatever the range."""
    heavier = [entry for entry in given if Effect.HEAVIER in entry.effects]
    spared = [entry for entry in given if entry.effects == (Effect.NONE,) and entry.must]
    if spared and heavier:
        zh = f"“{spared[0].zh}”与“{heavier[0].zh}”相互矛盾，请只保留查明属实的一项"
        en = "grounds for no penalty and for aggravation exclude each other: keep the one that is established"
        return Judgement(Outcome.REFUSED, zh, en, (spared[0].citation, heavier[0].citation))
    if spared and amount:
        zh = f"已认定“{spared[0].zh}”，不予行政处罚，不得处以罚款"
        en = f"{spared[0].en}: no penalty may be imposed"
        return Judgement(Outcome.REFUSED, zh, en, (spared[0].citation,))
    return None


def _against_range(found: PenaltyRange, amount: int, given: list[Ground]) -> Judgement:
    fine = found.fine
    if fine is None:
        return _fits(given) if amount == 0 else _outside(found, "该档次不设罚款", "this tier has no fine")
    if amount > fine.max:
        return _outside(
            found,
            f"拟处罚款{yuan(amount)}元，超过法定最高额{yuan(fine.max)}元",
            f"a fine of {yuan(amount)} yuan is above the statutory maximum of {yuan(fine.max)} yuan",
        )
    if amount == 0:
        return _without_fine(found, fine, given)
    if amount < fine.min:
        return _below(found, fine, amount, given)
    return _fits(given)


def _without_fine(found: PenaltyRange, fine: FineRange, given: list[Ground]) -> Judgement:
    """Leaving the fine out: free where it is optional, else only on a ground for no penalty."""
    if not fine.mandatory:
        return _fits(given)
    lets = tuple(entry for entry in given if Effect.NONE in entry.effects)
    if lets:
        return Judgement(
            Outcome.OK,
            f"依法不予处罚：{lets[0].zh}",
            f"no penalty: {lets[0].en}",
            tuple(entry.citation for entry in lets),
        )
    return _outside(
        found,
        f"该条款规定应当处以罚款（{_words(fine)}），不处罚款须有法定不予处罚情节",
        "the rule makes a fine obligatory; to leave it out a statutory ground for no penalty must be recorded",
    )


def _below(found: PenaltyRange, fine: FineRange, amount: int, given: list[Ground]) -> Judgement:
    lets = tuple(entry for entry in given if Effect.BELOW in entry.effects)
    if lets:
        zh = f"低于法定最低额{yuan(fine.min)}元，属于减轻处罚：{'；'.join(entry.zh for entry in lets)}"
        en = f"below the statutory minimum of {yuan(fine.min)} yuan, mitigated: {'; '.join(entry.en for entry in lets)}"
        return Judgement(Outcome.OK, zh, en, tuple(entry.citation for entry in lets))
    return _outside(
        found,
        f"拟处罚款{yuan(amount)}元，低于法定最低额{yuan(fine.min)}元；减轻处罚须先记录法定减轻情节（{MITIGATION.zh()}）",
        f"a fine of {yuan(amount)} yuan is below the statutory minimum of {yuan(fine.min)} yuan; "
        f"record a statutory ground for mitigation first ({MITIGATION.en()})",
    )


def _outside(found: PenaltyRange, zh: str, en: str) -> Judgement:
    if found.verification == "text":
        return Judgement(Outcome.REFUSED, zh, en, found.basis)
    return Judgement(
        Outcome.WARNING,
        f"{zh}；该条款数额未经法律文本核对，请查对后决定",
        f"{en}; the figures of this rule were not compared with the text: check them",
        found.basis,
    )


def _fits(given: list[Ground]) -> Judgement:
    citations = tuple(entry.citation for entry in given)
    return Judgement(Outcome.OK, "在法定幅度内", "within the statutory range", citations or (PROPORTION,))


def _words(fine: FineRange) -> str:
    return f"{yuan(fine.min)}元至{yuan(fine.max)}元" if fine.min else f"{yuan(fine.max)}元以下"


def _ground(record: Mapping[str, object]) -> Ground:
    try:
        fields = dict(record)
        cited, effects = fields.pop("citation"), fields.pop("effects")
        if not isinstance(cited, dict) or not isinstance(effects, list):
            raise TypeError("citation is a table and effects a list")
        return Ground(citation=Citation.from_dict(cited), effects=tuple(map(Effect, effects)), **fields)  # type: ignore[arg-type]
    except (TypeError, KeyError, ValueError) as error:
        raise MalformedData(f"discretion.toml: {record.get('code', 'a ground without code')}: {error}") from error

"""Discretion: whether a proposed fine is lawful, and the room that each ground leaves.

从轻 stays within the statutory range, 减轻 goes below its minimum, 不予 leaves the penalty out, 从重 stays within the
range. Nothing goes above the maximum.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from ..money import yuan
from .fines import FineRange
from .grounds import Effect, Ground, UnknownGround, contradictions, ground, grounds, grounds_for
from .imposable import Imposable
from .statutes import Citation
from .words import PENALTIES, term

__all__ = [
    "Effect",
    "Ground",
    "Judgement",
    "Outcome",
    "Room",
    "UnknownGround",
    "contradictions",
    "effects",
    "ground",
    "grounds",
    "grounds_for",
    "judge_amount",
]

# What a fine below the minimum must rest on.
MITIGATION = Citation("apl", 32)
# The penalty must fit the facts, the nature and the harm of the act.
PROPORTION = Citation("apl", 5, 2)

# 从轻 and 从重 are the lower and the upper 30 per cent of the way between the ends (国市监法规〔2022〕2号, from memory:
# its text was not at hand). For orientation on the scale; no figure is refused on it.
PART, OF = 30, 100


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


class Room(NamedTuple):
    """What one effect of a ground makes of a range; ``fine`` None: no fine, and where ``NONE``, no penalty at all."""

    ground: Ground
    effect: Effect
    fine: FineRange | None
    zh: str
    en: str


def effects(found: Imposable, ground_codes: Iterable[str]) -> tuple[Room, ...]:
    """For each ground and each of its effects the room it leaves for the fine. Raises UnknownGround."""
    return tuple(
        Room(one, effect, *_room(found.fine, effect))
        for one in map(ground, dict.fromkeys(ground_codes))
        for effect in one.effects
    )


def _room(fine: FineRange | None, effect: Effect) -> tuple[FineRange | None, str, str]:
    if effect is Effect.NONE:
        return None, "不予处罚", "no penalty"
    if fine is None:
        return None, "不设罚款", "no fine"
    part = (fine.max - fine.min) * PART // OF
    if effect is Effect.BELOW:
        if fine.min <= 0:
            return None, "没有法定最低额，无从减轻", "no statutory minimum to go below"
        below = FineRange(0, fine.min - 1, fine.mandatory)
        return below, f"减轻：低于{yuan(fine.min)}元", f"mitigated: below {yuan(fine.min)} yuan"
    if effect is Effect.LIGHTER:
        lower = FineRange(fine.min, fine.min + part, fine.mandatory)
        return lower, f"从轻：{_words(lower)}", f"lighter: {yuan(lower.min)} to {yuan(lower.max)} yuan"
    upper = FineRange(fine.max - part, fine.max, fine.mandatory)
    return upper, f"从重：{_words(upper)}", f"heavier: {yuan(upper.min)} to {yuan(upper.max)} yuan"


def judge_amount(
    found: Imposable,
    amount_fen: int | None,
    ground_codes: Iterable[str] = (),
    *,
    imposed: Collection[str] | None = None,
) -> Judgement:
    """Whether a fine of ``amount_fen`` may be proposed; None or 0 for no fine at all.

    Where the figures of the rule were compared with its text, a fine outside the range is refused with the article,
    unless a recorded ground lets it go below the minimum; where they were not, it is only a warning. So is the maximum
    beside a ground on which the penalty shall be lighter or below the minimum. ``imposed``: the
    kinds of penalty beside the fine, where they are known: of penalties that are imposed alone or together (单处或者
    并处), or of which just one is (或者), one at least has to be. Raises UnknownGround, and ValueError for a negative
    amount.
    """
    if amount_fen is not None and amount_fen < 0:
        raise ValueError("a fine is not negative")
    amount, given = amount_fen or 0, [ground(code) for code in dict.fromkeys(ground_codes)]
    objections = (*_against_grounds(found, amount, given), *_none_of(found, amount, given, imposed))
    return next(iter(objections), None) or _against_range(found, amount, given)


def _against_grounds(found: Imposable, amount: int, given: list[Ground]) -> Iterator[Judgement]:
    """Grounds that exclude each other, or the fine, whatever the range."""
    codes = [one.code for one in given]
    for each in contradictions(codes, found.violation, tier=found.tier):
        yield Judgement(Outcome.REFUSED, each.zh, each.en, each.citations)
    spared = [entry for entry in given if entry.spares and entry.must]
    if spared and amount:
        zh = f"已认定“{spared[0].zh}”，不予行政处罚，不得处以罚款"
        en = f"{spared[0].en}: no penalty may be imposed"
        yield Judgement(Outcome.REFUSED, zh, en, (spared[0].citation,))


def _none_of(
    found: Imposable, amount: int, given: list[Ground], imposed: Collection[str] | None
) -> Iterator[Judgement]:
    choice = found.one_of or (found.either if "fine" in found.either else ())
    if imposed is None or amount or not choice or set(imposed) & set(choice):
        return
    if not any(Effect.NONE in entry.effects for entry in given):
        names = [term(PENALTIES, name) for name in choice]
        how = "可以单处或者并处，至少处其中一种" if found.one_of else "，须处其中一种"
        zh = f"{'、'.join(name.zh for name in names)}{how}"
        yield _outside(found, zh, f"at least one of these is imposed: {', '.join(name.en for name in names)}")


def _against_range(found: Imposable, amount: int, given: list[Ground]) -> Judgement:
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
    return _nothing_spared(fine, amount, given) or _fits(given)


def _without_fine(found: Imposable, fine: FineRange, given: list[Ground]) -> Judgement:
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


def _below(found: Imposable, fine: FineRange, amount: int, given: list[Ground]) -> Judgement:
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


def _nothing_spared(fine: FineRange, amount: int, given: list[Ground]) -> Judgement | None:
    """The maximum of a range beside a ground on which the law says shall (应当从轻或者减轻): within the range, and yet
    nothing was made lighter. Only a warning: other grounds may weigh against it."""
    shall = [entry for entry in given if entry.must and entry.eases]
    if not shall or amount < fine.max or fine.max == fine.min:
        return None
    zh = "；".join(f"{entry.zh}（{entry.citation.zh()}）" for entry in shall)
    en = "; ".join(f"{entry.en} ({entry.citation.en()})" for entry in shall)
    return Judgement(
        Outcome.WARNING,
        f"已认定应当从轻或者减轻处罚的情节：{zh}；拟处罚款{yuan(amount)}元为法定最高额，未体现从轻或者减轻，请重新裁量或者说明理由",
        f"grounds on which the fine shall be lighter or below the minimum are recorded: {en}; {yuan(amount)} yuan is "
        "the statutory maximum, so nothing was made lighter: weigh it again, or say why",
        tuple(entry.citation for entry in shall),
    )


def _outside(found: Imposable, zh: str, en: str) -> Judgement:
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

"""Several rules on one party: one act under several (行政处罚法 29), several acts, and a criminal sentence (35)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..money import yuan
from .fines import FineRange
from .ranges import PenaltyRange
from .statutes import Citation

FINED_ONCE = Citation("apl", 29)
AFTER_SENTENCE_TERM = Citation("apl", 35, 1)
AFTER_SENTENCE_FINE = Citation("apl", 35, 2)


class OneAct(NamedTuple):
    """One act under several rules. ``governing``: the range under which it is fined once; None where no rule has a
    fine, or where a reviewer has to choose between those that are ``crossing`` and say why."""

    governing: PenaltyRange | None
    crossing: tuple[PenaltyRange, ...]
    zh: str
    en: str
    citations: tuple[Citation, ...] = (FINED_ONCE,)


def governing(ranges: Sequence[PenaltyRange]) -> PenaltyRange | None:
    """The range under which one act is fined: the one that no other exceeds at its minimum or its maximum.

    None where the ranges cross, so that a reviewer has to choose and say why, or where none of them has a fine.
    Measures of the other rules, and their penalties other than fines, may still stand.
    """
    fined = [(found, found.fine) for found in ranges if found.fine]
    for found, fine in fined:
        if all(fine.min >= other.min and fine.max >= other.max for _, other in fined):
            return found
    return None


def one_act(ranges: Sequence[PenaltyRange]) -> OneAct:
    """Which of several rules governs the fine for one act."""
    chosen = governing(ranges)
    if chosen is not None and chosen.fine is not None:
        named, sum_ = f"{chosen.violation.code}（{chosen.basis[0].zh()}）", _sums(chosen.fine)
        zh = f"同一违法行为不得给予两次以上罚款，按罚款数额高的规定处罚：{named}，{sum_}元"
        en = f"one act is fined once, under the rule with the higher fine: {chosen.violation.code}, {sum_} yuan"
        return OneAct(chosen, (), zh, en)
    crossing = tuple(found for found in ranges if found.fine and not any(_exceeds(other, found) for other in ranges))
    if not crossing:
        return OneAct(None, (), "各规定均不设罚款", "none of the rules has a fine")
    named = "；".join(f"{found.violation.code} {_sums(found.fine)}元" for found in crossing if found.fine)
    zh = f"各规定的罚款幅度交叉（{named}），由审核人选择罚款数额高的规定并说明理由"
    en = f"the ranges cross ({named}): a reviewer chooses the rule with the higher fine and says why"
    return OneAct(None, crossing, zh, en)


def _exceeds(other: PenaltyRange, found: PenaltyRange) -> bool:
    if other.fine is None or found.fine is None:
        return False
    return other.fine[:2] != found.fine[:2] and other.fine.min >= found.fine.min and other.fine.max >= found.fine.max


def _sums(fine: FineRange) -> str:
    return f"{yuan(fine.min)}–{yuan(fine.max)}"


class Merged(NamedTuple):
    """Several acts in one decision: each keeps its own penalty; fines are added up, the rest is united."""

    parts: tuple[PenaltyRange, ...]
    fine: FineRange | None
    measures: tuple[str, ...]
    orders: tuple[str, ...]
    warning: bool
    public_criticism: bool
    confiscate: tuple[str, ...]
    suspend_business: bool
    revoke: tuple[str, ...]


def merged(ranges: Sequence[PenaltyRange]) -> Merged:
    """The penalties of several acts together. A fine that may be left out adds nothing to the least sum."""
    fines = [found.fine for found in ranges if found.fine]
    least, most = sum(fine.min for fine in fines if fine.mandatory), sum(fine.max for fine in fines)
    return Merged(
        parts=tuple(ranges),
        fine=FineRange(least, most, any(fine.mandatory for fine in fines)) if fines else None,
        measures=_united(found.measures for found in ranges),
        orders=_united(found.orders for found in ranges),
        warning=any(found.warning for found in ranges),
        public_criticism=any(found.public_criticism for found in ranges),
        confiscate=_united(found.confiscate for found in ranges),
        suspend_business=any(found.suspend_business for found in ranges),
        revoke=_united(found.revoke for found in ranges),
    )


def _united(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


class AfterSentence(NamedTuple):
    """What a criminal sentence leaves to the office.

    ``may_fine``: a fine may still be imposed. ``set_off_fen``: how much of a fine already imposed counts towards the
    criminal fine; ``set_off_days``: how many days of detention already served count towards the term.
    """

    may_fine: bool
    set_off_fen: int
    set_off_days: int
    zh: str
    en: str
    citations: tuple[Citation, ...]


def after_sentence(
    *, criminal_fine_fen: int | None = None, fined_fen: int = 0, term_days: int | None = None, detained_days: int = 0
) -> AfterSentence:
    """What follows from a criminal sentence for the same act.

    ``criminal_fine_fen``: the criminal fine (罚金), None for none. ``fined_fen``: what the office had fined before.
    ``term_days``: the term of 拘役 or 有期徒刑 in days, None for none; ``detained_days`` of administrative detention
    served before. Raises ValueError for negative amounts.
    """
    if min(criminal_fine_fen or 0, fined_fen, term_days or 0, detained_days) < 0:
        raise ValueError("no amount of a sentence is negative")
    set_off, days = min(fined_fen, criminal_fine_fen or 0), min(detained_days, term_days or 0)
    zh, en, citations = [], [], []
    if days:
        zh.append(f"已执行的行政拘留{days}日折抵刑期")
        en.append(f"{days} days of detention count towards the term")
        citations.append(AFTER_SENTENCE_TERM)
    if criminal_fine_fen:
        citations.append(AFTER_SENTENCE_FINE)
        if fined_fen:
            zh.append(f"已处的罚款折抵罚金{yuan(set_off)}元")
            en.append(f"{yuan(set_off)} yuan of the fine count towards the criminal fine")
        else:
            zh.append(f"人民法院已判处罚金{yuan(criminal_fine_fen)}元，不再给予罚款")
            en.append(f"the court has fined {yuan(criminal_fine_fen)} yuan: no administrative fine any more")
    if not citations:
        zh.append("刑事裁判未判处罚金，可以依法给予罚款")
        en.append("the sentence imposes no fine: an administrative fine may be imposed")
        citations.append(AFTER_SENTENCE_FINE)
    return AfterSentence(not criminal_fine_fen, set_off, days, "；".join(zh), "; ".join(en), tuple(citations))

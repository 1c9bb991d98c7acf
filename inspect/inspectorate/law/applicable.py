"""Which law applies (行政处罚法 37): that of the act, or that of the decision where it is more lenient."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .facts import Facts, NoRange
from .imposable import CONFISCATION_OF_INCOME
from .model import Violation
from .ranges import PenaltyRange, range_for
from .statutes import Citation, holds_on
from .violations import catalogue, predecessors
from .words import TIERS, term

OLD_UNLESS_LIGHTER = Citation("apl", 37)

Answer = PenaltyRange | NoRange


class Comparison(NamedTuple):
    """Both laws side by side.

    ``at_act``, ``at_decision``: the range under each, or why there is none. ``governing`` and ``day`` (act or
    decision): which applies; both None where a reviewer has to choose and say why, or nothing may be imposed any more
    (``no_longer_punished``).
    """

    at_act: Answer
    at_decision: Answer
    governing: PenaltyRange | None
    day: str | None
    no_longer_punished: bool
    zh: str
    en: str
    citations: tuple[Citation, ...] = (OLD_UNLESS_LIGHTER,)

    @property
    def shown(self) -> PenaltyRange | None:
        """The range to show: the governing one, else the one that there is."""
        found = (self.governing, self.at_act, self.at_decision)
        return next((one for one in found if isinstance(one, PenaltyRange)), None)


def compare(violation: Violation, facts: Facts, act_on: date, decided_on: date) -> Comparison:
    """The law of the act against the law of the decision.

    ``act_on``: the day of the act; of an act that went on, the day on which it ended. Where the version of that day is
    not recorded the answer says so and leaves the choice to a reviewer. Raises NoRange where the facts are wanting
    under the law of the act itself (a base, a tier, a subject), and ValueError for a decision before the act.
    """
    if decided_on < act_on:
        raise ValueError("a decision is not made before the act has ended")
    first, *others = _then(violation, facts, act_on)
    later = _later(violation, facts, decided_on)
    if isinstance(first, NoRange):
        return _unknown_then(first, later[0], act_on)
    answers = [
        _no_range_now(violation, then, now, decided_on) if isinstance(now, NoRange) else _lighter(then, now)
        for then in (first, *others)
        if not isinstance(then, NoRange)
        for now in later
    ]
    return answers[0] if len(answers) == 1 else _among(answers)


def _then(violation: Violation, facts: Facts, on: date) -> list[Answer]:
    """What the day of the act says: the rule itself, or those whose place it took. Raises NoRange for wanting facts."""
    try:
        return [range_for(violation, facts, on)]
    except NoRange as refusal:
        if refusal.code != "not_in_force":
            raise
        return _ranges(predecessors(violation.code), facts, on) or [refusal]


def _later(violation: Violation, facts: Facts, on: date) -> list[Answer]:
    """What the day of the decision says: the rule itself, or whatever took its place and gives a range."""
    found = _nearest(violation, facts, on)
    if isinstance(found, PenaltyRange) or found.code != "repealed":
        return [found]
    known = catalogue()
    return _ranges([known[code] for code in violation.replaced_by if code in known], facts, on) or [found]


def _ranges(entries: Iterable[Violation], facts: Facts, on: date) -> list[Answer]:
    """The ranges that there are under other rules than the one charged."""
    return [found for entry in entries if isinstance(found := _nearest(entry, facts, on), PenaltyRange)]


def _nearest(violation: Violation, facts: Facts, on: date) -> Answer:
    """The range in the tier of the facts; where the law of the day has none of that name, in the nearest it has.

    Nearest: serious for what is overdue and serious, else the base tier, or the only one.
    """
    edition = violation.edition_on(on) or violation
    names = [facts.tier, *reversed((facts.tier or "").split("_"))]
    tier = next((name for name in names if name in edition.tiers_by_name), edition.default_tier)
    try:
        return range_for(violation, facts._replace(tier=tier), on)
    except NoRange as refusal:
        return refusal


def _among(answers: list[Comparison]) -> Comparison:
    """Several rules stand for one, before or after: if not all comparisons end alike a reviewer chooses.

    Where they all end with the law of the decision it still has to be said which of its rules the act falls under.
    """
    first = answers[0]
    then, now = _codes(one.at_act for one in answers), _codes(one.at_decision for one in answers)
    if all(one.day == "act" for one in answers) and len(then) == 1:
        return first
    zh = f"行为时适用 {'、'.join(then)}，现行规定为 {'、'.join(now)}，须由审核人认定适用哪一条，比较轻重并说明理由"
    en = f"{', '.join(then)} then and {', '.join(now)} now: a reviewer says which applies, compares and gives reasons"
    return first._replace(governing=None, day=None, zh=zh, en=en)


def _codes(answers: Iterable[Answer]) -> list[str]:
    return list(dict.fromkeys(one.violation.code for one in answers if isinstance(one, PenaltyRange)))


def _unknown_then(then: NoRange, now: Answer, act_on: date) -> Comparison:
    zh = f"{then.zh}。无法与现行规定比较，须查明 {act_on.isoformat()} 的规定后确定适用，并说明理由"
    en = f"{then}. It cannot be compared with the law now in force: look up that of {act_on.isoformat()}, give reasons"
    return Comparison(then, now, None, None, False, zh, en)


def _no_range_now(violation: Violation, then: PenaltyRange, now: NoRange, on: date) -> Comparison:
    if now.code == "repealed" and violation.abolished:
        zh = f"{on.isoformat()} 的规定已不认为是违法，适用新的规定，不予处罚"
        en = f"under the law of {on.isoformat()} it is no violation any more: the new law applies, no penalty"
        return Comparison(then, now, None, "decision", True, zh, en)
    if now.code == "repealed":
        zh, en = f"{now.zh}。须比较新旧规定后确定适用，并说明理由", f"{now}. Compare both laws and give reasons"
    else:
        zh = f"现行规定的幅度无法计算（{now.zh}），不能比较；补齐后再比较，或者由审核人选择并说明理由"
        en = f"the range under the law now in force cannot be found ({now}): complete the facts, or choose with reasons"
    return Comparison(then, now, None, None, False, zh, en)


def _lighter(then: PenaltyRange, now: PenaltyRange) -> Comparison:
    found = _weighed(then, now)
    if then.tier == now.tier:
        return found
    when = now.violation.tiers_by_name[now.tier].when
    zh = f"{found.zh}（现行规定没有相同的处罚档次，按“{when}”比较）"
    nearest = term(TIERS, now.tier).en
    return found._replace(zh=zh, en=f"{found.en} (no tier of that name now: compared with: {nearest})")


def _weighed(then: PenaltyRange, now: PenaltyRange) -> Comparison:
    if then.violation is now.violation:
        zh = "行为时与作出决定时的规定相同，适用行为时的规定"
        en = "the rule is the same on both days: that of the act applies"
        return Comparison(then, now, then, "act", False, zh, en)
    less, more = _differences(then, now)
    if not less and not more:
        zh, en = "新旧规定处罚相同，适用行为时的规定", "both laws punish alike: that of the act applies"
        return Comparison(then, now, then, "act", False, zh, en)
    if not more:
        zh = f"现行规定处罚较轻（{'、'.join(less)}），适用新的规定"
        en = "the law now in force is more lenient: it applies"
        return Comparison(then, now, now, "decision", False, zh, en)
    if not less:
        zh = f"现行规定处罚较重（{'、'.join(more)}），适用行为时的规定"
        en = "the law now in force is harsher: that of the act applies"
        return Comparison(then, now, then, "act", False, zh, en)
    zh = f"现行规定{'、'.join(less)}较轻，{'、'.join(more)}较重，须由审核人选择适用并说明理由"
    en = "the law now in force is more lenient in part and harsher in part: a reviewer chooses and says why"
    return Comparison(then, now, None, None, False, zh, en)


def _differences(then: PenaltyRange, now: PenaltyRange) -> tuple[list[str], list[str]]:
    """In what the newer law is lighter, and in what heavier: each penalty weighed by itself."""
    less: dict[str, None] = {}
    more: dict[str, None] = {}
    for (name, before), (_, after) in zip(_weights(then, now), _weights(now, then), strict=True):
        if after < before:
            less[name] = None
        elif after > before:
            more[name] = None
    return list(less), list(more)


def _weights(found: PenaltyRange, other: PenaltyRange) -> Iterator[tuple[str, int | float]]:
    """Each penalty with its weight; ``other`` so that both name the same things in the same order."""
    fine = found.fine
    yield "罚款上限", fine.max if fine else 0
    yield "罚款下限", fine.min if fine and fine.mandatory else 0
    yield "拘留", found.police_detention_days[1] if found.police_detention_days else 0
    yield "从业禁止", float("inf") if found.person_ban_life else found.person_ban_years or 0
    yield "许可限制", found.application_ban_years or 0
    yield "责令停产停业", found.suspend_business
    yield "暂停执业", found.suspend_practice_months[1] if found.suspend_practice_months else 0
    for name in sorted({*found.confiscate, *found.confiscate_optional, *other.confiscate, *other.confiscate_optional}):
        yield "没收", 2 if name in found.confiscate or _taken_anyway(name, found) else name in found.confiscate_optional
    yield from _revocations(found, other)


def _revocations(found: PenaltyRange, other: PenaltyRange) -> Iterator[tuple[str, int]]:
    """Licence by licence where one law names all that the other names; laws that name them otherwise are weighed whole:
    a licence has another title in each of them."""
    own, others = {*found.revoke, *found.revoke_optional}, {*other.revoke, *other.revoke_optional}
    if own <= others or others <= own:
        for name in sorted(own | others):
            yield "吊销许可证件", 2 if name in found.revoke else int(name in found.revoke_optional)
    else:
        yield "吊销许可证件", 2 if found.revoke else int(bool(found.revoke_optional))


def _taken_anyway(name: str, found: PenaltyRange) -> bool:
    """Illegal income, which a text need not name for it to be taken (28(2))."""
    return name == "illegal_income" and holds_on(CONFISCATION_OF_INCOME, found.on)

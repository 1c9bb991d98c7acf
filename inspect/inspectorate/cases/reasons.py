"""The reasons that the papers print: how a range comes about, and by what the fine was weighed; Chinese, as they are.

The words are those of the case page. What a paper prints elsewhere (articles violated and applied, confiscation,
orders) is left out, so that nothing stands on it twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..documents.dates import printed_date
from ..law.grounds import Effect, Ground, ground
from ..law.listing import listed, listed_by_law
from ..law.ranges import PenaltyRange
from ..law.statutes import Citation
from ..money import yuan
from .assessment import Assessment
from .models import CaseFinding

OF_THE_FINE = frozenset({"condition", "base", "multiple", "per", "factor", "cap", "alternative", "fine"})
"""Kinds of steps that lead to the figure."""


def range_items(findings: Iterable[Assessment]) -> list[str]:
    """For each violation that is fined: the steps to its range, without a full stop."""
    ranged = [one for one in findings if one.found is not None and one.found.fine and not one.takes_no_fine]
    several = len(ranged) > 1
    return [f"{_title(one)}：{_steps(one.found)}" if several else _steps(one.found) for one in ranged if one.found]


def _title(one: Assessment) -> str:
    return one.violation.title_zh if one.violation else one.finding.violation


def _steps(found: PenaltyRange) -> str:
    """Steps that rest on the same articles name them once."""
    steps = [step for step in found.steps if step.kind in OF_THE_FINE]
    parts = []
    for citations, same in groupby(steps, key=lambda step: step.citations):
        words = "，".join(step.zh.rstrip("。；") for step in same)
        parts.append(f"{words}（{listed(citations)}）" if citations else words)
    return "；".join(parts)


def uncompared_text(findings: Iterable[Assessment]) -> str:
    """The violations whose figures were not wholly compared with the statute, for the office's own papers."""
    titles = [f"“{_title(one)}”" for one in findings if one.found and one.found.verification != "text"]
    return f"{'、'.join(titles)}的处罚数额尚未与法律文本全部核对，决定前请查对" if titles else ""


def weighing_text(findings: Iterable[Assessment]) -> str:
    """What else the fine was weighed by, a paragraph each; empty where nothing else was."""
    known = list(findings)
    several = len(known) > 1
    lines = list(_acts(known))
    for one in known:
        lines += [f"关于{_title(one)}：{sentence}" if several else sentence for sentence in _sentences(one)]
    return "\n".join(lines)


def is_one_act(findings: Iterable[Assessment]) -> bool:
    """Whether all that a party is charged with is a single act under several rules."""
    known = list(findings)
    return len(known) > 1 and all(one.act is not None and len(one.act.titles) == len(known) for one in known)


def _sentences(one: Assessment) -> Iterator[str]:
    yield from _law(one)
    yield from _court(one.finding, one)
    yield from _local(one)
    yield from _grounds(one)


def _law(one: Assessment) -> Iterator[str]:
    compared = one.comparison
    if compared is None or one.assumed_today:
        return
    then, now = compared.at_act, compared.at_decision
    if isinstance(then, PenaltyRange) and isinstance(now, PenaltyRange) and then.violation is now.violation:
        return
    reason = _because(one.finding.law_reason)
    yield f"{compared.zh}{_cited(compared.citations)}{reason}。"


def _acts(findings: Sequence[Assessment]) -> Iterator[str]:
    """Each act that several rules punish, once."""
    acts = {one.finding.act_number: one.act for one in findings if one.act is not None}
    chosen = {one.finding.act_number: one.finding.governs_reason for one in findings if one.finding.governs}
    for number, act in acts.items():
        titles = "与".join(f"“{title}”" for title in act.titles)
        under = next((one.found for one in findings if one.act is not None and _governs(one, number)), None)
        named = f"即{'、'.join(listed_by_law(under.basis))}" if under else ""
        once = f"不得给予两次以上罚款，按照罚款数额高的规定{named}处罚"
        yield f"{titles}系同一个违法行为，{once}{_cited(act.one.citations)}{_because(chosen.get(number))}。"


def _governs(one: Assessment, number: int | None) -> bool:
    return one.finding.act_number == number and one.act is not None and one.act.governs is True


def _court(finding: CaseFinding, one: Assessment) -> Iterator[str]:
    if one.court is None:
        return
    day = f"于{printed_date(finding.criminal_judged_on)}" if finding.criminal_judged_on else ""
    judged = f"{finding.criminal_court or '人民法院'}{day}以{finding.criminal_judgement or '刑事判决'}"
    fine = yuan(finding.criminal_fine_fen or 0)
    yield f"{judged}对该行为判处罚金{fine}元，本机关不再给予罚款{_cited(one.court.citations)}。"


def _local(one: Assessment) -> Iterator[str]:
    local, departure = one.local, (one.finding.departure_reason or "").strip().rstrip("。；")
    if local is None:
        return
    if local.tier is not None and local.fine is not None:
        span = f"{yuan(local.fine.min)}元至{yuan(local.fine.max)}元"
        criteria = local.tier.criteria.rstrip("。；")
        yield f"依照{local.zh}，上述情形属于“{local.tier.name}”阶次（{criteria}），罚款幅度为{span}。"
        if departure:
            what = "罚款数额未适用该阶次幅度" if one.fine_fen else "未按该阶次处以罚款"
            yield f"{what}的理由：{departure}。"
    elif departure:
        yield f"未适用{local.zh}的理由：{departure}。"


def _grounds(one: Assessment) -> Iterator[str]:
    reason = (one.finding.discretion_reason or "").strip().rstrip("。；")
    given = [ground(code) for code in one.finding.grounds]
    if given:
        named = "、".join(f"“{each.zh}”{_cited((each.citation,))}" for each in given)
        yield f"具有{named}的情节{f'：{reason}' if reason else ''}{_effect(one, given)}。"


def _effect(one: Assessment, given: Sequence[Ground]) -> str:
    """What the grounds did to the fine, as its place in the range tells it (行政处罚法 5, 32)."""
    fine, range_ = one.fine_fen, one.found.fine if one.found else None
    if not fine or range_ is None:
        return ""
    if fine < range_.min:
        return "；依法减轻处罚"
    lighter, heavier = (any(effect in each.effects for each in given) for effect in (Effect.LIGHTER, Effect.HEAVIER))
    if lighter == heavier:
        return ""
    return "；依法从轻处罚" if lighter else "；依法从重处罚"


def _cited(citations: tuple[Citation, ...]) -> str:
    return f"（{listed(citations)}）" if citations else ""


def _because(reason: str | None) -> str:
    told = (reason or "").strip().rstrip("。；")
    return f"；理由：{told}" if told else ""

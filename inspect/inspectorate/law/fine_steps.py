"""How a fine was found, step by step: the base, the multiple, caps, second scales, the sum."""

from collections.abc import Iterator

from ..money import yuan
from .facts import Unknown
from .fines import Calculation, FineRange
from .imposable import Imposable
from .model import FineRule
from .statutes import Citation
from .steps import Step
from .words import BASES, COUNTED, Term, term


def fine_steps(found: Imposable) -> Iterator[Step]:
    """From the base to the figure, or that there is none."""
    calculation, citations = found.calculation, found.fine_basis
    if calculation is None:
        yield Step("fine", "本档次不设罚款", "no fine in this tier", found.basis)
        return
    yield from _scale(calculation, citations)
    if calculation.rule.alternative is not None:
        yield from _second_scale(calculation, calculation.rule.alternative, citations)
    fine = found.fine
    if fine is None:
        yield Step("fine", "按此计算罚款为零，不处罚款", "the multiple comes to nothing: no fine", citations)
    else:
        alone = not fine.mandatory and "fine" in found.one_of
        zh, en = _sum(fine, alone=alone)
        if "fine" in found.either:
            zh, en = _sum(fine._replace(mandatory=True))
            zh, en = f"选择罚款的，{zh}", f"where the fine is chosen: {en}"
        yield Step("fine", zh, en, citations)


def _scale(calculation: Calculation, citations: tuple[Citation, ...]) -> Iterator[Step]:
    """From the base, or without one, to the figure of one scale."""
    yield from _base(calculation, citations)
    rule = calculation.rule
    if rule.per is not None and calculation.times is not None:
        name, unit = term(BASES, rule.per), COUNTED.get(rule.per, Term("", ""))
        zh = f"{name.zh}{calculation.times}{unit.zh}，按每{unit.zh}的数额合计"
        yield Step(
            "per", zh, f"{name.en}: {calculation.times}; the sum for each of the {unit.en} is added up", citations
        )
    if rule.factor is not None:
        yield Step("factor", f"按规定的标准乘以{rule.factor}", f"taken {rule.factor} times", citations)


def _second_scale(calculation: Calculation, rule: FineRule, citations: tuple[Citation, ...]) -> Iterator[Step]:
    second = calculation.second
    if second is None:
        name = term(BASES, rule.base or "")
        zh = f"{name.zh}未查明，只按第一种标准计算；查明后上限可能更高"
        en = f"{name.en} is not established: only the first scale is used; once it is, the maximum may be higher"
        yield Step("alternative", zh, en, citations)
        return
    if calculation.first:
        zh, en = _sum(calculation.first._replace(mandatory=True))
        yield Step("alternative", f"第一种标准：{zh}", f"first scale: {en}", citations)
    yield from _scale(second, citations)
    if calculation.other:
        zh, en = _sum(calculation.other._replace(mandatory=True))
        yield Step("alternative", f"第二种标准：{zh}", f"second scale: {en}", citations)
    if calculation.rule.choose == "greater":
        yield Step("alternative", "两种标准取其重者", "the heavier of the two scales applies", citations)
    else:
        zh, en = (
            "两种标准可以选择适用，幅度为较低的下限至较高的上限",
            "either scale may be used: from the lesser minimum",
        )
        yield Step("alternative", zh, f"{en} to the greater maximum", citations)


def _base(calculation: Calculation, citations: tuple[Citation, ...]) -> Iterator[Step]:
    rule = calculation.rule
    if rule.base is None:
        return
    name, given = term(BASES, rule.base), _given(calculation)
    unknown = isinstance(calculation.base, Unknown)
    if unknown and rule.unknown_basis:
        citations = (*citations, rule.unknown_basis)
    silent = Term("，", " ") if rule.unknown_basis else Term("，条款未作规定，", " and the rule is silent")
    if calculation.route == "unknown":
        zh, en = f"{name.zh}无法计算或者明显偏低，适用定额罚款", f"{name.en} cannot be calculated or is clearly too low"
        yield Step("base", zh, f"{en}: the fixed range applies", citations)
    elif calculation.route == "none":
        zh, en = f"没有{name.zh}，适用定额罚款", f"no {name.en}: the fixed range applies"
        if unknown:
            zh = f"{name.zh}无法计算{silent.zh}按没有{name.zh}处理，适用定额罚款"
            en = f"{name.en} cannot be calculated{silent.en}: treated as none, the fixed range applies"
        yield Step("base", zh, en, citations)
    elif calculation.route == "below" and rule.threshold is not None:
        limit = yuan(rule.threshold)
        zh, en = f"{given.zh}，不足{limit}元，适用定额罚款", f"{given.en}, below {limit} yuan: the fixed range applies"
        if unknown:
            zh = f"{name.zh}无法计算{silent.zh}按不足{limit}元的定额罚款"
            en = f"{name.en} cannot be calculated{silent.en}: the range below {limit} yuan applies"
        yield Step("base", zh, en, citations)
    else:
        yield from _multiple(calculation, name, given, citations)


def _multiple(calculation: Calculation, name: Term, given: Term, citations: tuple[Citation, ...]) -> Iterator[Step]:
    rule, counted = calculation.rule, calculation.counted or 0
    if calculation.route == "floor":
        floor = yuan(counted)
        zh, en = (
            f"{given.zh}，不足{floor}元，按{floor}元计算",
            f"{given.en}, below {floor} yuan, counts as {floor} yuan",
        )
        if isinstance(calculation.base, Unknown):
            zh = f"{name.zh}无法计算，条款未作规定，按{floor}元计算"
            en = f"{name.en} cannot be calculated and the rule is silent: taken as {floor} yuan"
        yield Step("base", zh, en, citations)
    else:
        yield Step("base", given.zh, given.en, citations)
    if rule.base in COUNTED:
        unit = COUNTED[rule.base]
        zh = f"每{unit.zh}{_times(rule, '元', '至')}，共{counted}{unit.zh}"
        en = f"{_times(rule, '', ' to ')} yuan each, for {counted} {unit.en}"
    else:
        zh = f"{yuan(counted)}元的{_times(rule, '倍', '至')}"
        en = f"{_times(rule, '', ' to ')} times {yuan(counted)} yuan"
    yield Step("multiple", zh, en, citations)
    if rule.cap is not None:
        yield Step("cap", f"最高不超过{yuan(rule.cap)}元", f"not above {yuan(rule.cap)} yuan", citations)
    if rule.min_cap is not None:
        yield Step("cap", f"最低不少于{yuan(rule.min_cap)}元", f"not below {yuan(rule.min_cap)} yuan", citations)


def _times(rule: FineRule, unit: str, to: str) -> str:
    """5倍至20倍; where the law fixes one figure, that alone: 0.4倍."""
    least, most = f"{rule.min_times}{unit}", f"{rule.max_times}{unit}"
    return least if rule.min_times == rule.max_times else f"{least}{to}{most}"


def _given(calculation: Calculation) -> Term:
    base, value = calculation.rule.base or "", calculation.base
    name = term(BASES, base)
    if not isinstance(value, int):
        return Term(f"{name.zh}无法计算", f"{name.en} cannot be calculated")
    if base in COUNTED:
        return Term(f"{name.zh}{value}", f"{name.en}: {value}")
    return Term(f"{name.zh}{yuan(value)}元", f"{name.en} {yuan(value)} yuan")


def _sum(fine: FineRange, *, alone: bool = False) -> tuple[str, str]:
    """A range in words; ``alone``: it may be imposed alone or beside other penalties (单处或者并处)."""
    least, most = yuan(fine.min), yuan(fine.max)
    if fine.min == fine.max:
        zh, en = f"处{most}元罚款", f"fine of {most} yuan"
    elif fine.min == 0:
        zh, en = f"处{most}元以下罚款", f"fine up to {most} yuan"
    else:
        zh, en = f"处{least}元以上{most}元以下罚款", f"fine from {least} to {most} yuan"
    if alone:
        return f"可以单处或者并处：{zh}", f"alone or beside other penalties: {en}"
    return (zh, en) if fine.mandatory else (f"可以{zh}，也可以不处罚款", f"{en}; it may be left out")

"""The reasoning behind a range, in steps that an inspector, a party or a court can follow."""

from collections.abc import Iterator
from typing import NamedTuple

from ..money import yuan
from .fines import Calculation, Unknown
from .ranges import CONFISCATION_OF_INCOME, PenaltyRange
from .statutes import Citation, listed
from .words import BASES, CONFISCATED, COUNTED, MEASURES, VERIFICATIONS, Term, term


class Step(NamedTuple):
    """One step of the reasoning: ``kind`` groups it on screen, ``citations`` are the provisions it rests on."""

    kind: str
    zh: str
    en: str
    citations: tuple[Citation, ...] = ()

    def line(self, language: str = "zh") -> str:
        """The step as one line with its citations."""
        if not self.citations:
            return self.en if language == "en" else self.zh
        if language == "en":
            return f"{self.en} [{', '.join(citation.en() for citation in self.citations)}]"
        return f"{self.zh}（{listed(self.citations)}）"


def steps_of(found: PenaltyRange) -> tuple[Step, ...]:
    """All steps of a range, from the provision violated to the figure and what goes with it."""
    return (
        *_provisions(found),
        *_tier(found),
        *_fine(found),
        *_confiscation(found),
        *_orders(found),
        *_licences(found),
        *_persons(found),
        *_beyond(found),
    )


def _provisions(found: PenaltyRange) -> Iterator[Step]:
    entry = found.violation
    if found.violated:
        yield Step("violated", f"{entry.title_zh}，违反下列规定", f"{entry.title_en}: violates", found.violated)
    for law_id in dict.fromkeys(citation.law for citation in found.basis):
        version, day = found.versions[law_id], found.on.isoformat()
        cited = tuple(citation for citation in found.basis if citation.law == law_id)
        zh, en = f"处罚依据，{day} 适用 {version} 的版本", f"punished under the version of {version}, applied on {day}"
        yield Step("basis", zh, en, cited)
    if found.inapplicable:
        zh = f"{found.on.isoformat()} 未施行，或当日施行的版本未收录，不予适用"
        en = f"not in force on {found.on.isoformat()}, or the version of that day is not recorded: not applied"
        yield Step("inapplicable", zh, en, found.inapplicable)


def _tier(found: PenaltyRange) -> Iterator[Step]:
    for condition in found.conditions:
        yield Step("condition", f"适用条件：{condition}", f"provided that: {condition}", found.basis)


def _fine(found: PenaltyRange) -> Iterator[Step]:
    calculation = found.calculation
    if calculation is None:
        yield Step("fine", "本档次不设罚款", "no fine in this tier", found.basis)
        return
    yield from _base(found, calculation)
    fine = found.fine
    if fine is None:
        yield Step("fine", "按此计算罚款为零，不处罚款", "the multiple comes to nothing: no fine", found.basis)
    else:
        yield Step("fine", *_sum(fine.min, fine.max, fine.mandatory), found.basis)


def _base(found: PenaltyRange, calculation: Calculation) -> Iterator[Step]:
    rule, citations = calculation.rule, found.basis
    if rule.base is None:
        return
    name, given = term(BASES, rule.base), _given(calculation)
    if calculation.route == "unknown":
        zh, en = f"{name.zh}无法计算或者明显偏低，适用定额罚款", f"{name.en} cannot be calculated or is clearly too low"
        yield Step("base", zh, f"{en}: the fixed range applies", citations)
    elif calculation.route == "below" and rule.threshold is not None:
        limit = yuan(rule.threshold)
        if isinstance(calculation.base, Unknown):
            zh = f"{name.zh}无法计算，条款未作规定，按不足{limit}元的定额罚款"
            en = f"{name.en} cannot be calculated and the rule is silent: the range below {limit} yuan applies"
        else:
            zh, en = (
                f"{given.zh}，不足{limit}元，适用定额罚款",
                f"{given.en}, below {limit} yuan: the fixed range applies",
            )
        yield Step("base", zh, en, citations)
    else:
        yield from _multiple(calculation, name, given, citations)


def _multiple(calculation: Calculation, name: Term, given: Term, citations: tuple[Citation, ...]) -> Iterator[Step]:
    rule, counted = calculation.rule, calculation.counted or 0
    if calculation.route == "floor":
        floor = yuan(counted)
        if isinstance(calculation.base, Unknown):
            zh = f"{name.zh}无法计算，条款未作规定，按{floor}元计算"
            en = f"{name.en} cannot be calculated and the rule is silent: taken as {floor} yuan"
        else:
            zh, en = (
                f"{given.zh}，不足{floor}元，按{floor}元计算",
                f"{given.en}, below {floor} yuan, counts as {floor} yuan",
            )
        yield Step("base", zh, en, citations)
    else:
        yield Step("base", given.zh, given.en, citations)
    if rule.base in COUNTED:
        unit = COUNTED[rule.base]
        zh = f"每{unit.zh}{rule.min_times}元至{rule.max_times}元，共{counted}{unit.zh}"
        en = f"{rule.min_times} to {rule.max_times} yuan each, for {counted} {unit.en}"
    else:
        zh = f"{yuan(counted)}元的{rule.min_times}倍至{rule.max_times}倍"
        en = f"{rule.min_times} to {rule.max_times} times {yuan(counted)} yuan"
    yield Step("multiple", zh, en, citations)


def _given(calculation: Calculation) -> Term:
    base, value = calculation.rule.base or "", calculation.base
    name = term(BASES, base)
    if not isinstance(value, int):
        return Term(f"{name.zh}无法计算", f"{name.en} cannot be calculated")
    if base in COUNTED:
        return Term(f"{name.zh}{value}", f"{name.en}: {value}")
    return Term(f"{name.zh}{yuan(value)}元", f"{name.en} {yuan(value)} yuan")


def _sum(least: int, most: int, mandatory: bool) -> tuple[str, str]:
    if least == most:
        zh, en = f"处{yuan(most)}元罚款", f"fine of {yuan(most)} yuan"
    elif least == 0:
        zh, en = f"处{yuan(most)}元以下罚款", f"fine up to {yuan(most)} yuan"
    else:
        zh, en = f"处{yuan(least)}元以上{yuan(most)}元以下罚款", f"fine from {yuan(least)} to {yuan(most)} yuan"
    return (zh, en) if mandatory else (f"可以{zh}，也可以不处罚款", f"{en}; it may be left out")


def _confiscation(found: PenaltyRange) -> Iterator[Step]:
    taken = [name for name in found.confiscate if not (found.income_by_general_rule and name == "illegal_income")]
    if taken:
        yield Step("confiscate", f"没收{_zh(taken)}", f"confiscate {_en(taken)}", found.basis)
    if found.income_by_general_rule:
        yield Step(
            "confiscate",
            "违法所得除依法应当退赔的外，予以没收",
            "confiscate the illegal income, save what is owed back to others",
            (CONFISCATION_OF_INCOME,),
        )
    if found.confiscate_optional:
        names = list(found.confiscate_optional)
        yield Step("confiscate", f"可以没收{_zh(names)}", f"may confiscate {_en(names)}", found.basis)


def _orders(found: PenaltyRange) -> Iterator[Step]:
    for name in found.measures:
        yield Step("measure", *term(MEASURES, name), found.basis)
    if found.warning:
        yield Step("penalty", "警告", "warning", found.basis)
    if found.public_criticism:
        yield Step("penalty", "通报批评", "public criticism", found.basis)
    if found.suspend_business:
        yield Step("penalty", "责令停产停业", "suspension of business", found.basis)
    if found.suspend_practice_months:
        least, most = found.suspend_practice_months
        yield Step(
            "penalty",
            f"暂停执业活动{least}个月至{most}个月",
            f"suspension of practice for {least} to {most} months",
            found.basis,
        )


def _licences(found: PenaltyRange) -> Iterator[Step]:
    if found.revoke:
        names = "、".join(found.revoke)
        yield Step("penalty", f"吊销{names}", f"revoke {names}", found.basis)
    if found.revoke_optional:
        names = "、".join(found.revoke_optional)
        yield Step("penalty", f"可以吊销{names}", f"may revoke {names}", found.basis)
    if found.application_ban_years:
        years = found.application_ban_years
        yield Step("penalty", f"{years}年内不受理许可申请", f"no new application for {_years(years)}", found.basis)


def _persons(found: PenaltyRange) -> Iterator[Step]:
    years, life = found.person_ban_years, found.person_ban_life
    if years and life:
        zh, en = f"禁止从业{years}年直至终身", f"banned from the trade for {_years(years)} up to life"
        yield Step("penalty", zh, en, found.basis)
    elif years or life:
        zh, en = (f"禁止从业{years}年", f"for {_years(years)}") if years else ("终身禁止从业", "for life")
        yield Step("penalty", zh, f"banned from the trade {en}", found.basis)
    if found.police_detention_days:
        least, most = found.police_detention_days
        zh, en = f"可由公安机关处{least}日至{most}日拘留", f"the police may detain for {least} to {most} days"
        yield Step("penalty", zh, en, found.basis)


def _beyond(found: PenaltyRange) -> Iterator[Step]:
    for text in found.other:
        yield Step("other", f"另：{text}", f"also: {text}", found.basis)
    if crimes := found.violation.criminal_transfer:
        yield Step(
            "criminal", "涉嫌犯罪的，依法移送司法机关", "where it may be a crime, transfer to the police", crimes
        )
    if found.verification != "text":
        words = term(VERIFICATIONS, found.verification)
        yield Step(
            "verification", f"数额{words.zh}，使用前请查对法律文本", f"figures {words.en}: check them before use"
        )


def _main(found: PenaltyRange) -> Citation:
    return found.basis[0]


def _zh(names: list[str]) -> str:
    return "、".join(term(CONFISCATED, name).zh for name in names)


def _en(names: list[str]) -> str:
    return ", ".join(term(CONFISCATED, name).en for name in names)


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"

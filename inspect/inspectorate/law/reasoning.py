"""The reasoning behind a range, in steps that an inspector, a party or a court can follow."""

from collections.abc import Iterator

from .fine_steps import fine_steps
from .imposable import CONFISCATION_OF_INCOME, Imposable
from .steps import Step
from .words import CONFISCATED, MEASURES, PENALTIES, VERIFICATIONS, either_of, term

__all__ = ["Step", "steps_of"]


def steps_of(found: Imposable) -> tuple[Step, ...]:
    """All steps of a range, from the provision violated to the figure and what goes with it."""
    return (
        *_provisions(found),
        *_tier(found),
        *fine_steps(found),
        *_confiscation(found),
        *_orders(found),
        *_licences(found),
        *_persons(found),
        *_beyond(found),
    )


def _provisions(found: Imposable) -> Iterator[Step]:
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


def _tier(found: Imposable) -> Iterator[Step]:
    for condition in found.conditions:
        yield Step("condition", f"适用条件：{condition}", f"provided that: {condition}", found.source("name"))


def _confiscation(found: Imposable) -> Iterator[Step]:
    taken = [name for name in found.confiscate if not (found.income_by_general_rule and name == "illegal_income")]
    if taken:
        source = found.source("person_confiscate" if found.subject == "responsible" else "confiscate")
        yield Step("confiscate", f"没收{_zh(taken)}", f"confiscate {_en(taken)}", source)
    if found.income_by_general_rule:
        yield Step(
            "confiscate",
            "违法所得除依法应当退赔的外，予以没收",
            "confiscate the illegal income, save what is owed back to others",
            (CONFISCATION_OF_INCOME,),
        )
    if found.confiscate_optional:
        names = list(found.confiscate_optional)
        yield Step(
            "confiscate", f"可以没收{_zh(names)}", f"may confiscate {_en(names)}", found.source("confiscate_optional")
        )


def _orders(found: Imposable) -> Iterator[Step]:
    for name in found.measures:
        yield Step("measure", *term(MEASURES, name), found.source(name))
    for text in found.orders:
        yield Step("measure", text, text, found.source("orders"))
    if found.warning:
        yield Step("penalty", "警告", "warning", found.source("warning"))
    if found.public_criticism:
        yield Step("penalty", "通报批评", "public criticism", found.source("public_criticism"))
    if found.suspend_business:
        yield Step("penalty", "责令停产停业", "suspension of business", found.source("suspend_business"))
    if found.one_of:
        names = [term(PENALTIES, name) for name in found.one_of]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        yield Step("one_of", f"{zh}可以单处或者并处，至少处其中一种", f"at least one of: {en}", found.source("one_of"))
    if found.either:
        zh, en = either_of(found.either)
        yield Step("either", f"{zh}，只处其中一种", f"{en}: just one of them", found.source("either"))
    if found.suspend_practice_months:
        least, most = found.suspend_practice_months
        yield Step(
            "penalty",
            f"暂停执业活动{least}个月至{most}个月",
            f"suspension of practice for {least} to {most} months",
            found.source("suspend_practice_months", "person_suspend_practice_months"),
        )


def _licences(found: Imposable) -> Iterator[Step]:
    if found.revoke:
        names = "、".join(found.revoke)
        yield Step("penalty", f"吊销{names}", f"revoke {names}", found.source("revoke", "person_revoke"))
    if found.revoke_optional:
        names = "、".join(found.revoke_optional)
        cited = found.source("revoke_optional", "person_revoke_optional")
        yield Step("penalty", f"可以吊销{names}", f"may revoke {names}", cited)
    if found.application_ban_years:
        years = found.application_ban_years
        zh, en = f"{years}年内不受理许可申请", f"no new application for {_years(years)}"
        yield Step("penalty", zh, en, found.source("application_ban_years"))


def _persons(found: Imposable) -> Iterator[Step]:
    years, life = found.person_ban_years, found.person_ban_life
    banned = found.source("person_ban_years", "person_ban_life")
    if years and life:
        zh, en = f"禁止从业{years}年直至终身", f"banned from the trade for {_years(years)} up to life"
        yield Step("penalty", zh, en, banned)
    elif years or life:
        zh, en = (f"禁止从业{years}年", f"for {_years(years)}") if years else ("终身禁止从业", "for life")
        yield Step("penalty", zh, f"banned from the trade {en}", banned)
    if found.police_detention_days:
        least, most = found.police_detention_days
        zh, en = f"可由公安机关处{least}日至{most}日拘留", f"the police may detain for {least} to {most} days"
        yield Step("penalty", zh, en, found.source("police_detention_days"))


def _beyond(found: Imposable) -> Iterator[Step]:
    for text in found.other:
        yield Step("other", f"另：{text}", f"also: {text}", found.source("other"))
    if crimes := found.violation.criminal_transfer:
        yield Step(
            "criminal", "涉嫌犯罪的，依法移送司法机关", "where it may be a crime, transfer to the police", crimes
        )
    if found.verification != "text":
        words = term(VERIFICATIONS, found.verification)
        yield Step(
            "verification", f"数额{words.zh}，使用前请查对法律文本", f"figures {words.en}: check them before use"
        )


def _zh(names: list[str]) -> str:
    return "、".join(term(CONFISCATED, name).zh for name in names)


def _en(names: list[str]) -> str:
    return ", ".join(term(CONFISCATED, name).en for name in names)


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"

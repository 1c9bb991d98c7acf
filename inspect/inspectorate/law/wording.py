"""What a rule lets impose, in words and figures, before any base is known: for lists, tables and choosers."""

from collections.abc import Iterator
from decimal import Decimal

from ..money import yuan
from .violations import FineRule, Tier, Violation
from .words import BASES, CONFISCATED, COUNTED, MEASURES, Term, either_of, term

WAN = 1_000_000
"""Fen in ten thousand yuan."""


def range_in_words(violation: Violation) -> str:
    """What the provision lets impose, one clause a tier: 违法所得5倍以上20倍以下罚款，不足1万元的按1万元计算."""
    return _clauses(violation, "zh")


def range_in_english(violation: Violation) -> str:
    """The same in English; conditions of tiers are words of the law and stay Chinese."""
    return _clauses(violation, "en")


def _clauses(violation: Violation, language: str) -> str:
    clauses = []
    colon, comma, stop = (": ", ", ", "; ") if language == "en" else ("：", "，", "；")
    for tier in violation.tiers:
        parts = [fine_words(tier.fine)] if tier.fine else []
        parts += penalties_of(tier)
        if parts:
            head = "" if tier.name == "base" or not tier.when else tier.when + colon
            clauses.append(head + comma.join(getattr(part, language) for part in parts))
    nothing = "orders only, no fine" if language == "en" else "责令改正等措施，无罚款"
    return stop.join(clauses) or nothing


def fine_words(fine: FineRule) -> Term:
    """A fine as its rule states it: 可处违法所得5倍以上20倍以下罚款，不足1万元的按1万元计算."""
    zh, en = _scale(fine)
    for addition in _additions(fine):
        zh, en = f"{zh}，{addition.zh}", f"{en}; {addition.en}"
    if fine.alternative:
        other, joint = fine_words(fine.alternative), ("或者", "or")
        if fine.choose == "greater":
            joint = ("，或者{}，取其重者", "or {}, whichever is greater")
            return Term(zh + joint[0].format(other.zh), f"{en}, {joint[1].format(other.en)}")
        return Term(f"{zh}{joint[0]}{other.zh}", f"{en}, {joint[1]} {other.en}")
    return Term(f"可处{zh}", f"may be {en}") if fine.optional else Term(zh, en)


def _scale(fine: FineRule) -> tuple[str, str]:
    per = COUNTED.get(fine.per or "")
    each = Term(f"每{per.zh}", f" for each of the {per.en}") if per else Term("", "")
    if fine.kind == "range":
        return f"{each.zh}{_span_zh(fine.min, fine.max)}罚款", f"fined {_span_en(fine.min, fine.max)}{each.en}"
    base, unit = term(BASES, fine.base or ""), COUNTED.get(fine.base or "")
    least, most = _times(fine.min_times), _times(fine.max_times)
    if unit:
        return f"每{unit.zh}{least}元至{most}元罚款", f"fined {least} to {most} yuan for each of the {unit.en}"
    if least == most:
        return f"{each.zh}{base.zh}{most}倍罚款", f"fined {most} times the {base.en}{each.en}"
    if least == "0":
        return f"{each.zh}{base.zh}{most}倍以下罚款", f"fined up to {most} times the {base.en}{each.en}"
    return f"{each.zh}{base.zh}{least}倍以上{most}倍以下罚款", f"fined {least} to {most} times the {base.en}{each.en}"


def _additions(fine: FineRule) -> Iterator[Term]:
    """What a rule does with a small base and with one that nobody can calculate, and where it stops."""
    if fine.floor_base:
        zh, en = sum_zh(fine.floor_base), sum_en(fine.floor_base)
        yield Term(f"不足{zh}的按{zh}计算", f"less than {en} counts as {en}")
    alike = (fine.none_min, fine.none_max) == (fine.unknown_min, fine.unknown_max) and not fine.none_optional
    if fine.none_max and not alike:
        yield _case(_none(fine), _span(fine.none_min, fine.none_max), fine.none_optional)
    if fine.threshold:
        yield _case(_below(fine, fine.threshold), _span(fine.below_min, fine.below_max), fine.below_optional)
    if fine.unknown_max:
        without = f"没有{term(BASES, fine.base or '').zh}或者" if alike else ""
        unknown = Term(f"{without}无法计算的", f"{'with none or ' if alike else ''}where it cannot be calculated")
        yield _case(unknown, _span(fine.unknown_min, fine.unknown_max), optional=False)
    if fine.cap:
        yield Term(f"最高不超过{sum_zh(fine.cap)}", f"not above {sum_en(fine.cap)}")
    if fine.min_cap:
        yield Term(f"最低不少于{sum_zh(fine.min_cap)}", f"not below {sum_en(fine.min_cap)}")
    if fine.factor:
        yield Term(f"按{_times(fine.factor)}倍计", f"taken {_times(fine.factor)} times")


def _case(when: Term, span: Term, optional: bool) -> Term:
    """没有违法所得的，可以处1万元以下罚款."""
    zh, en = ("可以处", "possibly ") if optional else ("", "")
    return Term(f"{when.zh}，{zh}{span.zh}罚款", f"{when.en}: {en}{span.en}")


def _none(fine: FineRule) -> Term:
    return Term(f"没有{term(BASES, fine.base or '').zh}的", "with none")


def _below(fine: FineRule, threshold: int) -> Term:
    """A threshold of one fen stands for any base at all, another with a range for none is about small bases only."""
    if threshold == 1:
        return _none(fine)
    if fine.none_max:
        return Term(f"不足{sum_zh(threshold)}的", f"with less than {sum_en(threshold)}")
    return Term(f"没有或者不足{sum_zh(threshold)}的", f"with none or less than {sum_en(threshold)}")


def fine_figures(fine: FineRule) -> list[tuple[Term | None, str]]:
    """The sums of a rule in figures, one for each case with its condition: below 10,000.00 → 50,000.00 – 100,000.00.

    A multiple shows its factors (5 – 20 ×).
    """
    lines: list[tuple[Term | None, str]] = []
    if fine.kind == "range":
        lines.append((None, _figures(fine.min, fine.max)))
    else:
        least, most = _times(fine.min_times), _times(fine.max_times)
        factors = f"{least} – {most}" if least != most else most
        lines.append((None, factors if fine.base in COUNTED else f"{factors} ×"))
    if fine.floor_base:
        counted = _figures(_of(fine.floor_base, fine.min_times), _of(fine.floor_base, fine.max_times))
        lines.append((_less_than(fine.floor_base), counted))
    if fine.none_max:
        lines.append((Term("没有", "none"), _figures(fine.none_min, fine.none_max)))
    if fine.threshold:
        small = Term("没有", "none") if fine.threshold == 1 else _less_than(fine.threshold)
        lines.append((small, _figures(fine.below_min, fine.below_max)))
    if fine.unknown_max:
        lines.append((Term("无法计算", "not calculable"), _figures(fine.unknown_min, fine.unknown_max)))
    return lines + (fine_figures(fine.alternative) if fine.alternative else [])


def _less_than(fen: int) -> Term:
    return Term(f"不足 {yuan(fen)}", f"below {yuan(fen)}")


def orders_of(tier: Tier) -> list[Term]:
    """Orders, which are not penalties."""
    named = [term(MEASURES, name) for name in MEASURES if getattr(tier, name)]
    return [*named, *(Term(text, text) for text in tier.orders)]


def penalties_of(tier: Tier) -> list[Term]:
    """The penalties on the offender besides fine and confiscation, in the order of 行政处罚法 9."""
    found = [Term("警告", "warning")] if tier.warning else []
    found += [Term("通报批评", "public criticism")] if tier.public_criticism else []
    if tier.either:
        zh, en = either_of(tier.either)
        found.append(Term(f"{zh}，只处其中一种", f"{en}, just one of them"))
    found += [Term("责令停产停业", "suspension of business")] if tier.suspend_business else []
    if tier.suspend_practice_months:
        found.append(_suspended(*tier.suspend_practice_months))
    found += _revoked(tier.revoke, tier.revoke_optional)
    if years := tier.application_ban_years:
        found.append(Term(f"{years}年内不受理许可申请", f"no new application for {_years(years)}"))
    return found


def confiscations_of(tier: Tier) -> list[Term]:
    """What must and what may be taken from the offender."""
    found = []
    if tier.confiscate:
        found.append(_listed("没收", "confiscation of ", tier.confiscate))
    if tier.confiscate_optional:
        found.append(_listed("可以没收", "possibly confiscation of ", tier.confiscate_optional))
    return found


def _suspended(least: int, most: int) -> Term:
    return Term(f"暂停执业活动{least}个月至{most}个月", f"suspension of practice, {least} to {most} months")


def _revoked(certain: tuple[str, ...], possible: tuple[str, ...]) -> list[Term]:
    must = [Term(f"吊销{name}", f"revocation of {name}") for name in certain]
    return [*must, *(Term(f"可以吊销{name}", f"possibly revocation of {name}") for name in possible)]


def persons_of(tier: Tier) -> list[Term]:
    """Bans and detention, which are always for persons; for the persons of a unit suspension and confiscation too."""
    found = [_listed("没收", "confiscation of ", tier.person_confiscate)] if tier.person_confiscate else []
    if tier.person_suspend_practice_months:
        found.append(_suspended(*tier.person_suspend_practice_months))
    found += _revoked(tier.person_revoke, tier.person_revoke_optional)
    years, life = tier.person_ban_years, tier.person_ban_life
    if years and life:
        found.append(Term(f"禁止从业{years}年直至终身", f"banned from the trade for {_years(years)} up to life"))
    elif years:
        found.append(Term(f"禁止从业{years}年", f"banned from the trade for {_years(years)}"))
    elif life:
        found.append(Term("终身禁止从业", "banned from the trade for life"))
    if tier.police_detention_days:
        least, most = tier.police_detention_days
        zh, en = f"可由公安机关处{least}日至{most}日拘留", f"the police may detain for {least} to {most} days"
        found.append(Term(zh, en))
    return found


def sum_zh(fen: int) -> str:
    """10万元, 5,000元."""
    if fen >= WAN and fen % (WAN // 100) == 0:
        return f"{(Decimal(fen) / WAN).normalize():f}万元"
    return f"{yuan(fen).removesuffix('.00')}元"


def sum_en(fen: int) -> str:
    """100,000 yuan."""
    return f"{yuan(fen).removesuffix('.00')} yuan"


def _span(least: int | None, most: int | None) -> Term:
    return Term(_span_zh(least, most), _span_en(least, most))


def _span_zh(least: int | None, most: int | None) -> str:
    if least == most:
        return sum_zh(most or 0)
    return f"{sum_zh(least)}以上{sum_zh(most or 0)}以下" if least else f"{sum_zh(most or 0)}以下"


def _span_en(least: int | None, most: int | None) -> str:
    if least == most:
        return sum_en(most or 0)
    return f"{yuan(least).removesuffix('.00')} to {sum_en(most or 0)}" if least else f"up to {sum_en(most or 0)}"


def _figures(least: int | None, most: int | None) -> str:
    return f"{yuan(least or 0)} – {yuan(most or 0)}" if least != most else yuan(most or 0)


def _of(base: int, times: Decimal | None) -> int:
    return int(base * (times or 0))


def _times(times: Decimal | None) -> str:
    return f"{(times or Decimal(0)).normalize():f}"


def _listed(zh: str, en: str, names: tuple[str, ...]) -> Term:
    words = [term(CONFISCATED, name) for name in names]
    return Term(zh + "、".join(word.zh for word in words), en + ", ".join(word.en for word in words))


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"

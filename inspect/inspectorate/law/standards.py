"""Local discretion standards (裁量基准): tiers by which an agency narrows a statutory range in its region.

A standard narrows, it never widens: whatever it says, the figure stays inside the statutory range.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import NamedTuple

from .combining import combined, tier_named
from .facts import NoRange
from .fines import FineRange
from .imposable import Imposable
from .model import FineRule, Tier, Violation
from .violations import catalogue
from .words import COUNTED, SECTORS

PER_CENT = Decimal(100)


class LocalTier(NamedTuple):
    """A local tier: its name, when it applies, and its part of the statutory range in one or two measures.

    ``share``: per cent of the way from the statutory minimum to the maximum. ``times``: multiples of the base, where
    the rule takes a multiple. ``sum``: fen, where the rule has a fixed range. ``line``: where it stands in its file.
    """

    name: str
    criteria: str
    share: tuple[Decimal, Decimal] | None = None
    times: tuple[Decimal, Decimal] | None = None
    sum: tuple[int, int] | None = None
    line: int = 0


class LocalRule(NamedTuple):
    """The local tiers of one violation, in one statutory tier, for one subject (None: those of the catalogue)."""

    violation: str
    tiers: tuple[LocalTier, ...]
    tier: str | None = None
    subject: str | None = None
    line: int = 0

    def named(self, name: str) -> LocalTier | None:
        """The local tier of that name."""
        return next((tier for tier in self.tiers if tier.name == name), None)


class Standard(NamedTuple):
    """A published standard, in force from ``since`` to ``until`` (both included) in its region and all below it."""

    name: str
    number: str
    issued_by: str
    region: str
    sector: str
    since: date
    until: date | None
    rules: tuple[LocalRule, ...]

    def rule_for(self, violation: str, tier: str, subject: str) -> LocalRule | None:
        """Its rule for a violation in a statutory tier on a subject."""
        for rule in self.rules:
            entry = catalogue().get(violation)
            if rule.violation != violation or entry is None:
                continue
            if (rule.tier or entry.default_tier, rule.subject or entry.subject) == (tier, subject):
                return rule
        return None


class Fault(NamedTuple):
    """What is wrong with a standard, with the line."""

    line: int
    zh: str
    en: str


class Applied(NamedTuple):
    """The standard that governs a finding, and its rule for it."""

    standard: Standard
    rule: LocalRule


def narrow(found: Imposable, tier: LocalTier) -> FineRange | None:
    """The statutory range narrowed by a local tier, rounded inwards; None where there is no fine.

    Never outside the statutory range: what reaches beyond it is cut off. The whole statutory range where the tier is
    stated in a measure that this case does not use (multiples, where a fixed range applies), or in sums of another of
    the rule's ranges (that for no income, where there is some).
    """
    fine = found.fine
    if fine is None:
        return None
    ends = _ends(found, fine, tier)
    if ends is None or ends[0] > fine.max or ends[1] < fine.min:
        return fine
    least, most = (min(max(end, fine.min), fine.max) for end in ends)
    return FineRange(least, max(least, most), fine.mandatory)


def _ends(found: Imposable, fine: FineRange, tier: LocalTier) -> tuple[int, int] | None:
    counted = _counted(found)
    if tier.times is not None and counted is not None:
        return _up(counted * tier.times[0]), _down(counted * tier.times[1])
    if tier.sum is not None and counted is None:
        return tier.sum
    if tier.share is not None:
        wide = fine.max - fine.min
        low, high = (fine.min + wide * end / PER_CENT for end in tier.share)
        return _up(low), _down(high)
    return None


def _counted(found: Imposable) -> Decimal | None:
    """What the multiples of a local tier are taken of; None where a fixed range applies."""
    calculation = found.calculation
    if calculation is None or calculation.counted is None:
        return None
    rule, each = calculation.rule, 1 if calculation.times is None else calculation.times
    yuan = 100 if rule.base in COUNTED else 1  # so many yuan for each head
    return calculation.counted * yuan * each * (rule.factor or Decimal(1))


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))


def _down(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_FLOOR))


def in_force(standards: Iterable[Standard], region: str, sector: str, on: date) -> list[Standard]:
    """The standards that hold in a region and sector on a day, the nearest region first, the later one before."""
    holding = [
        standard
        for standard in standards
        if standard.since <= on
        and (standard.until is None or on <= standard.until)
        and sector == standard.sector
        and region.startswith(_significant(standard.region))
    ]
    return sorted(holding, key=lambda one: (len(_significant(one.region)), one.since, one.number), reverse=True)


def applied(standards: Iterable[Standard], found: Imposable, region: str, sector: str, on: date) -> Applied | None:
    """The rule that governs a finding: of the nearest region up that has one for it."""
    for standard in in_force(standards, region, sector, on):
        rule = standard.rule_for(found.violation.code, found.tier, found.subject)
        if rule is not None:
            return Applied(standard, rule)
    return None


def _significant(region: str) -> str:
    while region.endswith("00"):
        region = region[:-2]
    return region


def faults(standard: Standard) -> list[Fault]:
    """Everything that is wrong with a standard, in the order of its file."""
    found = [*_head(standard)]
    seen: dict[tuple[str, str | None, str | None], int] = {}
    for rule in standard.rules:
        key = rule.violation, rule.tier, rule.subject
        if key in seen:
            zh = f"{rule.violation} 的同一处罚档次在第 {seen[key]} 行已有规定"
            found.append(Fault(rule.line, zh, f"{rule.violation}: the same tier is already ruled in line {seen[key]}"))
        seen.setdefault(key, rule.line)
        found += _rule(rule, standard.since)
    return sorted(found, key=lambda fault: fault.line)


def _head(standard: Standard) -> Iterator[Fault]:
    if not (len(standard.region) == 6 and standard.region.isascii() and standard.region.isdigit()):
        yield Fault(1, f"行政区划代码须为六位数字：{standard.region}", f"a region has six digits: {standard.region}")
    if standard.sector not in SECTORS:
        yield Fault(1, f"没有“{standard.sector}”这一领域", f"there is no sector {standard.sector!r}")
    if standard.until and standard.until < standard.since:
        yield Fault(1, "失效日期早于施行日期", "it ends before it begins")
    if not standard.rules:
        yield Fault(1, "没有任何裁量规则", "it has no rule")


def _rule(rule: LocalRule, since: date) -> Iterator[Fault]:
    entry = catalogue().get(rule.violation)
    if entry is None:
        zh, en = f"违法行为目录中没有 {rule.violation}", f"the catalogue has no violation {rule.violation}"
        yield Fault(rule.line, zh, en)
        return
    edition = entry.edition_on(since) or entry
    try:
        statutory = tier_named(edition, rule.tier)
    except NoRange as refusal:
        yield Fault(rule.line, refusal.zh, str(refusal))
        return
    fine = _fine(edition, statutory, rule.subject or edition.subject)
    if fine is None:
        zh, en = f"{rule.violation} 该档次对该对象不设罚款", f"{rule.violation}: this tier has no fine on that subject"
        yield Fault(rule.line, zh, en)
        return
    if not rule.tiers:
        yield Fault(rule.line, "没有裁量档次", "it has no tier")
    for tier in rule.tiers:
        if rule.named(tier.name) is not tier:
            yield Fault(tier.line, f"“{tier.name}”这一阶次重复", f"there are two tiers {tier.name}")
        # A mere dash is what forms send for "none of them".
        if not any(char.isalnum() for char in tier.name):
            yield Fault(tier.line, f"“{tier.name}”不是名称，阶次名称须有文字", f"{tier.name}: a name has words")
        yield from _outside(tier, fine)
    for measure in ("share", "times", "sum"):
        yield from _joints(rule, measure)


def _fine(entry: Violation, statutory: Tier, subject: str) -> FineRule | None:
    whole = combined(entry, statutory)
    if subject != "responsible":
        return whole.fine if subject in (entry.subject, statutory.subject) else None
    return whole.person_fine or (entry.responsible.fine if entry.responsible else None)


def _outside(tier: LocalTier, fine: FineRule) -> Iterator[Fault]:
    if tier.share is None and tier.times is None and tier.sum is None:
        yield Fault(
            tier.line, f"“{tier.name}”没有幅度：填写 share、times 或 sum", f"{tier.name}: give share, times or sum"
        )
    for measure, ends, least, most in _bounds(tier, fine):
        if ends[0] > ends[1]:
            yield Fault(tier.line, f"“{tier.name}”的 {measure} 下限高于上限", f"{tier.name}: {measure} is inverted")
        elif least is None or most is None:
            zh = f"“{tier.name}”以 {measure} 表示，该法条不以此计算罚款"
            yield Fault(tier.line, zh, f"{tier.name}: the provision has no fine by {measure}")
        elif ends[0] < least or ends[1] > most:
            zh = f"“{tier.name}”的 {measure} 超出法定幅度（{least}—{most}）"
            yield Fault(tier.line, zh, f"{tier.name}: {measure} is outside the statutory {least} to {most}")


def _bounds(
    tier: LocalTier, fine: FineRule
) -> Iterator[tuple[str, Sequence[Decimal | int], Decimal | int | None, Decimal | int | None]]:
    """Each measure that the tier uses: its ends, and what the statute lets them be."""
    if tier.share is not None:
        yield "share", tier.share, 0, 100
    if tier.times is not None:
        yield "times", tier.times, fine.min_times, fine.max_times
    if tier.sum is not None:
        fixed = ((fine.min, fine.max), (fine.none_min, fine.none_max), (fine.below_min, fine.below_max))
        pairs = [pair for pair in (*fixed, (fine.unknown_min, fine.unknown_max)) if pair[1] is not None]
        lows, highs = [pair[0] or 0 for pair in pairs], [pair[1] for pair in pairs if pair[1] is not None]
        yield "sum", tier.sum, min(lows, default=None), max(highs, default=None)


def _joints(rule: LocalRule, measure: str) -> Iterator[Fault]:
    """Tiers follow each other without gap or overlap; where one ends the next begins."""
    tiers = [tier for tier in rule.tiers if getattr(tier, measure) is not None]
    tiers.sort(key=lambda tier: getattr(tier, measure))
    for lower, upper in pairwise(tiers):
        end, begin = getattr(lower, measure)[1], getattr(upper, measure)[0]
        if begin > end:
            zh, en = f"“{lower.name}”与“{upper.name}”之间有空档", f"a gap between {lower.name} and {upper.name}"
            yield Fault(upper.line, f"{zh}（{measure}）", f"{en} ({measure})")
        elif begin < end:
            zh, en = f"“{lower.name}”与“{upper.name}”重叠", f"{lower.name} and {upper.name} overlap"
            yield Fault(upper.line, f"{zh}（{measure}）", f"{en} ({measure})")

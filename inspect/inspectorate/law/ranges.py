"""The statutory range of a penalty: what the law lets an office impose for one violation, exact to the fen.

Statutory means before mitigation (行政处罚法 32) and before local discretion standards.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from .fines import UNKNOWN, Bases, Calculation, FineRange, NoRange, Unknown, check_bases, fine_of
from .statutes import Citation, holds_on, version_in_force
from .violations import ResponsibleRule, Tier, Violation
from .words import MEASURES

# Whoever asks for a range needs these too.
__all__ = ["UNKNOWN", "Bases", "FineRange", "NoRange", "PenaltyRange", "Unknown", "combined", "range_for"]

# 违法所得 is confiscated for every violation, whether or not the rule repeats it.
CONFISCATION_OF_INCOME = Citation("apl", 28, 2)


class PenaltyRange(NamedTuple):
    """What may be imposed on one subject for one violation in one tier, on one day.

    Lists and flags have the names of the data files (``data/README.md``). ``verification`` is text, partial or
    unverified; ``conditions`` what the range takes for granted; ``inapplicable`` the bases not in force that day.
    """

    violation: Violation
    tier: str
    subject: str
    on: date
    fine: FineRange | None
    calculation: Calculation | None
    violated: tuple[Citation, ...]
    basis: tuple[Citation, ...]
    inapplicable: tuple[Citation, ...]
    versions: Mapping[str, str]
    verification: str
    conditions: tuple[str, ...]
    measures: tuple[str, ...] = ()
    warning: bool = False
    public_criticism: bool = False
    confiscate: tuple[str, ...] = ()
    confiscate_optional: tuple[str, ...] = ()
    suspend_business: bool = False
    suspend_practice_months: tuple[int, int] | None = None
    revoke: tuple[str, ...] = ()
    revoke_optional: tuple[str, ...] = ()
    application_ban_years: int | None = None
    person_ban_years: int | None = None
    person_ban_life: bool = False
    police_detention_days: tuple[int, int] | None = None
    other: tuple[str, ...] = ()
    income_by_general_rule: bool = False


def range_for(
    violation: Violation, *, subject: str, tier: str | None = None, bases: Bases | None = None, on: date
) -> PenaltyRange:
    """The statutory range for one violation.

    ``subject``: org or person as the violation says, or responsible for the responsible persons of a unit. ``tier``:
    its name; by default ``base``, or the only one. ``bases``: name to fen, or to a number of heads or months for the
    bases of ``words.COUNTED``, or UNKNOWN; what the rule does not use is ignored. ``on``: the day whose law applies.

    Raises NoRange.
    """
    bases = bases or {}
    check_bases(bases)
    violation = violation.edition_on(on) or violation
    own = _tier(violation, tier)
    _check_subject(violation, own, subject)
    whole = combined(violation, own)
    rule = _responsible_rule(violation, whole) if subject == "responsible" else None
    basis, inapplicable = _applicable(violation, (rule.basis,) if rule else violation.basis, on)
    _check_in_force(violation, basis, inapplicable, on)
    violated, _ = _applicable(violation, violation.violated, on)
    fine_rule = whole.fine if subject != "responsible" else rule.fine if rule else whole.person_fine
    fine, calculation = (None, None) if fine_rule is None else fine_of(fine_rule, bases)
    found = PenaltyRange(
        violation=violation,
        tier=own.name,
        subject=subject,
        on=on,
        fine=fine,
        calculation=calculation,
        violated=violated,
        basis=basis,
        inapplicable=inapplicable,
        versions=_versions((*violated, *basis), on),
        verification=violation.checked,
        conditions=_conditions(own, subject, rule),
    )
    return _for_responsible(found, whole, bases) if subject == "responsible" else _for_offender(found, whole, bases)


_NAMES = {name for name, kind in Tier.__annotations__.items() if kind == tuple[str, ...]}


def combined(violation: Violation, tier: Tier) -> Tier:
    """The tier with all that it takes over from the base tier; its own figures replace those of the base."""
    base = violation.tiers_by_name.get("base")
    if base is None or tier is base or tier.instead:
        return tier
    values: dict[str, Any] = {}
    for name in Tier._fields:
        lower, own = getattr(base, name), getattr(tier, name)
        if name in ("name", "when", "instead", "subject"):
            values[name] = own
        elif name in _NAMES:
            values[name] = _joined(lower, own)
        else:
            values[name] = own or lower
    for certain, possible in (("revoke", "revoke_optional"), ("confiscate", "confiscate_optional")):
        values[possible] = tuple(name for name in values[possible] if name not in values[certain])
    values["other"] = "；".join(_joined((base.other,), (tier.other,))) or None
    return Tier(**values)


def _joined(first: Iterable[str | None], second: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (*first, *second) if text))


def _tier(violation: Violation, name: str | None) -> Tier:
    wanted = name or violation.default_tier
    tiers = violation.tiers_by_name
    if wanted is not None and wanted in tiers:
        return tiers[wanted]
    choices = "、".join(f"{tier.name}（{tier.when}）" for tier in violation.tiers)
    listed = ", ".join(tiers)
    if wanted is None:
        raise NoRange(
            "tier", "tier", f"{violation.code} 须选定处罚档次：{choices}", f"{violation.code} needs a tier: {listed}"
        )
    raise NoRange(
        "tier",
        "tier",
        f"{violation.code} 没有“{wanted}”这一处罚档次，可选：{choices}",
        f"{violation.code} has no tier {wanted!r}; it has {listed}",
    )


def _check_subject(violation: Violation, tier: Tier, subject: str) -> None:
    if subject in (violation.subject, tier.subject):
        return
    whole = combined(violation, tier)
    if subject == "responsible" and (violation.responsible or whole.person_fine):
        return
    if subject == "responsible":
        where = "、".join(tier.when for tier in violation.tiers if tier.person_fine)
        zh = f"该档次不对责任人员处以罚款（仅限：{where}）" if where else "该违法行为不对责任人员另处罚款"
        en = "in this tier responsible persons are not fined" if where else "responsible persons are not fined for it"
        raise NoRange("subject", "subject", f"{violation.code}：{zh}", f"{violation.code}: {en}")
    zh, en = ("单位", "an organisation") if violation.subject == "org" else ("个人", "a person")
    raise NoRange(
        "subject",
        "subject",
        f"{violation.code} 的处罚对象是{zh}",
        f"{violation.code} is a violation of {en}; it has no subject {subject!r}",
    )


def _responsible_rule(violation: Violation, whole: Tier) -> ResponsibleRule | None:
    return None if whole.person_fine else violation.responsible


def _applicable(
    violation: Violation, citations: Iterable[Citation], on: date
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    sides: tuple[list[Citation], list[Citation]] = ([], [])
    for citation in citations:
        sides[0 if violation.holds(citation, on) else 1].append(citation)
    return tuple(sides[0]), tuple(sides[1])


def _check_in_force(
    violation: Violation, basis: tuple[Citation, ...], inapplicable: tuple[Citation, ...], on: date
) -> None:
    if basis:
        return
    zh = "、".join(citation.zh() for citation in inapplicable)
    en = ", ".join(citation.en() for citation in inapplicable)
    raise NoRange(
        "not_in_force",
        "on",
        f"{violation.code} 的处罚依据{zh}在 {on.isoformat()} 尚未施行，或当日施行的版本未收录",
        f"{violation.code}: {en} was not in force on {on.isoformat()}, or the version of that day is not recorded",
    )


def _versions(citations: Iterable[Citation], on: date) -> dict[str, str]:
    found = {citation.law: version_in_force(citation.law, on) for citation in citations}
    return {law: version.name for law, version in found.items() if version}


def _conditions(tier: Tier, subject: str, rule: ResponsibleRule | None) -> tuple[str, ...]:
    named = []
    if subject == "responsible":
        named.append(rule.when if rule else "直接负责的主管人员和其他直接责任人员")
    if tier.when != "任何情节":
        named.append(tier.when)
    return tuple(named)


def _for_offender(found: PenaltyRange, whole: Tier, bases: Bases) -> PenaltyRange:
    income = bases.get("illegal_income")
    confiscate, optional = whole.confiscate, whole.confiscate_optional
    if income == 0:
        confiscate = tuple(name for name in confiscate if name != "illegal_income")
        optional = tuple(name for name in optional if name != "illegal_income")
    general = (
        isinstance(income, int)
        and income > 0
        and "illegal_income" not in (*confiscate, *optional)
        and holds_on(CONFISCATION_OF_INCOME, found.on)
    )
    person = found.subject == "person"
    return found._replace(
        measures=tuple(name for name in MEASURES if getattr(whole, name)),
        warning=whole.warning,
        public_criticism=whole.public_criticism,
        confiscate=("illegal_income", *confiscate) if general else confiscate,
        confiscate_optional=optional,
        suspend_business=whole.suspend_business,
        suspend_practice_months=whole.suspend_practice_months,
        revoke=whole.revoke,
        revoke_optional=whole.revoke_optional,
        application_ban_years=whole.application_ban_years,
        person_ban_years=whole.person_ban_years if person else None,
        person_ban_life=whole.person_ban_life and person,
        police_detention_days=whole.police_detention_days if person else None,
        other=tuple(whole.other.split("；")) if whole.other else (),
        income_by_general_rule=general,
    )


def _for_responsible(found: PenaltyRange, whole: Tier, bases: Bases) -> PenaltyRange:
    """Bans and detention that a rule on a unit names are always for its persons."""
    return found._replace(
        confiscate=tuple(name for name in whole.person_confiscate if bases.get(name) != 0),
        person_ban_years=whole.person_ban_years,
        person_ban_life=whole.person_ban_life,
        police_detention_days=whole.police_detention_days,
    )

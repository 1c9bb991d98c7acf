"""A violation's tiers as they are applied: which is meant, what it takes over from the base tier, on whom it falls."""

from collections.abc import Iterable
from typing import Any

from .facts import NoRange
from .model import ResponsibleRule, Tier, Violation
from .statutes import Citation
from .words import SUBJECTS, term

_LISTS = {name for name, kind in Tier.__annotations__.items() if kind == tuple[str, ...]}
_ITS_OWN = ("name", "when", "instead", "subject", "basis", "person_basis")
_OF_THE_UNITS_PERSONS = ("police_detention_days", *(name for name in Tier._fields if name.startswith("person_")))


def combined(violation: Violation, tier: Tier) -> Tier:
    """The tier with all that it takes over from the base tier; its own figures replace those of the base."""
    base = base_under(violation, tier)
    if base is None:
        return tier
    # An offender who is a person bears nothing of what the base tier has for the persons of a unit.
    alone = _OF_THE_UNITS_PERSONS if violation.subject == "org" and tier.subject == "person" else ()
    values: dict[str, Any] = {}
    for name in Tier._fields:
        lower, own = getattr(base, name), getattr(tier, name)
        if name in _ITS_OWN or name in alone:
            values[name] = own
        elif name in _LISTS:
            values[name] = _joined(lower, own)
        else:
            values[name] = own or lower
    for certain in ("revoke", "person_revoke", "confiscate"):
        possible = f"{certain}_optional"
        values[possible] = tuple(name for name in values[possible] if name not in values[certain])
    values["other"] = "；".join(_joined((base.other,), (tier.other,))) or None
    return Tier(**values)


def base_under(violation: Violation, tier: Tier) -> Tier | None:
    """The base tier from which this one takes over; None where it stands alone."""
    base = violation.tiers_by_name.get("base")
    return None if base is tier or tier.instead else base


def basis_of(violation: Violation, tier: Tier) -> tuple[Citation, ...]:
    """The provisions on which a tier rests, those of the base tier under it before its own."""
    base = base_under(violation, tier)
    lower = (base.basis or violation.basis) if base else ()
    return tuple(dict.fromkeys((*lower, *(tier.basis or violation.basis))))


def fine_basis_of(violation: Violation, tier: Tier, *, persons: bool = False) -> tuple[Citation, ...]:
    """The provisions on which its fine rests: those of the tier that sets it. ``persons``: the fine on persons."""
    base = base_under(violation, tier)
    setting = tier if base is None or (tier.person_fine if persons else tier.fine) else base
    return (setting.person_basis if persons else ()) or setting.basis or violation.basis


def sources_of(violation: Violation, tier: Tier) -> dict[str, tuple[Citation, ...]]:
    """Each field that a combined tier has, with the provisions that set it: the base tier's, its own, or both."""
    base, own = base_under(violation, tier), tier.basis or violation.basis
    lower = (base.basis or violation.basis) if base else ()
    found: dict[str, tuple[Citation, ...]] = {}
    for name in Tier._fields:
        taken_over = lower if base is not None and getattr(base, name) else ()
        if getattr(tier, name):
            added = name in _LISTS or name == "other"
            found[name] = tuple(dict.fromkeys((*taken_over, *own))) if added else own
        elif taken_over:
            found[name] = taken_over
    return found


def rule_on_persons(violation: Violation, whole: Tier) -> ResponsibleRule | None:
    """The provision elsewhere that fines responsible persons, where the tier itself does not."""
    return None if whole.person_fine else violation.responsible


def basis_on_persons(violation: Violation, tier: Tier, elsewhere: ResponsibleRule | None) -> tuple[Citation, ...]:
    """The provisions that punish persons: one elsewhere that fines them, those of the tier, or both."""
    own = tier.person_basis or basis_of(violation, tier)
    if elsewhere is None:
        return own
    return (elsewhere.basis, *own) if combined(violation, tier).falls_on_persons else (elsewhere.basis,)


def tier_named(violation: Violation, name: str | None) -> Tier:
    """The tier of that name, by default the base or only one. Raises NoRange."""
    wanted = name or violation.default_tier
    tiers = violation.tiers_by_name
    if wanted is not None and wanted in tiers:
        return tiers[wanted]
    choices = "、".join(f"{tier.name}（{tier.when}）" for tier in violation.tiers)
    listed = ", ".join(tiers)
    if wanted is None:
        zh, en = f"{violation.code} 须选定处罚档次：{choices}", f"{violation.code} needs a tier: {listed}"
    else:
        zh = f"{violation.code} 没有“{wanted}”这一处罚档次，可选：{choices}"
        en = f"{violation.code} has no tier {wanted!r}; it has {listed}"
    raise NoRange("tier", "tier", zh, en)


def check_subject(violation: Violation, tier: Tier, subject: str) -> None:
    """Refuses a kind of offender whom the tier does not reach. Raises NoRange."""
    if subject in (violation.subject, tier.subject):
        return
    if subject == "responsible" and (violation.responsible or violation.reaches_persons_in(combined(violation, tier))):
        return
    if subject == "responsible":
        where = "、".join(tier.when for tier in violation.tiers if violation.reaches_persons_in(tier))
        zh = f"该档次不处罚责任人员（仅限：{where}）" if where else "该违法行为不另处罚责任人员"
        en = "this tier does not punish responsible persons" if where else "responsible persons are not punished for it"
        raise NoRange("subject", "subject", f"{violation.code}：{zh}", f"{violation.code}: {en}")
    zh, en = ("单位", "an organisation") if violation.subject == "org" else ("个人", "a person")
    zh, en = f"{violation.code} 的处罚对象是{zh}", f"{violation.code} is a violation of {en}"
    if meant := [tier.name for tier in violation.tiers if tier.subject == subject]:
        zh = f"{zh}；{term(SUBJECTS, subject).zh}适用的档次：{'、'.join(meant)}"
        en = f"{en}; for {subject!r} there is the tier {', '.join(meant)}"
    else:
        en = f"{en}; it has no subject {subject!r}"
    raise NoRange("subject", "subject", zh, en)


def conditions_of(tier: Tier, subject: str, rule: ResponsibleRule | None) -> tuple[str, ...]:
    """What a range takes for granted, in the words of the data."""
    named = []
    if subject == "responsible":
        # Laws on drugs, devices and cosmetics name more than those directly responsible: 法定代表人 and others.
        named.append(rule.when if rule else "处罚依据所列的单位责任人员")
    if tier.when != "任何情节":
        named.append(tier.when)
    return tuple(named)


def _joined(first: Iterable[str | None], second: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (*first, *second) if text))

"""A local standard as its page shows it: each violation with its local tiers beside the statutory range."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext as _

from ..law.combining import combined, tier_named
from ..law.facts import NoRange
from ..law.model import FineRule, Violation
from ..law.standards import LocalRule, LocalTier, Standard
from ..law.statutes import Citation
from ..law.violations import catalogue
from ..law.wording import fine_words
from ..money import yuan
from ..screens import language
from .models import LocalStandard


class TierLine(NamedTuple):
    """A local tier: when it applies, and its part of the statutory range in words."""

    name: str
    criteria: str
    extent: str


class RuleLine(NamedTuple):
    """A violation that the standard rules on; ``statutory`` its range in words, ``basis`` where that stands."""

    code: str
    title: str
    condition: str
    statutory: str
    basis: Sequence[Citation]
    tiers: Sequence[TierLine]


def state_of(row: LocalStandard, today: date) -> tuple[str, str]:
    """Whether it is in force, and the tone of that word."""
    if row.in_force_from > today:
        return _("not yet in force"), "info"
    return (_("in force"), "success") if row.in_force_on(today) else (_("ended"), "neutral")


def rule_lines(standard: Standard) -> list[RuleLine]:
    """Every violation of a standard, in the order of its file."""
    return [line for rule in standard.rules for line in _rule_line(rule, standard.since)]


def _rule_line(rule: LocalRule, on: date) -> Iterator[RuleLine]:
    entry = catalogue().get(rule.violation)
    if entry is None:  # the catalogue has changed since the standard was loaded
        yield RuleLine(rule.violation, rule.violation, "", "", (), [_tier_line(tier, None) for tier in rule.tiers])
        return
    edition = entry.edition_on(on) or entry
    fine = _fine(edition, rule)
    words = fine_words(fine) if fine else None
    yield RuleLine(
        code=rule.violation,
        title=edition.title_en if language() == "en" else edition.title_zh,
        condition=_condition(edition, rule),
        statutory=(words.en if language() == "en" else words.zh) if words else _("no fine"),
        basis=edition.basis,
        tiers=[_tier_line(tier, fine) for tier in rule.tiers],
    )


def _fine(edition: Violation, rule: LocalRule) -> FineRule | None:
    try:
        whole = combined(edition, tier_named(edition, rule.tier))
    except NoRange:
        return None
    if rule.subject == "responsible":
        return whole.person_fine or (edition.responsible.fine if edition.responsible else None)
    return whole.fine


def _condition(edition: Violation, rule: LocalRule) -> str:
    """The statutory tier and the subject, where the standard names them."""
    tier = edition.tiers_by_name.get(rule.tier or "")
    named = [tier.when if tier else "", _("on the responsible persons") if rule.subject == "responsible" else ""]
    return "；".join(part for part in named if part)


def _tier_line(tier: LocalTier, fine: FineRule | None) -> TierLine:
    return TierLine(tier.name, tier.criteria, _("; ").join(_extents(tier, fine)))


def _extents(tier: LocalTier, fine: FineRule | None) -> Iterator[str]:
    if tier.times:
        yield _("%(low)s to %(high)s times", low=_plain(tier.times[0]), high=_plain(tier.times[1]))
    if tier.sum:
        yield _("%(low)s to %(high)s yuan", low=yuan(tier.sum[0]), high=yuan(tier.sum[1]))
    if tier.share:
        yield _share(tier.share, fine)


def _share(share: tuple[Decimal, Decimal], fine: FineRule | None) -> str:
    low, high = _plain(share[0]), _plain(share[1])
    words = _("%(low)s to %(high)s hundredths of the way from minimum to maximum", low=low, high=high)
    if fine is None or fine.kind != "range" or fine.min is None or fine.max is None:
        return words
    ends = [yuan(int(fine.min + (fine.max - fine.min) * end / 100)) for end in share]
    return _("%(words)s (%(from)s to %(to)s yuan)", words=words, **{"from": ends[0], "to": ends[1]})


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")

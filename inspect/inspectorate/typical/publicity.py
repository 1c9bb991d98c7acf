"""Which decisions are shown in public, until when, and why others are not.

A decision is published within 7 working days; collecting (归集) goes on for all of them, display (公示) is for some.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ..cases.models import Decision
from ..law.limitation import months_after
from ..objections import N_

_FILE = Path(__file__).with_name("data") / "publicity.toml"

REASONS = {
    "annulled": N_("the decision has been annulled"),
    "withdrawn": N_("the case has been withdrawn"),
    "undecided": N_("nothing has been decided"),
    "none": N_("no penalty has been imposed"),
    "minor": N_("warning or criticism only: collected, not shown"),
    "child": N_("the party is a minor"),
    "unserved": N_("the decision has not been served yet"),
    "over": N_("the term of display is over"),
    "repaired": N_("the credit has been repaired"),
    "stayed": N_("the display is stayed by reconsideration or lawsuit"),
    "other": N_("left out by the office"),
}
"""Why a decision is not on an exposure list, in the order in which it is asked."""


class Standing(NamedTuple):
    """What the display of a decision depends on. ``left_out``: repaired, stayed, other, where an office said so."""

    kinds: tuple[str, ...]
    decided_on: date | None
    served_on: date | None = None
    annulled: bool = False
    withdrawn: bool = False
    child: bool = False
    imported: bool = False
    left_out: str | None = None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def is_minor_only(kinds: Iterable[str]) -> bool:
    """Whether nothing but warnings and criticism was imposed."""
    return set(kinds) <= set(_data()["minor"])


def shown_until(kinds: Iterable[str], decided_on: date) -> date:
    """The last day of display."""
    weight = "grave" if set(kinds) & set(_data()["grave"]) else "ordinary"
    return months_after(decided_on, _data()["months"][weight])


def why_not(one: Standing, today: date) -> str | None:
    """The first of `REASONS` for which a decision is not shown; None: it is."""
    if one.decided_on is None:
        return "undecided"
    found = {
        "annulled": one.annulled,
        "withdrawn": one.withdrawn,
        "none": not one.kinds,
        "minor": is_minor_only(one.kinds),
        "child": one.child,
        "unserved": one.served_on is None and not one.imported,
        "over": shown_until(one.kinds, one.decided_on) < today,
    }
    return next((reason for reason, holds in found.items() if holds), one.left_out)


def is_published(decision: Decision) -> bool:
    """Whether a decision is one that is shown in public, whatever the day: it names its party openly."""
    kinds = [penalty.kind for penalty in decision.penalties]
    return decision.decided_on is not None and decision.annulled_on is None and not is_minor_only(kinds)

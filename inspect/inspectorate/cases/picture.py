"""How a fine was weighed, as lanes on one scale: both laws, statutory range, local tier, each ground, the figure."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _

from ..law.discretion import effects
from ..law.fines import FineRange
from ..law.ranges import PenaltyRange
from ..law.statutes import Citation
from ..money import yuan
from ..screens import day, language
from .assessment import Assessment
from .choices import FineProposal, saved_choice

MARGIN = 1.04
"""The scale ends a little behind the highest sum, so that a mark there can be seen."""


class Lane(NamedTuple):
    """One line of the picture: ``low`` and ``high`` in per cent of the scale, ``figures`` in words beside it."""

    kind: str
    label: str
    figures: str
    low: float
    high: float | None
    citation: Citation | None = None
    on: date | None = None
    note: str = ""


class Picture(NamedTuple):
    """The lanes, and where the figure lies on all of them; ``components/weighing.html`` draws it.

    ``outside``: it leaves the statutory range, and no ground lets it. ``decided``: it is no proposal any more.
    """

    lanes: tuple[Lane, ...]
    amount_fen: int | None
    mark: float | None
    outside: bool
    decided: bool


class _Band(NamedTuple):
    kind: str
    label: str
    fine: FineRange | None
    citation: Citation | None = None
    on: date | None = None
    note: str = ""


def picture_of(shown: Assessment, choice: FineProposal | None = None) -> Picture | None:
    """The picture of a finding that has a fine; None where there is none to weigh."""
    found = shown.found
    if found is None or found.fine is None:
        return None
    bands = [*_laws(shown), _statute(found, found.fine), *_local(shown), *_grounds(shown, choice)]
    amount = None if shown.takes_no_fine else shown.fine_fen
    highest = max([*(band.fine.max for band in bands if band.fine), amount or 0, 1]) * MARGIN

    def place(fen: int) -> float:
        return round(fen * 100 / highest, 2)

    lanes = tuple(
        Lane(
            *(band.kind, band.label, _figures(band.fine)),
            low=place(band.fine.min) if band.fine else 0,
            high=place(band.fine.max) if band.fine else None,
            citation=band.citation,
            on=band.on,
            note=band.note,
        )
        for band in bands
    )
    leaves = bool(amount) and not found.fine.min <= (amount or 0) <= found.fine.max
    outside = leaves and not (shown.judgement and shown.judgement.ok)
    decision = shown.finding.respondent.decision
    decided = decision is not None and decision.decided_on is not None
    return Picture(lanes, amount, None if amount is None else place(amount), outside, decided)


def _figures(fine: FineRange | None) -> str:
    if fine is None:
        return _("no fine")
    return _("%(low)s to %(high)s yuan", low=yuan(fine.min), high=yuan(fine.max))


def _laws(shown: Assessment) -> Iterator[_Band]:
    """Both laws, where they differ (行政处罚法37)."""
    compared = shown.comparison
    if compared is None:
        return
    then, now = compared.at_act, compared.at_decision
    if not isinstance(then, PenaltyRange) or not isinstance(now, PenaltyRange) or then.violation is now.violation:
        return
    for found, words in (
        (then, _("Law on the day of the act, %(day)s", day=day(then.on))),
        (now, _("Law on the day of the decision, %(day)s", day=day(now.on))),
    ):
        note = _("applied") if found is shown.found else ""
        yield _Band("law", words, found.fine, found.fine_basis[0], found.on, note)


def _statute(found: PenaltyRange, fine: FineRange) -> _Band:
    note = "" if fine.mandatory else _("The fine may be left out.")
    return _Band("statute", _("Statutory range"), fine, found.fine_basis[0], found.on, note)


def _local(shown: Assessment) -> Iterator[_Band]:
    local = shown.local
    if local is not None and local.tier is not None:
        label = _("Local tier “%(tier)s”", tier=local.tier.name)
        yield _Band("local", label, local.fine, note=f"{local.zh}：{local.tier.criteria}")


def _grounds(shown: Assessment, choice: FineProposal | None) -> Iterator[_Band]:
    """What each ground leaves room for; the local tier narrows nothing that mitigation opens."""
    assert shown.found is not None
    codes: Any = (choice or saved_choice(shown.finding)).grounds
    english = language() == "en"
    for room in effects(shown.found, codes):
        label, note = (room.ground.en, room.en) if english else (room.ground.zh, room.zh)
        yield _Band("ground", label, room.fine, room.ground.citation, note=note)

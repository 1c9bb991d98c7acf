"""Legal review: by somebody who has not handled the case, on every point, agreeing or returning with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...audit.actions import record
from ...errors import Refusal, Refusals
from ...procedure.articles import apl
from ...procedure.states import Action
from ..models import Case
from ..papers import issue_for_each
from ..words import REVIEW_POINTS
from .steps import give_opinion, load, take

RETURNED = ("补充调查", "纠正", "移送", "不予处罚")
"""What a review that does not agree asks for, as the 法制审核意见书 prints it."""


@dataclass(frozen=True)
class Point:
    """The answer on one point: right or not, with a note."""

    ok: bool
    note: str = ""


class Review(NamedTuple):
    """All points of ``words.REVIEW_POINTS``, the opinion, and for a return what is asked for."""

    points: Mapping[str, Point]
    opinion: str
    asks_for: str = RETURNED[0]


def agree_in_review(actor: Actor, case_id: int, review: Review, today: date, *, version: int | None = None) -> Case:
    """The reviewer agrees: the case goes to the head (行政处罚法58(1))."""
    case = load(actor, case_id, version)
    refusals = _unanswered(review)
    if not refusals:
        message = _("You found this point not in order. Return the case, or correct your answer.")
        refusals = [
            Refusal(message, field=_field(key), citation=apl(58, 1))
            for key, point in review.points.items()
            if not point.ok
        ]
    if refusals:
        raise Refusals(refusals)
    take(case, Action.AGREE_IN_REVIEW, actor, today)
    case.reviewed_on = today
    opinion = review.opinion.strip() or "事实清楚，证据确凿，适用依据正确，程序合法，裁量适当，同意。"
    give_opinion(case, actor, "legal_review", "agreed", opinion, today, _points(review))
    record(case, "cases:review:agree", actor, reason=opinion)
    issue_for_each(actor, case, "D25", today)
    return case


def return_from_review(actor: Actor, case_id: int, review: Review, today: date, *, version: int | None = None) -> Case:
    """The reviewer returns the case to its handlers with reasons."""
    case = load(actor, case_id, version)
    if refusals := _unanswered(review):
        raise Refusals(refusals)
    if review.asks_for not in RETURNED:
        raise Refusal(_("Choose what you ask for."), field="asks_for")
    sent_on = case.sent_to_review_on
    take(case, Action.RETURN_FROM_REVIEW, actor, today, reason=review.opinion)
    points = _points(review) | {"result": review.asks_for}
    give_opinion(case, actor, "legal_review", "returned", review.opinion, today, points)
    record(case, "cases:review:return", actor, reason=review.opinion)
    issue_for_each(actor, case, "D25", today, {"lr.sent_on": sent_on.isoformat()} if sent_on else None)
    return case


def _unanswered(review: Review) -> list[Refusal]:
    message = _("Answer this point.")
    return [
        Refusal(message, field=_field(key), citation=apl(58, 1)) for key in REVIEW_POINTS if key not in review.points
    ]


def _field(key: str) -> str:
    """The field of a point: its place in the list of points."""
    return f"points-{list(REVIEW_POINTS).index(key)}-ok"


def _points(review: Review) -> dict[str, Any]:
    return {key: {"ok": point.ok, "note": point.note.strip()} for key, point in review.points.items()}

"""The blueprint of inspections, and what its pages share."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from ...codes import REASONS
from ...web import Area
from .. import queries, submission
from ..models import Inspection

bp = Area("inspections", __name__)

STEPS = ("subject", "visit", "findings", "evidence", "statement", "check")


def step_words(step: str) -> str:
    """What a step is called."""
    return {
        "subject": _("Subject"),
        "visit": _("Visit"),
        "findings": _("Findings"),
        "evidence": _("Evidence"),
        "statement": _("Statement"),
        "check": _("Check answers"),
    }[step]


def step_url(report: Inspection, step: str) -> str:
    """Where a step of a draft is written."""
    return url_for(f"inspections.{step}", inspection_id=report.id)


def steps_of(report: Inspection | None, now: str) -> list[tuple[str, str | None, str]]:
    """The line above the form: label, address, stage. Every step of a draft may be opened at any time.

    A step that was passed is done unless something on it still stands against submitting.
    """
    wanting = {step_of_field(one.field) for one in submission.standing_against(report)} if report else set()
    passed = set(STEPS[: STEPS.index(now)]) - wanting
    stages = {now: "now", **dict.fromkeys(passed, "done")}
    return [(step_words(step), step_url(report, step) if report else None, stages.get(step, "open")) for step in STEPS]


def reason_asked_for(otherwise: str = "routine") -> str:
    """The reason of a visit that the address names, as the link to a recheck does."""
    named = request.args.get("reason", "")
    return named if named in REASONS else otherwise


def following(step: str) -> str:
    """The step after one."""
    return STEPS[STEPS.index(step) + 1]


def step_page(report: Inspection | None, step: str, form: Any, **values: Any) -> str:
    """A step of the report."""
    name = f"inspections/{step}.html"
    return render_template(name, report=report, form=form, steps=steps_of(report, step), step=step, **values)


def own_parts(actor: Any, day: date) -> dict[str, Any]:
    """The figures above the list: what waits for the person."""
    return {
        "drafts": queries.my_drafts(actor),
        "visits": queries.visits_on(actor, day),
        "requests": queries.my_requests(actor),
    }


FIELD_STEPS = {
    "entry": "subject",
    "inspected_on": "subject",
    "reason": "subject",
    "target": "subject",
    **dict.fromkeys(("entered", "place", "escort", "officers", "identity_shown", "recusal_answer"), "visit"),
    **dict.fromkeys(("seen", "findings", "order", "correction_text", "correction_due_on"), "findings"),
    **dict.fromkeys(("left", "signature", "refusal_reason", "witness"), "statement"),
}
"""On which step a field is mended."""


def step_of_field(field: str | None) -> str:
    """The step on which a field is mended."""
    return FIELD_STEPS.get((field or "").split("-")[0], "subject")

"""One page with everything for those who decide: the head's approvals and the legal review."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...accounts.permissions import Permission
from ...documents.presentation import paper_lines
from ...documents.queries import documents_of
from ...inspections.shown import exhibits
from ...late_saves import saving
from ...procedure.states import Action, State
from ...web import current_actor
from .. import actions, guidance, queries, shown
from ..facts import evidence_of
from ..findings_shown import party_lines, violation_title
from ..forms import ApprovalForm, ReviewForm
from ..models import Case
from ..words import ACCEPTANCE, DEFENCE_KINDS, HEARINGS, PENALTIES
from .blueprint import bp, case_url, fresh, loaded, step_page
from .drafts import draft_links

ANSWERS: dict[State, dict[str, tuple[Any, Callable[..., Case]]]] = {
    State.FILING_PROPOSED: {
        "approve": (_l("Approve: file the case"), actions.approve_filing),
        "return": (_l("Return to the handlers"), actions.return_filing),
        "refuse": (_l("Refuse: do not file the case"), actions.refuse_filing),
    },
    State.NOTICE_APPROVAL: {
        "approve": (_l("Approve: issue the prior notice"), actions.approve_notice),
        "return": (_l("Return to the handlers"), actions.return_notice),
    },
    State.DECISION_APPROVAL: {
        "approve": (_l("Approve: issue the decision"), actions.approve_decision),
        "return": (_l("Return to the handlers"), actions.return_decision),
    },
    State.CLOSING_PROPOSED: {
        "approve": (_l("Approve: close the case"), actions.approve_closing),
        "return": (_l("Return to the handlers"), actions.return_closing),
    },
}
"""What the head can answer in each state, and the use case that carries it out."""

APPROVALS = {
    State.FILING_PROPOSED: Action.APPROVE_FILING,
    State.NOTICE_APPROVAL: Action.APPROVE_NOTICE,
    State.DECISION_APPROVAL: Action.APPROVE_DECISION,
    State.CLOSING_PROPOSED: Action.APPROVE_CLOSING,
}

TITLES = {
    State.FILING_PROPOSED: _l("Approval of the filing"),
    State.NOTICE_APPROVAL: _l("Approval of the prior notice"),
    State.DECISION_APPROVAL: _l("Approval of the decision"),
    State.CLOSING_PROPOSED: _l("Approval of the closing"),
}


@bp.route("/cases/<int:case_id>/approval", methods=["GET", "POST"], permission=Permission.CASE_APPROVE)
def approval(case_id: int) -> Any:
    """Everything for the head on one page, what is missing in red, and the answer."""
    actor, case, form = current_actor(), loaded(case_id), ApprovalForm()
    answers = ANSWERS.get(State(case.state), {})
    form.answer.choices = [(key, words) for key, (words, _act) in answers.items()]
    fresh(form, case)
    if form.validate_on_submit():
        if form.answer.data not in answers:
            form.answer.errors = [_("Choose an answer.")]
        else:
            act = answers[form.answer.data][1]
            word = "opinion" if form.answer.data == "approve" else "reason"
            given = {word: form.reason.data or ("" if word == "reason" else None)}
            title, onwards = shown.title_of(case), _onwards("approval", case_id)
            with saving(form, case):
                act(actor, case_id, clock.today(), version=form.read_version, **given)
                flash(_("Your answer has been recorded: %(case)s", case=title), "success")
                return redirect(onwards)
    case = loaded(case_id)
    action = APPROVALS.get(State(case.state))
    return step_page(
        "approval",
        case,
        form,
        heading=TITLES.get(State(case.state), _("Approval")),
        open_=action is not None,
        missing=guidance.missing_for(case, action, actor, clock.today()) if action else [],
        **_everything(case),
    )


def _onwards(queue: str, case_id: int) -> str:
    """Back to the queue while others than this case wait in it, else to the case."""
    waiting = queries.count(queries.filtered(current_actor(), queries.Filters(queue=queue)))
    return url_for("cases.index", queue=queue) if waiting > 1 else case_url(case_id)


def _everything(case: Case) -> dict[str, Any]:
    today = clock.today()
    actor = current_actor()
    clocks = shown.clock_lines(case, today)
    return {
        "findings": party_lines(case, today),
        "title_of": violation_title,
        "exhibits": exhibits(evidence_of(case)),
        "papers": paper_lines(actor, documents_of(case)),
        "opinions": shown.opinion_lines(case),
        "clocks": clocks,
        "drafts": draft_links(case),
        "urgent": shown.urgent_line(clocks),
        "penalties": PENALTIES,
        "defence_kinds": DEFENCE_KINDS,
        "hearings": HEARINGS,
        "acceptance": ACCEPTANCE,
        "today_": today,
    }


@bp.route("/cases/<int:case_id>/review", methods=["GET", "POST"], permission=Permission.CASE_REVIEW)
def review(case_id: int) -> Any:
    """Legal review on one page: everything, what is missing in red, each point answered."""
    actor, case, form = current_actor(), loaded(case_id), ReviewForm()
    fresh(form, case)
    if not form.is_submitted():
        form.fill()
    elif form.validate():
        act = actions.agree_in_review if form.answer.data == "agree" else actions.return_from_review
        title, onwards = shown.title_of(case), _onwards("review", case_id)
        with saving(form, case):
            act(actor, case_id, form.review(), clock.today(), version=form.read_version)
            flash(_("Your opinion has been recorded: %(case)s", case=title), "success")
            return redirect(onwards)
    case = loaded(case_id)
    in_review = case.state == State.LEGAL_REVIEW
    return step_page(
        "review",
        case,
        form,
        open_=in_review,
        missing=guidance.missing_for(case, Action.AGREE_IN_REVIEW, actor, clock.today()) if in_review else [],
        **_everything(case),
    )

"""The papers to come, read before they are issued."""

from flask import Response, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...documents.papers import PDF, pdf_of_paper
from ...errors import Refusal
from ...procedure.states import State
from ..drafts import draft_of, papers_coming
from ..models import Case
from ..words import STATES
from .blueprint import bp, loaded, party_of


def draft_links(case: Case) -> list[tuple[str, str]]:
    """Each paper that the next step would issue, with its address; its party where there are several."""
    several = len(case.respondents) > 1
    return [
        (
            f"{one.title} {one.respondent.subject.name}" if several else one.title,
            url_for("cases.draft", case_id=case.id, respondent_id=one.respondent.id, kind=one.kind),
        )
        for one in papers_coming(case)
    ]


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/drafts/<kind>.pdf",
    permission=Permission.CASE_READ,
    records="documents:draft:open",
)
def draft(case_id: int, respondent_id: int, kind: str) -> Response:
    """A paper as the next step would issue it: 草稿 across the page, no number."""
    case = loaded(case_id)
    party = party_of(case, respondent_id)
    wanted = next((one for one in papers_coming(case) if one.kind == kind and one.respondent is party), None)
    if wanted is None:
        message = _("No such paper is to be issued while the case is “%(state)s”.", state=STATES[State(case.state)])
        raise Refusal(message)
    response = Response(pdf_of_paper(draft_of(wanted, clock.today())), content_type=PDF)
    response.headers["Content-Disposition"] = f"inline; filename={kind}-draft.pdf"
    response.headers["Cache-Control"] = "private, no-store"
    return response

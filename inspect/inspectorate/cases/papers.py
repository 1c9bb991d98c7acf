"""The papers of a case: which are issued when, under which number."""

from datetime import date
from typing import Any

from sqlalchemy import select

from ..accounts.actor import Actor
from ..documents.actions import issue_document
from ..documents.models import Document
from ..documents.series import new_case_number
from ..documents.snapshots import enforcement_category
from ..extensions import db
from .models import Case, Respondent
from .snapshots import snapshot_of


def category_of(respondent: Respondent) -> str:
    """执法类别 of the numbers of a party's papers, by what it is charged with."""
    return enforcement_category(respondent.subject, [finding.violation for finding in respondent.findings])


def assign_number(case: Case, on: date) -> None:
    """Give the case its 案号 when it is filed; a case that is filed again keeps it."""
    if case.number is None:
        case.number = new_case_number(case.agency, category_of(case.respondents[0]), on.year)


def issue_for(
    actor: Actor,
    respondent: Respondent,
    kind: str,
    today: date,
    extra: dict[str, Any] | None = None,
    parent: Document | None = None,
) -> Document:
    """Issue one paper on one party. Raises Refusals naming what the paper lacks."""
    case = respondent.case
    return issue_document(
        actor,
        case,
        kind,
        snapshot_of(respondent, today, kind) | (extra or {}),
        agency=case.agency,
        on=today,
        today=today,
        category=category_of(respondent),
        respondent=respondent,
        parent=parent,
    )


def issue_for_each(
    actor: Actor, case: Case, kind: str, today: date, extra: dict[str, Any] | None = None
) -> list[Document]:
    """Issue the paper for every party of the case."""
    return [issue_for(actor, party, kind, today, extra) for party in case.respondents]


def latest(respondent: Respondent, kind: str) -> Document | None:
    """The paper of a kind that now stands for a party."""
    query = (
        select(Document)
        .where(Document.respondent_id == respondent.id, Document.kind == kind, Document.void_reason.is_(None))
        .order_by(Document.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)

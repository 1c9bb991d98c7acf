"""The figures below the to-do list: few, cheap, each leading to what it counts."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from ..accounts.actor import Actor
from ..accounts.models import Agency, Officer, User
from ..accounts.permissions import Permission as P
from ..accounts.scope import in_scope
from ..cases.models import Case, Decision, Penalty, Respondent
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection
from ..procedure.states import OPEN


class Figure(NamedTuple):
    """A number, what it counts, and the list behind it. ``fen``: the number is an amount."""

    label: Any
    value: int
    endpoint: str
    arguments: Mapping[str, Any] = MappingProxyType({})
    fen: bool = False


def figures(actor: Actor, today: date) -> list[Figure]:
    """What the actor's roles look after, this year, within the actor's scope."""
    found: list[Figure] = []
    if actor.may(P.CASE_READ):
        found += _cases(actor, today)
    if actor.may(P.INSPECTION_READ):
        found += _inspections(actor, today)
    if actor.may(P.COMPLAINT_READ):
        found += _complaints(actor)
    if actor.may(P.CASE_READ) or actor.may(P.CASE_READ_DECIDED):
        found += _decisions(actor, today)
    if actor.may(P.ACCOUNTS_WRITE):
        found += _accounts(actor)
    return found


def _count(model: Any, *narrower: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*narrower)) or 0


def _cases(actor: Actor, today: date) -> list[Figure]:
    open_ = (in_scope(Case, actor), Case.state.in_(OPEN), Case.imported.is_(False))
    return [
        Figure(_l("open cases"), _count(Case, *open_), "cases.index", {"open_only": "y"}),
        Figure(
            _l("of them late"),
            _count(Case, *open_, Case.due_on < today),
            "cases.index",
            {"open_only": "y", "sort": "due"},
        ),
    ]


def _inspections(actor: Actor, today: date) -> list[Figure]:
    first = date(today.year, 1, 1)
    this_year = (in_scope(Inspection, actor), Inspection.state == "submitted", Inspection.inspected_on >= first)
    arguments = {"since": first.isoformat()}
    return [Figure(_l("inspections this year"), _count(Inspection, *this_year), "inspections.index", arguments)]


def _complaints(actor: Actor) -> list[Figure]:
    open_ = (in_scope(Complaint, actor), Complaint.closed_on.is_(None), Complaint.withdrawn_reason.is_(None))
    return [Figure(_l("open complaints"), _count(Complaint, *open_), "complaints.index", {"state": "open"})]


def _decisions(actor: Actor, today: date) -> list[Figure]:
    fines = select(func.sum(Penalty.amount_fen)).where(Penalty.decision_id == Decision.id, Penalty.kind == "fine")
    decided = (
        select(func.count(), func.sum(fines.scalar_subquery()))
        .select_from(Case)
        .join(Respondent, Respondent.case_id == Case.id)
        .join(Decision, Decision.respondent_id == Respondent.id)
        .where(in_scope(Case, actor), Decision.decided_on >= date(today.year, 1, 1), Decision.annulled_on.is_(None))
    )
    number, fen = db.session.execute(decided).one()
    return [
        Figure(_l("penalty decisions this year"), number, "cases.index"),
        Figure(_l("fines this year, yuan"), int(fen or 0), "cases.index", fen=True),
    ]


def _accounts(actor: Actor) -> list[Figure]:
    near = in_scope(Agency, actor)
    people = select(func.count()).select_from(User).join(User.agency).where(near, User.active)
    officers = select(func.count()).select_from(Officer).join(Officer.agency).where(near)
    return [
        Figure(_l("agencies"), _count(Agency, near), "accounts.index"),
        Figure(_l("officers"), db.session.scalar(officers) or 0, "accounts.index"),
        Figure(_l("open sign-ins"), db.session.scalar(people) or 0, "accounts.index"),
    ]

"""Reading cases, all within the actor's scope: the list, one case, its papers and what belongs to a subject."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import defer, joinedload, load_only, selectinload

from ..accounts.actor import Actor
from ..accounts.models import Agency, User
from ..accounts.permissions import Permission
from ..accounts.regions import covers
from ..accounts.scope import in_region, in_scope, scoped_get
from ..errors import Forbidden
from ..extensions import db
from ..paging import Key, Part, count_of, part_of
from ..procedure.states import FINAL, OPEN, State, actions_from
from ..registry.models import Subject
from ..search.finding import arranged, bearing
from .models import SEARCHED, Case, CaseHandler, Decision, Penalty, Respondent

QUEUES = {
    "mine": Permission.CASE_HANDLE,
    "review": Permission.CASE_REVIEW,
    "approval": Permission.CASE_APPROVE,
}
"""What waits for a person, and the permission that opens it."""

ANSWERED_AT = {
    State.FILING_PROPOSED: "cases.approval",
    State.NOTICE_APPROVAL: "cases.approval",
    State.DECISION_APPROVAL: "cases.approval",
    State.CLOSING_PROPOSED: "cases.approval",
    State.LEGAL_REVIEW: "cases.review",
}
"""The page on which head or reviewer see everything and answer; queues lead straight there."""


class Filters(NamedTuple):
    """What a list of cases lets through; None and "" let everything through."""

    words: str = ""
    state: str = ""
    queue: str = ""
    origin: str = ""
    campaign: str = ""
    region: str = ""
    since: date | None = None
    until: date | None = None
    open_only: bool = False

    def applied(self) -> int:
        """How many are in force."""
        return sum(map(bool, self))


@cache
def all_of_it() -> tuple[Any, ...]:
    """A case with all that its pages tell of its parties, in as many statements for ten of them as for one.

    Made when first asked for: SQLAlchemy then works out how all models hang together, which starting need not wait for.
    """
    party = selectinload(Case.respondents)
    decision = party.joinedload(Respondent.decision)
    return (
        party.joinedload(Respondent.subject),
        party.selectinload(Respondent.findings),
        party.selectinload(Respondent.defences),
        decision.selectinload(Decision.penalties),
        decision.selectinload(Decision.payments),
    )


def case(actor: Actor, case_id: int) -> Case:
    """One case in scope. Raises NotFound; Forbidden for those who read no cases, or only decided ones."""
    found = scoped_get(Case, case_id, actor, *all_of_it())
    decided = actor.may(Permission.CASE_READ_DECIDED) and is_decided(found)
    if not actor.may(Permission.CASE_READ) and not decided:
        raise Forbidden
    return found


def is_decided(found: Case) -> bool:
    """Whether a decision has been made in the case."""
    return any(party.decision and party.decision.decided_on for party in found.respondents)


def states_waiting_for(permission: Permission) -> list[State]:
    """The states whose usual next step belongs to holders of a permission."""
    return [
        state
        for state in State
        if state not in FINAL and next(iter(actions_from(state).values())).permission == permission.value
    ]


def filtered(actor: Actor, filters: Filters) -> Select[Any]:
    """The cases in scope that the filters let through, without order."""
    query = select(Case).where(in_scope(Case, actor))
    if not actor.may(Permission.CASE_READ):
        query = query.where(with_decision())
    for column, value in (
        (Case.state, filters.state),
        (Case.origin, filters.origin),
        (Case.campaign, filters.campaign),
    ):
        if value:
            query = query.where(column == value)
    if filters.queue in QUEUES:
        query = query.where(*_queue(actor, filters.queue))
    if filters.open_only:
        query = query.where(Case.state.not_in(FINAL))
    if filters.region and covers(actor.region_code, filters.region):
        query = query.where(in_region(Case.region_code, filters.region))
    if filters.since:
        query = query.where(Case.filed_on >= filters.since)
    if filters.until:
        query = query.where(Case.filed_on <= filters.until)
    return bearing(query, SEARCHED, filters.words, actor, region=filters.region)


def with_decision() -> ColumnElement[bool]:
    """``is_decided`` as SQL."""
    return exists().where(
        Respondent.case_id == Case.id, Decision.respondent_id == Respondent.id, Decision.decided_on.is_not(None)
    )


def _queue(actor: Actor, queue: str) -> Iterator[ColumnElement[bool]]:
    """Cases of the own authority that wait for this person's step."""
    yield Case.agency_id == actor.authority_id
    yield Case.state.in_(states_waiting_for(QUEUES[queue]))
    yield Case.imported.is_(False)
    handled = exists().where(CaseHandler.case_id == Case.id, CaseHandler.officer_id == actor.officer_id)
    yield or_(handled, Case.created_by_id == actor.user_id) if queue == "mine" else ~handled


def page(query: Select[Any], *, sort: str = "", after: str | None = None, before: str | None = None) -> Part[Case]:
    """One part of the list: by the clock (``due``), or the latest first."""
    keys = [Key(Case.act_by), Key(Case.id)] if sort == "due" else [Key(Case.id, down=True)]
    return part_of(*arranged(_loaded(query), keys, otherwise=sort == "due"), after=after, before=before)


def first_found(actor: Actor, words: str, most: int) -> Sequence[Case]:
    """The first cases that bear all the words, with their parties and authority: what the masthead's search shows."""
    party = selectinload(Case.respondents).load_only(Respondent.case_id, Respondent.subject_id, Respondent.position)
    query = filtered(actor, Filters(words=words)).options(
        defer(Case.summary), defer(Case.remarks), defer(Case.report), defer(Case.end_reason),
        party.joinedload(Respondent.subject).load_only(Subject.name),
        joinedload(Case.agency).load_only(Agency.name),
    )  # fmt: skip
    return part_of(*arranged(query, [Key(Case.id, down=True)]), size=most).rows


def count(query: Select[Any], *, open_only: bool = False) -> int:
    """How many, counted as far as is cheap; ``open_only``: of the open ones, which an index knows by their states."""
    return count_of(query.where(Case.state.in_(OPEN)) if open_only else query)


def whole(query: Select[Any]) -> Select[Any]:
    """A list for a file, in the order of entry, with all that a line tells."""
    return _loaded(query).order_by(Case.id)


def _loaded(query: Select[Any]) -> Select[Any]:
    """With what a line tells, and no more: all columns of fifty cases would be half of the page's time."""
    party = selectinload(Case.respondents)
    decision = party.joinedload(Respondent.decision)
    return query.options(
        load_only(
            Case.number, Case.name, Case.region_code, Case.state, Case.origin,
            Case.filed_on, Case.due_on, Case.closed_on,
        ),
        party.load_only(Respondent.case_id, Respondent.subject_id, Respondent.position),
        party.joinedload(Respondent.subject).load_only(Subject.name),
        decision.load_only(Decision.respondent_id, Decision.number, Decision.decided_on),
        decision.selectinload(Decision.penalties).load_only(Penalty.decision_id, Penalty.kind, Penalty.amount_fen),
    )  # fmt: skip


def of_subject(actor: Actor, subject_id: int) -> Sequence[Case]:
    """The cases in scope against one establishment or person, latest first."""
    query = (
        select(Case)
        .join(Respondent, Respondent.case_id == Case.id)
        .where(Respondent.subject_id == subject_id, in_scope(Case, actor))
        .order_by(Case.id.desc())
    )
    return db.session.scalars(query).unique().all()


def names_of_users(ids: set[int | None]) -> dict[int, str]:
    """Names of sign-ins by id."""
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(ids - {None})))
    return {user_id: name for user_id, name in rows}

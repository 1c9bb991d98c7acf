"""The events of a region for an auditor: a list over all entries, which are millions.

The list is put together from the shares of people, of events or of subjects, of which each is read from one index in
the order of the list and no further than the page; both databases merge them. What else is asked for is compared entry
by entry, past all indexes: a database that takes the wrong one reads for half a minute.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import aliased

from ..accounts.actor import Actor
from ..accounts.models import Agency, User
from ..accounts.scope import in_region, in_scope
from ..extensions import db
from ..paging import Key, Part, part_of
from . import subjects
from .models import RecordEntry
from .words import ACCESS

FEW = 40
"""People whose entries are read each for itself; those of more are met soon enough on the way through all entries."""

People = Select[Any] | Sequence[int]


class Filters(NamedTuple):
    """What the list lets through; "" lets everything through. ``who`` and ``about`` are words of names and numbers."""

    who: str = ""
    about: str = ""
    kind: str = ""
    subject_type: str = ""


def events(actor: Actor, filters: Filters, *, after: str | None = None, before: str | None = None) -> Part[RecordEntry]:
    """Entries by people of agencies in the actor's region, and those about their sign-ins, whoever tried; newest first.

    Those of the operator as well, where the region holds all agencies.
    """
    all_of_them = _people(actor, filters.who)
    few = db.session.scalars(all_of_them.limit(FEW + 1)).all()
    everybody = not filters.who and _holds_all(actor)
    people: People = all_of_them if everybody or len(few) > FEW else few
    shares = _shares(actor, filters, people)
    if shares is None:
        return Part([], None, None)
    entry: Any = RecordEntry
    if shares:
        entry = aliased(RecordEntry, union_all(*(select(RecordEntry).where(share) for share in shares)).subquery())
    query: Select[Any] = select(entry).where(_done(entry, filters, people, everybody), *_fitting(entry, filters))
    return part_of(query, [Key(entry.id, down=True)], after=after, before=before)


def _people(actor: Actor, who: str) -> Select[Any]:
    people = select(User.id).join(User.agency).where(in_scope(Agency, actor))
    if who:
        names = (User.name, User.display_name)
        people = people.where(or_(*(column.icontains(who, autoescape=True) for column in names)))
    return people


def _holds_all(actor: Actor) -> bool:
    beyond = select(Agency.id).where(~in_region(Agency.region_code, actor.region_code)).limit(1)
    return db.session.scalar(beyond) is None


def _shares(actor: Actor, filters: Filters, people: People) -> list[ColumnElement[bool]] | None:
    """What the list is put together from; nothing: all entries are walked through; None: nothing can be found."""
    entry = RecordEntry
    if filters.about:
        found = {kind: ids for kind, ids in subjects.bearers(actor, filters.about).items() if ids}
        chain = aliased(RecordEntry)
        chains = [_about(chain.subject_type, chain.subject_id, kind, ids) for kind, ids in found.items()]
        return [entry.id.in_(select(chain.id).where(or_(*chains)))] if chains else None
    if not isinstance(people, Select):
        theirs = [entry.actor_id == one for one in people if filters.kind != "sign_ins"]
        tried = [_about(entry.subject_type, entry.subject_id, "user", people), _plain(entry.actor_id).is_(None)]
        return [*theirs, and_(*(tried if theirs else tried[:1]))] if people else None
    if filters.kind in ACCESS:
        return [entry.event == one for one in ACCESS[filters.kind]]
    return [entry.subject_type == filters.subject_type] if filters.subject_type else []


def _done(entry: Any, filters: Filters, people: People, everybody: bool) -> ColumnElement[bool]:
    about_them = _about(_plain(entry.subject_type), _plain(entry.subject_id), "user", people)
    if filters.kind == "sign_ins":
        return about_them
    by_nobody: ColumnElement[bool] = _plain(entry.actor_id).is_(None)
    return or_(_plain(entry.actor_id).in_(people), by_nobody if everybody else and_(by_nobody, about_them))


def _fitting(entry: Any, filters: Filters) -> list[ColumnElement[bool]]:
    fitting: list[ColumnElement[bool]] = []
    if filters.kind == "changes":
        fitting.append(_plain(entry.event).not_in([event for events in ACCESS.values() for event in events]))
    elif filters.kind in ACCESS:
        fitting.append(_plain(entry.event).in_(ACCESS[filters.kind]))
    if filters.subject_type:
        fitting.append(_plain(entry.subject_type) == filters.subject_type)
    return fitting


def _about(kinds: Any, ids: Any, kind: str, wanted: People) -> ColumnElement[bool]:
    return and_(kinds == kind, ids.in_(wanted))


def _plain(column: Any) -> Any:
    """The column as it is compared where no index of it shall be taken."""
    return func.coalesce(column, column)

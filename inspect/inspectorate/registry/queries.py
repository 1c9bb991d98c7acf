"""Reading the registry. Its rows have a region but no sector: every sector's inspectors meet the same places."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..accounts.actor import Actor
from ..accounts.regions import covers
from ..accounts.scope import LARGEST_ID, in_region, in_scope, scoped_get
from ..audit import access
from ..extensions import db
from ..paging import Key, Part, count_of, part_of
from ..search.finding import arranged, bearing
from .models import SEARCHED, Connection, Establishment, Licence, Person, Subject
from .rules import EstablishmentFacts, PersonFacts

MOST_DUPLICATES = 8

NUMBER = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]|\+?[0-9-]{7,14}")
"""What may be an identity number or a telephone: in no name, and in no index."""

ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "region": (("region_code", False), ("name", False), ("id", False)),
    "name": (("name", False), ("id", False)),
    "-name": (("name", True), ("id", True)),
    "-id": (("id", True),),
}
"""Orders of the lists: columns, and whether the greatest comes first."""


class Filter(NamedTuple):
    """What a list is narrowed to; None or empty: not by this."""

    kind: str | None = None
    subkind: str | None = None
    region: str | None = None
    licence: str | None = None
    """valid, expired or none, on ``today``."""
    words: str | None = None
    closed: bool = False
    """Whether places that have closed are shown too."""


def visible(actor: Actor, row: Subject) -> bool:
    """Whether a row lies in the actor's scope."""
    return covers(actor.region_code, row.region_code)


def subject(actor: Actor, subject_id: int) -> Subject:
    """An establishment or person. Raises NotFound."""
    return scoped_get(Subject, subject_id, actor)


def subjects(actor: Actor, subject_ids: Sequence[int]) -> Sequence[Subject]:
    """Those of some establishments and persons that are in scope."""
    fitting = [one for one in subject_ids if 0 < one <= LARGEST_ID]
    query = select(Subject).where(Subject.id.in_(fitting), in_scope(Subject, actor)).order_by(Subject.id)
    return db.session.scalars(query).all()


def establishment(actor: Actor, subject_id: int) -> Establishment:
    """An establishment. Raises NotFound."""
    return scoped_get(Establishment, subject_id, actor)


def person(actor: Actor, subject_id: int) -> Person:
    """A person. Raises NotFound."""
    return scoped_get(Person, subject_id, actor)


def establishments(actor: Actor, filter: Filter, today: date) -> Select[Establishment]:
    """The establishments in scope that a filter lets through; see ``page`` for their order."""
    query = select(Establishment).where(in_scope(Establishment, actor)).options(selectinload(Establishment.licences))
    clauses = [
        Establishment.kind == filter.kind if filter.kind else None,
        Establishment.subkind == filter.subkind if filter.subkind else None,
        in_region(Establishment.region_code, filter.region) if filter.region else None,
        _licence_clause(filter.licence, today) if filter.licence else None,
        None if filter.closed else Establishment.closed_on.is_(None),
    ]
    narrowed = query.where(*(clause for clause in clauses if clause is not None))
    return _bearing(narrowed, filter.words or "", filter, actor, "org")


def persons(actor: Actor, filter: Filter) -> Select[Person]:
    """The persons in scope that a filter lets through; a search by whole numbers is entered in the record."""
    query = select(Person).where(in_scope(Person, actor))
    if filter.region:
        query = query.where(in_region(Person.region_code, filter.region))
    numbers, words = _numbers_in(filter.words or "")
    if numbers:
        access.sought(actor, numbers)
    query = query.where(*(or_(Person.id_number == number, Person.phone == number) for number in numbers))
    return _bearing(query, words, filter, actor, "person")


def _numbers_in(words: str) -> tuple[list[str], str]:
    """Identity numbers and telephones, which are found whole and by nothing less, apart from the other words."""
    parts = unicodedata.normalize("NFKC", words).upper().split()
    numbers = [part for part in parts if NUMBER.fullmatch(part)]
    return numbers, " ".join(part for part in parts if part not in numbers)


def _bearing(query: Select[Any], words: str, filter: Filter, actor: Actor, party: str) -> Select[Any]:
    return bearing(query, SEARCHED, words, actor, region=filter.region, department=party)


def page(query: Select[Any], model: type[Any], *, sort: str = "", after: str | None, before: str | None) -> Part[Any]:
    """A part of a list in one of ``ORDERS``; else by region and name, or the latest first where words are sought."""
    keys: Sequence[Key] = [Key(getattr(model, name), down) for name, down in ORDERS.get(sort, ORDERS["region"])]
    query, keys = arranged(query, keys, otherwise=sort in ORDERS)
    return part_of(query, keys, after=after, before=before)


def count(query: Select[Any]) -> int:
    """How many rows, counted no further than a list says."""
    return count_of(query)


def _licence_clause(state: str, today: date) -> ColumnElement[bool]:
    """The same as ``rules.licence_state``: valid when one licence has not run out."""
    own = Licence.subject_id == Establishment.id
    running = or_(Licence.expires_on.is_(None), Licence.expires_on >= today)
    held = select(Licence.id).where(own).exists()
    valid = select(Licence.id).where(own, running).exists()
    return {"valid": valid, "expired": and_(held, ~valid), "none": ~held}[state]


def search(actor: Actor, words: str, limit: int = 20) -> list[Subject]:
    """Establishments and persons for the global search: those called exactly so first, then the latest."""
    if not words.strip():
        return []
    filter = Filter(words=words, closed=True)
    found: list[Subject] = []
    for query, model in ((establishments(actor, filter, date.max), Establishment), (persons(actor, filter), Person)):
        named = select(model).where(model.name == words.strip(), in_scope(model, actor)).order_by(model.id)
        called_so = db.session.scalars(named.limit(limit)).all()
        found += called_so
        latest = arranged(query, [Key(model.id, down=True)])
        found += [row for row in part_of(*latest, size=limit).rows if row not in called_so]
    found.sort(key=lambda row: (row.name != words.strip(), row.party))
    return found[:limit]


def likely_duplicates(actor: Actor, facts: EstablishmentFacts) -> Sequence[Establishment]:
    """Establishments in scope of the same code, of the same name and region, or at the same address without a code."""
    same = [and_(Establishment.name == facts.name.strip(), in_region(Establishment.region_code, facts.region_code))]
    if facts.address:
        plain = func.replace(Establishment.address, " ", "")
        here = and_(plain == facts.address.replace(" ", ""), Establishment.region_code == facts.region_code)
        same.append(here if facts.uscc is None else and_(here, Establishment.uscc.is_(None)))
    clause = or_(*same)
    if facts.uscc:
        # Another code is another legal unit: a chain may open two shops of one name.
        clause = or_(and_(clause, Establishment.uscc.is_(None)), Establishment.uscc == facts.uscc)
    query = select(Establishment).where(in_scope(Establishment, actor), clause)
    return db.session.scalars(query.order_by(Establishment.id).limit(MOST_DUPLICATES)).all()


def namesakes(actor: Actor, facts: PersonFacts) -> Sequence[Person]:
    """Persons in scope of the same name and region who may be the same: one of the two has no identity number."""
    query = select(Person).where(
        in_scope(Person, actor), Person.name == facts.name.strip(), Person.region_code == facts.region_code
    )
    if facts.id_number:
        query = query.where(or_(Person.id_number.is_(None), Person.id_number == facts.id_number))
    return db.session.scalars(query.order_by(Person.id).limit(MOST_DUPLICATES)).all()


def connections_of(actor: Actor, found: Person) -> Sequence[Connection]:
    """The parts that a person has in establishments in scope."""
    query = (
        select(Connection)
        .join(Connection.establishment)
        .where(Connection.person_id == found.id, in_scope(Establishment, actor))
        .order_by(Connection.id)
    )
    return db.session.scalars(query).all()


def people_of(actor: Actor, place: Establishment) -> list[Connection]:
    """The persons in scope who have a part in an establishment."""
    query = select(Connection).where(Connection.establishment_id == place.id).order_by(Connection.id)
    found = db.session.scalars(query.options(joinedload(Connection.person)))
    return [one for one in found if visible(actor, one.person)]

"""Use cases of the registry: establishments, persons, and who is connected with whom."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.scope import check_version
from ..audit.actions import record
from ..audit.capture import has_changes
from ..columns import new_key
from ..errors import NotFound, Refusal, refuse
from ..extensions import db
from ..masking import kept
from ..objections import Objection
from ..turns import take_turn
from . import queries, rules
from .attributes import Label, attributes_of
from .kinds import RELATIONS
from .models import Connection, Establishment, Licence, Person, Subject
from .rules import EstablishmentFacts, LicenceFacts, PersonFacts

LOCAL = "local"


def add_establishment(
    actor: Actor,
    today: date,
    facts: EstablishmentFacts,
    *,
    key: str | None = None,
    source: str = LOCAL,
    confirmed: bool = False,
) -> Establishment:
    """Register an establishment. The same ``key`` sent twice makes one.

    Raises Refusals for whatever the rules object to; for a social credit code that the source already has; and, unless
    ``confirmed``, when the same name in the region or the same address without a code is there already.
    """
    found = _sent_before(actor, Establishment, source, key)
    if found:
        return found
    _refuse(rules.check_establishment(facts, actor.region_code, today))
    _refuse_registered(actor, facts.uscc, source)
    if not confirmed and queries.likely_duplicates(actor, facts):
        raise _needs_confirmation()
    place = Establishment(source=source, key=key or new_key())
    _write_establishment(place, facts)
    return _saved(place, "registry:establishment:add", actor)


def change_establishment(
    actor: Actor, subject_id: int, today: date, facts: EstablishmentFacts, *, version: int | None = None
) -> Establishment:
    """Change an establishment; a telephone that comes back masked stays. Raises Stale, Refusals as adding, NotFound."""
    place = queries.establishment(actor, subject_id)
    check_version(place, version)
    before = place.version
    facts = facts._replace(phone=kept("phone", facts.phone, place.phone))
    _refuse(rules.check_establishment(facts, actor.region_code, today))
    if facts.uscc != place.uscc:
        _refuse_registered(actor, facts.uscc, place.source)
    _write_establishment(place, facts)
    return _saved(place, "registry:establishment:change", actor, before)


def add_person(
    actor: Actor,
    today: date,
    facts: PersonFacts,
    *,
    key: str | None = None,
    source: str = LOCAL,
    confirmed: bool = False,
) -> Person:
    """Register a natural person. The same ``key`` sent twice makes one.

    Raises Refusals for whatever the rules object to, for an identity number that the source already has in the region,
    and, unless ``confirmed``, when somebody of the same name is there.
    """
    found = _sent_before(actor, Person, source, key)
    if found:
        return found
    _refuse(rules.check_person(facts, actor.region_code, today))
    _refuse_known_identity(actor, facts.id_number, source)
    if not confirmed and queries.namesakes(actor, facts):
        raise _needs_confirmation()
    person = Person(source=source, key=key or new_key())
    _write_person(person, facts)
    return _saved(person, "registry:person:add", actor)


def change_person(
    actor: Actor, subject_id: int, today: date, facts: PersonFacts, *, version: int | None = None
) -> Person:
    """Change a natural person; numbers that come back masked stay. Raises Stale, Refusals as adding, NotFound."""
    person = queries.person(actor, subject_id)
    check_version(person, version)
    before = person.version
    number, phone = kept("id_number", facts.id_number, person.id_number), kept("phone", facts.phone, person.phone)
    facts = facts._replace(id_number=number, phone=phone)
    _refuse(rules.check_person(facts, actor.region_code, today))
    if facts.id_number != person.id_number:
        _refuse_known_identity(actor, facts.id_number, person.source)
    _write_person(person, facts)
    return _saved(person, "registry:person:change", actor, before)


def show_numbers(actor: Actor, subject_id: int, reason: str) -> Subject:
    """Let somebody who keeps the registry see identity number and telephone in full; the reason is recorded (个保法51).

    Raises Refusal without a reason, NotFound.
    """
    subject = queries.subject(actor, subject_id)
    if not reason.strip():
        raise Refusal(_("Choose why you want to see the numbers."), field="reason")
    record(subject, "registry:numbers:show", actor, reason=reason.strip())
    return subject


def connect_person(actor: Actor, establishment_id: int, person_id: int, relation: str) -> Connection:
    """Say what part a person has in an establishment. Saying it again changes nothing. Raises Refusal, NotFound."""
    place, person = queries.establishment(actor, establishment_id), queries.person(actor, person_id)
    if relation not in RELATIONS:
        raise Refusal(_("Choose the person's part in the establishment."), field="relation")
    take_turn("connection", str(place.id), str(person.id))
    for known in place.people:
        if known.person_id == person.id and known.relation == relation:
            return known
    connection = Connection(establishment=place, person=person, relation=relation)
    place.people.append(connection)
    db.session.flush()
    record(place, "registry:person:connect", actor, reason=person.name)
    return connection


def disconnect_person(actor: Actor, establishment_id: int, connection_id: int) -> None:
    """Take back that a person has a part in an establishment; the record keeps it. Raises NotFound."""
    place = queries.establishment(actor, establishment_id)
    connection = next((one for one in place.people if one.id == connection_id), None)
    if connection is None:
        raise NotFound
    name = connection.person.name
    place.people.remove(connection)
    record(place, "registry:person:disconnect", actor, reason=name)


def _sent_before(actor: Actor, model: type[Any], source: str, key: str | None) -> Any:
    """The row that the same device made with the same key; None for a new one."""
    if key is None:
        return None
    take_turn("subject", source, key)
    found = db.session.scalar(select(Subject).where(Subject.source == source, Subject.key == key))
    if found is None:
        return None
    if not isinstance(found, model):
        raise Refusal(_("This key belongs to another record. Open the form again."))
    return queries.subject(actor, found.id)


def _refuse(objections: Iterable[Objection]) -> None:
    refuse(_worded(one) for one in objections)


def _worded(objection: Objection) -> Objection:
    """The objection with the schema's labels in the user's language."""
    language = str(get_locale() or "zh")[:2]
    values = {
        name: value.in_language(language) if isinstance(value, Label) else value
        for name, value in objection.values.items()
    }
    return Objection(objection.message, objection.field, values, objection.citation)


def _refuse_registered(actor: Actor, uscc: str | None, source: str) -> None:
    if uscc is None:
        return
    take_turn("uscc", source, uscc)
    other = db.session.scalar(select(Establishment).where(Establishment.uscc == uscc, Establishment.source == source))
    if other is None:
        return
    if queries.visible(actor, other):
        text = _("This social credit code is registered already, for %(name)s. Open that record.", name=other.name)
    else:
        text = _("This social credit code is registered already, in another region. Ask the higher office.")
    raise Refusal(text, field="uscc")


def _refuse_known_identity(actor: Actor, id_number: str | None, source: str) -> None:
    if id_number is None:
        return
    take_turn("id_number", source, id_number)
    known = db.session.scalars(select(Person).where(Person.id_number == id_number, Person.source == source)).all()
    other = next((one for one in known if queries.visible(actor, one)), None)
    if other:
        text = _("This identity number is registered already, for %(name)s. Open that record.", name=other.name)
        raise Refusal(text, field="id_number")


def _needs_confirmation() -> Refusal:
    text = _("Very similar records are there already. Open one of them, or confirm that this is another one.")
    return Refusal(text, field="confirmed")


def _saved(row: Any, event: str, actor: Actor, before: int | None = None) -> Any:
    """Flush and record, unless nothing has changed. A changed licence makes a new version of its holder too."""
    if has_changes(db.session()):
        if row.version == before:
            row.version += 1
        record(row, event, actor)
    return row


def _write_establishment(place: Establishment, facts: EstablishmentFacts) -> None:
    if place.id is None:
        db.session.add(place)
    shown = place.attributes or {}
    known = {one.name for one in attributes_of(place.kind) if not any(one.objections(shown.get(one.name)))}
    place.name, place.region_code = facts.name.strip(), facts.region_code
    place.kind, place.subkind, place.uscc = facts.kind, facts.subkind, facts.uscc
    place.address, place.phone = facts.address, facts.phone
    place.legal_representative = facts.legal_representative
    place.legal_representative_title = facts.legal_representative_title
    place.opened_on, place.closed_on = facts.opened_on, facts.closed_on
    place.attributes = _merged(place.attributes, facts.attributes, known)
    _write_licences(place, facts.licences)


def _write_person(person: Person, facts: PersonFacts) -> None:
    if person.id is None:
        db.session.add(person)
    number = facts.id_number
    person.name, person.region_code, person.id_number = facts.name.strip(), facts.region_code, number
    person.sex = rules.sex_of(number) if number else facts.sex
    person.born_on = rules.born_on(number) if number else facts.born_on
    person.address, person.phone, person.employer = facts.address, facts.phone, facts.employer
    person.attributes = _merged(person.attributes, facts.attributes, set())
    _write_licences(person, facts.licences)


def _merged(old: dict[str, Any] | None, entered: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    """The attributes entered, and what another sender gave beyond the schema (not ``known``): it is never lost."""
    old = old or {}
    kept = {name: value for name, value in old.items() if name not in known}
    given = {name: value for name, value in entered.items() if value not in (None, "", [])}
    return {**kept, **{name: old[name] if _same(old.get(name), value) else value for name, value in given.items()}}


def _same(old: Any, entered: Any) -> bool:
    """Whether two choices are the same names; boxes come ticked in the order of the page, which is no change."""
    if not isinstance(old, list) or not isinstance(entered, list):
        return False
    return sorted(map(str, old)) == sorted(map(str, entered)) and all(isinstance(one, str) for one in (*old, *entered))


def _write_licences(subject: Subject, licences: Sequence[LicenceFacts]) -> None:
    """Rows that stay the same keep their identity; so the record shows only what was changed."""
    old = list(subject.licences)
    for position, facts in enumerate(licences):
        licence = old[position] if position < len(old) else Licence()
        licence.kind, licence.number = facts.kind, facts.number
        licence.issued_on, licence.expires_on = facts.issued_on, facts.expires_on
        if position >= len(old):
            subject.licences.append(licence)
    for licence in old[len(licences) :]:
        subject.licences.remove(licence)

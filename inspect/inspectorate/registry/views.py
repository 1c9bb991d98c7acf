"""Screens of the registry: lists, the page of an establishment and of a person, and the forms that change them."""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..accounts.permissions import Permission
from ..audit import access
from ..audit.presentation import ReadableEntry
from ..codes import KINDS, SUBKINDS
from ..errors import NotFound
from ..fields import rows_changed
from ..late_saves import saving
from ..masking import MARK, masked_numbers
from ..paging import COUNTED
from ..screens import language
from ..shielding import shown_on_request
from ..web import Area, current_actor, local_path, refusals_on
from . import actions, files, forms, history, kinds, queries, record, rules, words
from .attributes import attributes_of, unknown_attributes, value_in_words
from .models import Establishment, Person, Subject

bp = Area("registry", __name__)


@bp.route("/registry", permission=Permission.REGISTRY_READ)
def index() -> str:
    """The establishments of the region."""
    actor, today = current_actor(), clock.today()
    form, query = _establishments()
    part = queries.page(query, Establishment, sort=request.args.get("sort", ""), **_place())
    return render_template(
        "registry/index.html",
        form=form, part=part, count=queries.count(query), counted=COUNTED, terms=words, rules=rules, day=today,
        may_write=actor.may(Permission.REGISTRY_WRITE),
    )  # fmt: skip


@bp.route("/registry/persons", permission=Permission.REGISTRY_READ)
def persons() -> str:
    """The natural persons of the region."""
    actor = current_actor()
    form, query = _persons()
    part = queries.page(query, Person, sort=request.args.get("sort", ""), **_place())
    return render_template(
        "registry/persons.html",
        form=form, part=part, count=queries.count(query), counted=COUNTED, terms=words, rules=rules,
        may_write=actor.may(Permission.REGISTRY_WRITE),
    )  # fmt: skip


def _place() -> dict[str, str | None]:
    return {"after": request.args.get("after"), "before": request.args.get("before")}


def _establishments() -> tuple[forms.EstablishmentFilter, Any]:
    actor, today = current_actor(), clock.today()
    form = forms.EstablishmentFilter(request.args)
    form.offer(actor.region_code, today)
    filter = queries.Filter(
        kind=forms.usable(form.kind),
        subkind=forms.usable(form.subkind),
        region=forms.usable(form.region),
        licence=forms.usable(form.licence),
        words=form.q.data,
        closed=form.closed.data,
    )
    return form, queries.establishments(actor, filter, today)


def _persons() -> tuple[forms.PersonFilter, Any]:
    actor = current_actor()
    form = forms.PersonFilter(request.args)
    form.offer(actor.region_code, clock.today())
    return form, queries.persons(actor, queries.Filter(region=forms.usable(form.region), words=form.q.data))


@bp.route(
    "/registry/list.<any(csv, xlsx):format>",
    permission=Permission.REGISTRY_READ,
    records="registry:establishments:export",
)
def export(format: str) -> Any:
    """The establishments that the filters let through, as a file."""
    return files.establishments(_establishments()[1], format, clock.today())


@bp.route(
    "/registry/persons/list.<any(csv, xlsx):format>",
    permission=Permission.REGISTRY_READ,
    records="registry:persons:export",
)
def export_persons(format: str) -> Any:
    """The persons that the filters let through, as a file; the numbers masked."""
    return files.persons(_persons()[1], format)


@bp.route("/registry/<int:subject_id>", permission=Permission.REGISTRY_READ)
def show(subject_id: int) -> str:
    """Everything about an establishment or a person, with the whole history."""
    actor, today = current_actor(), clock.today()
    subject = queries.subject(actor, subject_id)
    known = current_app.view_functions
    common = {
        "events": history.events(actor, subject), "event_kinds": history.KINDS, "endpoints": known, "terms": words,
        "entries": record.entries(subject, full=actor.may(Permission.REGISTRY_WRITE)), "day": today, "rules": rules,
        "may_write": actor.may(Permission.REGISTRY_WRITE), "may_inspect": actor.may(Permission.INSPECTION_WRITE),
    }  # fmt: skip
    if isinstance(subject, Person):
        return render_template(
            "registry/person.html", person=subject, connections=queries.connections_of(actor, subject), **common
        )
    assert isinstance(subject, Establishment)
    return render_template(
        "registry/establishment.html",
        place=subject, attributes=_attributes(subject), people=queries.people_of(actor, subject),
        expected=kinds.EXPECTED.get(subject.kind or ""), **common,
    )  # fmt: skip


@bp.route("/registry/<int:subject_id>/numbers", methods=["GET", "POST"], permission=Permission.REGISTRY_WRITE)
def numbers(subject_id: int) -> str:
    """Identity number and telephone in full, once, for a reason that is recorded."""
    actor = current_actor()
    whose = queries.subject(actor, subject_id)

    def show(reason: str) -> list[tuple[str, str | None]]:
        subject = actions.show_numbers(actor, subject_id, reason)
        own = [(_("Identity number"), subject.id_number)] if isinstance(subject, Person) else []
        return [*own, (_("Telephone"), subject.phone)]

    return shown_on_request(whose.name, url_for("registry.show", subject_id=subject_id), show)


def _attributes(place: Establishment) -> list[tuple[str, str, bool]]:
    """Label, value in words and whether the schema knows it, of every attribute that is filled."""
    values = place.attributes or {}
    shown = [
        (one.label.in_language(language()), _in_words(one, values[one.name]), True)
        for one in attributes_of(place.kind)
        if one.name in values
    ]
    unknown = unknown_attributes(place.kind, values)
    return shown + [(name, masked_numbers(str(value)), False) for name, value in sorted(unknown.items())]


def _in_words(one: Any, value: Any) -> str:
    if one.type == "yes_no" and isinstance(value, bool):
        return _("yes") if value else _("no")
    return value_in_words(one, value, language())


@bp.route("/registry/establishments/new", methods=["GET", "POST"], permission=Permission.REGISTRY_WRITE)
def new() -> Any:
    """Choose the kind, then enter the establishment."""
    actor, today = current_actor(), clock.today()
    kind, subkind = request.args.get("kind", ""), request.args.get("subkind") or None
    if kind not in KINDS:
        chosen_for = request.args.get("next")
        return render_template(
            "registry/choose_kind.html", terms=words, groups=kinds.GROUPS, subkinds=SUBKINDS, next=chosen_for
        )
    values = {"subkind": subkind or "", "name": request.args.get("name")}
    form = forms.establishment_form(kind)(data=values)
    form.offer(actor.region_code, today)
    if not rows_changed(form) and form.validate_on_submit():
        with refusals_on(form):
            place = actions.add_establishment(
                actor, today, form.facts(), key=form.key.data or None, confirmed=form.confirmed.data
            )
            flash(_("The establishment was registered."), "success")
            return redirect(_onwards(place.id))
    return _establishment_form(form, None)


@bp.route("/registry/<int:subject_id>/change", methods=["GET", "POST"], permission=Permission.REGISTRY_WRITE)
def change(subject_id: int) -> Any:
    """Change an establishment or a person."""
    subject = queries.subject(current_actor(), subject_id)
    if isinstance(subject, Person):
        return _change_person(subject)
    assert isinstance(subject, Establishment)
    return _change_establishment(subject)


def _change_establishment(place: Establishment) -> Any:
    actor, today = current_actor(), clock.today()
    kind = request.args.get("kind", "")
    made = forms.establishment_form(kind if kind in KINDS else place.kind or "other")

    def opened(**sent: Any) -> forms.EstablishmentForm:
        form = made(data=forms.establishment_values(place, made.attributes), **sent)
        form.offer(actor.region_code, today)
        return form

    form = opened()
    return _changed(
        form,
        place,
        lambda version: actions.change_establishment(actor, place.id, today, form.facts(), version=version),
        lambda: _establishment_form(form, place),
        opened,
    )


def _in_full(subject: Subject) -> list[ReadableEntry]:
    """The record as it is read by whoever may change the subject."""
    return record.entries(subject, full=True)


def _changed(
    form: forms.SubjectForm,
    subject: Subject,
    save: Callable[[int], Any],
    page: Callable[[], str],
    opened: Callable[..., forms.SubjectForm],
) -> Any:
    """Save what was changed and show the subject, or show the form again: with what others changed meanwhile.

    ``opened`` makes the form as it is opened, without what was sent when it is told ``formdata=None``.
    """
    subject_id = subject.id
    if not rows_changed(form) and form.validate_on_submit():
        with saving(form, subject, lambda: opened(formdata=None), entries=_in_full):
            save(form.read_version)
            flash(_("The changes were saved."), "success")
            return redirect(url_for("registry.show", subject_id=subject_id))
    return page()


def _establishment_form(form: forms.EstablishmentForm, place: Establishment | None) -> str:
    actor = current_actor()
    similar = queries.likely_duplicates(actor, form.facts()) if place is None and form.errors else []
    return render_template(
        "registry/establishment_form.html",
        form=form, place=place, similar=similar, terms=words, more=forms.MORE, kinds=KINDS,
        units={one.field: one.unit.in_language(language()) for one in form.attributes if one.unit},
        graded={one.field for one in form.attributes if one.type == "graded"},
    )  # fmt: skip


def _onwards(subject_id: int) -> str:
    """The page that sent here, told what was made, else the subject's own."""
    target = local_path(request.args.get("next"))
    if target is None:
        return url_for("registry.show", subject_id=subject_id)
    return f"{target}{'&' if '?' in target else '?'}subject_id={subject_id}"


@bp.route("/registry/persons/new", methods=["GET", "POST"], permission=Permission.REGISTRY_WRITE)
def new_person() -> Any:
    """Enter a person, perhaps straight into a part in an establishment."""
    actor, today = current_actor(), clock.today()
    place_id = request.args.get("establishment", type=int)
    place = queries.establishment(actor, place_id) if place_id else None
    form = forms.PersonForm(data={"name": request.args.get("name"), "employer": place.name if place else None})
    form.offer(actor.region_code, today)
    if not rows_changed(form) and form.validate_on_submit():
        with refusals_on(form):
            person = actions.add_person(
                actor, today, form.facts(), key=form.key.data or None, confirmed=form.confirmed.data
            )
            if place_id:
                actions.connect_person(actor, place_id, person.id, form.relation.data)
                flash(_("The person was registered and connected."), "success")
                return redirect(url_for("registry.show", subject_id=place_id, _anchor="people"))
            flash(_("The person was registered."), "success")
            return redirect(_onwards(person.id))
    return _person_form(form, None, place=place)


def _change_person(person: Person) -> Any:
    actor, today = current_actor(), clock.today()

    def opened(**sent: Any) -> forms.PersonForm:
        form = forms.PersonForm(data=forms.person_values(person), **sent)
        form.offer(actor.region_code, today)
        return form

    form = opened()
    return _changed(
        form,
        person,
        lambda version: actions.change_person(actor, person.id, today, form.facts(), version=version),
        lambda: _person_form(form, person),
        opened,
    )


def _person_form(form: forms.PersonForm, person: Person | None, *, place: Any = None) -> str:
    facts = form.facts()
    if form.errors and facts.id_number and MARK not in facts.id_number:
        # The refusal tells whether somebody here has this number.
        access.sought(current_actor(), [facts.id_number])
    similar = queries.namesakes(current_actor(), facts) if person is None and form.errors else []
    return render_template(
        "registry/person_form.html", form=form, person=person, place=place, similar=similar, rules=rules
    )


@bp.route("/registry/<int:subject_id>/people", methods=["GET", "POST"], permission=Permission.REGISTRY_WRITE)
def connect(subject_id: int) -> Any:
    """Find a person by words and say what part he or she has in the establishment."""
    actor = current_actor()
    place = queries.establishment(actor, subject_id)
    sought = request.args.get("q", "").strip()
    everybody = queries.persons(actor, queries.Filter(words=sought))
    found = queries.page(everybody, Person, after=None, before=None).rows if sought else []
    form = forms.ConnectForm()
    form.person_id.choices = [(one.id, one.name) for one in found]
    if form.validate_on_submit():
        with refusals_on(form):
            actions.connect_person(actor, subject_id, form.person_id.data, form.relation.data)
            flash(_("The person was connected."), "success")
            return redirect(url_for("registry.show", subject_id=subject_id, _anchor="people"))
    return render_template("registry/connect.html", form=form, place=place, sought=sought, found=found, rules=rules)


@bp.route(
    "/registry/<int:subject_id>/people/<int:connection_id>/remove",
    methods=["POST"],
    permission=Permission.REGISTRY_WRITE,
)
def disconnect(subject_id: int, connection_id: int) -> Any:
    """Take a person's part in an establishment back."""
    try:
        actions.disconnect_person(current_actor(), subject_id, connection_id)
        flash(_("The person was taken off the establishment."), "success")
    except NotFound:
        queries.establishment(current_actor(), subject_id)
        flash(_("The person had been taken off already."), "info")
    return redirect(url_for("registry.show", subject_id=subject_id, _anchor="people"))

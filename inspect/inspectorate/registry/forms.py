"""Forms of the registry. The form of an establishment is made for its kind, from the schema of attributes."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FormField,
    HiddenField,
    SearchField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ..accounts.regions import region_name, regions_towards, regions_within
from ..codes import KINDS, SUBKINDS
from ..columns import new_key
from ..fields import (
    SHIELDED,
    DayField,
    Form,
    NumberField,
    SelectField,
    SelectMultipleField,
    StrippedField,
    Tokenless,
    VersionedForm,
)
from ..masking import masked_identity, masked_phone
from ..rows import Rows
from ..screens import language
from .attributes import Attribute, attributes_of
from .kinds import LICENCES, RELATIONS
from .models import Establishment, Person, Subject
from .rules import EstablishmentFacts, LicenceFacts, PersonFacts
from .words import KINDS as KIND_WORDS
from .words import LICENCE_STATES, SEXES
from .words import LICENCES as LICENCE_WORDS
from .words import RELATIONS as RELATION_WORDS
from .words import SUBKINDS as SUBKIND_WORDS

MORE = "_more"
_SEPARATORS = re.compile(r"[、,，;；\n]+")
_DROPPED = re.compile(r"[\s\-·]")


class CodeField(StringField):
    """A code as it stands on a licence or a card: capitals, without spaces and hyphens; None when empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Tidy up what was typed."""
        self.data = _DROPPED.sub("", valuelist[0]).upper() or None if valuelist else None


def one_of(label: Any, **options: Any) -> SelectField:
    """One of a list. Whether a code is one of it is judged by the rules, which name the way out."""
    return SelectField(label, validate_choice=False, **options)


def region_choices(region_code: str, year: int) -> list[tuple[str, str]]:
    """A region and those below it, with their full names."""
    return [(one.code, region_name(one.code, full=True)) for one in regions_within(region_code, year)]


class LicenceRow(Tokenless):
    """One licence; the kinds of licences depend on whose they are."""

    kind: SelectField
    number = StrippedField(_l("Number"), validators=[Length(max=80)])
    issued_on = DayField(_l("Issued on"))
    expires_on = DayField(_l("Valid until"), description=_l("Last day of validity; empty if it has no end."))

    def facts(self) -> LicenceFacts:
        """What was entered."""
        return LicenceFacts(
            kind=self.kind.data or "",
            number=self.number.data,
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
        )


def _licence_kinds(party: str) -> SelectField:
    choices = [("", ""), *((code, LICENCE_WORDS[code]) for code in LICENCES[party])]
    return SelectField(_l("Kind of licence"), choices=choices, validate_choice=False)


class EstablishmentLicenceRow(LicenceRow):
    """A licence of an establishment."""

    kind = _licence_kinds("org")


class PersonLicenceRow(LicenceRow):
    """A certificate of a person."""

    kind = _licence_kinds("person")


class SubjectForm(VersionedForm):
    """What establishments and persons have in common; ``key`` makes a form sent twice count once."""

    licences: Rows

    key = HiddenField(default=new_key)
    region_code = one_of(_l("Region"), validators=[InputRequired(_l("Choose the region."))])
    confirmed = BooleanField(_l("I have looked at these records; this is another one"))

    def offer(self, region_code: str, today: date) -> None:
        """Fill the lists: regions from the actor's own downwards, and kinds of licences that a sender has named."""
        self.region_code.choices = region_choices(region_code, today.year)
        if self.region_code.data is None:
            self.region_code.data = region_code
        for entry in self.licences:
            kind = entry.form.kind
            if kind.data and kind.data not in [code for code, *_ in kind.choices]:
                kind.choices = [*kind.choices, (kind.data, kind.data)]

    def licence_facts(self) -> list[LicenceFacts]:
        """The licences entered."""
        return [entry.form.facts() for entry in self.licences]


class EstablishmentForm(SubjectForm):
    """The common columns; ``establishment_form`` adds the attributes of a kind."""

    kind = ""
    attributes: tuple[Attribute, ...] = ()

    licences = Rows(FormField(EstablishmentLicenceRow), _l("Licences and filings"), most=20)

    name = StrippedField(
        _l("Name of the establishment"),
        validators=[InputRequired(_l("Enter the name of the place or person.")), Length(max=200)],
        description=_l("As on the licence; for an unlicensed place what it is called there."),
    )
    subkind = one_of(_l("Subkind"))
    uscc = CodeField(_l("Unified social credit code"),
                     description=_l("18 characters. Leave it empty for an unlicensed place."))  # fmt: skip
    address = StrippedField(_l("Address"), validators=[Length(max=300)])
    phone = StrippedField(_l("Telephone"), validators=[Length(max=40)], render_kw=SHIELDED)
    legal_representative = StrippedField(_l("Legal representative or head"), validators=[Length(max=60)])
    legal_representative_title = StrippedField(_l("Title"), validators=[Length(max=30)])
    opened_on = DayField(_l("In business since"))
    closed_on = DayField(_l("Out of business since"), description=_l("Fill in when the place has closed for good."))

    @property
    def attribute_runs(self) -> list[tuple[bool, list[Attribute]]]:
        """The attributes in order, neighbours that are short (they stand side by side) or long taken together."""
        runs = groupby(self.attributes, key=lambda one: one.type not in ("names", "graded", "text"))
        return [(short, list(run)) for short, run in runs]

    def offer(self, region_code: str, today: date) -> None:
        """Also the subkinds of the kind."""
        super().offer(region_code, today)
        self.subkind.choices = [("", _l("none of these")), *((one, SUBKIND_WORDS[one]) for one in subkinds(self.kind))]

    def facts(self) -> EstablishmentFacts:
        """What was entered."""
        columns = ("uscc", "address", "phone", "legal_representative", "legal_representative_title")
        return EstablishmentFacts(
            kind=self.kind,
            subkind=self.subkind.data or None,
            name=self.name.data or "",
            region_code=self.region_code.data or "",
            **{column: self[column].data for column in columns},
            opened_on=self.opened_on.data,
            closed_on=self.closed_on.data,
            attributes={one.name: _entered(self, one) for one in self.attributes},
            licences=self.licence_facts(),
        )


def subkinds(kind: str) -> tuple[str, ...]:
    """The subkinds of a kind."""
    return SUBKINDS.get(kind, ())


class GradedRow(Tokenless):
    """A procedure and its level."""

    name = StrippedField(_l("Procedure"), validators=[Length(max=300)])
    level = SelectField(_l("Level"), validate_choice=False)


class TickList(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def establishment_form(kind: str) -> type[EstablishmentForm]:
    """The form of a kind, in the language of the page."""
    schema = attributes_of(kind)
    fields = {name: field for one in schema for name, field in _fields(one)}
    return type("EstablishmentFormOfKind", (EstablishmentForm,), {"kind": kind, "attributes": schema, **fields})


def _fields(one: Attribute) -> Iterator[tuple[str, Any]]:
    words = language()
    label, note = one.label.in_language(words), one.help.in_language(words) if one.help else ""
    choices = [(code, name.in_language(words)) for code, name in one.values.items()]
    required = [InputRequired(_l("Choose one of the list."))] if one.demanded else []
    match one.type:
        case "choice":
            yield one.field, one_of(label, choices=[("", ""), *choices], validators=required, description=note)
        case "yes_no":
            answers = [("", ""), ("yes", _l("yes")), ("no", _l("no"))]
            yield one.field, one_of(label, choices=answers, description=note)
        case "count" | "number":
            yield one.field, NumberField(label, description=note)
        case "text":
            yield one.field, StrippedField(label, validators=[Length(max=300)], description=note)
        case "names":
            yield one.field, TickList(label, choices=choices, description=note)
            more = _l("%(label)s: others", label=label)
            yield one.field + MORE, TextAreaField(more, description=_l("One a line, or separated by commas."))
        case "graded":
            row = type(
                "GradedRowOfList", (GradedRow,), {"level": SelectField(_l("Level"), choices=[("", ""), *choices])}
            )
            yield one.field, Rows(FormField(row), label, most=60, description=note)


def _entered(form: EstablishmentForm, one: Attribute) -> Any:
    """The value of an attribute as it is kept."""
    value = form[one.field].data
    match one.type:
        case "yes_no":
            return {"yes": True, "no": False}.get(value)
        case "count" | "number":
            return _plain(value)
        case "names":
            more = (name.strip() for name in _SEPARATORS.split(form[one.field + MORE].data or ""))
            return list(dict.fromkeys([*(value or []), *filter(None, more)]))
        case "graded":
            return [_row(row) for row in value if row["name"] or row["level"]]
    return value or None


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    level = row["level"]
    return {"name": row["name"] or "", **({"level": int(level)} if level else {})}


def establishment_values(place: Establishment, schema: tuple[Attribute, ...]) -> dict[str, Any]:
    """What the form of an existing establishment shows; the telephone masked."""
    columns = ("name", "address", "uscc", "legal_representative", "legal_representative_title")
    values = {column: getattr(place, column) for column in columns} | {"phone": masked_phone(place.phone)}
    values |= {"subkind": place.subkind or "", "opened_on": place.opened_on, "closed_on": place.closed_on}
    values |= _common_values(place)
    for one in schema:
        values |= _shown(one, (place.attributes or {}).get(one.name))
    return values


def _common_values(subject: Subject) -> dict[str, Any]:
    columns = ("kind", "number", "issued_on", "expires_on")
    licences = [{column: getattr(licence, column) for column in columns} for licence in subject.licences]
    return {"region_code": subject.region_code, "version": subject.version, "licences": licences}


def _shown(one: Attribute, value: Any) -> dict[str, Any]:
    """The fields' values for an attribute. A sender's value of another shape is kept, but not shown here."""
    if one.type == "yes_no":
        return {one.field: {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""}
    if one.type in ("count", "number"):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return {one.field: Decimal(str(value)) if number else None}
    if one.type == "names":
        names = [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
        others = "\n".join(name for name in names if name not in one.values)
        return {one.field: [name for name in names if name in one.values], one.field + MORE: others}
    if one.type == "graded":
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return {one.field: [{"name": row.get("name"), "level": str(row.get("level") or "")} for row in rows]}
    return {one.field: value if isinstance(value, str) else ""}


class PersonForm(SubjectForm):
    """A natural person. With an establishment given, also the part in it."""

    licences = Rows(FormField(PersonLicenceRow), _l("Qualifications and certificates"), most=20)
    name = StrippedField(
        _l("Name"), validators=[InputRequired(_l("Enter the name of the place or person.")), Length(max=60)]
    )
    id_number = CodeField(_l("Identity number"),
                          description=_l("18 characters; day of birth and sex follow from it."),
                          render_kw=SHIELDED)  # fmt: skip
    sex = one_of(_l("Sex"), choices=[("", _l("not known")), *SEXES.items()])
    born_on = DayField(_l("Day of birth"))
    address = StrippedField(_l("Address"), validators=[Length(max=300)])
    phone = StrippedField(_l("Telephone"), validators=[Length(max=40)], render_kw=SHIELDED)
    employer = StrippedField(_l("Employer"), validators=[Length(max=200)])
    relation = one_of(_l("Part in the establishment"), choices=[(one, RELATION_WORDS[one]) for one in RELATIONS])

    def facts(self) -> PersonFacts:
        """What was entered."""
        return PersonFacts(
            name=self.name.data or "",
            region_code=self.region_code.data or "",
            sex=self.sex.data or None,
            **{column: self[column].data for column in ("id_number", "born_on", "address", "phone", "employer")},
            licences=self.licence_facts(),
        )


def person_values(person: Person) -> dict[str, Any]:
    """What the form of an existing person shows; the numbers masked."""
    columns = ("name", "born_on", "address", "employer")
    values = {column: getattr(person, column) for column in columns} | {"sex": person.sex or ""}
    numbers = {"id_number": masked_identity(person.id_number), "phone": masked_phone(person.phone)}
    return values | numbers | _common_values(person)


class ConnectForm(Form):
    """Who has which part in an establishment; the persons offered were found by words."""

    person_id = SelectField(_l("Person"), coerce=int, validators=[InputRequired(_l("Choose the person."))])
    relation = SelectField(_l("Part in the establishment"), choices=[(one, RELATION_WORDS[one]) for one in RELATIONS])


class _Filter(Tokenless):
    q = SearchField(_l("Words"))
    region = SelectField(_l("Region"), validate_choice=False)

    def offer(self, region_code: str, today: date) -> None:
        """Fill the list of regions."""
        self.region.choices = [("", _l("all")), *regions_towards(region_code, self.region.data, today.year)]

    def applied(self) -> int:
        """How many filters are in force."""
        return sum(bool(field.data) for field in self)


class EstablishmentFilter(_Filter):
    """Filters of the list of establishments."""

    kind = SelectField(_l("Kind"), choices=[("", _l("all")), *((one, KIND_WORDS[one]) for one in KINDS)])
    subkind = SelectField(_l("Subkind"), choices=[("", _l("all")), *SUBKIND_WORDS.items()])
    licence = SelectField(
        _l("Licence"), choices=[("", _l("all")), *((code, words[0]) for code, words in LICENCE_STATES.items())]
    )
    closed = BooleanField(_l("Closed ones too"))


class PersonFilter(_Filter):
    """Filters of the list of persons."""


def usable(field: Field) -> Any:
    """A filter's value, or None where the address carries one that the list does not know."""
    known = {str(code) for code, *_ in field.choices}
    return field.data if field.data in known and field.data else None

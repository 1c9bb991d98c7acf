"""Form fields that all areas share: days, wall-clock times and money as people type them, and repeated rows."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField, HiddenField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.widgets import TextInput

from . import clock, readings
from .money import MOST_FEN, parse_yuan, yuan

Choices = Iterable[Any] | Mapping[Any, Iterable[Any]] | None

SHIELDED = {"data-shielded": ""}
"""``render_kw`` of fields that no draft on a device keeps (drafts.js): numbers of people, and who reports."""

_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_SPLIT_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}")
_TIME = re.compile(r"(\d{1,2})[:：时](\d{2})分?|(\d{2})(\d{2})")


def parse_day(text: str) -> date:
    """The day meant by ``20210702``, ``2021-7-2``, ``2021/7/2``, ``2021.7.2`` or ``2021年7月2日``; else ValueError."""
    plain = text.strip().replace(" ", "")
    match = _DAY.fullmatch(plain)
    if not (_SPLIT_DAY.fullmatch(plain) and match):
        raise ValueError(f"not a day: {text!r}")
    return date(*map(int, match.groups()))


class _Typed(Field):
    """A text field with a value of its own kind; what was typed stays in the field when it is not understood."""

    widget = TextInput()
    data: Any
    raw_data: list[Any] | None

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def complaint(self) -> Any:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            _forget_blanks(self)
            return
        try:
            self.data = self.read(valuelist[0])
        except (ValueError, OverflowError):
            raise ValueError(self.complaint()) from None


class DayField(_Typed):
    """A date, typed as 20210702 or chosen. ``data`` is a date or None."""

    def show(self, value: date) -> str:
        return value.isoformat()

    def read(self, text: str) -> date:
        return parse_day(text)

    def complaint(self) -> Any:
        return _l("This is not a date. Write it as 20210702 or 2021-07-02.")


class MomentField(_Typed):
    """A day and a wall-clock time in China, typed as ``2021-07-02 09:30`` or ``20210702 0930``.

    ``data`` is an aware UTC instant or None.
    """

    def show(self, value: datetime) -> str:
        return clock.local(value).strftime("%Y-%m-%d %H:%M")

    def read(self, text: str) -> datetime:
        day, _, time = text.strip().replace("T", " ").partition(" ")
        match = _TIME.fullmatch(time.strip())
        if not match:
            raise ValueError(f"not a time: {text!r}")
        hour, minute = (int(part) for part in match.groups() if part is not None)
        wall = parse_day(day)
        return clock.from_local(datetime(wall.year, wall.month, wall.day, hour, minute))

    def complaint(self) -> Any:
        return _l("This is not a day and time. Write it as 2021-07-02 09:30.")


class ClockField(_Typed):
    """A time of day in China, typed as ``9:30`` or ``0930``, or turned on a phone's dial; ``data`` is a ``time``."""

    widget = TextInput("time")

    def show(self, value: time) -> str:
        return value.strftime("%H:%M")

    def read(self, text: str) -> time:
        match = _TIME.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a time: {text!r}")
        hour, minute = (int(part) for part in match.groups() if part is not None)
        return time(hour, minute)

    def complaint(self) -> Any:
        return _l("This is not a time. Write it as 09:30.")


class MoneyField(_Typed):
    """An amount in yuan, typed with or without thousands separators. ``data`` is an integer number of fen or None."""

    def show(self, value: int) -> str:
        return yuan(value)

    def read(self, text: str) -> int:
        return parse_yuan(text.replace("元", ""))

    def complaint(self) -> Any:
        typed = str(self.raw_data[0]).strip() if self.raw_data else ""
        if typed.startswith(("-", "−", "－")):
            return _l("An amount is not below zero. Write it in yuan, for example 36800.00.")
        if len(re.sub(r"\D", "", typed.partition(".")[0])) >= len(str(MOST_FEN // 100)):
            return _l("An amount is at most 1,000,000,000,000 yuan. Check how many digits you wrote.")
        return _l("Write an amount in yuan with at most two decimals, for example 36800.00.")


class NumberField(_Typed):
    """A decimal number with a unit beside it. ``data`` is a Decimal or None."""

    def show(self, value: Decimal) -> str:
        return format(value, "f")

    def read(self, text: str) -> Decimal:
        plain = text.strip().replace(",", "")
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", plain):
            raise ValueError(f"not a number: {text!r}")
        return Decimal(plain)

    def complaint(self) -> Any:
        return _l("Write a number, for example 12 or 12.5.")


class NotBefore:
    """Refuses a day that lies before that of another field of the form."""

    def __init__(self, first: str) -> None:
        self.first = first

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Raises ValidationError."""
        begin = form[self.first].data
        if begin and field.data and field.data < begin:
            raise ValidationError(gettext("The last day lies before the first. Correct one of them."))


class StrippedField(StringField):
    """One line of text without the spaces around it; None when nothing is left."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0].strip() or None if valuelist else None
        _forget_blanks(self)


class TextField(TextAreaField):
    """Text of several lines without the blanks around it; None when nothing is left. Line ends are kept as LF."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].replace("\r\n", "\n").strip() if valuelist else ""
        self.data = text or None
        _forget_blanks(self)


def _forget_blanks(field: Field) -> None:
    """Blanks alone are no input, so that ``InputRequired`` asks for some."""
    if field.data is None:
        field.raw_data = []


class Form(FlaskForm):
    """A form that can show again what was typed into it before its owner's session ended (signin)."""

    def take_kept(self, kept: MultiDict[str, str]) -> None:
        """Show what was kept, whatever has been proposed since."""
        for field in self:
            _take(field, kept)


def _take(field: Field, kept: MultiDict[str, str]) -> None:
    """In place, so that the choices which the view has offered stay."""
    if isinstance(field, FieldList):
        _take_rows(field, kept)
    elif isinstance(field, FormField):
        for part in field.form:
            _take(part, kept)
    else:
        field.process(kept)


def _take_rows(rows: FieldList, kept: MultiDict[str, str]) -> None:
    """As many rows as were sent; those that are new get the choices of the first."""
    sent = sorted({int(match[1]) for name in kept if (match := re.match(rf"{re.escape(rows.name)}-(\d+)(-|$)", name))})
    while len(rows.entries) > len(sent):
        rows.pop_entry()
    while len(rows.entries) < len(sent):
        rows.append_entry()
        _offer_alike(rows.entries[0], rows.entries[-1])
    for row, number in zip(rows.entries, sent, strict=True):
        before = f"{rows.name}-{number}"
        own = [
            (name, value) for name, value in kept.items(multi=True) if name == before or name.startswith(f"{before}-")
        ]
        _take(row, MultiDict((row.name + name.removeprefix(before), value) for name, value in own))


def _offer_alike(first: Field, row: Field) -> None:
    if not isinstance(row, FormField) or row is first:
        return
    for part in row.form:
        if getattr(part, "choices", ...) is None:
            part.choices = first.form[part.short_name].choices


class Tokenless(FlaskForm):
    """A row of a form that carries the token, or a form that changes nothing and lives in the address."""

    class Meta:
        csrf = False


class VersionedForm(Form):
    """A form that changes an existing row: carries the version that was read, and what it then held.

    ``late`` is what ``late_saves.saving`` found out; the page shows it.
    """

    version = HiddenField()
    read = HiddenField()
    late: Any = None

    def process(self, formdata: Any = None, *arguments: Any, **values: Any) -> None:
        """Take what is there now where the box beside a field says so."""
        sent = self.meta.wrap_formdata(self, formdata)
        super().process(readings.with_boxes(sent), *arguments, **values)

    def hidden_tag(self, *fields: Any) -> Any:
        """The hidden fields; a form that is opened marks what it holds."""
        if not self.read.data:
            self.read.data = readings.as_opened(self)
        return super().hidden_tag(*fields)

    @property
    def read_version(self) -> int:
        """The version that was sent back; 0, older than any, when none was or it is no number."""
        text = str((self.version.raw_data or [""])[0])
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class _OfPairs:
    """Takes its choices as pairs of value and words, or as a dict of such groups; keeps ``SelectChoice``.

    WTForms itself takes pairs and such dicts no longer from 3.4 on.
    """

    def __init__(self, *args: Any, choices: Choices = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices

    @property
    def choices(self) -> Any:
        """The choices; None before a form has offered any."""
        return super().choices  # type: ignore[misc]

    @choices.setter
    def choices(self, choices: Choices) -> None:
        kept = None if choices is None else _as_wtforms_keeps_them(choices)
        wtforms.SelectField.choices.fset(self, kept)


def _as_wtforms_keeps_them(choices: Iterable[Any] | Mapping[Any, Iterable[Any]]) -> list[SelectChoice]:
    groups = choices if isinstance(choices, Mapping) else {None: choices}
    return [
        one if isinstance(one, SelectChoice) else SelectChoice(*one, optgroup=group)
        for group, members in groups.items()
        for one in members
    ]


class SelectField(_OfPairs, wtforms.SelectField):
    """One of a list; choices are pairs."""


class SelectMultipleField(_OfPairs, wtforms.SelectMultipleField):
    """Some of a list; choices are pairs."""


class RadioField(_OfPairs, wtforms.RadioField):
    """One of a few, all of them shown; choices are pairs."""


def values_of(form: FlaskForm) -> dict[str, Any]:
    """What was entered, by field name, without what the form carries for itself."""
    return {name: value for name, value in form.data.items() if name not in ("version", "read", "key", "csrf_token")}


def rows_changed(form: FlaskForm) -> bool:
    """Carries out "add a row" and "remove this row" of the repeated parts of a form.

    True when such a button sent the request: the view then shows the form again instead of validating it.
    Works without scripts.
    """
    added, removed = request.form.get("add_row"), request.form.get("remove_row")
    for field in form:
        if not isinstance(field, FieldList):
            continue
        if added == field.name and len(field) < getattr(field, "most", len(field) + 1):
            field.append_entry()
            return True
        for position, entry in enumerate(field.entries):
            if removed == entry.name:
                del field.entries[position]
                return True
    return added is not None or removed is not None


def blank_row(rows: FieldList) -> FormField | Field:
    """The row that scripts copy when one is added; ``__row__`` stands for its number."""
    number = f"{rows._separator}__row__"
    options = {
        "name": rows.name + number,
        "id": rows.id + number,
        "_meta": rows.meta,
        "translations": rows._translations,
    }
    entry = rows.meta.bind_field(None, rows.unbound_field, options)
    entry.process(None, None)
    return entry

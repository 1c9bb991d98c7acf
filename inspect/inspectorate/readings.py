"""A form read three times: as it was opened, as the record stands now, and as it was typed.

Each page carries a mark of what every field held when it was opened (``as_opened``). A late save can then tell what the
others changed from what was typed, and leave alone what nobody touched.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    MultipleFileField,
    PasswordField,
    SelectFieldBase,
    SelectMultipleField,
    SubmitField,
)
from wtforms.widgets import HiddenInput

from . import clock

TAKE = "take"
"""Name of the boxes that put what is there now in the place of what was typed."""

_UNREAD = (FileField, MultipleFileField, PasswordField, SubmitField)
_OWN = {"version", "read", "key", "csrf_token"}
"""What a form carries for itself."""


def fields_of(form: Form) -> Iterator[Field]:
    """The fields that people fill."""
    return (field for field in form if field.name not in _OWN and not isinstance(field, _UNREAD))


def parts_of(form: Form) -> Iterator[Field]:
    """The fields that are compared one by one: all but the rows of a list that anybody may add to."""
    for field in fields_of(form):
        if isinstance(field, FieldList) and identities(field):
            for entry in field.entries:
                yield from parts_of(entry.form)
        else:
            yield field


def identities(rows: FieldList) -> list[list[str]]:
    """What the rows of a list are about, where each carries it unseen: a list of rows to be compared row by row."""
    forms = [entry.form for entry in rows.entries if isinstance(entry, FormField)]
    return [known for form in forms if (known := [_text(field) for field in form if is_hidden(field)])]


def is_hidden(field: Field) -> bool:
    """Whether nobody sees the field."""
    return isinstance(field.widget, HiddenInput)


def content(field: Field) -> Any:
    """What a field holds, the same whether it was typed or read from the database; rows left empty do not count."""
    if isinstance(field, FieldList):
        return [row for row in map(content, field.entries) if any(row if isinstance(row, list) else [row])]
    if isinstance(field, FormField):
        return [content(inner) for inner in fields_of(field.form)]
    if isinstance(field, BooleanField):
        return bool(field.data)
    if isinstance(field, SelectMultipleField):
        return sorted(map(str, field.data or ()))
    return _text(field)


def _text(field: Field) -> str:
    if field.data is None:
        return str(field.raw_data[0]).strip() if field.raw_data else ""
    show = getattr(field, "show", str)
    return str(show(field.data)).replace("\r\n", "\n").strip()


def pairs(field: Field) -> list[tuple[str, str]]:
    """The names and values that a browser would send for what the field holds."""
    if isinstance(field, FieldList):
        return [pair for entry in field.entries for pair in pairs(entry)]
    if isinstance(field, FormField):
        return [pair for inner in fields_of(field.form) for pair in pairs(inner)]
    if isinstance(field, BooleanField):
        return [(field.name, "y")] if field.data else []
    if isinstance(field, SelectMultipleField):
        return [(field.name, str(value)) for value in field.data or ()]
    return [(field.name, _text(field))]


def in_words(field: Field) -> str:
    """What a field holds as people read it: the words of a choice, one line for each row; "—" for nothing."""
    return _words(field) or "—"


def _words(field: Field) -> str:
    if isinstance(field, FieldList):
        return "\n".join(filter(None, map(_words, field.entries)))
    if isinstance(field, FormField):
        asked = [inner for inner in fields_of(field.form) if not is_hidden(inner)]
        shown = [(inner.label.text, _words(inner)) for inner in asked if content(inner)]
        return "；".join(f"{label} {words}" if len(asked) > 1 else words for label, words in shown)
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    if isinstance(field, SelectFieldBase):
        words = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
        chosen = [value for _name, value in pairs(field)]
        return "、".join(words.get(value, value) for value in chosen)
    return _text(field)


def mark(field: Field) -> str:
    """A short mark of what a field holds."""
    return hashlib.sha256(json.dumps(content(field)).encode()).hexdigest()[:10]


def as_opened(form: Form) -> str:
    """When a form is opened, and the mark of each field: what the hidden field ``read`` carries."""
    marks = (f"{field.name}:{mark(field)}" for field in parts_of(form))
    return " ".join([f"{clock.now().timestamp():.0f}", *marks])


def opened_at(read: str | None) -> datetime | None:
    """When the form that sent this back was opened; None where it does not say."""
    head = (read or "").partition(" ")[0]
    return datetime.fromtimestamp(int(head), UTC) if head.isascii() and head.isdigit() and len(head) < 11 else None


def marks(read: str | None) -> Mapping[str, str]:
    """The marks by field that a form sent back."""
    return dict(part.split(":", 1) for part in (read or "").split(" ")[1:] if ":" in part)


def box(field: Field) -> str:
    """The value of the box that takes what this field holds."""
    return json.dumps([field.name, pairs(field)], ensure_ascii=False)


def with_boxes(sent: Any) -> Any:
    """What was sent, with what is there now in the place of what was typed, where the box beside a field is ticked."""
    if not sent or TAKE not in sent:
        return sent
    taken = MultiDict((name, value) for name, value in sent.items(multi=True) if name != TAKE)
    for name, values in filter(None, map(_unboxed, sent.getlist(TAKE))):
        for known in [known for known in taken if _belongs(known, name)]:
            del taken[known]
        for known, value in values:
            taken.add(known, value)
    return taken


def _belongs(known: str, name: str) -> bool:
    return known == name or known.startswith(f"{name}-")


def _unboxed(value: Any) -> tuple[str, Iterable[tuple[str, str]]] | None:
    """A field's name and the pairs to take; None for a box that was mangled."""
    try:
        name, values = json.loads(value)
        found = [(known, text) for known, text in values]
    except (TypeError, ValueError, RecursionError):
        return None
    whole = isinstance(name, str) and name not in _OWN
    if not whole or not all(isinstance(k, str) and isinstance(v, str) and _belongs(k, name) for k, v in found):
        return None
    return name, found

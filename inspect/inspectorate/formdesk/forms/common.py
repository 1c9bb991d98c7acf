"""What the editor's forms share: ids, lists of words one a line, ticks over the nodes of an axis."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...campaigns.engine.vocabulary import PREFIXED_MEASURES
from ...fields import SelectField, SelectMultipleField, StrippedField, TextField, Tokenless
from .. import outline, words
from ..source import Source

ID = re.compile(r"[\w-]+")
_ARGUMENT = re.compile(r"[\w.\-]+")
_LONGEST_ID = 60
BLANK = "　"


def check_id(_form: Any, field: Any) -> None:
    """An id by which expressions and addresses can name a part. Raises ValidationError."""
    text = field.data or ""
    if text and not ID.fullmatch(text):
        raise ValidationError(_("An id has letters, digits, _ and - only, for example fine_sum. Leave out the rest."))
    if len(text) > _LONGEST_ID:
        raise ValidationError(_("An id has at most %(most)d characters. Shorten it.", most=_LONGEST_ID))


class Ticks(SelectMultipleField):
    """Boxes to tick; what is chosen already but not offered stays, so that it is seen and can be taken away."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(
            *arguments,
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
            validate_choice=False,
            **options,
        )
        self.type = SelectMultipleField.__name__  # drawn as what it is, by components/forms.html

    def offer(self, choices: Iterable[tuple[str, Any]], chosen: Iterable[str] = ()) -> None:
        """Set the choices."""
        found = list(choices)
        known = {value for value, _label in found}
        gone = [(one, _("%(id)s (not there)", id=one)) for one in chosen if one not in known]
        self.choices = [*found, *gone]


class Lines(TextField):
    """A list of texts, one a line."""

    def texts(self) -> list[str] | None:
        """The lines that say something; None where there is none."""
        found = [line.strip() for line in (self.data or "").splitlines()]
        return [line for line in found if line] or None


def as_lines(value: Any) -> str | None:
    """A list of texts as lines; None for what is no such list and stays as it is."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return None


def kept_lines(field: Lines, value: Any) -> Any:
    """The lines of a field; what the field could not show stays."""
    if value is not None and as_lines(value) is None:
        return field.texts() or value
    # What holds line ends within its entries, or an empty list, is left alone as long as nobody has changed it.
    return value if (field.data or "").strip() == (as_lines(value) or "").strip() else field.texts()


def choice(pairs: Mapping[str, Any], *, none: Any = None) -> list[tuple[str, Any]]:
    """Choices from a table of words, with one for nothing said."""
    return [("", none if none is not None else _("nothing in particular")), *pairs.items()]


def also(choices: list[tuple[str, Any]], value: Any) -> list[tuple[str, Any]]:
    """The choices, and the value that stands there if it is none of them."""
    known = {one for one, _label in choices}
    return choices if value in known or value is None else [*choices, (str(value), str(value))]


def nodes(source: Source, name: str) -> list[tuple[str, str]]:
    """The nodes of an axis as choices, set in by their level; those that a template repeats follow theirs."""
    templates = {table.get("id"): table.get("nodes", []) for table in source.many("template")}
    found = []
    for line in outline.lines(source, name):
        found.append((line.id, f"{BLANK * line.level}{line.label} ({line.id})"))
        found += _repeated(line.id, line.table.get("repeat"), line.level + 1, templates, ())
    return found


def _repeated(
    node_id: str, template: Any, level: int, templates: Mapping[Any, Any], inside: tuple[Any, ...]
) -> Iterator[tuple[str, str]]:
    """What a template hangs under a node; templates may repeat others, never themselves."""
    for node in templates.get(template, ()) if template not in inside else ():
        own = f"{node_id}.{node.get('id')}"
        yield own, f"{BLANK * level}{node.get('label') or own} ({own})"
        yield from _repeated(own, node.get("repeat"), level + 1, templates, (*inside, template))


def measures() -> dict[Any, list[tuple[str, Any]]]:
    """Measures in words, by what they are about."""
    found: dict[Any, list[tuple[str, Any]]] = {"": [("", _("none, or as the heading above"))]}
    for name, meaning in words.MEASURES.items():
        found.setdefault(str(words.GROUPS[meaning.group]), []).append((name, meaning.label))
    return found


class TermForm(Tokenless):
    """One measure; several rows are added up."""

    measure = SelectField(_l("Counts"))
    argument = StrippedField(
        _l("Of what"),
        description=_l("For an attribute, an item of the checklist, or a violation: its name, for example workers."),
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        choices, name = measures(), self.measure.object_data
        if name and all(name != one for group in choices.values() for one, _label in group):
            choices[""].append((name, _("%(name)s (not known)", name=name)))
        self.measure.choices = choices

    def validate_argument(self, field: Any) -> None:
        """Some measures need a name, the others have none. Raises ValidationError."""
        prefixed = self.measure.data in PREFIXED_MEASURES
        if prefixed and not _ARGUMENT.fullmatch(field.data or ""):
            raise ValidationError(_("Write the name of the attribute, item or violation: letters, digits, _ . and -"))
        if field.data and not prefixed:
            raise ValidationError(_("This measure is of nothing in particular. Leave this empty, or choose another."))

    @property
    def term(self) -> str:
        """``sum:workers``; empty for none."""
        name = self.measure.data or ""
        return f"{name}:{self.argument.data}" if name in PREFIXED_MEASURES else name


def terms_of(text: Any) -> list[dict[str, str]]:
    """The rows that show a measure as it is written."""
    pieces = [piece.strip() for piece in str(text).split("+")] if text else []
    pairs = [piece.partition(":") for piece in pieces]
    return [{"measure": name, "argument": argument} for name, _colon, argument in pairs]


def measure_of(rows: Any) -> str | None:
    """``fine_sum + confiscate_sum`` from rows; None where none says anything."""
    terms = [entry.form.term for entry in rows.entries if entry.form.term]
    return " + ".join(terms) or None

"""One column or row with everything that the format knows of it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, ValidationError
from wtforms.validators import InputRequired

from ...campaigns.engine.definition import Table as Plain
from ...fields import SelectField, StrippedField, VersionedForm
from ...rows import Rows
from .. import outline, words
from ..source import Source, Table
from .common import (
    Lines,
    TermForm,
    Ticks,
    also,
    as_lines,
    check_id,
    choice,
    kept_lines,
    measure_of,
    nodes,
    terms_of,
)
from .filters import FilterForm, rows_of, where_of

FLAGS = ("subset", "memo", "stock", "show_leaf_labels", "headers_here")


class NodeForm(VersionedForm):
    """A column or row. What is left empty is as the heading above has it."""

    label = StrippedField(_l("Words on the paper"))
    id = StrippedField(
        _l("Id"),
        description=_l("How totals, checks and files name this line. Whatever names it follows when it changes."),
        validators=[InputRequired(_l("Write an id with letters, digits, _ and -.")), check_id],
    )
    up = SelectField(_l("Under the heading"), validate_choice=False)
    terms = Rows(FormField(TermForm), _l("What it counts"), min_entries=1, most=6)
    second = Rows(FormField(TermForm), _l("The second figure of the cell"), most=6)
    sep = StrippedField(_l("Between the two figures"), description=_l("Usually /"))
    filters = Rows(FormField(FilterForm), _l("Counts only"), most=12)
    unit = StrippedField(_l("Unit"), description=_l("Such as 户次, 件, 万元. Amounts are converted to it exactly."))
    second_unit = StrippedField(_l("Unit of the second figure"))
    type = SelectField(_l("Kind of figure"), validate_choice=False)
    places = StrippedField(_l("Decimals"), description=_l("Empty: the shortest exact figure, at most four."))
    total = Ticks(_l("Sum of these lines"))
    subset = BooleanField(_l("Part of its heading (其中): need not add up"))
    memo = BooleanField(_l("Memo: counted again elsewhere, outside every total"))
    stock = BooleanField(_l("A state at the end of the period, not events in it"))
    cells = Ticks(
        _l("Filled only at"), description=_l("Nothing ticked: at every line. A heading ticked is one merged cell.")
    )
    na = Ticks(_l("Struck out at"))
    expand = SelectField(_l("Repeated"), validate_choice=False)
    items = Lines(_l("Entries of the list, one a line"))
    repeat = SelectField(_l("Template that hangs under it"), validate_choice=False)
    source = SelectField(_l("Where the figures come from"), validate_choice=False)
    show_leaf_labels = BooleanField(_l("Two lines: the innermost headings stand in the first"))
    headers_here = BooleanField(_l("The column headings stand inside this line"))
    block = StrippedField(
        _l("Block"), description=_l("Lists printed side by side bear different letters, such as a and b.")
    )

    def offer(self, source: Source, name: str, table: Table) -> "NodeForm":
        """What may be chosen in this definition. ``name``: col or row."""
        own = {str(one.get("id")) for one in outline.branch(source, name, str(table.get("id")))}
        mine, other = nodes(source, name), nodes(source, "row" if name == "col" else "col")
        self.source_, self.name_, self.table_ = source, name, table
        self.up.choices = also(
            [("", _("none: outermost")), *(one for one in mine if one[0] not in own)], table.get("up")
        )
        self.type.choices = also(choice(words.TYPES), table.get("type"))
        self.expand.choices = also(choice(words.EXPANSIONS, none=_("no")), table.get("expand"))
        self.source.choices = also(choice(words.SOURCES), table.get("source"))
        templates = [(str(one.get("id")), str(one.get("id"))) for one in source.many("template")]
        self.repeat.choices = also([("", _("none")), *templates], table.get("repeat"))
        self.total.offer([one for one in mine if one[0] != table.get("id")], table.get("total", ()))
        self.cells.offer(other, table.get("cells", ()))
        self.na.offer(other, table.get("na", ()))
        return self

    def validate_id(self, field: Any) -> None:
        """Ids are told apart over both axes and the rates. Raises ValidationError."""
        if field.data != self.table_.get("id") and field.data in outline.ids(self.source_):
            raise ValidationError(_("This id is in use already. Choose another."))

    def validate_places(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) == 1):
            raise ValidationError(_("Write how many decimals: a digit from 0 to 9."))

    def validate_second(self, field: Any) -> None:
        """A second figure stands beside a first. Raises ValidationError."""
        if measure_of(field) and not measure_of(self.terms):
            raise ValidationError(_("Say first what the first figure counts."))

    def validate_items(self, field: Any) -> None:
        """Raises ValidationError."""
        if (self.expand.data == "list") != bool(field.texts()):
            raise ValidationError(_("A list needs its entries, and entries need “one line for each entry of a list”."))

    def validate_second_unit(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data and not measure_of(self.second):
            raise ValidationError(_("There is no second figure. Leave this empty, or say what it counts."))

    def values(self) -> dict[str, Any]:
        """The keys of the table with their values; None for what is not said. ``id`` and ``up`` are moved apart."""
        old, first, second = self.table_, measure_of(self.terms), measure_of(self.second)
        unit: Any = self.unit.data
        if second and self.second_unit.data:
            unit = [unit or "", self.second_unit.data]
        found: dict[str, Any] = {
            "label": self.label.data or ("" if old.get("label") == "" else None),
            "m": _as_written(old.get("m"), first) if not second else None,
            "pair": _pair(old.get("pair"), first, second),
            "sep": self.sep.data,
            "where": where_of(self.filters.entries, old.get("where")),
            "unit": unit,
            "type": self.type.data or None,
            "places": int(self.places.data) if self.places.data else None,
            "expand": self.expand.data or None,
            "list": kept_lines(self.items, old.get("list")),
            "repeat": self.repeat.data or None,
            "source": self.source.data or None,
            "block": self.block.data,
        }
        for key in ("total", "cells", "na"):
            chosen = self[key].data or []
            ordered = [one.value for one in self[key].choices if one.value in chosen]
            was = old.get(key)
            # The order in which the author named them stays as long as they are the same.
            found[key] = was if was is not None and sorted(was) == sorted(ordered) else ordered or None
        for key in FLAGS:
            found[key] = True if self[key].data else False if old.get(key) is False else None
        return found


def _as_written(old: Any, text: str | None) -> Any:
    """A measure as it was written, blanks and all, where it is the same."""
    return old if isinstance(old, str) and terms_of(old) == terms_of(text) else text


def _pair(old: Any, first: str | None, second: str | None) -> list[str] | None:
    if not first or not second:
        return None
    same = (
        isinstance(old, list)
        and len(old) == 2
        and [terms_of(one) for one in old] == [terms_of(first), terms_of(second)]
    )
    return old if same else [first, second]


def shown(table: Plain) -> dict[str, Any]:
    """What the form shows of a table."""
    pair, unit = table.get("pair") or [], table.get("unit")
    units = (unit or [None]) if isinstance(unit, list) else [unit]
    first = pair[0] if pair else table.get("m")
    found: dict[str, Any] = {key: table.get(key) for key in ("label", "id", "up", "sep", "type", "source", "block")}
    found |= {key: table.get(key) or "" for key in ("up", "type", "expand", "repeat", "source")}
    found |= {key: list(table.get(key, ())) for key in ("total", "cells", "na")}
    found |= {key: bool(table.get(key)) for key in FLAGS}
    places = table.get("places")
    found |= {
        "terms": terms_of(first) or [{}],
        "second": terms_of(pair[1]) if len(pair) > 1 else [],
        "filters": rows_of(table.get("where")),
        "unit": units[0],
        "second_unit": units[1] if len(units) > 1 else None,
        "places": None if places is None else str(places),
        "items": as_lines([str(one) for one in table.get("list", ())]),
    }
    return found

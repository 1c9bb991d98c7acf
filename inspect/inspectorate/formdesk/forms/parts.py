"""What stands beside the grid, a form for each kind of table but templates."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, ValidationError
from wtforms.validators import InputRequired

from ...campaigns.engine.expressions import ExpressionError, parse_rate, parse_rule
from ...fields import SelectField, StrippedField, TextField
from ...rows import Rows
from .. import outline, words
from ..source import Source, Table
from .common import (
    Lines,
    TermForm,
    Ticks,
    also,
    check_id,
    kept_lines,
    nodes,
    terms_of,
)
from .part import ID_NEEDED, PartForm
from .template import TemplateForm

_BLANK = re.compile(r"\{(\w+)\}")


class DeptForm(PartForm):
    """A department and what it is expected to supply."""

    name = StrippedField(_l("Department"), validators=[InputRequired(_l("Write the name of the department."))])
    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    via = SelectField(_l("Reports by"))
    supplies = Ticks(_l("Supplies"))

    def offer(self, source: Source, table: Table) -> PartForm:
        self.via.choices = [("system", words.SOURCES["system"]), ("return", words.SOURCES["return"])]
        self.supplies.offer([*nodes(source, "col"), *nodes(source, "row")], table.get("supplies", ()))
        return super().offer(source, table)

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        self.refuse_used(field)

    def values(self) -> dict[str, Any]:
        was, chosen = self.table_.get("supplies"), self.supplies.data or []
        ordered = [one.value for one in self.supplies.choices if one.value in chosen]
        same = was is not None and sorted(was) == sorted(ordered)
        return {"id": self.id.data, "name": self.name.data, "supplies": was if same else ordered, "via": self.via.data}

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        return {"via": "system"} | dict(table)


class AxisForm(PartForm):
    """The same table printed once for each region, industry …"""

    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    choices_ = Ticks(_l("Printed once for each"), validators=[InputRequired(_l("Tick at least one."))])

    def offer(self, source: Source, table: Table) -> PartForm:
        self.choices_.offer(words.AXES.items(), table.get("choices", ()))
        return super().offer(source, table)

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        self.refuse_used(field)

    def values(self) -> dict[str, Any]:
        chosen = self.choices_.data or []
        return {"id": self.id.data, "choices": [one.value for one in self.choices_.choices if one.value in chosen]}

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": table.get("id"), "choices_": list(table.get("choices", ()))}


class RateForm(PartForm):
    """A quotient of sums."""

    label = StrippedField(_l("Words on the paper"), description=_l("Empty: made from the two lines."))
    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    expr = StrippedField(
        _l("Expression"),
        description=_l("Ids of lines with + - * / ( ) and numbers, for example passed / samples. It prints per cent."),
        validators=[InputRequired(_l("Write the expression, for example passed / samples."))],
    )
    places = StrippedField(_l("Decimals"), description=_l("Empty: 2."))
    rank = BooleanField(_l("Ranks the regions"))

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data != self.table_.get("id") and field.data in outline.ids(self.source_):
            raise ValidationError(_("This id is in use already. Choose another."))

    def validate_expr(self, field: Any) -> None:
        """Raises ValidationError."""
        _check_expression(parse_rate, field.data)

    def validate_places(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) == 1):
            raise ValidationError(_("Write how many decimals: a digit from 0 to 9."))

    def values(self) -> dict[str, Any]:
        return {
            "id": self.id.data,
            "label": self.label.data,
            "expr": self.expr.data,
            "places": int(self.places.data) if self.places.data else None,
            "rank": True if self.rank.data else False if self.table_.get("rank") is False else None,
        }

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        return dict(table) | {"places": str(table["places"]) if "places" in table else None}


def _check_expression(parse: Callable[[str], object], text: str | None) -> None:
    try:
        parse(text or "")
    except ExpressionError as error:
        raise ValidationError(_(error.message) % error.params) from None


class CheckForm(PartForm):
    """A rule that must hold, or that must be explained; put together from two lines, or written."""

    rule = StrippedField(
        _l("Rule"),
        description=_l("Sums and differences of ids and numbers compared by == <= < >= >, joined by and; A implies B."),
    )
    first = SelectField(_l("Row or column"), validate_choice=False)
    sign = SelectField(_l("must be"), choices=[("<=", "≤"), ("==", "="), (">=", "≥"), ("<", "<"), (">", ">")])
    other = SelectField(_l("than line"), validate_choice=False)
    level = SelectField(
        _l("If it fails"),
        choices=[("error", _l("the return is stopped")), ("warn", _l("a written reason is asked for"))],
    )
    over = SelectField(
        _l("Holds for"), choices=[("", _l("each line of the other axis")), ("foot", _l("the counts of the footer"))],
        validate_choice=False,
    )  # fmt: skip
    text = TextField(_l("What to do then"))

    def offer(self, source: Source, table: Table) -> PartForm:
        names = [key for foot in source.many("foot") for key in foot.values if key not in ("kind", "text")]
        lines = [*nodes(source, "row"), *nodes(source, "col"), *((name, f"{{{name}}}") for name in names)]
        self.first.choices = self.other.choices = [("", _("choose a line")), *lines]
        self.over.choices = also([(one.value, one.label) for one in self.over.choices], table.get("over"))
        return super().offer(source, table)

    def composed(self) -> str:
        """The rule as written, or put together."""
        if self.rule.data:
            return str(self.rule.data)
        return f"{self.first.data} {self.sign.data} {self.other.data}" if self.first.data and self.other.data else ""

    def validate_rule(self, field: Any) -> None:
        """Raises ValidationError."""
        text = self.composed()
        if not text:
            raise ValidationError(_("Write the rule, or choose both lines below."))
        _check_expression(parse_rule, text)

    def values(self) -> dict[str, Any]:
        over = self.over.data or ("cells" if self.table_.get("over") == "cells" else None)
        return {"rule": self.composed(), "level": self.level.data, "over": over, "text": self.text.data}

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        over = table.get("over", "")
        return {"level": "error"} | dict(table) | {"over": "" if over == "cells" else over}


class CountForm(TermForm):
    """A count in a footer's text."""

    name = StrippedField(_l("Name in the text"), validators=[check_id])


class FootForm(PartForm):
    """A line below the grid, with counts in it or without."""

    text = TextField(
        _l("Text"),
        description=_l("A count stands as its name in braces: 投诉举报{in}件;办结{closed}件"),
        validators=[InputRequired(_l("Write the text."))],
    )
    counts = Rows(FormField(CountForm), _l("Counts in the text"), most=30)

    def validate_counts(self, field: Any) -> None:
        """Each name in braces has its measure, and the other way round. Raises ValidationError."""
        wanted = set(_BLANK.findall(self.text.data or ""))
        given = {entry.form.name.data for entry in field.entries if entry.form.term}
        if given and (missing := sorted(wanted - given)):
            raise ValidationError(_("The text asks for %(names)s: add what it counts.", names="、".join(missing)))
        if strangers := sorted(str(name or "—") for name in given - wanted):
            raise ValidationError(_("The text has no %(names)s in braces. Add it there.", names="、".join(strangers)))

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {key: None for key in self.table_.values if key not in ("kind", "text")}
        rows = [entry.form for entry in self.counts.entries if entry.form.term]
        found |= {"kind": "counts" if rows else "note", "text": self.text.data}
        for row in rows:
            known = found.get(row.name.data)
            found[row.name.data] = f"{known} + {row.term}" if known else row.term
        return found

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        counts = [
            {"name": key, **term}
            for key, value in table.items()
            if key not in ("kind", "text")
            for term in terms_of(value)
        ]
        names = _BLANK.findall(str(table.get("text", ""))) if not counts else []
        return {"text": table.get("text"), "counts": counts or [{"name": name} for name in names]}


class StatementForm(PartForm):
    """Fill-in sentences below the grid."""

    title = StrippedField(_l("Heading"))
    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    lines = Lines(_l("Sentences, one a line"))

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        self.refuse_used(field)

    def values(self) -> dict[str, Any]:
        lines = kept_lines(self.lines, self.table_.get("lines"))
        return {"id": self.id.data, "title": self.title.data, "lines": lines}


class AttachForm(PartForm):
    """What is sent with the table: a list of cases, or a summary."""

    title = StrippedField(_l("Heading"))
    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    kind = SelectField(
        _l("Kind"), choices=[("case_list", _l("list of cases")), ("summary", _l("summary"))], validate_choice=False
    )
    columns = Lines(_l("Columns, one a line"))
    sections = Lines(_l("Sections, one a line"))
    law_cell = TextField(_l("Pattern of the cell with the law"))
    penalty_cell = TextField(_l("Pattern of the cell with the penalty"))
    note = TextField(_l("Note"))

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        self.refuse_used(field)

    def values(self) -> dict[str, Any]:
        found = {key: self[key].data or None for key in ("id", "title", "kind", "law_cell", "penalty_cell", "note")}
        return found | {key: kept_lines(self[key], self.table_.get(key)) for key in ("columns", "sections")}

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        return {"kind": "summary"} | super().shown(table)


PARTS: dict[str, type[PartForm]] = {
    "dept": DeptForm,
    "axis": AxisForm,
    "template": TemplateForm,
    "rate": RateForm,
    "check": CheckForm,
    "foot": FootForm,
    "statement": StatementForm,
    "attach": AttachForm,
}
"""The kinds of tables beside the grid, in the order in which they are shown."""

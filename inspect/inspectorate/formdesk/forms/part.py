"""A table beside the grid, as a form."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired

from ...fields import VersionedForm
from ..source import Source, Table
from .common import as_lines

ID_NEEDED = InputRequired(_l("Write an id with letters, digits, _ and -."))


class PartForm(VersionedForm):
    """A table beside the grid. ``table_`` is empty for one that is being added."""

    def offer(self, source: Source, table: Table) -> "PartForm":
        """What may be chosen in this definition."""
        self.source_, self.table_ = source, table
        return self

    def values(self) -> dict[str, Any]:
        """The keys of the table."""
        raise NotImplementedError

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        """What the form shows of a table."""
        return {key: as_lines(value) if isinstance(value, list) else value for key, value in table.items()}

    def refuse_used(self, field: Any) -> None:
        """An id stands once among the tables of its kind. Raises ValidationError."""
        others = {one.get("id") for one in self.source_.many(self.table_.name)}
        if field.data != self.table_.get("id") and field.data in others:
            raise ValidationError(_("This id is in use already. Choose another."))

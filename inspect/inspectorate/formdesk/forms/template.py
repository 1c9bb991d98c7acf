"""Lines that are repeated under several headings, and a form for each of them."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField

from ...fields import StrippedField, Tokenless
from ...rows import Rows
from .common import check_id
from .filters import FilterForm, rows_of, where_of
from .part import ID_NEEDED, PartForm


class LineForm(Tokenless):
    """A node of a template; keys that it does not show stay."""

    id = StrippedField(_l("Id"), validators=[check_id])
    label = StrippedField(_l("Words on the paper"))
    measure = StrippedField(_l("Counts"), description=_l("Such as visits, sum:workers, fine_sum + confiscate_sum."))
    up = StrippedField(_l("Under (id in the template)"))
    total = StrippedField(_l("Sum of (ids)"))
    filters = Rows(FormField(FilterForm), _l("Counts only"), most=6)


class TemplateForm(PartForm):
    """Lines that are repeated under several headings."""

    id = StrippedField(_l("Id"), validators=[ID_NEEDED, check_id])
    nodes = Rows(FormField(LineForm), _l("Lines"), min_entries=1, most=60)

    def validate_id(self, field: Any) -> None:
        """Raises ValidationError."""
        self.refuse_used(field)

    def values(self) -> dict[str, Any]:
        old = {node.get("id"): node for node in self.table_.get("nodes", [])}
        return {"id": self.id.data, "nodes": [_line(row.form, old) for row in self.nodes.entries if row.form.id.data]}

    @classmethod
    def shown(cls, table: Mapping[str, Any]) -> dict[str, Any]:
        rows = [
            {
                "id": node.get("id"),
                "label": node.get("label"),
                "measure": node.get("m"),
                "up": node.get("up"),
                "total": "、".join(map(str, node["total"])) if isinstance(node.get("total"), list) else "",
                "filters": rows_of(node.get("where")),
            }
            for node in table.get("nodes", [])
        ]
        return {"id": table.get("id"), "nodes": rows or [{}]}


def _line(row: LineForm, old: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
    known = dict(old.get(row.id.data, {}))
    total = [one for one in re.split(r"[、，,\s]+", row.total.data or "") if one]
    known |= {
        "id": row.id.data,
        "label": row.label.data,
        "m": row.measure.data,
        "up": row.up.data,
        "total": total or None,
        "where": where_of(row.filters.entries, known.get("where")),
    }
    return {key: value for key, value in known.items() if value is not None}

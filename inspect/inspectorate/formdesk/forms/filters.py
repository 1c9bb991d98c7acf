"""Filters as rows of a form: chosen by their words, or written where the value is anybody's."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from ...fields import SelectField, StrippedField, Tokenless
from .. import queries, words

ATTRIBUTE = "attr"
_COMPARED = re.compile(r"(?P<name>[^\s=<>]+)\s*(?P<sign>>=|<=|==|>|<|=)\s*(?P<value>.+)")
_BETWEEN = re.compile(r"\s*[、，,]\s*")

Flat = list[tuple[str, Any]]


def filters() -> dict[Any, list[tuple[str, Any]]]:
    """All filters, by what they ask for, put together once a request; those with a free value end in "="."""
    if "form_filters" not in g:
        g.form_filters = _filters()
    return dict(g.form_filters)


def _filters() -> dict[Any, list[tuple[str, Any]]]:
    found: dict[Any, list[tuple[str, Any]]] = {"": [("", _("no filter"))]}
    found[_("Category")] = [(f"category={code}", f"{label} ({code})") for code, label in queries.categories().items()]
    for key, values in words.VALUES.items():
        found[str(words.FILTERS[key])] = [(f"{key}={value}", label) for value, label in values.items()]
    free = [(f"{key}=", words.FILTERS[key]) for key in words.FILTERS if key not in words.VALUES]
    found[_("With a value that you write")] = [*free, (f"{ATTRIBUTE}=", _l("An attribute"))]
    return found


class FilterForm(Tokenless):
    """One filter."""

    known = SelectField(_l("Condition"))
    value = StrippedField(
        _l("Value"),
        description=_l("Several with 、 between them. An attribute as name = value, for example seats >= 500."),
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        choices, known = filters(), self.known.object_data
        if known and all(known != one for group in choices.values() for one, _label in group):
            choices[""] = [*choices[""], (known, known)]
        self.known.choices = choices

    def validate_value(self, field: Any) -> None:
        """A free filter needs its value. Raises ValidationError."""
        known = self.known.data or ""
        if known == f"{ATTRIBUTE}=" and not _COMPARED.fullmatch(field.data or ""):
            raise ValidationError(_("Write the attribute as name = value, for example seats >= 500."))
        if known.endswith("=") and not field.data:
            raise ValidationError(_("Write the value of this filter."))
        if field.data and not known.endswith("="):
            raise ValidationError(_("This filter has its value already. Leave this empty, or choose another filter."))

    def pairs(self) -> Flat:
        """Keys and values of the row; an attribute's key is ``attr.NAME``."""
        key, _sign, value = (self.known.data or "").partition("=")
        if not key:
            return []
        if value:
            return [(key, value)]
        text = self.value.data or ""
        if key == ATTRIBUTE and (found := _COMPARED.fullmatch(text)):
            sign = "" if found["sign"] in ("=", "==") else found["sign"]
            if sign:
                return [(f"attr.{found['name']}", sign + found["value"].strip())]
            return [(f"attr.{found['name']}", _typed(one)) for one in _BETWEEN.split(found["value"].strip())]
        return [(key, one) for one in _BETWEEN.split(text) if one]


def _typed(text: str) -> Any:
    """A value of an attribute: yes and no, a whole number, or words."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else text.strip('"')


def flat(where: Mapping[str, Any]) -> Flat:
    """Filters as pairs, one for each value; attributes by ``attr.NAME`` however they are nested."""
    found: Flat = []
    for key, value in where.items():
        if key == ATTRIBUTE and isinstance(value, Mapping):
            found += flat({f"attr.{name}": inner for name, inner in value.items()})
        else:
            found += [(key, one) for one in (value if isinstance(value, list) else [value])]
    return found


def rows_of(where: Any) -> list[dict[str, str]]:
    """The rows that show filters as they are written."""
    offered = {value for group in filters().values() for value, _label in group}
    found: dict[tuple[str, bool], list[str]] = {}
    rows: list[dict[str, str]] = []
    for key, value in flat(where if isinstance(where, Mapping) else {}):
        if f"{key}={value}" in offered:
            rows.append({"known": f"{key}={value}", "value": ""})
        else:
            found.setdefault((key, isinstance(value, str) and value[:1] in "<>="), []).append(_shown(value))
    for (key, compared), values in found.items():
        if key.startswith("attr."):
            name = key.removeprefix("attr.")
            rows.append({"known": f"{ATTRIBUTE}=", "value": f"{name} {'' if compared else '= '}{'、'.join(values)}"})
        else:
            rows.append({"known": f"{key}=", "value": "、".join(values)})
    return rows


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def where_of(rows: Iterable[Any], old: Any) -> dict[str, Any] | None:
    """The filters that rows say; just as they were written where they say the same."""
    pairs = [pair for entry in rows for pair in entry.form.pairs()]
    old = old if isinstance(old, Mapping) else {}
    if sorted(map(str, pairs)) == sorted(map(str, flat(old))):
        return dict(old) if old else None
    found: dict[str, Any] = {}
    for key, value in pairs:
        into, name = found, key
        if key.startswith("attr."):
            into, name = found.setdefault(ATTRIBUTE, {}), key.removeprefix("attr.")
        known = into.get(name)
        into[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]
    return found or None

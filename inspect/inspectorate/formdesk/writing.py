"""Values and whole definitions as TOML, as a person would write them. Pure."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

SINGLE: Final = ("form", "period", "report", "evidence")
ORDER: Final = (
    *("form", "period", "report", "dept", "axis", "col", "row", "template", "rate", "check", "foot"),
    *("statement", "attach", "known", "evidence"),
)
"""The tables in the order in which a new file has them."""

_NODE: Final = (
    *("id", "up", "block", "label", "m", "pair", "sep", "where", "unit", "type", "places", "total", "subset", "memo"),
    *("stock", "cells", "na", "expand", "list", "repeat", "source", "show_leaf_labels", "headers_here"),
)
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "form": ("id", "title", "annex", "domain", "issuer", "year", "head", "corner", "source", "certainty", "layout",
             "annulled", "penalties", "note"),
    "period": ("kind", "from", "to"),
    "report": ("chain", "due", "empty", "seal", "signers", "accompany"),
    "dept": ("id", "name", "supplies", "via"),
    "axis": ("id", "choices"),
    "col": _NODE,
    "row": _NODE,
    "template": ("id", "nodes"),
    "rate": ("id", "label", "expr", "places", "rank"),
    "check": ("rule", "level", "over", "text"),
    "foot": ("kind", "text"),
    "statement": ("id", "title", "lines"),
    "attach": ("id", "title", "kind", "columns", "sections", "law_cell", "penalty_cell", "note"),
    "evidence": ("certain", "inferred"),
}  # fmt: skip
"""The keys of each table in the order in which new ones are written; others follow."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 110
_ESCAPED = {ord(one): f"\\u{ord(one):04x}" for one in "\x7f\x85\u2028\u2029"}
"""What JSON leaves as it is, and TOML forbids or others take for the end of a line."""


def written(value: Any) -> str:
    """A value as TOML; a long list has a line for each entry."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
    if isinstance(value, float):
        return {"inf": "inf", "-inf": "-inf", "nan": "nan"}.get(str(value), repr(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key} = {text}" for key, text in _pairs(value))
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        texts = [written(one) for one in value]
        line = f"[{', '.join(texts)}]"
        return line if len(line) <= _LONGEST else "[\n" + "".join(f"    {text},\n" for text in texts) + "]"
    return str(value)


def _pairs(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The pairs of a table in one line; what lies in it once more (``attr.size``) is dotted."""
    found = []
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            found += [(f"{key_name(key)}.{inner}", text) for inner, text in _pairs(value)]
        else:
            found.append((key_name(key), written(value).replace("\n", "")))
    return found


def key_name(key: str) -> str:
    """A key as it stands before the sign of equality."""
    return key if _BARE.fullmatch(key) else written(key)


def key_line(key: str, value: Any) -> str:
    """``key = value`` with its line end."""
    return f"{key_name(key)} = {written(value)}\n"


def heading(name: str) -> str:
    """``[form]`` or ``[[row]]`` with its line end."""
    return f"[{name}]\n" if name in SINGLE else f"[[{name}]]\n"


def rank(name: str, key: str) -> int:
    """Where a key stands in its table."""
    known = KEYS.get(name, ())
    return known.index(key) if key in known else len(known)


def definition(document: Mapping[str, Any]) -> str:
    """A whole definition, tables and keys in the usual order."""
    text = f"schema = {document.get('schema', 1)}\n"
    for name in ORDER:
        if name in document:
            tables = [document[name]] if name in SINGLE else document[name]
            text += "".join(_table(name, table) for table in tables)
    return text


def _table(name: str, table: Mapping[str, Any]) -> str:
    keys = sorted(table, key=lambda key: rank(name, key))
    return heading(name) + "".join(key_line(key, table[key]) for key in keys)

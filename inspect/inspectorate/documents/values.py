"""The values of a snapshot: their JSON by type of field, and how each is printed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ..codes import PENALTIES
from .amounts import words_and_figures
from .dates import printed_date, printed_moment, printed_period

SHAPES: Mapping[str, str] = {
    "text": "text",
    "longtext": "text, paragraphs separated by line breaks",
    "person": "a name",
    "address": "text",
    "phone": "text",
    "number": "the number of a document, as given",
    "uscc": "a social credit code",
    "idno": "an identity number",
    "choice": "one of the options",
    "int": "a whole number",
    "flag": "true or false",
    "money": "a whole number of fen",
    "date": "a date as 2025-06-03",
    "datetime": "a local time as 2025-06-03T09:05",
    "period": '{"from": local time, "to": local time}',
    "list:person": "a list of names",
    "list:text": "a list of texts, printed with 、 between them",
    "list:item": "a list of texts, printed as numbered lines",
    "list:citation": "a list of citations as printed",
    "list:evidence": '[{"name": …, "copies": 1, "unit": "份", "on": date, "proves": …}, …], or texts',
    "list:penalty": '[{"kind": "fine", "amount_fen": 18400000, "detail": …}, …], or texts',
    "opinion": '{"text": …, "name": …, "on": date, "drawing": SHA-256 of a PNG}',
    "checklist": '[{"label": …, "ok": true, "note": …}, …]',
    "dialogue": '[{"q": …, "a": …}, …]',
    "table": '{"columns": [texts], "rows": [[texts], …]}',
}

CHARGED = ("fine", "confiscate_income")
"""Kinds whose amount is money to be paid; the amount of confiscated goods is their value."""


def is_given(value: Any) -> bool:
    """Whether there is something to print; 0 and False are something."""
    return value is not None and value != "" and value != [] and value != {}


def has_shape(type_: str, value: Any, options: Sequence[str] = ()) -> bool:
    """Whether a value is the JSON of its type."""
    try:
        return _CHECKS.get(type_, _is_text)(value) and (not options or value in options)
    except (TypeError, ValueError, KeyError, AttributeError):
        return False


def printed(type_: str, value: Any, style: str = "") -> str:
    """A value as it stands in a sentence, its lines separated by line breaks. Tables are blocks, not printed here.

    `style`: `names` prints evidence by name only, `inline` penalties in one run of text.
    """
    if not is_given(value):
        return ""
    return _PRINTERS.get(type_, str)(value) if not style else _STYLES[style](value)


def address_of(data: Mapping[str, Any]) -> str:
    """How a paper speaks to the party: 你 to a person, 你单位 to a unit."""
    return "你" if data.get("party.kind") == "person" else "你单位"


def moment(value: str) -> datetime:
    """A local time of a snapshot."""
    return datetime.fromisoformat(value)


def penalty_text(penalty: Any) -> str:
    """One penalty, such as 罚款人民币壹拾捌万肆仟元整（¥184,000.00）.

    `detail` says what is confiscated, which licence, how long; `act` for which of several violations it is.
    """
    if isinstance(penalty, str):
        return penalty
    kind, amount, detail = penalty["kind"], penalty.get("amount_fen"), penalty.get("detail") or ""
    if kind in CHARGED:
        act = f"对{penalty['act']}的行为，" if penalty.get("act") else ""
        text = act + PENALTIES[kind] + (words_and_figures(amount) if amount is not None else "")
        return f"{text}（{detail}）" if detail else text
    if kind == "confiscate_goods":
        value = f"，价值{words_and_figures(amount)}" if amount else ""
        return f"没收{detail or '非法财物'}{value}"
    if kind == "revoke_licence" and detail:
        return f"吊销{detail}"
    return f"{PENALTIES[kind]}（{detail}）" if detail else PENALTIES[kind]


def total_charged(penalties: Sequence[Any]) -> int:
    """罚没款合计 in fen: fines and confiscated income."""
    return sum(p.get("amount_fen") or 0 for p in penalties if isinstance(p, dict) and p["kind"] in CHARGED)


def _penalties(penalties: Sequence[Any]) -> str:
    return _numbered([penalty_text(one) for one in penalties])


def _numbered(texts: Sequence[str]) -> str:
    """Numbered lines with semicolons and a full stop; a single one bears no number."""
    bare = [text.rstrip("。；;") for text in texts]
    if len(bare) == 1:
        return f"{bare[0]}。"
    return "；\n".join(f"{number}. {text}" for number, text in enumerate(bare, 1)) + "。"


def _evidence_line(item: Any) -> str:
    if isinstance(item, str):
        return item
    copies = f"{item['copies']}{item.get('unit') or '份'}" if item.get("copies") else ""
    day = f"（{printed_date(date.fromisoformat(item['on']))}）" if item.get("on") else ""
    proves = f"，证明{item['proves'].rstrip('。；')}" if item.get("proves") else ""
    return f"{item['name']}{copies}{day}{proves}"


def _evidence(items: Sequence[Any]) -> str:
    lines = [_evidence_line(item) for item in items]
    return _numbered(lines) if len(lines) > 1 else f"1. {_numbered(lines)}"


def _evidence_names(items: Sequence[Any]) -> str:
    return "、".join(item if isinstance(item, str) else item["name"] for item in items)


def _opinion(opinion: Any) -> str:
    return opinion if isinstance(opinion, str) else opinion.get("text") or ""


def _checklist(items: Sequence[Any]) -> str:
    marks = {True: "☑", False: "☒", None: "□"}
    return "\n".join(
        f"{marks[item.get('ok')]} {item['label']}" + (f"：{item['note']}" if item.get("note") else "") for item in items
    )


def _period(value: Mapping[str, str]) -> str:
    return printed_period(moment(value["from"]), moment(value["to"]))


_PRINTERS: Mapping[str, Callable[[Any], str]] = {
    "money": words_and_figures,
    "date": lambda value: printed_date(date.fromisoformat(value)),
    "datetime": lambda value: printed_moment(moment(value)),
    "period": _period,
    "flag": lambda value: "是" if value else "否",
    "list:person": "、".join,
    "list:text": "、".join,
    "list:item": _numbered,
    "list:citation": "、".join,
    "list:evidence": _evidence,
    "list:penalty": _penalties,
    "opinion": _opinion,
    "checklist": _checklist,
    "dialogue": lambda turns: "\n".join(f"问：{turn['q']}\n答：{turn['a']}" for turn in turns),
}
_STYLES: Mapping[str, Callable[[Any], str]] = {
    "names": _evidence_names,
    "inline": lambda items: "；".join(item if isinstance(item, str) else penalty_text(item) for item in items),
}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


def _is_evidence(item: Any) -> bool:
    return isinstance(item, str) or (_is_text(item["name"]) and bool(_evidence_line(item)))


def _is_penalty(item: Any) -> bool:
    return isinstance(item, str) or (item["kind"] in PENALTIES and bool(penalty_text(item)))


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "int": _is_whole,
    "money": _is_whole,
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: date.fromisoformat(value).isoformat() == value,
    "datetime": lambda value: moment(value).tzinfo is None and "T" in value,
    "period": lambda value: bool(_period(value)),
    "list:person": _are(_is_text),
    "list:text": _are(_is_text),
    "list:item": _are(_is_text),
    "list:citation": _are(_is_text),
    "list:evidence": _are(_is_evidence),
    "list:penalty": _are(_is_penalty),
    "opinion": lambda value: isinstance(value, str) or _is_text(value.get("text") or ""),
    "checklist": _are(lambda item: _is_text(item["label"]) and item.get("ok") in (True, False, None)),
    "dialogue": _are(lambda turn: _is_text(turn["q"]) and _is_text(turn["a"])),
    "table": lambda value: all(len(row) == len(value["columns"]) for row in value["rows"]),
}

"""What a hostile or clumsy browser sends: the fields that a page offers, filled with what no form expects."""

import base64
import json
import random
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

TEXTS = [
    "", " ", "0", "-1", "1", "007", "1.5", "-0.01", "0.001", "1e309", "NaN", "Infinity", "1,2,3", "٣", "²", "一",
    str(2**31), str(2**63), "9" * 40, "9" * 5000, "-" + "9" * 30,
    "0000-00-00", "0001-01-01", "00010101", "9999-12-31", "99991231", "2026-02-30", "10000-01-01", "1900-01-01",
    "20260715", "2026-07-15 25:61", "0001-01-01 00:00", "9999-12-31 23:59", "25:61", "00:00", "23:59", "2400",
    "x" * 301, "长" * 20_000, "\x0b\x1f\x7f", "\t\r\n", "\u202e\u200b\ufeff", "\U0001f9ff", "\ufffe", "e\u0301",
    "'; DROP TABLE subject; --", "<script>alert(1)</script>", "{{ 7*7 }}", "%(name)s %s %d {0}", "=1+1", "../../x",
    "__row__", "None", "null", "true", "[]", "{}", "medical_cosmetology_2021|", "|", "a|b|c", "000000", "999999",
    "MC-001", "330106", "330105", "91330106MA27XW5N4L",
]  # fmt: skip
"""Values for a field."""

TOKENS = [
    "x", "====", "%", "9" * 400, *(
        base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
        for values in (
            None, 1, "a", {}, [], [None], [1], [-1], [2**61], [2**70], [1e308], [True], ["\ud800"], ["\0"],
            ["330106", "\ud800", 1], ["330106", "\0", 1], ["\ud800", 1], ["\0", 1], ["x" * 5000, 1],
            [{"day": "0001-01-01"}, 1], [{"day": "9999-12-31"}, 2**61], [{"day": 5}, 1], [{"day": "x"}, 1], [[1], [2]],
        )
    ),
]  # fmt: skip
"""Places in a list that no list has given out."""

ARGUMENTS = (
    "q", "after", "before", "sort", "page", "section", "region", "start", "end", "since", "until", "state", "event",
    "campaign", "category", "target", "kind", "subkind", "licence", "agency", "mine", "queue", "subject", "subject_id",
    "inspection_id", "complaint_id", "case_id", "entry", "establishment", "party", "then", "next", "name", "row", "col",
    "foot", "on", "paragraph", "item", "suffix", "number", "code", "channel", "reason", "closed", "open_only",
)  # fmt: skip
"""Arguments that some page reads from its address."""

FILES = [
    ("a.jpg", b"%PDF-1.7\n%%EOF\n", "image/jpeg"),
    ("a.jpg", b"", "image/jpeg"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "image/png"),
    ("../../x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    ("长" * 300 + ".jpg", b"\xff\xd8\xff\xe0" + b"\0" * 64, "image/jpeg"),
    ("a.exe", b"MZ" + b"\0" * 64, "application/octet-stream"),
    ("", b"x", ""),
]
"""Files that are not what they say."""


class Fields(HTMLParser):
    """The fields of a page's forms with what they contain: pairs in order, and the names of files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.files: list[str] = []
        self._select: str | None = None
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or given.get("value")):
            self.pairs.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._area = name
        elif tag in ("input", "button") and name and "__row__" not in name:
            if given.get("type") == "file":
                self.files.append(name)
            else:
                self.pairs.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            if self._area and "__row__" not in self._area:
                self.pairs.append((self._area, ""))
            self._area = None


DAYS = ("_on", "_from", "_to", "since", "until")
AMOUNTS = ("amount", "fine", "income", "value", "refunded")


def plausible(name: str) -> str:
    """What a field that the page leaves empty could hold."""
    last = name.rpartition("-")[2]
    if last.endswith(DAYS) or last in ("on", "from", "to"):
        return "2026-07-15"
    return "100" if any(word in last for word in AMOUNTS) else "测试文字"


def filled(fields: Fields, chance: random.Random) -> dict[str, Any]:
    """The page's form as somebody might send it; buttons that do something else are not pressed."""
    names = dict.fromkeys(name for name, _value in fields.pairs if name not in OTHER_BUTTONS)
    offered = {name: [value for one, value in fields.pairs if one == name] for name in names}
    return {name: chance.choice(values) or plausible(name) for name, values in offered.items()}


OTHER_BUTTONS = {"add", "find", "search", "add_row", "remove_row", "save", "q", "next", "language"}


def one_by_one(page: str, chance: random.Random, values: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Bodies in which one field at a time holds one of the values."""
    fields = Fields(page)
    for name in filled(fields, chance):
        for value in values:
            yield filled(fields, chance) | {name: value}


def forms(page: str, chance: random.Random, number: int) -> Iterator[dict[str, Any]]:
    """Bodies of requests made of the page's fields, a few of them mangled, missing or repeated."""
    fields = Fields(page)
    names = list(dict.fromkeys(name for name, _value in fields.pairs))
    for _ in range(number):
        body = filled(fields, chance)
        if chance.random() < 0.3:
            body[chance.choice([*OTHER_BUTTONS])] = "1"
        for name in chance.sample(names, min(len(names), chance.choice([1, 1, 2, 3, len(names)]))):
            body[name] = chance.choice(TEXTS)
        if names and chance.random() < 0.2:
            body.pop(chance.choice(names), None)
        if body and chance.random() < 0.1:
            name = chance.choice(list(body))
            body[name] = [body[name], chance.choice(TEXTS), chance.choice(TEXTS)]
        for name in fields.files:
            if chance.random() < 0.5:
                filename, content, media = chance.choice(FILES)
                body[name] = (BytesIO(content), filename, media)
        yield body


def queries(chance: random.Random, number: int) -> Iterator[dict[str, str]]:
    """Arguments of addresses: a few known names with anything in them."""
    for _ in range(number):
        chosen = chance.sample(ARGUMENTS, chance.randint(1, 4))
        yield {
            name: chance.choice(TOKENS if name in ("after", "before") else [text for text in TEXTS if len(text) < 2000])
            for name in chosen
        }

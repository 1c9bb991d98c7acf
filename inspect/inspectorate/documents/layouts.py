"""The layouts: one TOML file a kind of document in `layouts/`, read, checked and kept.

A layout says in order what is printed; what it means is in docs/documents.md. A wrong file is refused when it is
read, with its name and the reason, so that a slip shows in the tests and never on a paper.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .phrases import Phrase, parse, placeholders
from .values import is_given
from .vocabulary import Field, Requirement, all_fields

FOLDER = Path(__file__).with_name("layouts")
LOOKS = frozenset({"record", "letter", "boxes", "table", "strip"})
PAGE_NUMBERS = frozenset({"always", "when_longer", "none"})
NUMBER_FORMS = frozenset({"文号", "编号", "parent", "none"})


class LayoutError(ValueError):
    """A layout file that does not say what a layout must say."""


class HeadCell(NamedTuple):
    """A field of the head; `ticks` prints all options with the chosen one marked."""

    field: Field
    label: str
    share: float
    required: bool = False
    when: str = ""
    ticks: bool = False


class BodyLine(NamedTuple):
    """A passage of the text."""

    phrase: Phrase
    label: str = ""
    when: str = ""
    rows: int = 0
    role: str = "body"


@dataclass(frozen=True)
class Sign:
    """A place to sign; `side` left, right or box (a box of its own, on internal forms)."""

    who: str
    side: str
    phrase: Phrase = ()
    every_page: bool = False
    count: int = 1
    dated: bool = True
    when: str = ""


class Seal(NamedTuple):
    """The two lines that the seal presses on."""

    name: Phrase
    date: Phrase
    required: bool


class Layout(NamedTuple):
    """One kind of document."""

    kind: str
    title: str
    title_elsewhere: str
    """The title on papers of authorities that are none of health; the same for most kinds."""
    version: int
    look: str
    series: str
    served: bool
    number_form: str
    number_pattern: str
    copies: str
    page_numbers: str
    certainty: str
    addressee: Phrase
    head: tuple[tuple[HeadCell, ...], ...]
    body: tuple[BodyLine, ...]
    sign: tuple[Sign, ...]
    seal: Seal | None

    @property
    def template_version(self) -> str:
        """Kept with each document: D34/1."""
        return f"{self.kind}/{self.version}"

    def title_on(self, data: Mapping[str, Any]) -> str:
        """The title for the authority of the data."""
        return self.title_elsewhere if data.get("agency.series") else self.title

    def requirements(self) -> Iterator[Requirement]:
        """Every field that is printed or decides what is printed, as often as it does."""
        fields = all_fields()
        for key in (key for when in self._conditions() for key in keys_of(when)):
            yield Requirement(fields[key], required=False)
        for cell in (cell for row in self.head for cell in row):
            yield Requirement(cell.field, cell.required and not cell.field.by_hand, cell.when)
        for phrase, when in self._phrases():
            for placeholder, outside in placeholders(phrase):
                field = fields[placeholder.key]
                yield Requirement(field, outside and not field.by_hand and field.type != "opinion", when)

    def _conditions(self) -> Iterator[str]:
        yield from (cell.when for row in self.head for cell in row)
        yield from (line.when for line in self.body)
        yield from (sign.when for sign in self.sign)

    def _phrases(self) -> Iterator[tuple[Phrase, str]]:
        yield self.addressee, ""
        for line in self.body:
            yield line.phrase, line.when
        for sign in self.sign:
            yield sign.phrase, sign.when
        if self.seal is not None:
            yield self.seal.name, ""
            yield self.seal.date, ""


def kinds() -> list[str]:
    """All kinds that have a layout, in order."""
    return sorted({path.stem.split("-")[0] for path in FOLDER.glob("*.toml") if path.stem != "blocks"})


@cache
def layout(kind: str, version: int | None = None) -> Layout:
    """The layout of a kind, by default the newest version (`D34.toml`, then `D34-2.toml`).

    KeyError where there is none.
    """
    files = {_version(path): path for path in FOLDER.glob(f"{kind}*.toml") if path.stem.split("-")[0] == kind}
    if not files or (version is not None and version not in files):
        raise KeyError(kind if version is None else f"{kind}/{version}")
    return read_layout(files[version or max(files)])


def _version(path: Path) -> int:
    return int(path.stem.partition("-")[2] or 1)


def read_layout(path: Path) -> Layout:
    """Reads and checks one file. Raises LayoutError naming the file and the reason."""
    try:
        return _layout(tomllib.loads(path.read_text(encoding="utf-8")))
    except KeyError as error:
        raise LayoutError(f"{path.name}: {error.args[0]} is missing or unknown") from error
    except (ValueError, TypeError) as error:
        raise LayoutError(f"{path.name}: {error}") from error


def holds(when: str, data: Mapping[str, Any]) -> bool:
    """Whether a condition holds; an empty one always does.

    `key`, `!key`, `key=value` and `key!=value`, several joined by ` & `.
    """
    return all(_holds_one(part.strip(), data) for part in when.split("&") if part.strip())


def keys_of(when: str) -> list[str]:
    """The fields that a condition asks for."""
    parts = (part.strip().lstrip("!").replace("!=", "=").partition("=")[0] for part in when.split("&"))
    return [key for key in parts if key]


def _holds_one(condition: str, data: Mapping[str, Any]) -> bool:
    key, operator, wanted = condition.partition("!=" if "!=" in condition else "=")
    if operator:
        return (str(data.get(key) or "") == wanted) == (operator == "=")
    value = data.get(key.lstrip("!"))
    return (is_given(value) and value is not False) != key.startswith("!")


def _layout(source: dict[str, Any]) -> Layout:
    number, copies = source.pop("number"), source.pop("copies")
    title = source.pop("title")
    made = Layout(
        kind=source.pop("kind"),
        title=title,
        title_elsewhere=source.pop("title_elsewhere", title),
        version=source.pop("version"),
        look=_one_of(LOOKS, source.pop("look")),
        series=source.pop("series"),
        served=source.pop("served"),
        number_form=_one_of(NUMBER_FORMS, number["form"]),
        number_pattern=number.get("pattern", ""),
        copies=copies.get("note", ""),
        page_numbers=_one_of(PAGE_NUMBERS, source.pop("page_numbers")),
        certainty=source.pop("certainty"),
        addressee=_phrase(source.pop("addressee", "")),
        head=tuple(_row(row) for row in source.pop("head")),
        body=tuple(_body_line(line) for line in source.pop("body")),
        sign=tuple(_sign(sign) for sign in source.pop("sign")),
        seal=_seal(source.pop("seal", None)),
    )
    if source:
        raise ValueError(f"nothing is known about {', '.join(source)}")
    return made


def _one_of(allowed: frozenset[str], value: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _phrase(text: str) -> Phrase:
    phrase = parse(text)
    for placeholder, _ in placeholders(phrase):
        all_fields()[placeholder.key]
    return phrase


def _condition(when: str) -> str:
    for key in keys_of(when):
        all_fields()[key]
    return when


def _row(row: list[dict[str, Any]]) -> tuple[HeadCell, ...]:
    return tuple(_cell(**cell, even=Fraction(1, len(row))) for cell in row)


def _cell(
    k: str, even: Fraction, label: str = "", w: str = "", req: bool = False, when: str = "", ticks: bool = False
) -> HeadCell:
    field = all_fields()[k]
    return HeadCell(field, label or field.label, float(Fraction(w) if w else even), req, _condition(when), ticks)


def _body_line(source: dict[str, Any]) -> BodyLine:
    if "use" in source:
        source = {**_blocks()[source["use"]], **{key: value for key, value in source.items() if key != "use"}}
    return _make_line(**source)


def _make_line(text: str, label: str = "", when: str = "", rows: int = 0, role: str = "body") -> BodyLine:
    return BodyLine(_phrase(text), label, _condition(when), rows, role)


def _sign(source: dict[str, Any]) -> Sign:
    return _make_sign(**source)


def _make_sign(
    who: str,
    side: str,
    text: str = "",
    every_page: bool = False,
    count: int = 1,
    date: bool = True,
    when: str = "",
) -> Sign:
    return Sign(
        who,
        _one_of(frozenset({"left", "right", "box"}), side),
        _phrase(text),
        every_page,
        count,
        date,
        _condition(when),
    )


def _seal(source: dict[str, Any] | None) -> Seal | None:
    if source is None:
        return None
    return Seal(_phrase(source["name"]), _phrase(source["date"]), source["required"])


@cache
def _blocks() -> Mapping[str, dict[str, Any]]:
    """Passages that several documents share."""
    return tomllib.loads((FOLDER / "blocks.toml").read_text(encoding="utf-8"))

"""Every word on the screen is there in Chinese: nothing missing, doubtful, unused or with a placeholder lost."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po

from tests.house.source import PACKAGE, TEMPLATES, files, package_files, relative

PO = sorted((PACKAGE / "translations").glob("*.po"))
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

Key = tuple[str, str | None]


def messages_of(path: Path, method: str) -> Iterator[Key]:
    with path.open("rb") as file:
        options = {"trimmed": "true"} if method.startswith("jinja2") else {}
        for _line, message, _comments, context in extract(method, file, KEYWORDS, options=options):
            yield (message[0] if isinstance(message, tuple) else message), context


@cache
def in_the_code() -> dict[Key, str]:
    """Every message, and the first file that uses it."""
    sources = [(path, "python") for path in package_files()]
    sources += [(path, "jinja2.ext:babel_extract") for path in files(".html", ".txt") if path.is_relative_to(TEMPLATES)]
    found: dict[Key, str] = {}
    for path, method in sources:
        for key in messages_of(path, method):
            found.setdefault(key, relative(path))
    return found


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN", abort_invalid=True)


def translated() -> Iterator[tuple[Path, Message]]:
    for path in PO:
        yield from ((path, message) for message in catalogue(path) if message.id)


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def key_of(message: Message) -> Key:
    return texts(message.id)[0], message.context


def test_every_message_is_translated() -> None:
    known = {key_of(message) for _, message in translated() if all(texts(message.string))}
    missing = sorted(f"{path}: {key[0]}" for key, path in in_the_code().items() if key not in known)
    assert not missing, "\n".join([f"{len(missing)} messages have no Chinese:", *missing])


def test_no_translation_is_left_over() -> None:
    assert not [f"{path.name}: {message.id}" for path, message in translated() if key_of(message) not in in_the_code()]


def test_no_translation_is_doubtful() -> None:
    assert not [f"{path.name}: {message.id}" for path, message in translated() if message.fuzzy]


def test_one_message_has_one_translation() -> None:
    found: dict[Key, set[tuple[str, ...]]] = {}
    for _, message in translated():
        found.setdefault(key_of(message), set()).add(tuple(texts(message.string)))
    assert {key: words for key, words in found.items() if len(words) > 1} == {}


def placeholders(value: str | tuple[str, ...] | list[str]) -> set[str]:
    return {name for text in texts(value) for name in PLACEHOLDER.findall(text)}


def test_no_placeholder_is_lost_or_invented() -> None:
    assert not [
        f"{path.name}: {message.id} → {message.string}"
        for path, message in translated()
        if all(texts(message.string)) and placeholders(message.id) != placeholders(message.string)
    ]


def test_translations_are_chinese() -> None:
    han = re.compile(r"[一-鿿]")
    letters = re.compile(r"[A-Za-z]{2,}")
    spared = re.compile(r"%\(\w+\)[sd]|\b(?:PDF|DOCX|XLSX|CSV|JSON|SHA-256|UUID|GB/T|CSRF|ZIP|URL|MB|ID)\b")
    assert not [
        f"{path.name}: {message.id} → {text}"
        for path, message in translated()
        for text in texts(message.string)
        if letters.search(spared.sub("", text)) and not han.search(text)
    ]

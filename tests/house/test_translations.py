"""Every word on the screen is there in Chinese: nothing missing, doubtful, unused or with a placeholder lost."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po

from tests.house.source import PACKAGE, TEMPLATES, files, package_files, relative

PO = sorted((PACKAGE / "translations").glob("*.po"))
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|(?<![\w{])\{(\w+)\}|%(?!\(|%)(\S?)")
"""Named ones with their kind, those that scripts fill in, and a stray sign of percent, which would break the page."""

Key = tuple[str, str | None]


def messages_of(path: Path, method: str) -> Iterator[tuple[Key, str | None]]:
    """Each message with its plural, if it has one."""
    with path.open("rb") as file:
        options = {"trimmed": "true"} if method.startswith("jinja2") else {}
        for _line, message, _comments, context in extract(method, file, KEYWORDS, options=options):
            one, many = message if isinstance(message, tuple) else (message, None)
            yield (one, context), many


@cache
def in_the_code() -> dict[Key, tuple[str, str | None]]:
    """Every message: the first file that uses it, and its plural."""
    sources = [(path, "python") for path in package_files()]
    sources += [(path, "jinja2.ext:babel_extract") for path in files(".html", ".txt") if path.is_relative_to(TEMPLATES)]
    found: dict[Key, tuple[str, str | None]] = {}
    for path, method in sources:
        for key, plural in messages_of(path, method):
            found.setdefault(key, (relative(path), plural))
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
    missing = sorted(f"{path}: {key[0]}" for key, (path, _) in in_the_code().items() if key not in known)
    assert not missing, "\n".join([f"{len(missing)} messages have no Chinese:", *missing])


def test_no_translation_is_left_over() -> None:
    assert not [f"{path.name}: {message.id}" for path, message in translated() if key_of(message) not in in_the_code()]


def test_no_translation_is_doubtful_or_put_aside() -> None:
    assert not [f"{path.name}: {message.id}" for path, message in translated() if message.fuzzy]
    assert not [f"{path.name}: {message}" for path in PO for message in catalogue(path).obsolete]


def test_one_message_has_one_translation() -> None:
    found: dict[Key, set[tuple[str, ...]]] = {}
    for _, message in translated():
        found.setdefault(key_of(message), set()).add(tuple(texts(message.string)))
    assert {key: words for key, words in found.items() if len(words) > 1} == {}


def test_a_plural_is_translated_as_one_and_has_the_forms_of_chinese() -> None:
    """Chinese has one form; a message that the code gives a plural and the file does not is never found at all."""
    by_key = {key_of(message): message for _, message in translated()}
    wrong = [
        f"{key[0]}: {plural!r} in {path}, {by_key[key].id!r} in the translation"
        for key, (path, plural) in in_the_code().items()
        if key in by_key and by_key[key].id != ((key[0], plural) if plural else key[0])
    ]
    wrong += [f"{message.id}: {message.string}" for _, message in translated() if len(texts(message.string)) != 1]
    assert not wrong


def placeholders(text: str) -> set[str]:
    return {found.group() for found in PLACEHOLDER.finditer(text)}


def lost_or_invented(message: Message) -> bool:
    """Whether the Chinese is not filled in with just what the English is, of a plural its one or its other form."""
    english = [placeholders(text) for text in texts(message.id)]
    return any(placeholders(text) not in english for text in texts(message.string) if text)


def test_no_placeholder_is_lost_invented_or_of_another_kind() -> None:
    assert not [f"{path.name}: {m.id} → {m.string}" for path, m in translated() if lost_or_invented(m)]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("%(n)d days", "数日"),
        ("%(n)d days", "%(m)d 日"),
        ("%(n)d days", "%(n)s 日"),
        ("%(n)d days", "%(n)d 日，%(n2)s"),
        ("half", "50% 以上"),
        ("{name} is too large", "文件过大"),
        (("one day", "%(num)d days"), ("%(n)d 日",)),
    ],
)
def test_such_a_placeholder_would_be_found(english: str | tuple[str, ...], chinese: str | tuple[str, ...]) -> None:
    assert lost_or_invented(Message(english, chinese))


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

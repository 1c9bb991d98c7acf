"""Templates: all used, all there, all free of inline script and style, nothing loaded from outside."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.house.source import TEMPLATES, files, package_files, relative, tree

if TYPE_CHECKING:
    from flask import Flask

NAME = re.compile(r"[\w./-]+\.(?:html|txt|xml)(?:\.j2)?")
REFERENCE = re.compile(
    r"{%-?\s*(?:extends|include|import|from)\s+(.+?)(?:\s+(?:import|with|without|ignore|as)\b|\s*-?%})"
)
QUOTED = re.compile(r"""["']([\w./{}~-]+)["']""")


def templates() -> list[str]:
    """Names of all templates."""
    return [path.relative_to(TEMPLATES).as_posix() for path in files() if path.is_relative_to(TEMPLATES)]


def names_in_python() -> Iterator[str]:
    """Template names in Python strings, as patterns: what an f-string fills in stands for one part of a path."""
    for path in package_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values
                ]
                if re.search(r"\\\.(?:html|txt|xml)$", "".join(parts)):
                    yield "".join(parts)


def names_in_templates() -> Iterator[tuple[str, str]]:
    """Pairs of a template and the name of another that it takes in."""
    for name in templates():
        for reference in REFERENCE.findall((TEMPLATES / name).read_text()):
            for quoted in QUOTED.findall(reference):
                yield name, quoted


def test_every_template_is_used() -> None:
    patterns = [re.compile(pattern) for pattern in names_in_python()]
    taken_in = {other for name, other in names_in_templates() if name != other}
    assert not [
        name
        for name in templates()
        if name not in taken_in and not any(pattern.fullmatch(name) for pattern in patterns)
    ]


def test_every_template_that_is_named_is_there(app: "Flask") -> None:
    known = set(app.jinja_env.list_templates())
    named = {other for _, other in names_in_templates()}
    named |= {
        node.value
        for path in package_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
        if node.value.endswith(".html")
    }
    assert not named - known


# Papers are not pages: they have an environment of their own, their style goes to the PDF renderer, no browser sees it.
PAGES = [path for path in files(".html") if path.is_relative_to(TEMPLATES) and "documents" not in path.parts]


def test_every_page_compiles(app: "Flask") -> None:
    for path in PAGES:
        app.jinja_env.get_template(path.relative_to(TEMPLATES).as_posix())


FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from outside": re.compile(r"<(?:script|img|iframe|video|audio|source)[^>]*\ssrc=\"(?:https?:)?//", re.I),
    "a style sheet from outside": re.compile(r"<link[^>]*\shref=\"(?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_contains(what: str) -> None:
    assert not [
        f"{relative(path)}: {match[0]!r}" for path in PAGES for match in FORBIDDEN[what].finditer(path.read_text())
    ]


def test_no_style_is_set_from_python_or_script() -> None:
    attribute = re.compile(r"\sstyle=[\\]?[\"']")
    sources = [path for path in [*package_files(), *files(".js")] if "documents" not in path.parts]
    assert not [relative(path) for path in sources if attribute.search(path.read_text())]

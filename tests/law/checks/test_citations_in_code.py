"""Provisions that the program itself names, and its words, lead to an article, paragraph and item that is there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspectorate.law.statutes import Citation, citations_in, law
from inspectorate.law.texts import Text
from inspectorate.law.texts.reading import read_file
from tests.house.source import package_files, relative, tree

SHORT = {"apl": "apl", "hap": "hap"}
"""Functions that write a citation of one law (procedure/articles.py)."""


def literal(call: ast.Call) -> Citation | None:
    """The citation that a call writes, where all of it is written there."""
    if not isinstance(call.func, ast.Name) or call.func.id not in ("Citation", *SHORT):
        return None
    try:
        given = [ast.literal_eval(each) for each in call.args]
        named = {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg}
    except ValueError:
        return None
    if call.func.id in SHORT:
        given = [SHORT[call.func.id], *given]
    return Citation(*given, **named)


def cited_in_code() -> Iterator[tuple[str, Citation]]:
    for path in package_files():
        if not any(
            mark in path.read_text("utf-8") for mark in ("》第", *(f"{name}(" for name in ("Citation", *SHORT)))
        ):
            continue
        module = tree(path)
        comments = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
        for node in ast.walk(module):
            cited: list[Citation] = []
            if isinstance(node, ast.Call):
                cited += filter(None, [literal(node)])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
                cited += citations_in(node.value) if "》第" in node.value else []
            yield from ((f"{relative(path)}:{node.lineno}", each) for each in cited)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def texts(shared_folder: Path) -> dict[str, Text]:
    """The text of the current version of each law that has one."""
    found = (read_file(path) for path in (shared_folder / "law-texts").glob("*.md"))
    return {text.law: text for text in found if law(text.law).current.name == text.adopted}


def test_every_citation_in_the_code_leads_somewhere(texts: dict[str, Text]) -> None:
    cited = list(cited_in_code())
    assert len(cited) > 100
    wrong = [
        f"{where}: {each.zh()}: {lack}"
        for where, each in cited
        if each.law in texts and not texts[each.law].begins_late and (lack := texts[each.law].lack(each))
    ]
    assert wrong == []

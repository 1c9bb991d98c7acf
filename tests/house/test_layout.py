"""Where things stand and how long they are."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house.source import AREAS, MIGRATIONS, PACKAGE, ROOT, files, package_files, relative, tree

FILE_LINES = 400
FUNCTION_LINES = 60

# Longer on purpose, each with its reason; everything else is kept short.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

TOP_LEVEL = [
    *(
        "inspect",
        "templates",
        "migrations",
        "tests",
        "wsgi.py",
        "requirements.txt",
        "script/run",
        "script/test",
        ".ci/run",
    ),
    *("README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md", "docs/architecture.md", "docs/decisions.md"),
]


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_the_top_level_is_as_promised(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_page_on_the_house_names_every_area_and_every_file_of_the_trunk() -> None:
    named = set(re.findall(r"`([a-z0-9_]+(?:\.py)?)`", (ROOT / "docs/architecture.md").read_text()))
    trunk = {path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py"}
    assert {*AREAS, *trunk} - named == set()


def test_the_source_root_is_no_package_for_it_would_shadow_the_standard_library() -> None:
    assert not (ROOT / "inspect" / "__init__.py").exists()


def test_the_standard_library_is_found_from_the_root() -> None:
    code = "import inspect, dataclasses; print(inspect.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not found.startswith(str(ROOT / "inspect"))


def test_law_and_procedure_are_usable_without_flask_and_sqlalchemy() -> None:
    code = (
        "import sys; sys.path.insert(0, 'inspect')\n"
        "for name in ('flask', 'sqlalchemy', 'werkzeug', 'wtforms', 'weasyprint'): sys.modules[name] = None\n"
        "import inspectorate.law, inspectorate.procedure"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


def test_every_area_of_the_package_says_what_it_is() -> None:
    silent = [
        relative(path) for path in package_files() if path.read_text().strip() and not ast.get_docstring(tree(path))
    ]
    assert not silent


def long_files() -> Iterator[tuple[str, int]]:
    for path in files(".py", ".html", ".js", ".css"):
        lines = len(path.read_text().splitlines())
        if lines > FILE_LINES and not path.is_relative_to(MIGRATIONS):
            yield relative(path), lines


def long_functions() -> Iterator[tuple[str, int]]:
    for path in files(".py"):
        if path.is_relative_to(MIGRATIONS):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{relative(path)}:{node.name}", lines


def test_no_file_grows_beyond_reading() -> None:
    assert {name: lines for name, lines in long_files() if name not in LONG_FILES} == {}


def test_no_function_grows_beyond_a_page() -> None:
    assert {name: lines for name, lines in long_functions() if name not in LONG_FUNCTIONS} == {}


def test_exceptions_for_length_are_still_needed() -> None:
    assert not set(LONG_FILES) - {name for name, _ in long_files()}
    assert not set(LONG_FUNCTIONS) - {name for name, _ in long_functions()}


TEXT = (".py", ".html", ".js", ".css", ".toml", ".md", ".txt", ".po", ".ini", ".cfg", ".mako", "")

# Written in pieces, so that this file does not find itself.
UNWANTED = {
    "a path of one machine": re.compile(r"(?<![\w./~-])/(?:wo" + r"rk|home/\w+|Users/\w+)/[a-z]"),
    "work left for later": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"),
    "a package index": re.compile(r"(?i)(?:--|\b)(?:extra-)?index-" + r"url|pypi\.org/simple|find-" + r"links"),
    "a conflict of git": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_contains(what: str) -> None:
    found = []
    for path in files(*TEXT):
        if path.suffix or path.parent.name in {"script", ".ci"}:
            matches = UNWANTED[what].finditer(path.read_text(errors="replace"))
            found += [f"{relative(path)}: {match[0]!r}" for match in matches]
    assert not found


def test_no_third_party_code_is_copied_into_the_repository() -> None:
    assert not [relative(path) for path in files(".js", ".css") if ".min." in path.name]


def test_only_the_clock_asks_for_the_time() -> None:
    asking = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow)|time\.time)\(|\bfunc\.now\(")
    found = [relative(path) for path in package_files() if asking.search(path.read_text())]
    assert set(found) <= {relative(PACKAGE / "clock.py")}


def test_wsgi_does_nothing_but_build_the_app() -> None:
    assert len((ROOT / "wsgi.py").read_text().splitlines()) <= 15

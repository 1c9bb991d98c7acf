"""The pins are complete: what the code imports is pinned, and what is pinned is installed."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, version

import pytest

from tests.house.source import ROOT, files, package_files, tree

PIN = re.compile(r"([a-z0-9][a-z0-9-]*)==([^\s;]+)")


def pins(name: str) -> dict[str, str]:
    """Pinned versions by normalised name; every line must be a pin, a comment or an include."""
    found = {}
    for line in (ROOT / name).read_text().splitlines():
        if line and not line.startswith(("#", "-r ")):
            match = PIN.fullmatch(line)
            assert match, f"{name}: {line!r} is no exact pin"
            found[match[1]] = match[2]
    return found


def imported_distributions(paths: list[object]) -> set[str]:
    """Normalised names of the installed packages that the files import."""
    providers = packages_distributions()
    top = set()
    for path in paths:
        for node in ast.walk(tree(path)):  # type: ignore[arg-type]
            if isinstance(node, ast.Import):
                top |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                top.add(node.module.split(".")[0])
    outside = top - sys.stdlib_module_names - {"inspectorate", "tests", "wsgi"}
    return {
        re.sub(r"[-_.]+", "-", name).lower() for module in outside for name in providers.get(module, [f"? {module}"])
    }


def test_what_the_product_imports_is_pinned_for_running() -> None:
    assert not imported_distributions([*package_files(), ROOT / "wsgi.py"]) - set(pins("requirements.txt"))


def test_what_the_tests_import_is_pinned() -> None:
    known = set(pins("requirements.txt")) | set(pins("requirements-dev.txt"))
    assert not imported_distributions([path for path in files(".py") if path.is_relative_to(ROOT / "tests")]) - known


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_pins_are_what_is_installed(name: str) -> None:
    assert {package: version(package) for package in pins(name)} == pins(name)

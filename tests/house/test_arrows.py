"""Who may import whom (docs/architecture.md); the layers are contracts of import-linter in pyproject.toml."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from tests.house.source import AREAS, PACKAGE, ROOT, package_files, relative, tree


def test_the_contracts_of_import_linter_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    environment = {"PYTHONPATH": "inspect"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr


def imports_of(path: Path) -> Iterator[str]:
    """Absolute dotted names of what a file of the package imports."""
    package = ("inspectorate", *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def area_of(path: Path) -> str:
    """The area a file belongs to; empty for those of the trunk."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if parts[0] in AREAS else ""


def test_no_area_reaches_into_the_views_or_forms_of_another() -> None:
    found = []
    for path in package_files():
        for name in imports_of(path):
            parts = name.split(".")
            if (
                len(parts) > 2
                and parts[0] == "inspectorate"
                and parts[1] in AREAS
                and area_of(path) not in ("", parts[1])
            ):
                found += [f"{relative(path)} imports {name}"] * (parts[2] in ("views", "forms"))
    assert not found


def test_actions_and_queries_never_see_the_request() -> None:
    web = ("flask.request", "flask.session", "flask_login.current_user", "inspectorate.web.")
    inner = ("actions", "queries", "rules", "models")
    found = [
        f"{relative(path)} imports {name}"
        for path in package_files()
        if any(part.startswith(inner) for part in path.relative_to(PACKAGE).with_suffix("").parts)
        for name in imports_of(path)
        if name.startswith(web)
    ]
    assert not found


def test_views_and_actions_never_commit() -> None:
    found = []
    for path in package_files():
        if not area_of(path) or path.stem.startswith("cli"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
                found.append(f"{relative(path)}:{node.lineno}")
    assert not found


def test_no_files_import_each_other_in_a_circle_not_even_for_types() -> None:
    modules = {module_of(path): path for path in package_files()}

    def module_holding(name: str) -> str | None:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        return name or None

    imported = {module: {module_holding(name) for name in imports_of(path)} for module, path in modules.items()}
    graph = {module: found - {None, module} for module, found in imported.items()}
    assert list(TopologicalSorter(graph).static_order())


def module_of(path: Path) -> str:
    """The dotted name by which a file of the package is imported."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(("inspectorate", *(part for part in parts if part != "__init__")))

"""The project's own files, as the tests about the code see them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "inspect" / "inspectorate"
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations" / "versions"
AREAS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


FOLDERS = ("inspect", "templates", "migrations", "tests", "script", "docs", "deploy", ".ci")


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the project with one of the suffixes (none: all)."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    own = (path for path in found if "__pycache__" not in path.parts)
    return tuple(sorted(path for path in own if not suffixes or path.suffix in suffixes))


def relative(path: Path) -> str:
    """The path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(), filename=str(path))


def package_files() -> list[Path]:
    """Python files of the product itself."""
    return [path for path in files(".py") if path.is_relative_to(PACKAGE)]

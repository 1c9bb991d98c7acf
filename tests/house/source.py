"""The project's own files, as the tests about the code see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "inspect" / "inspectorate"
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations" / "versions"
AREAS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the project with one of the suffixes (none: all): what git tracks, or would once it is added.

    In a copy without git, what stands in the project's folders.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in _walk(ROOT) if path.is_file()]
    return tuple(sorted(path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and ((path.name in {"data", "__pycache__"} and folder == ROOT) or path.name.startswith(".")):
            if path.name == ".ci":
                yield from _walk(path)
        elif path.is_dir():
            if path.name != "__pycache__":
                yield from _walk(path)
        else:
            yield path


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

"""The commands of interchange, run as from a shell."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.interchange import samples

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask

Load = Callable[..., "Result"]


@pytest.fixture
def load(app: "Flask", tmp_path: Path) -> Load:
    """``load(records, "--dry-run")`` imports a file of these records, text or bytes."""

    def run(records: "Iterable[samples.Record] | str | bytes", *options: str, name: str = "records.jsonl") -> "Result":
        path = samples.written(tmp_path, records, name)
        return app.test_cli_runner().invoke(args=["import", path, *options])

    return run


@pytest.fixture
def export(app: "Flask", tmp_path: Path) -> Callable[..., bytes]:
    """What ``flask export`` writes."""

    def run(*options: str) -> bytes:
        path = tmp_path / "export.jsonl"
        done = app.test_cli_runner().invoke(args=["export", "-o", str(path), *options])
        assert done.exit_code == 0, done.output
        return path.read_bytes()

    return run


@pytest.fixture
def records(export: Callable[..., bytes]) -> Callable[..., list[dict[str, Any]]]:
    """The records that are there."""

    def run(*options: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in export(*options).splitlines()]

    return run

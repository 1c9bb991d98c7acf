"""A folder of texts to load from, and an empty store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspectorate.law.texts import store
from tests.law.texts.layouts import content_of, stand_in


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """The folder of the store, not there yet."""
    before = store.folder()
    store.use(tmp_path / "kept")
    yield tmp_path / "kept"
    store.use(before)


@pytest.fixture
def given_folder(tmp_path: Path) -> Path:
    """A folder with invented texts under the names of two laws, one of them in two versions."""
    folder = tmp_path / "given"
    folder.mkdir()
    for law_id, version in (("toxicdrug", "1988-12-27"), ("auc", "2019-04-23"), ("auc", "2025-06-27")):
        (folder / f"{law_id}@{version}.md").write_bytes(content_of(stand_in(law_id, version)))
    return folder

"""Somebody who has signed in, and invented texts of two versions of a law."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inspectorate.law.texts import store
from tests.lawbook.invented import keep_both_versions, keep_long

if TYPE_CHECKING:
    from tests.client import IsolatedClient


@pytest.fixture
def inspector(session: Any, client: "IsolatedClient") -> Any:
    """An inspector of a health office, signed in."""
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    found = user(Role.INSPECTOR)
    client.sign_in(found)
    return found


@pytest.fixture
def no_texts(tmp_path: Path) -> Iterator[Path]:
    """A folder of texts that is empty."""
    before = store.folder()
    folder = tmp_path / "law-texts"
    folder.mkdir()
    store.use(folder)
    yield folder
    store.use(before)


@pytest.fixture
def texts(no_texts: Path) -> Path:
    """Both versions of a law."""
    keep_both_versions(no_texts)
    return no_texts


@pytest.fixture
def long_text(no_texts: Path) -> Path:
    """A law of more than a thousand articles."""
    keep_long(no_texts)
    return no_texts

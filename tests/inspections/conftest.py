"""The scene for tests of inspections, on one afternoon."""

from datetime import datetime
from typing import Any

import pytest

from inspectorate import clock
from tests.inspections.scene import Scene, make

NOW = clock.from_local(datetime(2026, 3, 4, 15, 30))


@pytest.fixture(autouse=True)
def afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is half past three on 4 March 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def scene(session: Any) -> Scene:
    """An authority, two officers, a head, a clinic."""
    return make()

"""The offices of the scene, on a day of the campaign."""

from datetime import UTC, datetime
from typing import Any

import pytest

from inspectorate import clock
from tests.joint.scene import Offices


@pytest.fixture
def offices(session: Any, monkeypatch: pytest.MonkeyPatch) -> Offices:
    """Who acts, on 15 September 2021."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 9, 15, 2, 0, tzinfo=UTC))
    return Offices()

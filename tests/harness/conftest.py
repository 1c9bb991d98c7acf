"""What all harnesses share: papers are waited for, however busy the machine is."""

import pytest


@pytest.fixture(autouse=True)
def papers_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor is told to come back for a long paper; a harness that asks for hundreds of pages never does."""
    monkeypatch.setattr("inspectorate.documents.pdf.PATIENCE", 120)
    monkeypatch.setattr("inspectorate.documents.pdf.COLD_PATIENCE", 120)

"""Every event that the code records can be read by people, in both languages."""

import re
from pathlib import Path

from inspectorate.audit.words import EVENTS

SOURCE = Path(__file__).resolve().parents[2] / "inspect" / "inspectorate"
AREAS = "|".join(sorted(path.name for path in SOURCE.iterdir() if path.is_dir()))
EVENT = re.compile(rf'"((?:{AREAS}):[a-z_]+:[a-z_]+)"')


def recorded_events() -> set[str]:
    files = (path for path in SOURCE.rglob("*.py") if path.name != "words.py")
    return {event for path in files for event in EVENT.findall(path.read_text(encoding="utf-8"))}


def test_every_event_has_words() -> None:
    assert recorded_events() - set(EVENTS) == set()


def test_no_words_are_kept_for_events_that_nobody_records() -> None:
    assert set(EVENTS) - recorded_events() == set()

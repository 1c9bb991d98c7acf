"""One visit, from the clinic's door to the province's table: each walk goes on where the one before it ended.

The windows, the server and its database stay; a walk that is asked for alone tells those before it first.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.journeys.walks.walker import Tally, Walker

PICTURES = os.environ.get("WALK_PICTURES")
"""A folder for pictures of the main stops; none are taken without it."""


class Windows(Protocol):
    """Opens a window: its size is that of a phone or of a desk."""

    def __call__(self, phone: bool) -> Walker: ...


@dataclass
class Visit:
    """What later walks must find again: nothing but words that stood on the screen."""

    place: str
    charge: str = ""
    report_number: str = ""
    case_number: str = ""
    decision_number: str = ""
    before: dict[str, Decimal] = field(default_factory=dict)


class Story:
    """The windows of the people, what they know, and what each walk took."""

    def __init__(self, windows: Windows, folder: Path, chapters: dict[int, Callable[["Story"], None]]) -> None:
        self.visit = Visit(place="")
        self.folder = folder
        self.tallies: dict[int, Tally] = {}
        self._windows, self._chapters = windows, chapters
        self._people: dict[tuple[str, bool], Walker] = {}
        self._broken: int | None = None
        self._shots = count(1)
        self._counted: Tally | None = None

    def tell(self, until: int) -> Tally:
        """Walk all walks up to this one that have not been walked; what this one took."""
        for number in (number for number in self._chapters if number <= until and number not in self.tallies):
            assert self._broken is None, f"walk {self._broken} did not reach its end"
            self._broken = number
            self._counted = Tally()
            self._chapters[number](self)
            self._counted.pause()
            self.tallies[number] = self._counted
            self._broken = None
        return self.tallies[until]

    def window(self, name: str, phone: bool = False) -> Walker:
        """The window of somebody, signed in; counted in the walk that is told now."""
        who = self._people.get((name, phone))
        if who is None:
            who = self._people[name, phone] = self._windows(phone)
        who.tally = self._counted or Tally()
        who.arrive(name)
        return who

    def stranger(self, phone: bool = False) -> Walker:
        """A window of somebody without a sign-in."""
        who = self._windows(phone)
        who.tally = self._counted or Tally()
        return who

    def leave(self, name: str) -> None:
        """Close somebody's window: thirty of them open at once are more than a machine likes."""
        self._people.pop((name, False)).page.context.close()

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is done inside is no part of the walk: preparations, trials, looks at what others see."""
        counted, self._counted = self._counted, Tally()
        if counted:
            counted.pause()
        before = {who: who.tally for who in self._people.values()}
        for who in before:
            who.tally = self._counted
        yield
        self._counted = counted
        if counted:
            counted.go_on()
        for who, tally in before.items():
            who.tally = tally

    def stop(self, who: Walker, name: str) -> None:
        """A main stop: the page fits the screen; its picture is kept where asked for."""
        assert who.too_wide() <= 1, who.page.url
        if PICTURES:
            with suppress(OSError):
                who.picture(Path(PICTURES) / f"{next(self._shots):02d}-{name}.png")

"""A person at a screen whose presses and typing are counted: what a walk costs stands in docs/walks.md."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

from inspectorate.demo.sign_ins import PASSWORD
from tests.journeys.hands import Hand, Pointer
from tests.journeys.screen import Screen

PRESS_SECONDS = 2.5
"""Finding the place, pointing and pressing: the keystroke-level model's M + P + B."""
CHARACTER_SECONDS = 0.6
"""A character typed with an input method on a phone, about a hundred a minute; office keyboards are faster."""


@dataclass
class Tally:
    """What a walk took so far: presses, fields filled in and their characters, machine seconds."""

    presses: int = 0
    fields: int = 0
    characters: int = 0
    machine_seconds: float = 0
    _begun: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        typed = f"{self.fields} fields with {self.characters} characters"
        return f"{self.presses} presses, {typed}, {self.person_seconds:.0f} s ({self.machine_seconds:.0f} s here)"

    def pause(self) -> None:
        """What follows is no part of the walk."""
        self.machine_seconds += time.monotonic() - self._begun

    def go_on(self) -> None:
        """The walk goes on."""
        self._begun = time.monotonic()

    @property
    def person_seconds(self) -> float:
        """Estimate for a practised person who knows what to write."""
        return self.presses * PRESS_SECONDS + self.characters * CHARACTER_SECONDS


class Walker(Screen):
    """One person's window. ``tally`` is the walk that is counted now; several windows may share one."""

    tally = Tally()

    def __init__(self, page: Page, hand: type[Hand] = Pointer, scripts: bool = True) -> None:
        super().__init__(page, hand)
        self.scripts = scripts

    def arrive(self, name: str) -> None:
        """Sign in at the start page."""
        self.fields_typed(name, PASSWORD)
        self.tally.presses += 1
        self.sign_in(name, PASSWORD)

    def fields_typed(self, *values: str) -> None:
        """Count what is typed."""
        self.tally.fields += len(values)
        self.tally.characters += sum(map(len, values))

    def write(self, label: str, value: str, within: Locator | None = None) -> None:
        """Type into a labelled field."""
        self.fields_typed(value)
        self.hand.write(self.field(label, within), value)

    def take(self, label: str, option: str | re.Pattern[str]) -> None:
        """Choose from a list: one press opens it, one takes the option; a long list is narrowed by typing."""
        self.tally.presses += 2
        if self.field(label).get_attribute("role") == "combobox" and isinstance(option, str):
            self.fields_typed(option)
        self.choose(label, option)

    def mark(self, label: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Tick a box or take a radio button."""
        self.tally.presses += 1
        self.hand.mark(self.field(label, within))

    def go(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the button, or follow the link, of a name."""
        self.tally.presses += 1
        self.press(name, within)
        self.page.wait_for_load_state()

    def touch(self, place: Locator) -> None:
        """Press what was found on the screen."""
        self.tally.presses += 1
        place = place.locator("visible=true").first
        self.hand.mark(place) if place.get_attribute("type") == "radio" else self.hand.press(place)

    def photograph(self, label: str, *pictures: Path) -> None:
        """Take pictures one after the other, as a phone's camera does: one press opens it, one takes the picture."""
        self.tally.presses += 2 * len(pictures)
        if not self.scripts:
            # The browser's own field keeps what was chosen last.
            return self.attach(label, *pictures)
        for picture in pictures:
            self.attach(label, picture)

    def sign(self, name: str) -> None:
        """Draw a name with the finger; without scripts there is no frame, and the printed record is signed."""
        self.tally.presses += 1
        if self.scripts:
            self.draw(name)

    def save(self, name: str | re.Pattern[str], folder: Path) -> Path:
        """Download a file into a folder, under the name that the server gave it."""
        with self.page.expect_download() as waiting:
            self.go(name)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


def refused_without_loss(walker: Walker, act: Callable[[], None], words: str, label: str) -> None:
    """Do what must be refused with these words; what was typed in the field of this label is still there."""
    before = walker.field(label).input_value()
    act()
    assert any(words in problem for problem in walker.problems()), walker.problems()
    assert walker.field(label).input_value().replace(",", "") == before.replace(",", "")

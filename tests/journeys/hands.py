"""How a person's hands do things at a screen: by pointing, or by the keyboard alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

STEPS = 600
"""Keys pressed on the way to a place before it counts as out of reach."""


class Hand(Protocol):
    """What both ways can do. A place is one element."""

    def write(self, place: Locator, value: str) -> None:
        """Replace what is in a field."""

    def press(self, place: Locator) -> None:
        """Press a button, a link or the option of a list."""

    def mark(self, place: Locator) -> None:
        """Tick a box, or take one of several radio buttons."""

    def take(self, place: Locator, option: str) -> None:
        """Choose the option of this text from a select."""

    def give(self, place: Locator, paths: Sequence[Path]) -> None:
        """Choose files."""

    def draw(self, place: Locator) -> None:
        """Draw a name into a frame."""


class Pointer:
    """Mouse or finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, place: Locator, value: str) -> None:
        """Replace what is in a field."""
        place.fill(value)

    def press(self, place: Locator) -> None:
        """Press a button, a link or the option of a list."""
        place.click()

    def mark(self, place: Locator) -> None:
        """Tick a box, or take one of several radio buttons."""
        place.check()

    def take(self, place: Locator, option: str) -> None:
        """Choose the option of this text from a select."""
        place.select_option(label=option)

    def give(self, place: Locator, paths: Sequence[Path]) -> None:
        """Choose files."""
        place.set_input_files([str(path) for path in paths])

    def draw(self, place: Locator) -> None:
        """Draw a name into a frame, which stands in the middle of the screen, where nothing lies over it."""
        place.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
        frame = place.bounding_box()
        assert frame
        left, top, mouse = frame["x"] + 30, frame["y"] + 20, self.page.mouse
        mouse.move(left, top)
        mouse.down()
        for step in range(1, 8):
            mouse.move(left + 25 * step, top + 10 * (step % 3))
        mouse.up()


class Keyboard:
    """No pointer at all: what cannot be reached by Tab cannot be used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # As long as somebody listens the browser hands its dialogues over; a listener of the moment may come too late.
        page.on("filechooser", lambda _: None)

    def write(self, place: Locator, value: str) -> None:
        """Replace what is in a field."""
        self._reach(place)
        self._key("Control+A")
        self._key("Delete")
        self.page.keyboard.insert_text(value)

    def press(self, place: Locator) -> None:
        """Press a button, a link or the option of a list that is open."""
        role = place.get_attribute("role")
        if role == "option":
            self._walk_to_option(place)
        else:
            self._reach(place)
        self._key("ArrowDown" if role == "combobox" else "Enter")

    def mark(self, place: Locator) -> None:
        """Tick a box, or walk through radio buttons by the arrows."""
        if place.is_checked():
            return
        if place.get_attribute("type") != "radio":
            self._reach(place)
            return self._key("Space")
        self._reach(place, group=True)
        for _ in range(STEPS):
            if _holds(place, "element => element === document.activeElement"):
                return None if place.is_checked() else self._key("Space")
            self._key("ArrowDown")
        raise AssertionError(f"no arrow leads to {place}")

    def take(self, place: Locator, option: str) -> None:
        """Walk through the options of a select."""
        self._reach(place)
        self._key("Home")
        for _ in range(STEPS):
            if place.evaluate("select => select.selectedOptions[0]?.label") == option:
                return
            self._key("ArrowDown")
        raise AssertionError(f"no arrow leads to {option}")

    def give(self, place: Locator, paths: Sequence[Path]) -> None:
        """Open the dialogue of files from the field."""
        self._reach(place)
        with self.page.expect_file_chooser() as waiting:
            self._key("Space")
        waiting.value.set_files([str(path) for path in paths])

    def draw(self, place: Locator) -> None:
        """Nothing: a drawn name is the path of a hand (WCAG 2.1.1); who has none signs the printed record."""

    def _key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def _reach(self, place: Locator, group: bool = False) -> None:
        """Press Tab, or Shift and Tab where the place lies before, until it (or one of its group) has the focus."""
        place.wait_for(state="attached")
        there = (
            "element => element === document.activeElement"
            if not group
            else "element => document.activeElement?.type === 'radio' && document.activeElement.name === element.name"
        )
        for _ in range(STEPS):
            if _holds(place, there):
                return
            self._key("Shift+Tab" if _holds(place, BEHIND) else "Tab")
        raise AssertionError(f"Tab does not lead to {place}")

    def _walk_to_option(self, place: Locator) -> None:
        chosen = "element => document.activeElement?.getAttribute('aria-activedescendant') === element.id"
        for _ in range(STEPS):
            if _holds(place, chosen):
                return
            self._key("ArrowDown")
        raise AssertionError(f"no arrow leads to {place}")


BEHIND = """element => {
  const here = document.activeElement;
  const found = here && here !== document.body ? here.compareDocumentPosition(element) : 0;
  return Boolean(found & Node.DOCUMENT_POSITION_PRECEDING);
}"""


def _holds(place: Locator, script: str) -> bool:
    return bool(place.evaluate(script))

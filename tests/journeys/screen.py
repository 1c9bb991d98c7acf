"""What a person can do at a screen: read words, fill in what is labelled, press what is named."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Download, Locator, Page, expect

from tests.journeys.hands import Hand, Pointer

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Screen:
    """One window, driven only by what is on it."""

    def __init__(self, page: Page, hand: type[Hand] = Pointer) -> None:
        self.page = page
        self.hand = hand(page)

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in from the sign-in page, as whoever was there before signs out."""
        self.page.context.clear_cookies()
        self.open("/")
        self.fill("登录名", name)
        self.fill("密码", password)
        self.press("登录")
        expect(self.page.get_by_role("button", name="退出")).to_be_attached()

    def field(self, label: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """The input with a label, such as a screen reader finds it."""
        return self.there((within or self.page).get_by_label(label)).first

    def there(self, place: Locator) -> Locator:
        """The place, once it is there and its page whole: before, a script may still put another one in its stead."""
        place.first.wait_for(state="attached")
        self.page.wait_for_load_state("load")
        return place

    def fill(self, label: str, value: str) -> None:
        """Type into a labelled field, replacing what is there."""
        self.hand.write(self.field(label), value)

    def choose(self, label: str, option: str | re.Pattern[str]) -> None:
        """Choose from a list, tick a box or take one of several radio buttons."""
        found = self.field(label)
        if found.get_attribute("role") == "combobox":
            # A long list is searched by typing, and its first match taken.
            self.hand.write(found, option if isinstance(option, str) else "")
            self.hand.press(self.page.get_by_role("option", name=option).first)
        elif is_select(found):
            options = found.locator("option").all_inner_texts()
            wanted = next(text for text in options if re.search(option, text) or text == option)
            self.hand.take(found, wanted)
        else:
            self.hand.mark(found)

    def offered(self, place: Locator) -> list[str]:
        """What a list offers, once it is open."""
        if is_select(place):
            return place.locator("option").all_inner_texts()
        self.hand.press(place)
        return self.page.get_by_role("option").all_inner_texts()

    def pick(self, place: Locator, option: str) -> None:
        """Take one of what an open list offers."""
        if is_select(place):
            self.hand.take(place, option)
        else:
            self.hand.press(self.page.get_by_role("option", name=option, exact=True))

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Tick a box or a radio button by its label."""
        self.hand.mark(self.field(label))

    def attach(self, label: str, *paths: Path) -> None:
        """Choose files for a labelled file field."""
        self.hand.give(self.field(label), paths)

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the button, or follow the link, of a name."""
        place = within or self.page
        named = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        self.hand.press(self.there(named.locator("visible=true")).first)

    def row(self, words: str | re.Pattern[str]) -> Locator:
        """The row of a table, or the entry of a list, that contains the words."""
        return self.page.locator("tr, li, article").filter(has_text=words).locator("visible=true").last

    def sees(self, *words: str | re.Pattern[str]) -> None:
        """Fail unless all the words are to be seen."""
        for text in words:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def sees_no(self, *words: str | re.Pattern[str]) -> None:
        """Fail when one of the words is to be seen."""
        for text in words:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def title(self) -> str:
        """What the browser's tab says."""
        return self.page.title()

    def heading(self) -> str:
        """The page's own heading; empty when it has none."""
        return "".join(self.there(self.page.locator("main")).locator("h1").all_inner_texts()[:1]).strip()

    def problems(self) -> list[str]:
        """The lines of the error summary on top of a form."""
        main = self.there(self.page.locator("main"))
        summary = main.get_by_role("alert").or_(main.locator("[class*=error-summary]"))
        return [text.strip() for text in summary.locator("li").all_inner_texts()]

    def download(self, name: str | re.Pattern[str]) -> Path:
        """Press what downloads a file, and return where it lies."""
        with self.page.expect_download() as waiting:
            self.press(name)
        download: Download = waiting.value
        return Path(download.path())

    def too_wide(self) -> int:
        """By how many pixels the page, once it is there whole, must be moved sideways."""
        self.there(self.page.locator("main"))
        found: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found

    def barriers(self) -> list[str]:
        """What axe finds on the page (WCAG 2.2 AA), a line each."""
        # At the end of the page nothing lies under the bars that stay at the bottom of a phone's screen.
        self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [words_of(violation) for violation in found]

    def is_well(self) -> None:
        """Fail when the page is wider than the screen or axe finds anything."""
        assert self.too_wide() <= 1, self.page.url
        assert not self.barriers(), self.page.url

    def draw(self, name: str) -> None:
        """Draw a name into the frame of this name."""
        self.hand.draw(self.page.get_by_role("img", name=name))

    def picture(self, path: Path) -> None:
        """Save what the whole page looks like."""
        self.page.screenshot(path=str(path), full_page=True)


def is_select(place: Locator) -> bool:
    """Whether the place is a list of the browser's own; scripts make longer ones into fields to type into."""
    return bool(place.evaluate("element => element.tagName === 'SELECT'"))


def words_of(violation: dict[str, Any]) -> str:
    """One finding of axe in one line."""
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {places}"

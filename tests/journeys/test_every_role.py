"""Every role walks all that it can reach, on a phone and at a desk: each page opens, fits and is accessible."""

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal
from urllib.parse import urldefrag, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from inspectorate.demo.sign_ins import FIRST_OF_EACH_ROLE, PASSWORD
from tests.harness.scale import FULL, count

if TYPE_CHECKING:
    from tests.journeys.conftest import Server
    from tests.journeys.screen import Screen

pytestmark = pytest.mark.journey

LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')


def page_at(screen: "Screen", address: str) -> str | None:
    """The page that an address answers with, a refusal too; None for a file: other tests look at those."""
    answer = screen.page.context.request.get(address)
    return answer.text() if answer.headers.get("content-type", "").startswith("text/html") else None


def kind_of(server: "Server", address: str) -> str:
    """The endpoint that answers: one page of each kind is enough."""
    adapter = server.app.url_map.bind("")
    try:
        endpoint, _ = adapter.match(urlsplit(address).path)
    except HTTPException:
        return address
    return str(endpoint)


def problems_of(screen: "Screen", address: str) -> list[str]:
    """Open an address and say what is wrong with the page."""
    answer = screen.page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: answers {answer.status if answer else 'nothing'}"]
    wrong: list[str] = []
    if screen.title().split(" – ")[0] not in screen.heading():
        wrong.append(f"{address}: the tab says {screen.title()!r}, the heading {screen.heading()!r}")
    if (wider := screen.too_wide()) > 1:
        wrong.append(f"{address}: {wider} px wider than the screen")
    return wrong + [f"{address}: {finding}" for finding in screen.barriers()]


Scheme = Literal["light", "dark"]
Look = tuple[str, Scheme, tuple[str, ...]]

SIZES = ("phone", "desktop")
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

SLICE: list[Look] = [
    ("phone", "light", ("county-office",)),
]
"""The pages of one role that sees many areas; every other role, size and scheme is for the full run."""

FULL_RUN: list[Look] = [
    (size, scheme, (name,))
    for size in ("phone", "desktop")
    for scheme in ("light", "dark")
    for name in FIRST_OF_EACH_ROLE
]

LOOKS = FULL_RUN if FULL else SLICE

OF_EACH_KIND = count(1, 2)
"""How many pages of a kind are opened: the same address with other records may look different."""


@pytest.mark.parametrize(
    ("size", "scheme", "names"), LOOKS, ids=[f"{size} {scheme} {' '.join(names)}" for size, scheme, names in LOOKS]
)
def test_every_page_that_a_role_can_reach_opens_fits_and_is_accessible(
    size: str,
    scheme: Scheme,
    names: tuple[str, ...],
    server: "Server",
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    screen: Screen = request.getfixturevalue(size)
    screen.page.emulate_media(color_scheme=scheme)
    opened: Counter[str] = Counter()
    wrong: list[str] = []
    for name in names:
        screen.sign_in(name, PASSWORD)
        wrong += walked(screen, server, opened)
    assert not wrong, "\n".join(wrong)
    record_property("found", f"{opened.total()} pages of {len(opened)} kinds on a {size} ({scheme}): axe finds nothing")


def walked(screen: "Screen", server: "Server", opened: "Counter[str]") -> list[str]:
    """Follow the links from the front page on, by some of each kind; what is wrong with pages not yet opened."""
    followed: Counter[str] = Counter()
    wrong: list[str] = []
    waiting, known = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(server, address)
        if followed[kind] == OF_EACH_KIND:
            continue
        followed[kind] += 1
        if (page := page_at(screen, address)) is not None:
            links = dict.fromkeys(urldefrag(html.unescape(link)).url for link in LINK.findall(page))
            waiting += [link for link in links if link not in known]
            known.update(links)
            if opened[kind] < OF_EACH_KIND:
                opened[kind] += 1
                wrong += problems_of(screen, address)
    assert len(followed) > 2
    return wrong

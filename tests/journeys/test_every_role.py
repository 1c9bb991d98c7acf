"""Every role walks all that it can reach, on a phone and at a desk: each page opens, fits and is accessible."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from inspectorate.demo.sign_ins import FIRST_OF_EACH_ROLE, PASSWORD

if TYPE_CHECKING:
    from tests.journeys.conftest import Server
    from tests.journeys.screen import Screen

pytestmark = pytest.mark.journey

LINKS = "main a[href], nav a[href]"
# Files, not pages.
FILES = re.compile(r"\.(pdf|docx|xlsx|csv|json|jsonl|zip)$|/(file|download|export|pdf|docx)$")


def addresses(screen: "Screen") -> list[str]:
    """Local addresses that the page links to."""
    found = screen.page.locator(LINKS).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [address for address in found if address.startswith("/") and not FILES.search(urlsplit(address).path)]


def kind_of(server: "Server", address: str) -> str:
    """The endpoint that answers: one page of each kind is enough."""
    adapter = server.app.url_map.bind("")
    try:
        endpoint, _ = adapter.match(urlsplit(address).path)
    except HTTPException:
        return address
    return str(endpoint)


# Looked at by axe already, in this worker: the pages that several roles share are looked at once a size.
_examined: set[tuple[str, str]] = set()


def problems_of(screen: "Screen", size: str, address: str, kind: str) -> list[str]:
    """Open an address and say what is wrong with the page."""
    answer = screen.page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: answers {answer.status if answer else 'nothing'}"]
    wrong: list[str] = []
    if not screen.heading() or screen.heading().split("\n")[0] not in screen.title():
        wrong.append(f"{address}: the tab says {screen.title()!r}, the heading {screen.heading()!r}")
    if (wider := screen.too_wide()) > 1:
        wrong.append(f"{address}: {wider} px wider than the screen")
    if (size, kind) not in _examined:
        _examined.add((size, kind))
        wrong += [f"{address}: {finding}" for finding in screen.barriers()]
    return wrong


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("name", FIRST_OF_EACH_ROLE)
def test_every_page_that_a_role_can_reach_opens_fits_and_is_accessible(
    name: str, size: str, server: "Server", request: pytest.FixtureRequest
) -> None:
    screen: Screen = request.getfixturevalue(size)
    screen.sign_in(name, PASSWORD)
    seen: set[str] = set()
    wrong: list[str] = []
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        if (kind := kind_of(server, address)) not in seen:
            seen.add(kind)
            wrong += problems_of(screen, size, address, kind)
            waiting += addresses(screen)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 2

"""Every role walks all that it can reach, on a phone and at a desk: each page opens, fits and is accessible."""

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


def addresses(screen: "Screen") -> list[str]:
    """Local addresses that the page links to."""
    found = screen.page.locator(LINKS).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [address for address in found if address.startswith("/")]


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


def is_page(screen: "Screen", address: str) -> bool:
    """Whether the address answers with a page; files are looked at by other tests. A refusal counts as a page."""
    answer = screen.page.context.request.head(address)
    return answer.headers.get("content-type", "").startswith("text/html")


def problems_of(screen: "Screen", size: str, address: str, kind: str) -> list[str]:
    """Open an address and say what is wrong with the page."""
    answer = screen.page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: answers {answer.status if answer else 'nothing'}"]
    wrong: list[str] = []
    if screen.title().split(" – ")[0] not in screen.heading():
        wrong.append(f"{address}: the tab says {screen.title()!r}, the heading {screen.heading()!r}")
    if (wider := screen.too_wide()) > 1:
        wrong.append(f"{address}: {wider} px wider than the screen")
    if (size, kind) not in _examined:
        _examined.add((size, kind))
        wrong += [f"{address}: {finding}" for finding in screen.barriers()]
    return wrong


# Each role on the screen it mostly works at; the inspector on both.
DESKS = [(name, "phone" if name in ("inspector", "head", "auditor") else "desktop") for name in FIRST_OF_EACH_ROLE]


@pytest.mark.parametrize(("name", "size"), [*DESKS, ("inspector", "desktop")])
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
        kind = kind_of(server, address)
        if kind in seen:
            continue
        seen.add(kind)
        if is_page(screen, address):
            wrong += problems_of(screen, size, address, kind)
            waiting += addresses(screen)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 2

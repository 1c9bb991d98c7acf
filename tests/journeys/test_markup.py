"""The Nu validator reads every page that every role can reach, and every form as it comes back refused."""

import html
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from inspectorate.demo.sign_ins import FIRST_OF_EACH_ROLE, PASSWORD

if TYPE_CHECKING:
    from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

VALIDATOR = os.environ.get("NU_VALIDATOR")
"""``vnu.jar``, which ``script/test --full`` fetches."""
OF_EACH_KIND = 4
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def kind_of(server: "Server", address: str) -> str:
    """The endpoint that answers."""
    try:
        endpoint, _ = server.app.url_map.bind("").match(urlsplit(address).path)
    except HTTPException:
        return address
    return str(endpoint)


def signed_in(server: "Server", name: str) -> FlaskClient:
    """A client of somebody of the demo."""
    client = server.app.test_client()
    token = TOKEN.search(client.get("/sign-in").get_data(as_text=True))
    assert token
    done = client.post("/sign-in", data={"csrf_token": token[1], "name": name, "password": PASSWORD})
    assert done.status_code == 302, name
    return client


def pages(server: "Server", client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Pairs of an address and its page, by the links from the front page on, a few of each kind."""
    followed: Counter[str] = Counter()
    waiting = ["/", "/no-such-page"]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(server, address)
        if followed[kind] == OF_EACH_KIND:
            continue
        followed[kind] += 1
        answer = client.get(address)
        if answer.mimetype != "text/html":
            continue
        page = answer.get_data(as_text=True)
        yield address, page
        waiting += [html.unescape(link) for link in LINK.findall(page)]
        if (token := TOKEN.search(page)) and followed[kind] == 1:
            refused = client.post(address, data={"csrf_token": token[1]})
            if refused.status_code != 302 and refused.mimetype == "text/html":
                yield f"{address}, sent empty", refused.get_data(as_text=True)


@pytest.mark.parametrize("name", FIRST_OF_EACH_ROLE)
def test_the_validator_finds_no_error(
    name: str, server: "Server", tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    addresses = {}
    for number, (address, page) in enumerate(pages(server, signed_in(server, name))):
        file = tmp_path / f"{number:04}.html"
        file.write_text(page, encoding="utf-8")
        addresses[file.name] = address
    command = ["java", "-jar", str(VALIDATOR), "--format", "json", "--errors-only", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    wrong = [
        f"{addresses[Path(one['url']).name]}: {one['message']}: {one.get('extract', '')[:120]}"
        for one in json.loads(told)["messages"]
    ]
    assert not wrong, "\n".join(wrong)
    record_property("found", f"{len(addresses)} pages: no errors")

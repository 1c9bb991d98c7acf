"""Workbooks and links on the screen: out, back, refused with a marked copy, and the open page behind a code."""

import base64
import io
import re
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from lxml import html

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.errors import Forbidden, NotFound, Refusal
from inspectorate.returns import actions
from inspectorate.returns.actions import links
from inspectorate.returns.models import Return, ReturnLink
from inspectorate.returns.reading import read_values
from inspectorate.returns.tables import local_form
from tests import factories
from tests.client import form_of, save
from tests.returns.conftest import CAMPAIGN, FORM, PERIOD, TODAY, Chain

AD = "J11"
"""The cell of 罚款户(人)次 under 违法医疗美容广告."""


@pytest.fixture
def market(chain: Chain) -> Return:
    """The return of Hangzhou's market administration, begun by the campaign office of the city."""
    return actions.open_department(chain.city, CAMPAIGN, FORM, "330100", PERIOD, sector="market")


def office(sign_in: Any, region: str = "330100") -> Any:
    return sign_in(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency(region)))


def filled(content: bytes, **cells: Any) -> bytes:
    """A workbook with figures typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in cells.items():
        book.worksheets[0][name] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sent(client: Any, url: str, page: str, content: bytes) -> Any:
    """Send a workbook as the page's form would."""
    forms = html.fromstring(client.get(page).get_data(as_text=True)).forms
    form = next(one for one in forms if one.xpath(".//input[@type='file']"))
    fields = {name: value for name, value in form.form_values() if value}
    return client.post(url, data={**fields, "workbook": (io.BytesIO(content), "a.xlsx")})


def test_a_workbook_goes_out_and_its_figures_come_back_to_be_submitted(market: Return, sign_in: Any) -> None:
    client, page = office(sign_in), f"/returns/{market.id}/files"
    blank = client.get(f"/returns/{market.id}/return.xlsx").data
    answer = sent(client, f"/returns/{market.id}/upload", page, filled(blank, J5=5, J7="１", J11=2, J12=1.5))
    assert answer.status_code == 302 and answer.location.endswith(f"/returns/{market.id}/edit")
    form, _lines = local_form(market, TODAY)
    assert read_values(form, market.draft).cells == {
        ("inspected", "ad"): 5, ("cases", "ad"): 1, ("fine_count", "ad"): 2, ("fine_sum", "ad"): 1_500_000,
    }  # fmt: skip
    assert market.state == "open" and not market.figures
    assert "１" in client.get(answer.location).get_data(as_text=True)
    again = client.get(f"/returns/{market.id}/return.xlsx").data
    assert openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]["J12"].value == 1.5


def test_a_refused_workbook_changes_nothing_and_comes_back_marked(market: Return, sign_in: Any) -> None:
    client, page = office(sign_in), f"/returns/{market.id}/files"
    market.draft = {"cells": {"cases": {"ad": "4"}}, "foot": {}}
    wrong = filled(client.get(f"/returns/{market.id}/return.xlsx").data, **{AD: "许多"})
    answer = sent(client, f"/returns/{market.id}/upload", page, wrong)
    told = answer.get_data(as_text=True)
    assert answer.status_code == 422 and AD in told and "罚款户(人)次" in told
    assert market.draft["cells"] == {"cases": {"ad": "4"}}
    found = re.search(r'href="data:[^,]+,([^"]+)"', told)
    assert found is not None
    marked = openpyxl.load_workbook(io.BytesIO(base64.b64decode(found[1])))
    assert marked.worksheets[0][AD].comment.text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n", b"\xd0\xcf\x11\xe0"], ids=repr)
def test_what_is_no_workbook_is_told_at_the_field(market: Return, sign_in: Any, content: bytes) -> None:
    client, page = office(sign_in), f"/returns/{market.id}/files"
    answer = sent(client, f"/returns/{market.id}/upload", page, content)
    assert "workbook-error" in answer.get_data(as_text=True) and not market.draft


def test_on_the_board_a_workbook_finds_its_own_return(market: Return, sign_in: Any) -> None:
    client = office(sign_in)
    blank = client.get(f"/returns/{market.id}/return.xlsx").data
    board = f"/campaigns/{CAMPAIGN}/returns"
    where = {"form": FORM, "period": PERIOD.key, "workbook": (io.BytesIO(filled(blank, **{AD: 3})), "a.xlsx")}
    answer = client.post(f"{board}/upload", data=where)
    assert answer.location.endswith(f"/returns/{market.id}/edit") and market.draft["cells"]["fine_count"]["ad"] == "3"
    lost = client.post(f"{board}/upload", data={"form": FORM, "period": PERIOD.key})
    assert lost.status_code == 302 and "/returns?" in lost.location


def code_for(chain: Chain, row: Return, days: int = 30) -> str:
    _link, code = links.make(chain.city, row.id, clock.today() + timedelta(days=days), clock.today())
    save()
    return code


def test_a_link_opens_one_return_to_be_typed_and_submitted_with_a_receipt(
    chain: Chain, market: Return, client: Any
) -> None:
    url = f"/r/{code_for(chain, market)}"
    page = client.get(url)
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    fields = form_of(page.get_data(as_text=True)) | {"cell@fine_count@ad": "2", "cell@fine_sum@ad": "1.5"}
    fields.pop("submit", None)
    saved = client.post(url, data=fields | {"save": "1"})
    assert saved.status_code == 302 and market.state == "open" and market.draft
    fields = form_of(client.get(url).get_data(as_text=True))
    fields.pop("save", None)
    assert client.post(url, data=fields | {"submit": "1"}).status_code == 302
    assert market.state == "submitted" and market.snapshots[-1].made_by.startswith(market.agency.name)
    receipt = client.get(url).get_data(as_text=True)
    assert market.snapshots[-1].sha256 in receipt and f"R{market.id}-1" in receipt
    assert "cell@" not in receipt


def test_a_link_takes_the_workbook_too_and_shows_why_it_was_sent_back(
    chain: Chain, market: Return, client: Any
) -> None:
    url = f"/r/{code_for(chain, market)}"
    blank = client.get(f"{url}/return.xlsx").data
    refused = sent(client, f"{url}/upload", url, filled(blank, **{AD: -1}))
    assert refused.status_code == 422 and AD in refused.get_data(as_text=True) and not market.draft
    taken = sent(client, f"{url}/upload", url, filled(blank, **{AD: 2, "J12": 3}))
    assert taken.location == url and market.draft["cells"]["fine_count"]["ad"] == "2"
    actions.submit(chain.city, market.id, TODAY)
    actions.send_back(chain.city, market.id, [{"row": "fine_count", "col": "ad", "reason": "与台账不符"}])
    assert "与台账不符" in client.get(url).get_data(as_text=True)


def test_every_code_that_does_not_open_gets_the_same_answer_and_then_has_to_wait(
    chain: Chain, market: Return, client: Any, session: Any
) -> None:
    revoked, expired = code_for(chain, market), code_for(chain, market, 0)
    for link in session.query(ReturnLink):
        if link.code_sha256 == links.code_hash(revoked):
            links.revoke(chain.city, link.id)
        else:
            link.expires_on = date(2020, 1, 1)
    save()
    answers = [client.get(f"/r/{code}") for code in ("abc", revoked, expired, "9" * 200)]
    assert len({re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True)) for answer in answers}) == 1
    assert client.get("/r/abc").status_code == client.post("/r/abc").status_code == 404
    assert client.get("/r/abc/return.xlsx").status_code == client.post("/r/abc/upload").status_code == 404
    for _number in range(20):
        last = client.get("/r/abc")
    assert last.status_code == 429 and int(last.headers["Retry-After"]) > 0


def test_codes_are_not_kept_and_are_read_however_they_are_typed(chain: Chain, market: Return, session: Any) -> None:
    code = code_for(chain, market)
    assert len(code) == 23 and links.opened(code.replace("-", " ").upper(), clock.today()) is not None
    assert code not in str([vars(link) for link in session.query(ReturnLink)])
    assert len({links.new_code() for _number in range(100)}) == 100


def test_only_the_campaign_office_of_the_region_makes_links_and_only_for_departments(
    chain: Chain, market: Return
) -> None:
    today = clock.today()
    with pytest.raises(Forbidden):
        links.make(chain.office("330100", Role.INSPECTOR), market.id, today, today)
    with pytest.raises(NotFound):
        links.make(chain.county, market.id, today, today)
    with pytest.raises(Refusal):
        links.make(chain.city, chain.own(chain.city).id, today, today)
    for wrong in (today - timedelta(days=1), today + timedelta(days=500)):
        with pytest.raises(Refusal):
            links.make(chain.city, market.id, wrong, today)


def test_the_page_of_files_makes_a_link_shows_its_code_once_and_revokes_it(market: Return, sign_in: Any) -> None:
    client, page = office(sign_in), f"/returns/{market.id}/files"
    made = client.post(f"/returns/{market.id}/links", data={"expires_on": clock.today().isoformat()})
    code = re.search(r"/r/([\w-]{23})", made.get_data(as_text=True))
    assert code is not None and code[1] not in client.get(page).get_data(as_text=True)
    link = market_link()
    assert client.post(f"/returns/links/{link.id}/revoke", data={"version": link.version}).status_code == 302
    assert client.get(f"/r/{code[1]}").status_code == 404
    assert client.post(f"/returns/{market.id}/links", data={"expires_on": "1.1"}).status_code == 200


def market_link() -> ReturnLink:
    from inspectorate.extensions import db

    return db.session.query(ReturnLink).one()


def test_who_files_through_a_link_sees_no_other_return(chain: Chain, market: Return) -> None:
    link, _code = links.make(chain.city, market.id, clock.today(), clock.today())
    actor = links.actor_for(link)
    assert actor.user_id is None and actor.agency_id == market.agency_id
    assert actor_of(factories.user(Role.CAMPAIGN_OFFICE, agency=market.agency)).region_code == actor.region_code

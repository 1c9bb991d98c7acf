"""The pages of returns: the board, the sheet with its reasons, answers, history, files; late saves lose nothing."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.returns import actions, canonical, snapshots
from inspectorate.returns.models import Return
from inspectorate.returns.periods import period_of
from inspectorate.returns.rules import State
from tests import factories
from tests.client import form_of
from tests.harness.world import keep
from tests.returns.conftest import CAMPAIGN, FORM, PERIOD, TODAY

pytestmark = pytest.mark.one_database

BOARD = f"/campaigns/{CAMPAIGN}/returns"


class People:
    """The campaign offices of West Lake and Hangzhou, with their heads, who can sign in."""

    def __init__(self) -> None:
        self.county = self.user("330106")
        self.city = self.user("330100")

    @staticmethod
    def user(region: str, role: Role = Role.CAMPAIGN_OFFICE, sector: str = "health") -> User:
        return factories.user(role, agency=factories.agency(region, sector), linked=False)


@pytest.fixture
def people(session: Any, monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    found = People()
    keep()
    return found


def own(user: User) -> Return:
    row = actions.open_level(actor_of(user), CAMPAIGN, FORM, user.agency.region_code, PERIOD)
    keep()
    return row


def submitted(user: User) -> Return:
    row = own(user)
    actions.submit(actor_of(user), row.id, TODAY, reasons={"missing": "未报"})
    keep()
    return row


def department(user: User) -> Return:
    row = actions.open_department(actor_of(user), CAMPAIGN, FORM, "330106", PERIOD, sector="market")
    keep()
    return row


def state_of(row: Return) -> str:
    db.session.expire_all()
    return db.session.get_one(Return, row.id).state


def test_the_county_reports_in_two_clicks_from_its_board(client: Any, people: People) -> None:
    """Walk 5: the table is filled; check and submit, nothing has to be typed."""
    client.sign_in(people.county)
    page = client.get(BOARD)
    assert page.status_code == 200
    sent = client.post(f"{BOARD}/open", data={"form": FORM, "period": PERIOD.key})
    assert sent.status_code == 302
    sheet = client.get(sent.location)
    assert "医疗美容专项整治工作汇总表" in sheet.text
    answer = client.post(sent.location, data=form_of(sheet.text) | {"submit": "1"})
    assert answer.status_code == 302, html.fromstring(answer.text).text_content()
    row = db.session.query(Return).one()
    assert state_of(row) == State.SUBMITTED


def test_the_city_accepts_all_that_came_with_one_button_and_sends_back_with_a_reason_at_a_cell(
    client: Any, people: People
) -> None:
    neighbour = People.user("330105")
    one, two = submitted(people.county), submitted(neighbour)
    client.sign_in(people.city)
    page = client.get(BOARD)
    form = next(one for one in html.fromstring(page.text).forms if one.get("id") == "choose-returns")
    chosen = [value for name, value in form.form_values() if name == "chosen"]
    assert len(chosen) == 2
    fields = {"objections-0-place": "inspected@ad", "objections-0-reason": "请核对检查对象数"}
    fields |= {"objections-1-place": "#foot@closed", "objections-1-reason": "请核对办结数"}
    place = f"/returns/{two.id}/send-back"
    assert html.fromstring(client.get(place).text).xpath("//option[@value='#foot@closed' and text()='办结']")
    back = client.post(place, data=form_of(client.get(place).text) | fields)
    assert back.status_code == 302, html.fromstring(back.text).text_content()
    assert client.post(f"{BOARD}/accept", data={"chosen": chosen, "form": FORM}).status_code == 302
    assert (state_of(one), state_of(two)) == (State.ACCEPTED, State.RETURNED)
    client.sign_in(neighbour)
    assert "请核对检查对象数" in client.get("/").text
    sheet = html.fromstring(client.get(f"/returns/{two.id}/edit").text)
    assert sheet.xpath("//a[@href='#at-inspected-ad']")
    assert "办结：请核对办结数" in "".join(sheet.text_content().split())
    assert sheet.xpath("//td[@id='at-inspected-ad']")


def test_what_is_wrongly_typed_stays_in_its_field_with_the_reason_beside_it(client: Any, people: People) -> None:
    row = department(people.county)
    client.sign_in(people.county)
    place = f"/returns/{row.id}/edit"
    typed = {"cell@inspected@ad": "十八", "cell@fine_sum@ad": "1,234.5"}
    answer = client.post(place, data=form_of(client.get(place).text) | typed | {"submit": "1"})
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@name='cell@inspected@ad']/@value") == ["十八"]
    assert page.xpath("//input[@name='cell@inspected@ad']/@aria-invalid") == ["true"]
    assert page.xpath("//*[@data-error-summary]//a/@href") == ["#cell@inspected@ad"]
    assert state_of(row) == State.OPEN
    saved = client.post(place, data=form_of(answer.text) | {"save": "1"})
    assert saved.status_code == 302
    assert html.fromstring(client.get(place).text).xpath("//input[@name='cell@inspected@ad']/@value") == ["十八"]


def test_two_who_type_the_same_sheet_lose_nothing(client: Any, people: People) -> None:
    row = department(people.county)
    colleague = factories.user(Role.CAMPAIGN_OFFICE, agency=people.county.agency, linked=False)
    client.sign_in(people.county)
    place = f"/returns/{row.id}/edit"
    mine = form_of(client.get(place).text)
    client.sign_in(colleague)
    theirs = form_of(client.get(place).text) | {"cell@inspected@ad": "7", "cell@cases@ad": "1", "save": "1"}
    assert client.post(place, data=theirs).status_code == 302
    client.sign_in(people.county)
    late = client.post(place, data=mine | {"cell@inspected@ad": "9", "save": "1"})
    assert late.status_code == 409
    page = html.fromstring(late.text)
    assert page.xpath("//input[@name='cell@inspected@ad']/@value") == ["9"]
    assert page.xpath("//input[@name='cell@cases@ad']/@value") == ["1"]
    assert client.post(place, data=form_of(late.text) | {"save": "1"}).status_code == 302
    assert db.session.get_one(Return, row.id).draft["cells"] == {"inspected": {"ad": "9"}, "cases": {"ad": "1"}}


@pytest.mark.parametrize("step", ["sign", "send-back", "freeze", "correct"])
def test_an_answer_to_a_table_that_has_changed_meanwhile_is_told_and_changes_nothing(
    client: Any, people: People, step: str
) -> None:
    user = {"sign": People.user("330106", Role.SUPERVISOR), "send-back": people.city}.get(step, people.county)
    row = submitted(people.county) if step == "send-back" else own(people.county)
    if step == "correct":
        actions.freeze(actor_of(people.county), row.id, TODAY)
        keep()
    client.sign_in(user)
    place = f"/returns/{row.id}/{step}"
    fields = form_of(client.get(place).text)
    before = state_of(row)
    if step == "send-back":
        fields |= {"objections-0-place": "", "objections-0-reason": "请核对"}
    late = client.post(place, data=fields | {"version": "0", "submit": "1"})
    assert late.status_code == 409
    assert state_of(row) == before
    if step == "send-back":
        assert form_of(late.text)["objections-0-reason"] == "请核对"


def test_a_button_pressed_twice_tells_instead_of_failing(client: Any, people: People) -> None:
    row = submitted(people.county)
    client.sign_in(people.city)
    page = client.get(f"/returns/{row.id}").text
    fields = {"version": str(row.version)}
    assert 'action="/returns/' in page
    for _press in range(2):
        assert client.post(f"/returns/{row.id}/accept", data=fields).status_code == 302
    assert state_of(row) == State.ACCEPTED


def test_a_frozen_table_goes_up_and_each_page_of_it_opens(client: Any, people: People) -> None:
    """Walk 6: freeze, then the files as the annex prints them, with number and hash."""
    province = People.user("330000")
    row = own(province)
    client.sign_in(province)
    place = f"/returns/{row.id}/freeze"
    fields = form_of(client.get(place).text)
    named = {name: "本期无相关机构" for name in fields if name.startswith("reason@")}
    assert client.post(place, data=fields | named).status_code == 302
    assert state_of(row) == State.FROZEN
    version = {"version": str(db.session.get_one(Return, row.id).version)}
    assert client.post(f"/returns/{row.id}/pass-on", data=version).status_code == 302
    assert state_of(row) == State.SUBMITTED
    for page in ("", "/history", "/snapshots/1", "/snapshots/2", "/differences", "/correct", "/edit"):
        assert client.get(f"/returns/{row.id}{page}", follow_redirects=True).status_code == 200, page
    assert client.get(f"/returns/{row.id}/snapshots/3").status_code == 404


def test_the_files_of_a_snapshot_carry_its_hash_and_the_json_can_be_proved(client: Any, people: People) -> None:
    row = submitted(people.county)
    taken = snapshots.last_of(row)
    assert taken is not None
    sha256, place = taken.sha256, f"/returns/{row.id}/snapshots/1/file"
    client.sign_in(people.county)
    document = client.get(f"{place}.json")
    assert canonical.sha256(json.loads(document.data)) == sha256
    book = load_workbook(BytesIO(client.get(f"{place}.xlsx").data))
    words = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    footers = [str(sheet.oddFooter.left.text or "") + str(sheet.oddFooter.center.text or "") for sheet in book]
    assert any(sha256 in word for word in [*words, *footers])
    assert client.get(f"{place}.docx").data.startswith(b"PK")
    client.sign_in(People.user("330106", sector="market"))
    assert client.get(f"{place}.json").status_code == 403, "it names records, which other departments do not see"
    assert client.get(f"{place}.xlsx").status_code == 200
    assert "file.json" not in client.get(f"/returns/{row.id}").text + client.get(f"/returns/{row.id}/snapshots/1").text


def test_a_neighbour_sees_no_page_of_the_return(client: Any, people: People) -> None:
    row = submitted(people.county)
    client.sign_in(People.user("330105"))
    for page in (
        "",
        "/edit",
        "/history",
        "/snapshots/1",
        "/snapshots/1/file.json",
        "/differences",
        "/correct",
        "/freeze",
    ):
        assert client.get(f"/returns/{row.id}{page}").status_code == 404, page


def test_the_board_as_a_list_has_every_region_with_its_state(client: Any, people: People) -> None:
    submitted(people.county)
    client.sign_in(people.city)
    lines = client.get(f"{BOARD}/list.csv").data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines if line.startswith("西湖区")] == ["已报送"]
    assert len(lines) > 13


def test_what_lacks_the_heads_name_alone_is_saved_for_the_head_to_sign(client: Any, people: People) -> None:
    """Walk 5 with a form that names 签发人: submitted, signed from the to-do list, submitted."""
    office = actor_of(people.county)
    signed = period_of(date(2026, 4, 1), date(2026, 12, 31))
    row = actions.open_level(office, "migrant_health_2026", "migrant_health_campaign", "330106", signed)
    keep()
    head = People.user("330106", Role.SUPERVISOR)
    client.sign_in(people.county)
    place = f"/returns/{row.id}/edit"
    page = client.get(place).text
    name = next(one for one in form_of(page) if one.startswith("cell@"))
    explained = {one: "已核对" for one in form_of(page) if one.startswith("reason@")}
    answer = client.post(place, data=form_of(page) | explained | {name: "3", "submit": "1"})
    assert answer.status_code == 200
    client.sign_in(head)
    links = html.fromstring(client.get("/").text).xpath("//a[contains(@href, '/sign')]/@href")
    assert f"/returns/{row.id}/sign" in links
    sheet = client.get(f"/returns/{row.id}/sign")
    assert client.post(f"/returns/{row.id}/sign", data=form_of(sheet.text)).status_code == 302
    client.sign_in(people.county)
    assert client.post(place, data=form_of(client.get(place).text) | explained | {"submit": "1"}).status_code == 302
    assert state_of(row) == State.SUBMITTED
    assert db.session.get_one(Return, row.id).signed_by == head.display_name

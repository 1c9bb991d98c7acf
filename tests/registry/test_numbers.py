"""Identity numbers and telephones: masked everywhere, in full on request with a reason, kept when untouched."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from inspectorate import addresses, masking
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.extensions import db
from inspectorate.registry.models import Establishment, Person
from tests import factories
from tests.client import form_of
from tests.registry.test_rules import IDENTITY

PHONE = "13812345678"
OTHER_IDENTITY = "11010519491231002X"
FULL_WIDTH = PHONE.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@pytest.fixture
def person(session: Any) -> Person:
    return factories.person(name="李某", id_number=IDENTITY, sex="F", phone=PHONE)


@pytest.fixture
def place(session: Any) -> Establishment:
    return factories.establishment(phone=PHONE)


def entries(event: str) -> list[RecordEntry]:
    return list(db.session.scalars(db.select(RecordEntry).where(RecordEntry.event == event).order_by(RecordEntry.id)))


def test_the_reason_stands_in_the_record_in_chinese_whatever_the_language_of_the_screens(
    person: Person, sign_in: Any
) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    browser.post("/language", data={"language": "en"})
    browser.post(f"/registry/{person.id}/numbers", data={"reason": "handling"})
    assert [entry.reason for entry in entries("registry:numbers:show")] == ["办案需要"]


@given(st.text("0123456789X", min_size=18, max_size=18), st.text("0123456789", min_size=1, max_size=12))
def test_masks_keep_enough_to_recognise_and_hide_the_middle(identity_number: str, phone: str) -> None:
    masked = masking.masked_identity(identity_number)
    assert len(masked) == 18 and masked[:6] == identity_number[:6] and masked[-4:] == identity_number[-4:]
    assert "*" in masked and "*" in masking.masked_phone(phone) and masking.masked_phone(phone) != phone


@given(st.text(max_size=30), st.sampled_from([IDENTITY, PHONE, "0571-87654321", "010-12345678"]), st.text(max_size=30))
def test_no_number_stays_readable_in_a_text(before: str, number: str, after: str) -> None:
    for typed in (number, number.translate({ord(plain): ord(plain) + 0xFEE0 for plain in "0123456789-"})):
        assert typed not in masking.masked_numbers(f"{before} {typed} {after}")
        assert typed not in "".join(masking.without_numbers(f"{before} {typed} {after}"))


def test_what_is_no_such_number_stays_in_a_text() -> None:
    for plain in ("91330106MA2B000013", "/cases/list.csv?since=2026-01-01", "杭西卫医罚〔２０２６〕1号", "12345678"):
        assert masking.masked_numbers(plain) == plain


def test_one_press_shows_the_numbers_once_and_enters_the_reason(sign_in: Any, person: Person) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR, display_name="经办人甲"))
    page = browser.get(f"/registry/{person.id}").text
    assert IDENTITY not in page and PHONE not in page and "办案需要" in page
    shown = browser.post(f"/registry/{person.id}/numbers", data={"reason": "handling"})
    assert shown.status_code == 200 and IDENTITY in shown.text and PHONE in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    (entry,) = entries("registry:numbers:show")
    assert (entry.subject_type, entry.subject_id, entry.reason) == ("subject", person.id, "办案需要")
    again = browser.get(f"/registry/{person.id}").text
    assert IDENTITY not in again and "查看了完整号码" in again and "经办人甲" in again


def test_an_establishments_telephone_is_shown_in_the_same_way(sign_in: Any, place: Establishment) -> None:
    browser = sign_in(factories.user(Role.SUPERVISOR))
    assert PHONE not in browser.get(f"/registry/{place.id}").text
    asked = {"reason": "other", "words": "回访经营者"}
    assert PHONE in browser.post(f"/registry/{place.id}/numbers", data=asked).text
    assert [entry.reason for entry in entries("registry:numbers:show")] == ["回访经营者"]


@pytest.mark.parametrize("path", ["/registry/persons", "/registry/persons/list.csv", "/search"])
@pytest.mark.parametrize("number", [IDENTITY, PHONE, "13800000000"])
def test_whoever_tries_whole_numbers_until_one_is_found_is_seen(
    sign_in: Any, person: Person, path: str, number: str
) -> None:
    user = factories.user(Role.INSPECTOR)
    browser = sign_in(user)
    browser.get(path, query_string={"q": "李某"})
    assert not entries("registry:numbers:seek")
    browser.get(path, query_string={"q": f"李某 {number}"}, follow_redirects=True)
    (entry,) = entries("registry:numbers:seek")
    assert (entry.subject_type, entry.subject_id) == ("access", user.id)
    assert entry.reason and "*" in entry.reason and number not in entry.reason


@pytest.mark.parametrize("number", [IDENTITY, PHONE, FULL_WIDTH])
def test_a_number_that_is_searched_for_stands_in_no_address_but_the_first(
    sign_in: Any, person: Person, number: str
) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    sent_on = browser.get("/registry/persons", query_string={"q": f"李某 {number}", "region": "330106"})
    assert sent_on.status_code == 302 and number not in sent_on.text
    path, _, query = sent_on.location.partition("?")
    assert path == "/registry/persons" and number not in query and "region=330106" in query
    page = browser.get(sent_on.location).text
    assert f"/registry/{person.id}" in page and f'value="李某 {number}"' in page
    links = [element.get(name) or "" for element in html.fromstring(page).iter() for name in ("href", "action")]
    assert not [one for one in links if number in one]
    export = next(one for one in links if one.startswith("/registry/persons/list.csv"))
    assert "李某" in browser.get(export).text
    (entry,) = entries("registry:persons:export")
    assert entry.reason and f"q=李某 {masking.masked_numbers(number)}" in entry.reason


def test_what_was_not_sealed_here_or_long_ago_is_refused_and_lists_not_everybody(
    sign_in: Any, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    sealed = browser.get("/registry/persons", query_string={"q": IDENTITY}).location
    assert IDENTITY in browser.get(sealed).text
    monkeypatch.setattr(addresses, "LASTS", -1)
    query = sealed.partition("?")[2]
    for path in ("/registry/persons", "/registry/persons/list.csv", "/search"):
        for asked in (query, "q=sealed~nonsense", "q=sealed~%ED%A0%80"):
            answer = browser.get(f"{path}?{asked}")
            assert answer.status_code == 409 and "请重新输入号码查询" in answer.text, path
            assert person.name not in answer.text and 'value="sealed~' not in answer.text
    assert not entries("registry:persons:export")


def test_a_form_is_shown_although_the_number_it_was_to_be_filled_in_with_cannot_be_read(sign_in: Any) -> None:
    page = sign_in(factories.user(Role.INSPECTOR)).get("/registry/persons/new?name=sealed~nonsense")
    assert page.status_code == 200 and "sealed~nonsense" not in form_of(page.text).values()


def test_whoever_has_not_signed_in_comes_to_the_door_with_an_old_link_and_is_told_behind_it(client: Any) -> None:
    answer = client.get("/registry/persons?q=sealed~nonsense")
    assert answer.status_code == 302 and answer.location.startswith("/sign-in?next=")


def test_a_number_tried_by_a_form_that_is_refused_is_seen_too(sign_in: Any, person: Person) -> None:
    form = {"name": person.name, "region_code": person.region_code, "id_number": OTHER_IDENTITY}
    browser = sign_in(factories.user(Role.INSPECTOR))
    for number in (OTHER_IDENTITY, IDENTITY):
        answer = browser.post("/registry/persons/new", data=form | {"id_number": number, "born_on": "no day"})
        assert answer.status_code == 200
    assert [entry.reason for entry in entries("registry:numbers:seek")] == [
        masking.masked_identity(OTHER_IDENTITY),
        masking.masked_identity(IDENTITY),
    ]


@pytest.mark.parametrize("asked", [{}, {"reason": "nonsense"}, {"reason": "other", "words": " "}, {"words": "理由"}])
def test_without_a_reason_nothing_is_shown(sign_in: Any, person: Person, asked: dict[str, str]) -> None:
    page = sign_in(factories.user(Role.INSPECTOR)).post(f"/registry/{person.id}/numbers", data=asked).text
    assert IDENTITY not in page and PHONE not in page and not entries("registry:numbers:show")
    assert "data-error-summary" in page


@pytest.mark.parametrize("role", [Role.LEGAL_REVIEWER, Role.CAMPAIGN_OFFICE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_does_not_keep_the_registry_may_not_ask(sign_in: Any, person: Person, role: Role) -> None:
    answer = sign_in(factories.user(role)).post(f"/registry/{person.id}/numbers", data={"reason": "handling"})
    assert answer.status_code == 403 and IDENTITY not in answer.text


def test_a_form_saved_untouched_changes_no_number(session: Any, sign_in: Any, person: Person, place: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    for subject, columns in ((person, ("id_number", "phone")), (place, ("phone",))):
        kept = {column: getattr(subject, column) for column in columns}
        page = browser.get(f"/registry/{subject.id}/change").text
        assert not [value for value in kept.values() if value in page]
        sent = form_of(page) | {"name": "改过的名称"}
        assert browser.post(f"/registry/{subject.id}/change", data=sent).status_code == 302
        session.refresh(subject)
        assert {column: getattr(subject, column) for column in columns} == kept and subject.name == "改过的名称"


def test_a_number_written_anew_replaces_the_old_one_and_an_emptied_one_goes(
    session: Any, sign_in: Any, person: Person
) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    sent = form_of(browser.get(f"/registry/{person.id}/change").text)
    sent |= {"id_number": OTHER_IDENTITY, "sex": "", "born_on": "", "phone": ""}
    assert browser.post(f"/registry/{person.id}/change", data=sent).status_code == 302
    session.refresh(person)
    assert (person.id_number, person.phone, person.sex) == (OTHER_IDENTITY, None, "F")


@pytest.mark.parametrize("column", ["id_number", "phone"])
def test_half_a_number_is_refused_at_its_field(session: Any, sign_in: Any, person: Person, column: str) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    sent = form_of(browser.get(f"/registry/{person.id}/change").text) | {column: "330106********9999"}
    page = browser.post(f"/registry/{person.id}/change", data=sent).text
    assert "星号代表未显示的数字" in page and "330106********9999" in page
    session.refresh(person)
    assert (person.id_number, person.phone) == (IDENTITY, PHONE)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (IDENTITY, True),
        (PHONE, True),
        *((part, False) for part in (IDENTITY[:17], IDENTITY[6:14], PHONE[:7], PHONE[-4:])),
    ],
)
def test_only_the_whole_number_finds_a_person(sign_in: Any, person: Person, sought: str, found: bool) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    for page in (f"/registry/persons?q={sought}", f"/search?q={sought}", f"/registry/persons/list.csv?q={sought}"):
        assert ("李某" in browser.get(page, follow_redirects=True).text) is found, page


def test_the_record_shows_changed_numbers_masked(session: Any, sign_in: Any, person: Person) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    sent = form_of(browser.get(f"/registry/{person.id}/change").text) | {"phone": "13900001111"}
    assert browser.post(f"/registry/{person.id}/change", data=sent).status_code == 302
    auditor = sign_in(factories.user(Role.AUDITOR))
    for page in (browser.get(f"/registry/{person.id}").text, auditor.get("/record").text):
        assert PHONE not in page and "13900001111" not in page
    assert "139****1111" in auditor.get("/record").text

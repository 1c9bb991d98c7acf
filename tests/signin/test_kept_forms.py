"""A form that comes in after the session has ended is shown again to its owner, whole, and never sent by itself."""

from io import BytesIO
from typing import Any

import pytest
from flask_wtf import FlaskForm
from lxml import html
from wtforms import PasswordField

from inspectorate import clock
from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.registry.models import Person
from inspectorate.signin.kept import NEVER_KEPT
from inspectorate.signin.models import SignInSession
from tests import factories
from tests.client import form_of
from tests.harness.hostile import plausible
from tests.harness.reach import address, rules
from tests.harness.test_access import table
from tests.harness.test_fuzz import more_of
from tests.harness.world import build
from tests.signin.conftest import PASSWORD

TYPED = {"name": "李四的名字", "region_code": "330106"}
NEW = "/registry/persons/new"


def end_sessions(session: Any) -> None:
    session.query(SignInSession).update({"ended_at": clock.now()})
    session.commit()


def kept_in(answer: Any) -> str:
    """The sealed form that the sign-in page carries; empty when there is none."""
    found = html.fromstring(answer.text).xpath("//input[@name='kept']/@value")
    return found[0] if found else ""


def back(client: Any, kept: str, name: str = "wang") -> Any:
    return client.post("/sign-in", data={"name": name, "password": PASSWORD, "kept": kept})


def test_what_was_typed_opens_again_after_signing_in_and_is_saved_only_by_its_owner(client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    late = client.post(NEW, data=TYPED)
    assert late.status_code == 401 and "李四" not in late.text and "已保留" in late.text
    answer = back(client, kept_in(late))
    assert answer.location == NEW
    page = client.get(NEW).text
    assert form_of(page)["name"] == "李四的名字" and page.count("尚未保存") == 1
    assert session.query(Person).count() == 0
    body = {name: value for name, value in form_of(page).items() if name != "csrf_token"}
    assert client.post(NEW, data=body).status_code == 302
    assert session.query(Person).one().name == "李四的名字"
    assert not form_of(client.get(NEW).text)["name"], "once sent, it is forgotten"


def test_nobody_else_gets_to_see_it(app, client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    kept = kept_in(client.post(NEW, data=TYPED))
    factories.user(Role.INSPECTOR, name="other", password_hash=hash_password(PASSWORD), agency=somebody.agency)
    other = app.test_client()
    assert back(other, kept, "other").location == "/"
    assert "其他用户" in other.get("/").text
    assert not form_of(other.get(NEW).text)["name"]


def test_it_goes_along_through_a_wrong_password_and_through_the_second_step(client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    kept = kept_in(client.post(NEW, data=TYPED))
    wrong = client.post("/sign-in", data={"name": "wang", "password": "falsch", "kept": kept})
    assert kept_in(wrong) == kept


@pytest.mark.parametrize("forged", ["", "x", "gAAAAA" + "A" * 100])
def test_what_was_not_sealed_here_is_not_brought_back(client, somebody, forged):
    assert back(client, forged).status_code == 302
    assert not form_of(client.get(NEW).text)["name"]


def test_without_a_session_that_was_ones_own_nothing_is_kept(client, session):
    answer = client.post(NEW, data=TYPED)
    assert answer.status_code == 401 and not kept_in(answer) and "未保存" in answer.text


def test_files_are_named_for_they_must_be_chosen_again(client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    late = client.post(NEW, data=TYPED | {"photo": (BytesIO(b"x"), "现场照片.jpg")})
    back(client, kept_in(late))
    assert "请重新选择文件：现场照片.jpg" in client.get(NEW).text


def test_a_button_without_a_page_of_its_own_leads_back_to_where_it_stood(client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    late = client.post("/cases/1/send", data={"note": "请审核"}, headers={"Referer": "http://localhost/cases?q=x"})
    assert late.status_code == 401
    assert back(client, kept_in(late)).location == "/cases?q=x"


@pytest.mark.parametrize("referrer", ["http://[", "http://[::1", "//", "javascript:", "\xff"])
def test_a_referrer_that_is_no_address_leads_to_the_front_page(client, referrer):
    answer = client.post("/second-factor", headers={"Referer": referrer})
    assert answer.status_code == 401


def token_of(client: Any) -> str:
    page = html.fromstring(client.get("/sign-in").text)
    return page.xpath("//form[@class='form']//input[@name='csrf_token']/@value")[0]


def test_pages_open_in_other_windows_can_still_be_sent_after_signing_in_again(app, client, session, somebody, enter):
    app.config["WTF_CSRF_ENABLED"] = True
    token = html.fromstring(client.get("/sign-in").text).xpath(
        "//form[@class='form']//input[@name='csrf_token']/@value"
    )
    client.post("/sign-in", data={"name": "wang", "password": PASSWORD, "csrf_token": token[0]})
    open_page = form_of(client.get(NEW).text)
    end_sessions(session)
    fresh = html.fromstring(client.get("/sign-in").text).xpath(
        "//form[@class='form']//input[@name='csrf_token']/@value"
    )
    client.post("/sign-in", data={"name": "wang", "password": PASSWORD, "csrf_token": fresh[0]})
    assert client.post(NEW, data=open_page | TYPED).status_code == 302


def test_the_forms_of_passwords_and_codes_are_not_kept_at_all(client, session, somebody, enter):
    enter(client)
    end_sessions(session)
    late = client.post("/second-factor", data={"code": "123456", "sealed": "x"})
    assert late.status_code == 401 and not kept_in(late)


def every_form(form: type = FlaskForm) -> set[type]:
    return {form}.union(*(every_form(one) for one in form.__subclasses__()))


def test_no_form_keeps_a_password(app):
    secret = {
        name
        for form in every_form()
        if form.__module__.startswith("inspectorate")
        for name, field in vars(form).items()
        if getattr(field, "field_class", None) is PasswordField
    }
    assert secret and secret <= NEVER_KEPT


def form_in(page: str) -> Any:
    """The page's form for typing, if it has one."""
    found = html.fromstring(page).xpath("//form[@class='form']")
    return max(found, key=lambda form: len(form.form_values())) if found else None


def fields_of(form: Any) -> dict[str, str]:
    """What a browser would send; of a choice without value it sends nothing."""
    empty = {field.name for field in form.xpath(".//input[@type='radio' and @value='']") if field.checked}
    pairs = [(name, "" if name in empty else value) for name, value in form.form_values() if "__row__" not in name]
    return {name: value for name, value in pairs if name not in NEVER_KEPT}


def type_into(form: Any) -> None:
    """Type something into each field that is empty, and take the last of each list."""
    for field in form.xpath(".//input[not(@type) or @type='text' or @type='tel']|.//textarea"):
        if "__row__" not in (field.name or "__row__") and not (field.value or "").strip():
            field.value = plausible(field.name)
    for field in form.xpath(".//select[not(@multiple)]"):
        if "__row__" not in field.name and field.value_options:
            field.value = field.value_options[-1]


@pytest.mark.one_database
def test_every_form_of_the_route_map_comes_back_as_it_was_sent(app, client, session, monkeypatch, record_property):
    app.config["PASSWORD_COST"] = "test"
    world = build(monkeypatch)
    hashed = hash_password(PASSWORD)
    for person in world.people.values():
        person.password_hash = hashed
    tried, wrong = [], []
    for rule in rules(app):
        if not {"GET", "POST"} <= (rule.methods or set()) or rule.endpoint.startswith("signin."):
            continue
        roles = table()[rule.endpoint].roles("POST")
        if None in roles:
            continue  # whoever has not signed in may send it
        role = min(role for role in roles if role)
        person, more = world.person("own", role), more_of(rule.endpoint, world)
        place = address(app, rule, world.ids).partition("?")[0]
        client.sign_in(person)
        opened = client.get(place, query_string=more)
        form = form_in(opened.text) if opened.status_code == 200 else None
        if form is None:
            continue  # the state of the record does not allow the step
        type_into(form)
        body = fields_of(form)
        end_sessions(session)
        late = client.post(place, query_string=more, data=body)
        answer = back(client, kept_in(late), person.name)
        shown = client.get(answer.location or "/")
        kept = form_in(shown.text) if shown.status_code == 200 else None
        again = fields_of(kept) if kept is not None else {}
        lost = {name: (value, again.get(name)) for name, value in body.items() if not same(value, again.get(name))}
        tried.append(rule.endpoint)
        wrong += [(rule.endpoint, late.status_code, answer.location, shown.status_code, lost)] if lost else []
    record_property("found", f"{len(tried)} forms sent after their session had ended: each came back whole")
    assert not wrong, wrong
    assert len(tried) > 25
    assert session.query(RecordEntry).filter(RecordEntry.event.like("registry:%:change")).count() == 0


def same(sent: str, shown: str | None) -> bool:
    """Whether a field holds what was sent; line ends are the browser's matter."""
    return shown is not None and sent.split() == shown.split()

"""Agencies, officers and sign-ins: who may change them, and what is refused."""

from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from inspectorate.accounts import views
from inspectorate.accounts.models import Agency, Officer, User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.errors import NotFound
from tests import factories


def officer_form(agency, **changed):
    values = {"name": "李明", "agency_id": agency.id, "certificate": "33010600001", "certificate_from": "20240101"}
    return {**values, "certificate_to": "20281231", **changed}


def test_an_administrator_adds_an_officer_and_the_record_says_so(session, sign_in, administrator, city):
    client = sign_in(administrator)
    answer = client.post("/accounts/officers/new", data=officer_form(city))
    assert answer.status_code == 302
    added = session.query(Officer).filter_by(name="李明").one()
    assert added.certificate_to == date(2028, 12, 31)
    assert session.query(RecordEntry).filter_by(event="accounts:officer:add", subject_id=added.id).count() == 1
    assert "李明" in client.get("/accounts").text


def test_whoever_calls_is_found_by_a_part_of_the_name_and_signs_stand_for_themselves(
    session, sign_in, administrator, city, monkeypatch
):
    for name in ("zhang.wei", "zhang.min", "li_ming"):
        factories.user(Role.INSPECTOR, name=name, agency=city)
    client = sign_in(administrator)
    found = client.get("/accounts?q=ZHANG").text
    assert "zhang.wei" in found and "zhang.min" in found and "li_ming" not in found
    assert "没有符合条件的账号" in client.get("/accounts?q=zhang_").text
    assert "li_ming" in client.get("/accounts?q=i_m").text
    monkeypatch.setattr("inspectorate.accounts.views.MOST", 2)
    assert "只显示前面若干条" in client.get("/accounts?q=zhang").text


def test_each_account_shows_its_history(session, sign_in, administrator, city):
    client = sign_in(administrator)
    client.post("/accounts/officers/new", data=officer_form(city))
    officer = session.query(Officer).filter_by(name="李明").one()
    assert "登记执法人员" in client.get(f"/accounts/officers/{officer.id}").text
    agency = {"name": city.name, "region_code": "330100", "sector": "health", "court": "杭州铁路运输法院"}
    client.post(f"/accounts/agencies/{city.id}", data={**agency, "version": city.version})
    changed = client.get(f"/accounts/agencies/{city.id}").text
    assert "修改机关信息" in changed and changed.count("杭州铁路运输法院") == 2
    sign_in_made = {"name": "li.ming", "display_name": "李明", "agency_id": city.id, "roles": "inspector"}
    client.post("/accounts/users/new", data={**sign_in_made})
    user = session.query(User).filter_by(name="li.ming").one()
    assert "建立账号" in client.get(f"/accounts/users/{user.id}").text


def test_what_must_be_chosen_is_not_called_optional(sign_in, administrator):
    text = sign_in(administrator).get("/accounts/users/new").text
    assert "选填" in text and text.count("选填") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("certificate_to", "20231231"),
        ("certificate_to", "2028年13月1日"),
        ("name", ""),
        ("certificate", ""),
        ("agency_id", "999999"),
    ],
)
def test_bad_input_is_refused_at_the_field_and_what_was_typed_stays(
    session, sign_in, administrator, city, field, value
):
    before = session.query(Officer).count()
    answer = sign_in(administrator).post("/accounts/officers/new", data=officer_form(city, **{field: value}))
    assert answer.status_code == 200 and "error-summary" in answer.text
    assert "20240101" in answer.text or "2024-01-01" in answer.text
    assert session.query(Officer).count() == before


def test_a_head_enters_officers_of_the_own_authority_and_its_teams_only(session, sign_in, city):
    authority = factories.agency()
    team = factories.agency(name="西湖区卫生健康行政执法队", acts_for=authority)
    stranger = factories.agency()
    client = sign_in(factories.user(Role.SUPERVISOR, agency=authority))
    assert client.post("/accounts/officers/new", data=officer_form(team)).status_code == 302
    assert "error-summary" in client.post("/accounts/officers/new", data=officer_form(stranger)).text
    assert client.get("/accounts/users/new").status_code == 403


def test_a_late_save_is_refused_and_overwrites_nothing(session, sign_in, administrator, city):
    officer = factories.officer(city)
    client = sign_in(administrator)
    old = officer.version
    client.post(f"/accounts/officers/{officer.id}", data=officer_form(city, name="先保存", version=old))
    late = client.post(f"/accounts/officers/{officer.id}", data=officer_form(city, name="后保存", version=old))
    assert late.status_code == 409
    session.expire_all()
    assert session.get(Officer, officer.id).name == "先保存"


@pytest.mark.one_database
def test_what_fails_on_the_way_to_the_page_of_a_late_save_keeps_its_status(
    session, sign_in, administrator, city, monkeypatch
):
    def taken_away(*_arguments, **_values):
        raise NotFound

    officer = factories.officer(city)
    client = sign_in(administrator)
    monkeypatch.setattr(views, "render_template", taken_away)
    assert client.post(f"/accounts/officers/{officer.id}", data=officer_form(city, version="0")).status_code == 404


def test_a_row_that_changes_under_the_save_itself_is_a_late_save_too(
    session, sign_in, administrator, city, monkeypatch
):
    def overtaken(*_arguments, **_values):
        raise StaleDataError

    officer = factories.officer(city)
    client = sign_in(administrator)
    monkeypatch.setattr(views.actions, "save_officer", overtaken)
    form = officer_form(city, name="后保存", version=officer.version)
    late = client.post(f"/accounts/officers/{officer.id}", data=form)
    assert late.status_code == 409 and "后保存" in late.text and "data-late" in late.text


def test_what_lies_in_a_neighbouring_region_is_not_found(sign_in, administrator):
    elsewhere = factories.agency(factories.OTHER_PROVINCE)
    officer = factories.officer(elsewhere)
    somebody = factories.user(Role.INSPECTOR, agency=elsewhere)
    client = sign_in(administrator)
    for path in (f"agencies/{elsewhere.id}", f"officers/{officer.id}", f"users/{somebody.id}"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_a_sign_in_is_created_changed_and_closed(session, sign_in, administrator, city):
    client = sign_in(administrator)
    form = {"name": "zhao", "display_name": "赵敏", "agency_id": city.id}
    assert "error-summary" in client.post("/accounts/users/new", data=form).text
    made = client.post("/accounts/users/new", data={**form, "roles": ["inspector", "supervisor"]})
    assert "一次性密码" in made.text
    user = session.query(User).filter_by(name="zhao").one()
    assert user.role_set == {Role.INSPECTOR, Role.SUPERVISOR}
    again = client.post("/accounts/users/new", data={**form, "roles": ["inspector"]})
    assert "error-summary" in again.text
    changed = {"display_name": "赵敏", "roles": ["auditor"], "version": user.version}
    assert client.post(f"/accounts/users/{user.id}", data=changed).status_code == 302
    session.expire_all()
    assert not user.active and user.role_set == {Role.AUDITOR}


def test_administrators_cannot_shut_themselves_out(sign_in, administrator):
    form = {"display_name": "我", "roles": ["inspector"], "active": "y", "version": administrator.version}
    assert "error-summary" in sign_in(administrator).post(f"/accounts/users/{administrator.id}", data=form).text


@pytest.mark.parametrize(
    "changed",
    [
        {"region_code": "999999"},
        {"region_code": "440100"},
        {"region_code": "33"},
        {"sector": "astrology"},
        {"name": ""},
    ],
)
def test_an_agency_needs_a_known_region_of_the_own_range_and_a_sector(session, sign_in, administrator, changed):
    form = {"name": "余杭区卫生健康局", "region_code": "330110", "sector": "health", "acts_for_id": ""}
    client = sign_in(administrator)
    before = session.query(Agency).count()
    assert "error-summary" in client.post("/accounts/agencies/new", data={**form, **changed}).text
    assert session.query(Agency).count() == before
    assert client.post("/accounts/agencies/new", data=form).status_code == 302


def test_a_team_does_not_act_for_a_team(sign_in, administrator, city):
    team = factories.agency(factories.CITY, acts_for=city)
    form = {"name": "某所", "region_code": "330100", "sector": "health", "acts_for_id": team.id}
    assert "error-summary" in sign_in(administrator).post("/accounts/agencies/new", data=form).text


def test_the_command_creates_a_sign_in(app, session):
    factories.agency(key="A1")
    runner = app.test_cli_runner()
    factories.db.session.info.clear()
    factories.db.session.commit()
    arguments = [
        "user",
        "add",
        "chen",
        "--role",
        "inspector",
        "--agency",
        "A1",
        "--password",
        "足够长的密码哦一二三四五",
    ]
    assert runner.invoke(args=arguments).exit_code == 0
    again = runner.invoke(args=arguments)
    assert again.exit_code == 1 and again.stderr
    assert runner.invoke(args=[*arguments[:3], "--role", "king", "--agency", "A1"]).exit_code == 2
    unknown = runner.invoke(args=[*arguments[:2], "li", *arguments[3:6], "nowhere", *arguments[7:]])
    assert unknown.exit_code == 1 and "nowhere" in unknown.stderr


def test_a_form_that_lost_its_version_is_taken_for_a_late_save(session, sign_in, administrator, city):
    officer = factories.officer(city)
    for version in ({}, {"version": ""}, {"version": "newest"}, {"version": "-1"}):
        data = officer_form(city, name="后保存") | version
        assert sign_in(administrator).post(f"/accounts/officers/{officer.id}", data=data).status_code == 409
    session.expire_all()
    assert session.get(Officer, officer.id).name != "后保存"


def test_without_a_terminal_the_command_makes_a_password_up_that_signs_in(app, session, client):
    factories.agency(key="A1")
    factories.db.session.info.clear()
    factories.db.session.commit()
    added = app.test_cli_runner().invoke(args=["user", "add", "chen", "--role", "inspector", "--agency", "A1"])
    assert added.exit_code == 0
    password = added.stdout.strip().removeprefix("added chen, password ")
    assert client.post("/sign-in", data={"name": "chen", "password": password}).status_code == 302


def test_a_head_takes_no_officer_of_another_authority_over(session, sign_in, city):
    head, foreign = factories.user(Role.SUPERVISOR, agency=city), factories.officer(factories.agency())
    number, home = foreign.id, foreign.agency_id
    answer = sign_in(head).post(f"/accounts/officers/{number}", data=officer_form(city, version=foreign.version))
    assert "只能登记本机关" in answer.text
    assert session.get(Officer, number).agency_id == home


def test_nobody_signs_in_as_an_officer_of_another_authority(session, sign_in, administrator, city):
    foreign = factories.officer(factories.agency())
    values = {"name": "wang", "display_name": "王", "agency_id": city.id, "roles": "inspector"}
    answer = sign_in(administrator).post("/accounts/users/new", data={**values, "officer_id": foreign.id})
    assert "该执法人员属于其他机关" in answer.text
    assert session.query(User).filter_by(name="wang").count() == 0


def test_an_administrator_makes_no_agency_of_another_sector(session, sign_in, administrator):
    values = {"name": "杭州市市场监督管理局", "region_code": "330100", "sector": "market"}
    assert "只能维护本系统" in sign_in(administrator).post("/accounts/agencies/new", data=values).text
    assert session.query(Agency).filter_by(name="杭州市市场监督管理局").count() == 0

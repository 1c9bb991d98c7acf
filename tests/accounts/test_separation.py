"""Who gives rights gives none to himself, and somebody is always left to give them."""

import pytest

from inspectorate.accounts import actions
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import Agency, User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.errors import Refusal
from tests import factories


def change(client, user, *roles, **values):
    form = {"display_name": user.display_name, "active": "y", "version": user.version, "roles": list(roles)}
    return client.post(f"/accounts/users/{user.id}", data={**form, "officer_id": user.officer_id or "", **values})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_gives_himself_a_role(session, sign_in, administrator, role):
    number = administrator.id
    answer = change(sign_in(administrator), administrator, "administrator", role.value)
    assert "授权与用权应当分离" in answer.text
    session.expire_all()
    assert session.get(User, number).role_set == {Role.ADMINISTRATOR}
    assert session.query(RecordEntry).filter_by(subject_type="user", subject_id=number).count() == 0


def test_an_own_role_can_be_laid_down_and_another_administrator_can_give_one(session, sign_in, administrator, city):
    second = factories.user(Role.ADMINISTRATOR, Role.AUDITOR, agency=city)
    client = sign_in(second)
    assert change(client, second, "administrator").status_code == 302
    assert change(client, administrator, "administrator", "auditor").status_code == 302
    page = client.get(f"/accounts/users/{administrator.id}").text
    assert "调整账号角色" in page and "系统管理员、执法监督、审计人员" in page


def test_nobody_makes_himself_another_officer(session, sign_in, administrator, city):
    own, other = administrator.officer_id, factories.officer(city)
    answer = change(sign_in(administrator), administrator, "administrator", officer_id=other.id)
    assert "不得将本人账号关联为其他执法人员" in answer.text
    session.expire_all()
    assert session.query(User).one().officer_id == own


def test_nobody_puts_his_own_agency_under_another_authority(session, sign_in, administrator, city):
    superior = factories.agency(factories.CITY)
    number = city.id
    form = {"name": city.name, "region_code": city.region_code, "sector": "health", "version": city.version}
    answer = sign_in(administrator).post(f"/accounts/agencies/{city.id}", data={**form, "acts_for_id": superior.id})
    assert "不得自行改变本机关的处罚主体" in answer.text
    session.expire_all()
    assert session.get(Agency, number).acts_for_id is None


def test_an_administrator_who_was_switched_off_meanwhile_switches_nobody_off(session, administrator, city):
    """Two switch each other off at the same moment: the second comes too late."""
    second = factories.user(Role.ADMINISTRATOR, agency=city)
    late = actor_of(second)
    off = {"version": None, "display_name": "x", "roles": [Role.ADMINISTRATOR], "active": False, "officer_id": None}
    actions.change_user(actor_of(administrator), second.id, **off)
    with pytest.raises(Refusal, match="最后一个可用的管理员"):
        actions.change_user(late, administrator.id, **off)
    with pytest.raises(Refusal, match="最后一个可用的管理员"):
        actions.change_user(late, administrator.id, **(off | {"active": True, "roles": [Role.AUDITOR]}))


@pytest.mark.parametrize(
    ("region", "sector", "left"),
    [
        (factories.PROVINCE, "health", True),
        (factories.CITY, "health", True),
        (factories.COUNTY, "health", False),
        (factories.OTHER_PROVINCE, "health", False),
        (factories.CITY, "market", False),
    ],
)
def test_only_an_administrator_who_looks_after_the_agency_too_counts(session, city, region, sector, left):
    last = factories.user(Role.ADMINISTRATOR, agency=city)
    factories.user(Role.ADMINISTRATOR, agency=factories.agency(region, sector))
    by = factories.actor(Role.AUDITOR, agency=city)
    off = {"version": None, "display_name": "x", "roles": [Role.ADMINISTRATOR], "active": False, "officer_id": None}
    if left:
        assert not actions.change_user(by, last.id, **off).active
    else:
        with pytest.raises(Refusal, match="最后一个可用的管理员"):
            actions.change_user(by, last.id, **off)

"""Search and language: found within the scope, told plainly when there is nothing."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.client import IsolatedClient


@pytest.fixture
def inspector(session: Any, client: "IsolatedClient") -> Any:
    """An inspector of 西湖区, signed in."""
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    found = user(Role.INSPECTOR)
    client.sign_in(found)
    return found


def case(agency: Any, **columns: Any) -> Any:
    from inspectorate.cases.models import Case
    from tests.factories import add

    columns = {"name": "悦颜门诊部超范围执业案", "state": "investigation", "origin": "inspection"} | columns
    return add(Case(agency=agency, region_code=agency.region_code, sector=agency.sector, **columns))


def test_a_search_finds_places_persons_and_cases(inspector: Any) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.home.search import found
    from tests.factories import establishment, person

    place, somebody = establishment(name="悦颜医疗美容门诊部"), person(name="悦颜")
    own = case(inspector.agency, number="杭西卫医立〔2026〕12号")
    actor = actor_of(inspector)
    assert {row.id for row in found(actor, "悦颜").subjects} == {place.id, somebody.id}
    assert [row.id for row in found(actor, "悦颜").cases] == [own.id]
    assert [row.id for row in found(actor, "〔2026〕12号").cases] == [own.id]


def test_a_search_does_not_look_beyond_the_region(inspector: Any) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.home.search import found
    from tests.factories import OTHER_COUNTY, agency, establishment

    establishment(OTHER_COUNTY, name="悦颜医疗美容门诊部")
    case(agency(OTHER_COUNTY))
    assert not found(actor_of(inspector), "悦颜")


def test_a_campaign_office_finds_only_decided_cases(session: Any) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.accounts.permissions import Role
    from inspectorate.cases.models import Decision, Respondent
    from inspectorate.home.search import found
    from tests.factories import add, establishment, user

    office = user(Role.CAMPAIGN_OFFICE)
    case(office.agency)
    decided = case(office.agency, state="execution")
    party = add(Respondent(case_id=decided.id, subject_id=establishment().id, position=0))
    add(Decision(respondent_id=party.id, decided_on=date(2026, 7, 1)))
    assert [row.id for row in found(actor_of(office), "悦颜").cases] == [decided.id]


def test_an_administrator_finds_no_case_material(session: Any) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.accounts.permissions import Role
    from inspectorate.home.search import found
    from tests.factories import establishment, user

    administrator = user(Role.ADMINISTRATOR)
    establishment(name="悦颜医疗美容门诊部")
    case(administrator.agency, state="closed")
    assert not found(actor_of(administrator), "悦颜")


def test_a_search_for_nothing_tells_what_to_type(inspector: Any, client: "IsolatedClient") -> None:
    assert "尚未输入搜索内容" in client.get("/search").text
    assert "没有符合的记录" in client.get("/search?q=无此单位").text


def test_signs_of_patterns_are_looked_for_as_they_are(inspector: Any) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.home.search import found

    case(inspector.agency)
    assert not found(actor_of(inspector), "%").cases
    assert not found(actor_of(inspector), "_").cases


def test_the_language_is_kept_and_nobody_is_sent_elsewhere(inspector: Any, client: "IsolatedClient") -> None:
    answer = client.post("/language", data={"language": "en", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert 'lang="en"' in client.get("/search").text
    client.post("/language", data={"language": "xx"})
    assert 'lang="en"' in client.get("/search").text

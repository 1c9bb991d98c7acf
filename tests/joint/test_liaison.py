"""The directory: who stands in it, who is missing, who sees it, and what is taken over from the last campaign."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.accounts.actor import SYSTEM, actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.campaigns.actions import create_campaign
from inspectorate.campaigns.queries import campaign
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals
from inspectorate.extensions import db
from inspectorate.joint.actions import liaison as actions
from inspectorate.joint.queries import liaison as queries
from tests import factories
from tests.joint.scene import CAMPAIGN, CITY, COUNTY, TODAY, Offices, enter_liaison


def known() -> Any:
    found = campaign(CAMPAIGN)
    assert found is not None
    return found


def missing(actor: Any) -> list[str]:
    return [entry.department for entry in queries.directory(known(), [actor.region_code])[0].missing(TODAY)]


@pytest.mark.one_database
def test_departments_of_the_campaign_without_a_liaison_person_are_missing(offices: Offices) -> None:
    assert {"health", "market", "drug", "cyberspace"} <= set(missing(offices.county))
    enter_liaison(offices.county)
    enter_liaison(offices.county, department="health", name="周明", to_on=date(2021, 8, 1))
    assert "market" not in missing(offices.county)
    assert "health" in missing(offices.county), "who has left is nobody to turn to"


def test_a_county_sees_its_own_and_those_above_and_a_city_all_below(offices: Offices) -> None:
    mine, above = enter_liaison(offices.county), enter_liaison(offices.city)
    elsewhere = enter_liaison(offices.neighbour)
    assert [place.code for place in queries.directory_above(known(), offices.county)] == [CITY]
    for actor, seen in ((offices.county, [mine, above]), (offices.city, [mine, above, elsewhere])):
        assert [queries.liaison(actor, one.id) for one in seen] == seen
    with pytest.raises(NotFound):
        queries.liaison(offices.county, elsewhere.id)
    below = {one.code: one.serving for one in queries.coverage_below(known(), CITY, TODAY)}
    assert (below[COUNTY], below["330105"], below["330108"]) == (1, 1, 0)


@pytest.mark.one_database
def test_only_the_office_that_keeps_an_entry_changes_it(offices: Offices) -> None:
    row = enter_liaison(offices.county)
    facts = actions.LiaisonFacts("market", "赵倩", None, None, None, date(2021, 6, 1))
    for actor, error in ((offices.city, Forbidden), (offices.market, NotFound), (offices.neighbour, NotFound)):
        with pytest.raises(error):
            actions.change_liaison(actor, row.id, facts, version=None)
    with pytest.raises(Forbidden):
        actions.add_liaison(offices.inspector, CAMPAIGN, facts)


@pytest.mark.one_database
def test_the_same_person_is_not_entered_twice_and_a_substitute_belongs_to_the_department(offices: Offices) -> None:
    first = enter_liaison(offices.county)
    with pytest.raises(Refusals, match="赵倩"):
        enter_liaison(offices.county)
    substitute = enter_liaison(offices.county, name="钱进", stands_in_for_id=first.id)
    assert substitute.stands_in_for is first
    with pytest.raises(Refusal):
        enter_liaison(offices.county, name="孙丽", department="drug", stands_in_for_id=first.id)


@pytest.mark.one_database
def test_the_telephone_is_shown_in_full_for_a_reason_that_the_record_keeps(offices: Offices) -> None:
    row = enter_liaison(offices.city)
    assert actions.show_numbers(offices.county, row.id, "便于联系").phone == "13700001234"
    entry = db.session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc()).limit(1)).one()
    assert (entry.event, entry.reason) == ("joint:liaison:show", "便于联系")
    with pytest.raises(Refusal):
        actions.show_numbers(offices.county, row.id, " ")
    for actor in (offices.inspector, actor_of(factories.user(Role.AUDITOR, agency=offices.county_user.agency))):
        with pytest.raises(Forbidden):
            actions.show_numbers(actor, row.id, "好奇")


@pytest.mark.one_database
def test_a_masked_number_that_comes_back_stays(offices: Offices) -> None:
    row = enter_liaison(offices.county)
    facts = actions.LiaisonFacts("market", "赵倩", "副科长", None, "137****1234", date(2021, 6, 1))
    actions.change_liaison(offices.county, row.id, facts, version=None)
    assert (row.phone, row.post) == ("13700001234", "副科长")


@pytest.mark.one_database
def test_the_last_campaigns_list_is_taken_over_once_without_those_who_left(offices: Offices) -> None:
    enter_liaison(offices.county)
    enter_liaison(offices.county, name="孙丽", department="police", to_on=date(2021, 7, 1))
    create_campaign(
        SYSTEM, code="next_one", title="下一专项", region_code=COUNTY, date_from=date(2021, 9, 1),
        date_to=date(2021, 12, 1), forms=[CAMPAIGN],
        categories=[{"code": one.code, "label": one.label} for one in known().categories],
    )  # fmt: skip
    assert queries.campaigns_with_liaisons(offices.county, "next_one") == {CAMPAIGN: 2}
    assert actions.copy_liaisons(offices.county, "next_one", CAMPAIGN, TODAY) == 1
    copied = queries.kept_by(offices.county, "next_one")
    assert [(one.name, one.phone, one.from_on) for one in copied] == [("赵倩", "13700001234", TODAY)]
    with pytest.raises(Refusal):
        actions.copy_liaisons(offices.county, "next_one", CAMPAIGN, TODAY)

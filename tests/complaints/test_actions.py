"""Use cases of complaints on both databases: who may do what, once, numbered, recorded, counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.complaints import actions, queries
from inspectorate.complaints.models import Complaint
from inspectorate.complaints.queries import Filter
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals, Stale
from inspectorate.extensions import unit_of_work
from tests import factories
from tests.client import save
from tests.complaints.test_rules import FACTS, RECEIVED, TODAY, day

NAMED = FACTS._replace(anonymous=False, reporter_name="赵女士", reporter_phone="13600000000")


class Office:
    """One authority with its people."""

    def __init__(self, region: str = factories.COUNTY, sector: str = "health") -> None:
        self.agency = factories.agency(region, sector)
        self.head = actor_of(factories.user(Role.SUPERVISOR, agency=self.agency))
        self.inspector = actor_of(factories.user(Role.INSPECTOR, agency=self.agency))
        self.other = actor_of(factories.user(Role.INSPECTOR, agency=self.agency))
        self.auditor = actor_of(factories.user(Role.AUDITOR, agency=self.agency))
        save()

    def receive(self, **changes: Any) -> Complaint:
        key = changes.pop("key", None)
        with unit_of_work():
            facts = NAMED._replace(region_code=self.agency.region_code, **changes)
            return actions.receive_complaint(self.inspector, TODAY, facts, key=key)

    def accepted(self, **changes: Any) -> Complaint:
        made = self.receive(**changes)
        with unit_of_work():
            handler = self.inspector.officer_id
            return actions.accept_complaint(self.head, made.id, TODAY, accepted_on=day(5), handler_id=handler)

    def closed(self, penalised: bool = False, **changes: Any) -> Complaint:
        made = self.accepted(**changes)
        with unit_of_work():
            return actions.close_complaint(
                self.inspector, made.id, TODAY, closed_on=day(10), outcome="属实", penalised=penalised
            )

    def replied(self, satisfied: bool | None = True, **changes: Any) -> Complaint:
        made = self.closed(**changes)
        with unit_of_work():
            return actions.reply_to_complaint(
                self.head, made.id, TODAY, replied_on=day(12), reply="已告知", satisfied=satisfied
            )


@pytest.fixture
def office(session: Any) -> Office:
    return Office()


def test_complaints_are_numbered_by_authority_and_year(office: Office) -> None:
    numbers = [office.receive().number for _ in range(2)]
    assert numbers == ["2026—0001", "2026—0002"]
    assert office.receive(received_on=date(2025, 12, 31)).number == "2025—0001"
    assert Office(factories.OTHER_COUNTY).receive().number == "2026—0001"


def test_a_team_numbers_with_its_authority(office: Office) -> None:
    team = factories.agency(acts_for=office.agency)
    inspector = actor_of(factories.user(Role.INSPECTOR, agency=team))
    save()
    with unit_of_work():
        made = actions.receive_complaint(inspector, TODAY, FACTS)
    assert made.agency_id == office.agency.id and made.number == "2026—0001"


def test_the_same_key_sent_twice_makes_one_and_takes_one_number(session: Any, office: Office) -> None:
    assert office.receive(key="phone-1").id == office.receive(key="phone-1").id
    assert session.scalar(select(func.count()).select_from(Complaint)) == 1
    assert office.receive().number == "2026—0002"


def test_a_refused_complaint_takes_no_number(session: Any, office: Office) -> None:
    with pytest.raises(Refusals) as refused:
        office.receive(text=" ", channel=None)
    assert [one.field for one in refused.value.refusals] == ["channel", "text"]
    assert office.receive().number == "2026—0001"


def test_another_region_subject_or_campaign_is_refused(session: Any, office: Office) -> None:
    there = factories.establishment(factories.OTHER_COUNTY)
    save()
    cases = [
        ({"subject_id": there.id}, "subject_id"),
        ({"campaign": "no_such"}, "target"),
        ({"campaign": "medical_cosmetology_2021"}, "target"),
    ]
    for changes, field in cases:
        with pytest.raises(Refusals) as refused:
            office.receive(**changes)
        assert [one.field for one in refused.value.refusals] == [field]
    with pytest.raises(Refusals) as refused, unit_of_work():
        facts = NAMED._replace(region_code=factories.OTHER_COUNTY)
        actions.receive_complaint(office.inspector, TODAY, facts)
    assert [one.field for one in refused.value.refusals] == ["region_code"]


def test_a_complaint_of_a_campaign_bears_its_category(office: Office) -> None:
    then = {"received_on": date(2021, 7, 1), "campaign": "medical_cosmetology_2021"}
    assert office.receive(**then, category="unlicensed_practice").category == "unlicensed_practice"
    with pytest.raises(Refusals):
        office.receive(**then, category="moonshine")


def test_the_whole_way_is_recorded_without_the_reporter(session: Any, office: Office) -> None:
    from inspectorate.complaints.record import entries

    made = office.replied()
    events = session.scalars(select(RecordEntry.event).where(RecordEntry.subject_type == "complaint")).all()
    assert [event.rsplit(":")[-1] for event in events] == ["receive", "accept", "close", "reply"]
    read = str(entries(made))
    assert "赵女士" not in read and "13600000000" not in read and "属实" in read


def test_who_assigns_who_handles_and_who_only_reads(session: Any, office: Office) -> None:
    made = office.receive()
    accept = {"accepted_on": day(5), "handler_id": office.inspector.officer_id}
    for actor in (office.inspector, office.auditor):
        with pytest.raises(Forbidden), unit_of_work():
            actions.accept_complaint(actor, made.id, TODAY, **accept)
    with pytest.raises(Forbidden), unit_of_work():
        actions.receive_complaint(office.auditor, TODAY, FACTS)
    with unit_of_work():
        actions.accept_complaint(office.head, made.id, TODAY, **accept)
    close = {"closed_on": day(9), "outcome": "属实", "penalised": False}
    for actor in (office.other, office.auditor):
        with pytest.raises(Forbidden), unit_of_work():
            actions.close_complaint(actor, made.id, TODAY, **close)
        with pytest.raises(Forbidden), unit_of_work():
            actions.change_complaint(actor, made.id, TODAY, NAMED)
    with unit_of_work():
        actions.close_complaint(office.inspector, made.id, TODAY, **close)


def test_the_reporter_is_shielded_from_everyone_but_head_and_handler(session: Any, office: Office) -> None:
    made = office.accepted()
    sees = {name: queries.may_see_reporter(getattr(office, name), made) for name in vars(office) if name != "agency"}
    assert sees == {"head": True, "inspector": True, "other": False, "auditor": False}


def test_the_handler_is_an_officer_of_the_own_authority_with_a_valid_certificate(session: Any, office: Office) -> None:
    made = office.receive()
    expired = factories.officer(office.agency, certificate_to=TODAY - timedelta(days=1))
    stranger = Office(factories.OTHER_COUNTY).inspector.officer_id
    save()
    for handler in (expired.id, stranger, None, 2**40):
        with pytest.raises(Refusal) as refused, unit_of_work():
            actions.accept_complaint(office.head, made.id, TODAY, accepted_on=day(5), handler_id=handler)
        assert refused.value.field == "handler_id"


def test_neighbours_and_other_sectors_find_nothing(session: Any, office: Office) -> None:
    made = office.receive()
    for stranger in (Office(factories.OTHER_COUNTY), Office(sector="market")):
        with pytest.raises(NotFound):
            queries.complaint(stranger.head, made.id)
        assert not session.scalars(queries.complaints(stranger.head, Filter())).all()
    city = Office(factories.CITY)
    assert queries.complaint(city.head, made.id)
    with pytest.raises(Forbidden), unit_of_work():
        actions.withdraw_complaint(city.head, made.id, reason="不归我管")


def test_a_late_save_is_refused(session: Any, office: Office) -> None:
    made = office.accepted()
    read = made.version
    with unit_of_work():
        actions.change_complaint(office.head, made.id, TODAY, NAMED._replace(text="补充"), version=read)
    with pytest.raises(Stale), unit_of_work():
        actions.close_complaint(
            office.inspector, made.id, TODAY, closed_on=day(9), outcome="属实", penalised=True, version=read
        )
    session.expire_all()
    assert session.get(Complaint, made.id).closed_on is None


def test_closed_by_mistake_it_is_opened_again_and_no_longer_counts_as_closed(session: Any, office: Office) -> None:
    made = office.closed(penalised=True)
    with unit_of_work():
        actions.reopen_complaint(office.head, made.id, reason="遗漏一名当事人")
    assert queries.counts(office.head, Filter()) == {
        "received": 1, "closed": 0, "penalised": 0, "replied": 0, "satisfied": 0,
    }  # fmt: skip
    still_open = queries.complaints(office.inspector, Filter(state="open"))
    assert [one.id for one in session.scalars(still_open)] == [made.id]


def test_each_is_counted_by_its_own_day_and_withdrawn_ones_never(session: Any, office: Office) -> None:
    office.receive()
    office.closed(penalised=True)
    office.replied(satisfied=True)
    office.replied(satisfied=None, penalised=True)
    withdrawn = office.replied(satisfied=True, penalised=True)
    with unit_of_work():
        actions.withdraw_complaint(office.head, withdrawn.id, reason="重复登记")
    everything = {"received": 4, "closed": 3, "penalised": 2, "replied": 2, "satisfied": 1}
    assert queries.counts(office.head, Filter()) == everything
    none = dict.fromkeys(everything, 0)
    on_the_day = {"received": Filter(since=RECEIVED, until=RECEIVED), "closed": Filter(since=day(10), until=day(10))}
    assert queries.counts(office.head, on_the_day["received"]) == {**none, "received": 4}
    assert queries.counts(office.head, on_the_day["closed"]) == {**none, "closed": 3, "penalised": 2}
    for event, number in everything.items():
        query = queries.complaints(office.head, Filter(event=event))
        counted = session.scalars(query).unique().all()
        assert len([one for one in counted if one.withdrawn_reason is None]) == number


def test_the_list_is_narrowed_by_state_words_channel_and_handler(session: Any, office: Office) -> None:
    place = factories.establishment(name="美芮门诊部")
    save()
    first = office.receive(subject_id=place.id, channel="letter", text="打针")
    second = office.accepted(text="卖药")
    third = office.replied(text="注射")

    def found(**filter: Any) -> list[int]:
        query = queries.complaints(office.inspector, Filter(**filter))
        return [one.id for one in queries.page(query, oldest_first=True, after=None, before=None).rows]

    assert found() == [first.id, second.id, third.id]
    assert found(state="open") == [first.id, second.id]
    assert found(state="received") == found(channel="letter") == found(words="美芮") == [first.id]
    assert found(state="handling") == found(words="卖药 某诊所") == [second.id]
    assert found(state="replied") == found(event="satisfied") == [third.id]
    assert found(mine=True) == [second.id, third.id]
    assert found(words="2026—0002") == [second.id]
    assert found(words="赵女士") == found(state="withdrawn") == found(state="closed") == []

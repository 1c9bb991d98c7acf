"""The invented past by itself: repeatable, growing with the number asked for, right in its codes and figures."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from inspectorate.demo.chance import Chance
from inspectorate.demo.codes import credit_code, identity_number
from inspectorate.demo.findings import AMOUNTS
from inspectorate.demo.material import Offence, complaint_texts, offences, variants
from inspectorate.demo.sanctions import Charge, penalties, statutory, tier_of
from inspectorate.demo.stories import ELSEWHERE, HEALTH, MARKET
from inspectorate.demo.world import LONGEST_STORY, World, campaign_on, invent
from inspectorate.interchange.records import KINDS, normalised
from inspectorate.law.discretion import judge_amount
from inspectorate.money import parse_yuan
from inspectorate.registry.attributes import check_attributes, unknown_attributes
from inspectorate.registry.kinds import LICENCES

DAY = date(2026, 6, 15)
DAYS_FOR_THE_ENTRY = 2


@pytest.fixture(scope="module")
def past() -> World:
    return invent(200, 7, DAY)


def test_the_same_seed_on_the_same_day_gives_the_same_records(past: World) -> None:
    assert invent(200, 7, DAY).records == past.records


def test_another_seed_gives_others(past: World) -> None:
    assert invent(200, 8, DAY).records != past.records


def test_more_establishments_make_more_history(past: World) -> None:
    few = Counter(record["type"] for record in invent(60, 7, DAY).records)
    many = Counter(record["type"] for record in past.records)
    assert all(many[kind] > few[kind] for kind in ("establishment", "inspection", "case", "complaint"))
    assert many["agency"] == few["agency"]


def test_every_record_is_well_formed(past: World) -> None:
    assert [problem for record in past.records for problem in normalised(record)[1]] == []


def test_no_name_of_an_establishment_is_there_twice(past: World) -> None:
    assert len({site.name for site in past.sites}) == len(past.sites)


def test_attributes_and_licences_are_those_of_the_registry(past: World) -> None:
    for site in past.sites:
        kind, values = site.variant.kind, site.record["attributes"]
        assert list(check_attributes(kind, values)) == [], site.record
        assert unknown_attributes(kind, values) == {}, site.record
        assert {licence["kind"] for licence in site.record["licences"]} <= set(LICENCES["org"])


def test_nothing_lies_in_the_future_or_in_the_last_days(past: World) -> None:
    for record in past.records:
        for name in ("inspected_on", "filed_on", "closed_on", "received_on", "replied_on"):
            assert (record.get(name) or "") < "2026-06-10"


def test_no_live_case_begins_before_the_campaign_of_the_year() -> None:
    for story in (*HEALTH, *MARKET, *ELSEWHERE):
        assert story.ago + story.days + DAYS_FOR_THE_ENTRY <= LONGEST_STORY


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_campaign_of_the_year_runs_today_and_covers_the_last_months(today: date) -> None:
    campaign = campaign_on(today)
    assert campaign.first <= today - timedelta(LONGEST_STORY)
    assert today <= campaign.last


def test_people_are_old_enough_and_their_numbers_right(past: World) -> None:
    numbers = [record["id_number"] for record in past.records if record["type"] == "person" and record["id_number"]]
    assert numbers
    assert all(ric.calc_check_digit(number) == number[17] for number in numbers)
    assert all(int(number[6:10]) < 2003 for number in numbers)


@given(st.integers(), st.sampled_from(["91", "92", "12", "52"]), st.dates(date(1950, 1, 1), date(2010, 12, 31)))
def test_invented_codes_have_right_check_digits(seed: int, head: str, born: date) -> None:
    chance = Chance(seed, "codes")
    assert uscc.is_valid(credit_code(chance, head, "330106"))
    number = identity_number(chance, "330106", born)
    assert len(number) == 18 and ric.calc_check_digit(number) == number[17]


def test_every_kind_of_establishment_is_made_and_every_offence_can_be_met() -> None:
    assert {variant.kind for variant in variants()} == set(KINDS)
    for offence in offences():
        assert any(offence.met_at(variant.kind, variant.subkind) for variant in variants()), offence.code
    assert set(complaint_texts()) - {"*"} <= set(KINDS)


@settings(max_examples=60)
@given(st.sampled_from(offences()), st.integers(), st.dates(date(2022, 4, 1), date(2026, 6, 1)))
def test_penalties_always_lie_within_the_statutory_range(offence: Offence, seed: int, on: date) -> None:
    if not offence.in_force(on):
        return
    chance = Chance(seed, "penalties")
    amounts = {
        base: chance.yuan(*limits) for name, base in AMOUNTS.items() if (limits := getattr(offence, name)) is not None
    }
    if offence.heads:
        amounts["affected_workers"] = chance.count(*offence.heads)
    bare = Charge(offence, "", amounts, None)
    charge = Charge(offence, "", amounts, tier_of(chance, bare, on))
    found = statutory(charge, on)
    assert found is not None
    rows = penalties(chance, charge, found)
    assert rows
    fines = [parse_yuan(row["amount"]) for row in rows if row["kind"] == "fine"]
    assert judge_amount(found, sum(fines) if fines else None).ok

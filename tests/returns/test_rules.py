"""The table of states: every act in every standing, allowed or refused with a way out; days in time and late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.accounts.permissions import Permission
from inspectorate.campaigns.catalogue import shipped_campaigns
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.returns import chain, deadlines
from inspectorate.returns.periods import period_of
from inspectorate.returns.rules import (
    COUNTED,
    PERMISSIONS,
    SIDES,
    STEPS,
    Act,
    Side,
    Standing,
    State,
    Timeliness,
    check_below,
    check_signature,
    days_late,
    following,
    objection,
    timeliness,
)
from tests.harness.scale import FULL

ALLOWED = """
open       no   type>open sign>open submit>submitted freeze>frozen
submitted  no   accept>accepted send_back>returned freeze>frozen
returned   no   type>returned sign>returned submit>submitted
accepted   no   send_back>returned freeze>frozen
frozen     no
open       yes  type>open sign>open correct>submitted
submitted  yes  accept>frozen send_back>returned
returned   yes  type>returned sign>returned correct>submitted
accepted   yes  send_back>returned
frozen     yes  type>frozen sign>frozen submit>submitted correct>submitted send_back>returned
"""


def expected() -> dict[Standing, dict[Act, State]]:
    found = {}
    for line in ALLOWED.strip().splitlines():
        state, sealed, *steps = line.split()
        pairs = (step.split(">") for step in steps)
        found[Standing(State(state), sealed == "yes")] = {Act(act): State(after) for act, after in pairs}
    return found


def test_the_table_says_exactly_what_each_standing_allows() -> None:
    assert {standing: dict(steps) for standing, steps in STEPS.items()} == expected()


def test_every_other_act_is_refused_in_words_with_the_way_out() -> None:
    for standing, steps in expected().items():
        for act in Act:
            told = objection(act, standing)
            if act in steps:
                assert told is None
                assert following(act, standing) is steps[act]
            else:
                assert told is not None, (act, standing)
                assert str(told).count(".") >= 1
                with pytest.raises(KeyError):
                    following(act, standing)


def test_whoever_answers_stands_above_and_only_heads_sign() -> None:
    assert {act for act, side in SIDES.items() if side is Side.ABOVE} == {Act.ACCEPT, Act.SEND_BACK}
    assert [act for act, needed in PERMISSIONS.items() if needed is Permission.CAMPAIGN_SIGN] == [Act.SIGN]


def test_figures_count_from_submission_until_they_are_sent_back() -> None:
    assert {State.SUBMITTED, State.ACCEPTED, State.FROZEN} == COUNTED


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-40, 40), st.integers(-40, 40))
def test_the_due_day_itself_is_in_time_and_days_late_are_calendar_days(due: date, came: int, now: int) -> None:
    on, today = due + timedelta(came), due + timedelta(now)
    assert timeliness(due, on, today) is (Timeliness.LATE if came > 0 else Timeliness.ON_TIME)
    assert days_late(due, on, today) == max(came, 0)
    assert timeliness(due, None, today) is (Timeliness.MISSING if now > 0 else Timeliness.AWAITED)
    assert timeliness(None, None, today) is Timeliness.AWAITED


@pytest.mark.parametrize(
    ("signers", "signed", "refused"),
    [((), None, False), (("填报人",), None, False), (("填报人", "签发人"), None, True),
     (("签发人",), "other", True), (("签发人",), "same", False)],
)  # fmt: skip
def test_a_form_that_names_who_signs_needs_the_signature_under_these_figures(
    signers: tuple[str, ...], signed: str | None, refused: bool
) -> None:
    assert bool(check_signature(signers, signed, "same")) is refused


def test_a_table_goes_without_a_region_only_with_a_reason_and_waits_for_no_answer_when_it_is_frozen() -> None:
    waiting = {"330106": State.SUBMITTED, "330105": None}
    for reasons, freezing, refused in (
        ({}, False, {"missing-330106", "missing-330105"}),
        ({"missing": "未报"}, False, set()),
        ({"missing": "未报"}, True, {"missing-330106"}),
        ({"missing:330105": "未报"}, False, {"missing-330106"}),
    ):
        found = check_below(waiting, {}, reasons, freezing=freezing)
        assert {one.field for one in found} == refused


FOUR = ("county", "city", "province", "ministry")


@pytest.mark.parametrize(
    ("region", "levels", "over"),
    [
        ("330106", FOUR, "330100"),
        ("330100", FOUR, "330000"),
        ("330000", FOUR, "000000"),
        ("000000", FOUR, None),
        ("330106", ("county", "province"), "330000"),
        ("330000", ("county", "province"), None),
        ("110101", FOUR, "110000"),
        ("500101", FOUR, "500000"),
        ("429004", FOUR, "420000"),
        ("330106", (), "330100"),
    ],
)
def test_a_region_reports_to_the_next_level_that_the_chain_and_the_map_have(
    region: str, levels: tuple[str, ...], over: str | None
) -> None:
    assert chain.above(region, levels) == over


def test_nobody_reports_beyond_the_region_that_ordered_the_campaign() -> None:
    assert chain.above("330000", FOUR, top="330000") is None
    assert chain.above("330106", FOUR, top="330106") is None


@pytest.mark.parametrize(
    "levels", [FOUR, ("county", "province", "ministry"), ("county", "city"), ("province", "ministry")]
)
@pytest.mark.parametrize("year", [2012, 2021, 2026] if FULL else [2021])
def test_whoever_reports_to_a_region_is_among_those_below_it_and_nobody_twice(
    levels: tuple[str, ...], year: int
) -> None:
    for region in ("000000", "330000", "330100", "110000", "460000"):
        below = chain.below(region, levels, year)
        assert len(set(below)) == len(below)
        assert all(
            chain.above(code, levels) in (region, None) or chain.level_of(region) not in levels for code in below
        )


def test_a_month_is_due_in_the_following_one_and_the_whole_by_the_campaigns_own_day() -> None:
    campaign = next(one for one in shipped_campaigns() if one.id == "medical_cosmetology_2021")
    form = shipped_form("medical_cosmetology_2021")
    month = period_of(date(2021, 9, 1), date(2021, 9, 30), campaign)
    whole = period_of(campaign.date_from, campaign.date_to, campaign)
    found = [deadlines.due_on(form, campaign, one, code) for one in (month, whole) for code in ("330106", "330000")]
    days = campaign.monthly_due
    assert found == [
        date(2021, 10, days["county"]),
        date(2021, 10, days["province"]),
        date(2021, 12, 5),
        date(2021, 12, 20),
    ]

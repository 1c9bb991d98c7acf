"""Which proposed fines may stand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import Citation, Facts, FineRange, PenaltyRange, law, range_for, violation
from inspectorate.law.discretion import (
    Effect,
    Outcome,
    UnknownGround,
    contradictions,
    effects,
    grounds,
    grounds_for,
    judge_amount,
)

DAY = date(2026, 3, 1)
GENERAL = sorted(code for code, entry in grounds().items() if not entry.laws)
BELOW = sorted(code for code in GENERAL if Effect.BELOW in grounds()[code].effects)


def unlicensed_clinic() -> PenaltyRange:
    """184,000 to 736,000 yuan, compared with the text."""
    return range_for(violation("MC-001"), Facts(bases={"illegal_income": 3_680_000}), DAY)


def unfiled_clinic() -> PenaltyRange:
    """Up to 30,000 yuan, from memory."""
    return range_for(replace(violation("MC-002"), checked="unverified"), Facts(), DAY)


@pytest.mark.parametrize("amount", [18_400_000, 30_000_000, 73_600_000])
def test_a_fine_within_the_range_stands_both_ends_included(amount: int) -> None:
    assert judge_amount(unlicensed_clinic(), amount).ok


@pytest.mark.parametrize("amount", [73_600_001, 10**12])
@pytest.mark.parametrize("given_grounds", [[], ["harm_undone"], ["emergency"]])
def test_a_fine_above_the_range_is_refused_with_the_article_whatever_the_grounds(
    amount: int, given_grounds: list[str]
) -> None:
    judgement = judge_amount(unlicensed_clinic(), amount, given_grounds)
    assert judgement.refused
    assert judgement.citation == Citation("bhl", 99, 1)
    assert "736,000.00" in judgement.zh and "736,000.00" in judgement.en


def test_a_fine_below_the_range_is_refused_with_the_article_and_the_way_out() -> None:
    judgement = judge_amount(unlicensed_clinic(), 18_399_999)
    assert judgement.refused
    assert judgement.citation == Citation("bhl", 99, 1)
    assert "第三十二条" in judgement.zh


@pytest.mark.parametrize("code", BELOW)
def test_a_recorded_ground_for_mitigation_lets_a_fine_go_below(code: str) -> None:
    judgement = judge_amount(unlicensed_clinic(), 1, [code])
    assert judgement.ok
    assert judgement.citation == grounds()[code].citation


@pytest.mark.parametrize("code", sorted(set(GENERAL) - set(BELOW)))
def test_no_other_ground_does(code: str) -> None:
    assert judge_amount(unlicensed_clinic(), 1, [code]).refused


def test_leaving_out_a_fine_that_is_obligatory_needs_a_ground_for_no_penalty() -> None:
    assert judge_amount(unlicensed_clinic(), None).refused
    assert judge_amount(unlicensed_clinic(), 0, ["harm_undone"]).refused
    judgement = judge_amount(unlicensed_clinic(), None, ["first_offence"])
    assert judgement.ok and judgement.citation == Citation("apl", 33, 1)


def test_a_fine_that_may_be_left_out_may_be_left_out() -> None:
    optional = range_for(violation("WP-015"), Facts(), DAY)
    assert judge_amount(optional, None).ok


def test_who_must_not_be_punished_is_not_fined() -> None:
    judgement = judge_amount(unlicensed_clinic(), 18_400_000, ["no_fault"])
    assert judgement.refused and judgement.citation == Citation("apl", 33, 2)


def test_a_first_offence_may_still_be_fined() -> None:
    assert judge_amount(unlicensed_clinic(), 18_400_000, ["first_offence"]).ok


def test_grounds_that_contradict_each_other_are_refused() -> None:
    judgement = judge_amount(unlicensed_clinic(), None, ["slight", "emergency"])
    assert judgement.refused and "矛盾" in judgement.zh


def test_where_the_figures_were_not_compared_with_the_text_it_is_only_a_warning() -> None:
    judgement = judge_amount(unfiled_clinic(), 3_000_001)
    assert judgement.outcome is Outcome.WARNING
    assert "未经法律文本核对" in judgement.zh
    assert judge_amount(unfiled_clinic(), 3_000_000).ok


def test_a_fine_where_the_tier_has_none_is_refused() -> None:
    first_finding = range_for(violation("WP-010"), Facts(), DAY)
    assert judge_amount(first_finding, 1).refused
    assert judge_amount(first_finding, None).ok


@pytest.mark.parametrize("chosen", [["confessed"], ["coerced", "emergency"]])
def test_the_maximum_beside_a_ground_that_shall_make_it_lighter_is_a_warning_in_words(chosen: list[str]) -> None:
    judgement = judge_amount(unlicensed_clinic(), 73_600_000, chosen)
    shall = grounds()[chosen[0]]
    assert judgement.outcome is Outcome.WARNING and judgement.citations == (shall.citation,)
    assert shall.zh in judgement.zh and shall.citation.zh() in judgement.zh and "736,000.00" in judgement.zh
    assert shall.en in judgement.en and shall.citation.en() in judgement.en and "736,000.00" in judgement.en
    assert judge_amount(unlicensed_clinic(), 73_599_999, chosen).ok


@pytest.mark.parametrize("code", ["partly_incapable", "emergency"])
def test_the_maximum_stands_beside_a_ground_that_only_may_or_that_aggravates(code: str) -> None:
    assert judge_amount(unlicensed_clinic(), 73_600_000, [code]).ok


def test_where_the_law_fixes_one_sum_there_is_nothing_lighter_within_the_range() -> None:
    fixed = unlicensed_clinic()._replace(fine=FineRange(73_600_000, 73_600_000, True))
    assert judge_amount(fixed, 73_600_000, ["confessed"]).ok


def test_a_negative_fine_and_an_unknown_ground_are_errors_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        judge_amount(unlicensed_clinic(), -1)
    with pytest.raises(UnknownGround, match="mercy"):
        judge_amount(unlicensed_clinic(), 1, ["mercy"])


def test_every_ground_rests_on_a_provision_in_force() -> None:
    assert {one.citation.article for one in grounds().values() if one.citation.law == "apl"} == {5, 30, 31, 32, 33, 49}
    assert all(law(one.citation.law).current.has_article(one.citation) for one in grounds().values())


def test_grounds_of_a_law_are_offered_for_its_violations_only() -> None:
    counterfeit = {one.code for one in grounds_for(violation("DD-001"), DAY)}
    assert {"drug_harm", "drug_again", "harm_undone"} <= counterfeit and "price_again" not in counterfeit
    assert "food_serious" in {one.code for one in grounds_for(violation("FD-003"), DAY, tier="serious")}
    assert "food_serious" not in {one.code for one in grounds_for(violation("FD-003"), DAY, tier="base")}
    assert "slight" not in {one.code for one in grounds_for(violation("DD-001"), date(2021, 1, 1))}


def test_a_ground_of_another_law_is_refused() -> None:
    judgement = judge_amount(unlicensed_clinic(), 18_400_000, ["price_again"])
    assert judgement.refused and "不适用于 MC-001" in judgement.zh


def test_every_ground_that_spares_excludes_every_ground_that_aggravates() -> None:
    spare = [code for code, one in grounds().items() if one.spares]
    heavier = [code for code, one in grounds().items() if one.aggravates]
    assert len(spare) > 5 and len(heavier) > 15
    for one in spare:
        for other in heavier:
            (found,) = contradictions([one, other])
            assert found.zh and found.en and len(found.citations) == 2
            assert contradictions([other, one]) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("minor_under_14", "minor_14_to_17"),
        ("incapable", "partly_incapable"),
        ("slight", "first_offence"),
        ("psp_slight", "psp_grave_consequences"),
    ],
)
def test_facts_that_cannot_both_be_true_exclude_each_other(one: str, other: str) -> None:
    assert contradictions([one, other]) and contradictions([other, one])
    assert contradictions([one]) == contradictions([other]) == ()


def test_lighter_and_heavier_circumstances_may_meet_and_are_weighed() -> None:
    assert contradictions(["confessed", "emergency"]) == ()


def test_a_slight_act_is_not_a_grave_one() -> None:
    grave = range_for(violation("FD-003"), Facts(tier="serious", bases={"goods_value": 1}), DAY)
    assert judge_amount(grave, None, ["slight"]).refused


def test_each_ground_leaves_its_room() -> None:
    rooms = {
        (one.ground.code, one.effect): one.fine for one in effects(unlicensed_clinic(), ["confessed", "emergency"])
    }
    assert rooms[("confessed", Effect.LIGHTER)] == FineRange(18_400_000, 34_960_000, True)
    assert rooms[("confessed", Effect.BELOW)] == FineRange(0, 18_399_999, True)
    assert rooms[("emergency", Effect.HEAVIER)] == FineRange(57_040_000, 73_600_000, True)
    (spared,) = effects(unlicensed_clinic(), ["slight"])
    assert spared.fine is None and spared.effect is Effect.NONE


def test_penalties_imposed_alone_or_together_need_one_of_them() -> None:
    entry = violation("FD-002")
    tier = entry.tiers[0]._replace(one_of=("warning", "fine"))
    found = range_for(replace(entry, tiers=(tier,), earlier=()), Facts(), DAY)
    assert found.fine and not found.fine.mandatory
    assert judge_amount(found, None, imposed=()).refused
    assert judge_amount(found, None, imposed=("warning",)).ok
    assert judge_amount(found, None).ok
    assert any(step.kind == "one_of" and "至少处其中一种" in step.zh for step in found.steps)


def test_of_a_warning_or_a_fine_one_is_imposed() -> None:
    entry = violation("FD-002")
    tier = entry.tiers[0]._replace(either=("warning", "fine"))
    found = range_for(replace(entry, tiers=(tier,), earlier=()), Facts(), DAY)
    assert "须处其中一种" in judge_amount(found, None, imposed=()).zh
    assert judge_amount(found, None, imposed=("warning",)).ok


@given(amount=st.integers(0, 10**11), chosen=st.lists(st.sampled_from(sorted(grounds())), max_size=4))
def test_whatever_is_let_through_is_within_the_law(amount: int, chosen: list[str]) -> None:
    fine = unlicensed_clinic().fine
    assert fine is not None
    judgement = judge_amount(unlicensed_clinic(), amount, chosen)
    if judgement.ok:
        assert amount <= fine.max
        given = {effect for code in chosen for effect in grounds()[code].effects}
        assert amount >= fine.min or (amount and Effect.BELOW in given) or Effect.NONE in given
    else:
        assert judgement.citations

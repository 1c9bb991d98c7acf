"""How a range is found, rule by rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inspectorate.law import (
    UNKNOWN,
    Facts,
    FineRange,
    FineRule,
    NoRange,
    PenaltyRange,
    Tier,
    Violation,
    range_for,
    violation,
)
from inspectorate.law.ranges import combined
from inspectorate.law.statutes import Citation
from inspectorate.money import MOST_FEN

DAY = date(2026, 3, 1)


def found(code: str, subject: str | None = None, tier: str | None = None, on: date = DAY, **bases: int) -> PenaltyRange:
    entry = violation(code)
    return range_for(entry, Facts(subject, tier, bases), on)


def refused(code: str, subject: str | None = None, tier: str | None = None, on: date = DAY, **bases: int) -> NoRange:
    with pytest.raises(NoRange) as caught:
        found(code, subject, tier, on, **bases)
    return caught.value


def made_up(rule: FineRule, subject: str = "org") -> Violation:
    return replace(violation("MC-004"), code="XX-001", subject=subject, tiers=(Tier("base", "任何情节", fine=rule),))


# --- the base ---------------------------------------------------------------------------------------------------


def test_a_base_below_the_floor_counts_as_the_floor() -> None:
    assert found("MC-001", illegal_income=0).fine == FineRange(5_000_000, 20_000_000, True)
    assert found("MC-001", illegal_income=999_999).fine == FineRange(5_000_000, 20_000_000, True)
    assert found("MC-001", illegal_income=1_000_001).fine == FineRange(5_000_005, 20_000_020, True)


def test_the_threshold_itself_takes_the_multiple() -> None:
    assert found("FD-001", goods_value=999_999).fine == FineRange(5_000_000, 10_000_000, True)
    assert found("FD-001", goods_value=1_000_000).fine == FineRange(10_000_000, 20_000_000, True)


def test_an_unknown_base_takes_the_range_for_it() -> None:
    result = range_for(violation("AD-001"), Facts(bases={"ad_cost": UNKNOWN}), DAY)
    assert result.fine == FineRange(20_000_000, 100_000_000, True)


def test_an_unknown_base_without_a_range_of_its_own_falls_back_on_the_floor_and_says_so() -> None:
    result = range_for(violation("MC-001"), Facts(bases={"illegal_income": UNKNOWN}), DAY)
    assert result.fine == FineRange(5_000_000, 20_000_000, True)
    assert any("无法计算" in step.zh and "10,000.00" in step.zh for step in result.steps)


def test_an_unknown_base_with_a_threshold_falls_back_on_the_range_below_it_and_says_so() -> None:
    result = range_for(violation("FD-001"), Facts(bases={"goods_value": UNKNOWN}), DAY)
    assert result.fine == FineRange(5_000_000, 10_000_000, True)
    assert any("无法计算" in step.zh and "10,000.00" in step.zh for step in result.steps)


def test_an_unknown_base_of_which_the_rule_says_nothing_is_refused() -> None:
    with pytest.raises(NoRange) as caught:
        range_for(violation("CM-150"), Facts(bases={"goods_value": UNKNOWN}), DAY)
    assert (caught.value.code, caught.value.field) == ("base_unknown", "goods_value")


def test_a_base_that_the_rule_needs_and_did_not_get_is_refused_by_name() -> None:
    refusal = refused("MC-001")
    assert (refusal.code, refusal.field) == ("base_missing", "illegal_income")
    assert "违法所得" in refusal.zh and "illegal_income" in str(refusal)


def test_a_base_that_the_rule_does_not_use_is_ignored() -> None:
    assert (
        found("MC-001", illegal_income=3_680_000, goods_value=5).fine == found("MC-001", illegal_income=3_680_000).fine
    )


@pytest.mark.parametrize("amount", [-1, MOST_FEN + 1])
def test_a_base_outside_what_money_can_be_is_refused_even_where_it_is_not_used(amount: int) -> None:
    assert refused("AD-005", ad_cost=amount).field == "ad_cost"


def test_heads_are_counted_each_at_so_many_yuan() -> None:
    assert found("NB-101", affected_workers=3).fine == FineRange(300_000, 1_500_000, True)


# --- what the figure may be -------------------------------------------------------------------------------------


def test_fractions_of_a_fen_go_up_at_the_minimum_and_down_at_the_maximum() -> None:
    # 0.3 and 3 times 123.45 yuan: 37.035 and 370.35.
    assert found("DD-001", "responsible", personal_income_from_unit=12_345).fine == FineRange(3_704, 37_035, True)


def test_a_multiple_that_comes_to_nothing_is_no_fine() -> None:
    assert found("AD-119", illegal_income=0).fine is None


def test_a_multiple_that_holds_no_whole_fen_is_no_fine() -> None:
    rule = FineRule("multiple", base="goods_value", min_times=Decimal("0.05"), max_times=Decimal("0.3"))
    entry = made_up(rule)
    assert range_for(entry, Facts(bases={"goods_value": 3}), DAY).fine is None
    assert range_for(entry, Facts(bases={"goods_value": 4}), DAY).fine == FineRange(1, 1, True)


def test_a_minimum_of_nothing_alone_does_not_make_the_fine_optional() -> None:
    assert found("MC-002").fine == FineRange(0, 3_000_000, True)


def test_a_fine_that_may_be_left_out_is_not_mandatory() -> None:
    fine = found("WP-015").fine
    assert fine == FineRange(0, 1_000_000, False)


def test_a_tier_without_fine_gives_none_and_says_so() -> None:
    result = found("WP-010")
    assert result.fine is None
    assert "本档次不设罚款" in [step.zh for step in result.steps]


# --- tiers ------------------------------------------------------------------------------------------------------


def test_a_tier_without_a_fine_of_its_own_keeps_the_base_tiers() -> None:
    serious = found("MC-007", tier="serious")
    assert serious.fine == found("MC-007").fine
    assert serious.suspend_practice_months == (6, 12)
    assert serious.revoke_optional == ("医师执业证书",)
    assert serious.warning and serious.measures == ("order_correction",)


def test_orders_are_measures_and_no_penalties_in_the_words_of_the_law_where_no_field_has_them() -> None:
    stopped = found("SH-132")
    assert stopped.measures == ("order_stop",) and stopped.orders == stopped.other == ()
    advertised = found("AD-009", ad_cost=100, tier="serious")
    assert advertised.orders == ("责令停止发布广告", "责令消除影响")
    assert advertised.other == ("撤销广告审查批准文件",)
    told = [(step.kind, step.citations) for step in advertised.steps if step.zh in advertised.orders]
    assert told == [("measure", (Citation("ad", 58, 1, 2),))] * 2


def test_a_tiers_own_fine_replaces_the_base_tiers() -> None:
    assert found("WP-015", tier="falsify").fine == FineRange(2_000_000, 5_000_000, True)


def test_where_the_law_fixes_one_multiple_fractions_of_a_fen_are_dropped_and_the_fine_is_not_lost() -> None:
    # 安全生产法 95(1): forty per cent of 123,456.78 is 49,382.712.
    result = found("WP-204", tier="accident", annual_income=12_345_678)
    assert result.fine == FineRange(4_938_271, 4_938_271, True)
    assert any(step.zh.endswith("元的0.4倍") for step in result.steps)


def test_a_tier_that_stands_instead_takes_nothing_over() -> None:
    # 治安管理处罚法: lighter circumstances bring a warning or a fine, and no detention.
    assert found("SH-002").police_detention_days == (5, 10)
    light = found("SH-002", tier="light")
    assert light.police_detention_days is None and light.either == ("warning", "fine")


def test_without_a_base_tier_a_tier_must_be_named_and_takes_nothing_over() -> None:
    refusal = refused("IN-002")
    assert refusal.code == "tier" and "unfiled" in str(refusal) and "number" in str(refusal)
    assert found("IN-002", tier="unfiled_overdue").measures == ()


def test_the_only_tier_there_is_need_not_be_named() -> None:
    only = replace(violation("MC-004"), tiers=(Tier("special", "特定情形", fine=FineRule("range", min=100, max=200)),))
    assert range_for(only, Facts(), DAY).tier == "special"


def test_a_tier_that_the_violation_lacks_is_refused_with_those_it_has() -> None:
    refusal = refused("MC-001", tier="serious", illegal_income=1)
    assert refusal.field == "tier" and "base" in str(refusal)


def test_what_must_be_revoked_is_no_longer_listed_as_what_may_be() -> None:
    base = Tier("base", "任何情节", revoke_optional=("许可证", "执照"))
    serious = Tier("serious", "情节严重", revoke=("许可证",))
    whole = combined(replace(violation("MC-004"), tiers=(base, serious)), serious)
    assert (whole.revoke, whole.revoke_optional) == (("许可证",), ("执照",))


# --- who is punished --------------------------------------------------------------------------------------------


def test_a_subject_that_the_violation_does_not_have_is_refused() -> None:
    assert refused("MC-001", "person", illegal_income=1).field == "subject"
    assert refused("MC-005", "org", illegal_income=1).field == "subject"


def test_a_tier_for_individuals_may_be_applied_to_a_person() -> None:
    assert found("MD-182", "person", "individual").fine == FineRange(0, 100_000, False)
    assert found("MD-182", "org", "individual").fine == FineRange(0, 100_000, False)
    assert refused("MD-182", "person").field == "subject"


def test_responsible_persons_are_fined_under_the_provision_that_says_so_with_its_condition() -> None:
    result = found("FD-130", "responsible", last_year_income_from_unit=30_000_055)
    assert result.fine == FineRange(30_000_055, 300_000_550, True)
    assert result.basis == (Citation("food_ir", 75, 1),)
    assert result.conditions[0] == "故意、性质恶劣或造成严重后果"
    assert result.confiscate == () and result.measures == ()


def test_responsible_persons_bear_bans_detention_and_loss_of_income() -> None:
    result = found("DD-001", "responsible", personal_income_from_unit=100)
    assert result.confiscate == ("personal_income_from_unit",)
    assert result.person_ban_life and result.police_detention_days == (5, 15)
    assert not found("DD-001", goods_value=100).person_ban_life


def test_responsible_persons_without_liability_in_the_tier_are_refused() -> None:
    assert refused("DD-002", "responsible", "base", goods_value=1).field == "subject"
    assert found("DD-002", "responsible", "serious", personal_income_from_unit=100).fine == FineRange(30, 300, True)
    assert refused("MC-001", "responsible", illegal_income=1).field == "subject"


def test_persons_whom_a_rule_bans_or_detains_without_a_fine_are_reached_too() -> None:
    banned = found("DD-072", "responsible", "serious")
    assert (banned.fine, banned.person_ban_years, banned.basis) == (None, 5, (Citation("device", 98, 1),))
    detained = found("FD-170", "responsible", "serious")
    assert (detained.fine, detained.police_detention_days) == (None, (5, 15))
    assert refused("FD-170", "responsible", "farmer").field == "subject"  # 农户 is the offender
    assert not combined(violation("FD-192"), violation("FD-192").tiers_by_name["individual"]).falls_on_persons


def test_a_suspension_of_doctors_is_theirs_and_not_the_hospitals() -> None:
    assert found("MC-015").suspend_practice_months is None
    assert found("MC-015", "responsible").suspend_practice_months == (6, 12)
    assert found("MC-021", "org", "overdue").suspend_practice_months == (6, 12)  # 护士条例 28: the institution's


def test_a_doctors_certificate_is_revoked_from_the_doctor_and_the_hospitals_licence_from_the_hospital() -> None:
    hospital = found("DD-002", tier="serious", goods_value=100)
    assert (hospital.revoke, hospital.revoke_optional) == ((), ("医疗机构制剂许可证",))
    doctor = found("DD-002", "responsible", "serious", personal_income_from_unit=100)
    assert (doctor.revoke, doctor.revoke_optional) == (("医疗卫生人员执业证书",), ())


def test_a_fine_on_persons_set_elsewhere_leaves_the_ban_and_the_detention_their_own_provision() -> None:
    result = found("FD-004", "responsible", "serious", last_year_income_from_unit=100)
    assert result.fine_basis == (Citation("food_ir", 75, 1),)
    assert set(result.basis) > {Citation("food_ir", 75, 1), Citation("food", 123, 1, 3)}
    assert Citation("food_ir", 75, 1) not in result.source("police_detention_days")


# --- confiscation of income -------------------------------------------------------------------------------------


def test_income_is_confiscated_even_where_the_rule_does_not_say_so() -> None:
    result = found("AD-005", illegal_income=500_000)
    assert "illegal_income" in result.confiscate
    assert any(step.citations == (Citation("apl", 28, 2),) for step in result.steps)
    assert "illegal_income" not in found("AD-005").confiscate


def test_income_is_not_confiscated_by_the_general_rule_before_that_rule_was_in_force() -> None:
    early = found("AD-005", on=date(2021, 5, 1), illegal_income=500_000)
    assert "illegal_income" not in early.confiscate


def test_where_there_was_no_income_none_is_confiscated() -> None:
    assert found("MC-005", illegal_income=0).confiscate == ("drugs", "devices")


# --- the day ----------------------------------------------------------------------------------------------------


def test_of_several_bases_those_in_force_on_the_day_are_named() -> None:
    ours, new = Citation("food", 122, 1), Citation("idp", 100)  # all articles of idp were renumbered in 2025
    entry = replace(violation("FD-001"), basis=(ours, new), since=date(2021, 4, 29), earlier=())
    before = range_for(entry, Facts(bases={"goods_value": 1}), date(2025, 8, 31))
    assert before.basis == (ours,)
    assert before.versions["food"] == "2021-04-29"
    assert before.inapplicable == (new,)
    assert range_for(entry, Facts(bases={"goods_value": 1}), date(2025, 9, 1)).basis == (ours, new)


def test_a_violation_none_of_whose_bases_was_in_force_is_refused() -> None:
    refusal = refused("MC-007", on=date(2022, 2, 28))
    assert (refusal.code, refusal.field) == ("not_in_force", "on")
    assert found("MC-007", on=date(2022, 3, 1)).versions == {"doctors": "2021-08-20"}


def test_an_edition_before_the_law_of_today_rests_on_the_law_that_this_one_replaced() -> None:
    before = found("MC-005", on=date(2022, 2, 28), illegal_income=1)
    assert before.versions == {"doctors_old": "2009-08-27"}
    assert before.fine == (0, 10_000_000, True)
    assert found("MC-005", on=date(2022, 3, 1), illegal_income=1).versions == {"doctors": "2021-08-20"}


def test_an_article_that_read_the_same_in_an_earlier_version_applies_under_it() -> None:
    assert found("FD-001", on=date(2022, 1, 1), goods_value=1).versions["food"] == "2021-04-29"
    assert found("DD-009", on=date(2023, 1, 1), goods_value=1).versions == {"device": "2021-02-09"}


def test_an_article_that_read_otherwise_in_an_earlier_version_does_not() -> None:
    # Licences for bulk transport of liquid food came with the amendment of 2025.
    assert refused("FD-132", on=date(2025, 11, 30)).code == "not_in_force"
    assert found("FD-132", on=date(2025, 12, 1)).fine is not None


def test_no_citation_is_read_into_a_version_with_other_numbers() -> None:
    # 快递暂行条例: the packaging chapter was new on 2025-06-01, articles 40 to 47 became 50 to 58.
    assert refused("PL-114", on=date(2025, 5, 31)).code == "not_in_force"
    assert found("PL-105", on=date(2025, 5, 31)).basis == (Citation("express", 40, 2, 1),)
    assert found("PL-105", on=date(2025, 6, 1)).basis == (Citation("express", 50, 2, 1),)


# --- the reasoning ----------------------------------------------------------------------------------------------


def test_every_step_of_a_calculation_carries_its_provision_in_both_languages() -> None:
    result = found("MC-001", illegal_income=3_680_000)
    assert all(step.citations and step.zh and step.en for step in result.steps)
    lines = [step.line() for step in result.steps]
    assert any("36,800.00元的5倍至20倍" in line and "第九十九条第一款" in line for line in lines)
    assert any("184,000.00元以上736,000.00元以下" in line for line in lines)


def test_figures_that_were_not_compared_with_the_text_are_marked() -> None:
    result = range_for(replace(violation("MC-002"), checked="unverified"), Facts(), DAY)
    assert result.verification == "unverified"
    assert result.steps[-1].kind == "verification"
    assert all(step.kind != "verification" for step in found("MC-001", illegal_income=1).steps)


def test_a_condition_of_the_tier_is_named() -> None:
    assert found("MC-007", tier="serious").conditions == ("情节严重",)
    assert found("MC-007").conditions == ()

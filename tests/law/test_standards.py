"""Local discretion standards: read with every fault named, nearest region first, always inside the statutory range."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import UNKNOWN, Facts, PenaltyRange, range_for, violation
from inspectorate.law.standards import LocalTier, Standard, applied, faults, in_force, narrow
from inspectorate.law.standards_reading import UnreadableStandard, read_standard
from tests.standards.sample import rule_text, standard_text

DAY = date(2026, 3, 1)
RULE = rule_text(heavier="一般")


def text(rules: str = RULE, region: str = "420000", since: str = "2025-01-01") -> str:
    return standard_text(region, since, number="试卫规〔2025〕1号", name="试行裁量基准", rules=rules)


def standard(**changes: Any) -> Standard:
    return read_standard(text(**changes), "t.toml")


def unlicensed(income: Any = 3_680_000) -> PenaltyRange:
    return range_for(violation("MC-001"), Facts(bases={"illegal_income": income}), DAY)


def tier(**ends: Any) -> LocalTier:
    return LocalTier("甲", "乙", **ends)


def test_a_standard_is_read_with_its_tiers_and_has_no_fault() -> None:
    read = standard()
    assert (read.number, read.region, read.since, read.until) == ("试卫规〔2025〕1号", "420000", date(2025, 1, 1), None)
    assert [(one.name, one.times) for one in read.rules[0].tiers] == [("较轻", (5, 10)), ("一般", (10, 20))]
    assert faults(read) == []


def test_multiples_narrow_the_multiple_and_the_floor_counts_as_the_base() -> None:
    assert narrow(unlicensed(), tier(times=(Decimal(5), Decimal(10))))[:2] == (18_400_000, 36_800_000)  # type: ignore[index]
    assert narrow(unlicensed(1), tier(times=(Decimal(5), Decimal(10))))[:2] == (5_000_000, 10_000_000)  # type: ignore[index]


def test_multiples_of_a_doubled_fine_are_doubled_and_those_for_heads_are_yuan() -> None:
    doubled = range_for(violation("NB-107"), Facts(tier="unlicensed", bases={"child_labour_months": 3}), DAY)
    assert doubled.fine and doubled.fine.min == 3_000_000
    assert narrow(doubled, tier(times=(Decimal(5000), Decimal(5000)))) == doubled.fine


def test_a_share_is_taken_of_the_way_from_the_minimum_to_the_maximum() -> None:
    found = range_for(violation("FD-002"), Facts(), DAY)
    assert found.fine
    narrowed = narrow(found, tier(share=(Decimal(0), Decimal(30))))
    assert narrowed and narrowed.min == found.fine.min
    assert narrowed.max == found.fine.min + (found.fine.max - found.fine.min) * 30 // 100


def test_a_tier_in_multiples_says_nothing_where_a_fixed_range_applies() -> None:
    below = range_for(violation("FD-001"), Facts(bases={"goods_value": 1}), DAY)
    both = tier(times=(Decimal(10), Decimal(13)), sum=(5_000_000, 7_000_000))
    assert narrow(below, tier(times=(Decimal(10), Decimal(13)))) == below.fine
    assert narrow(below, both)[:2] == (5_000_000, 7_000_000)  # type: ignore[index]
    above = range_for(violation("FD-001"), Facts(bases={"goods_value": 2_000_000}), DAY)
    assert narrow(above, both)[:2] == (20_000_000, 26_000_000)  # type: ignore[index]


SHARES = st.tuples(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3)).map(lambda ends: tuple(sorted(ends)))
TIMES = st.tuples(st.decimals(0, 40, places=2), st.decimals(0, 40, places=2)).map(lambda ends: tuple(sorted(ends)))
SUMS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda ends: tuple(sorted(ends)))


@given(
    income=st.one_of(st.integers(0, 10**11), st.just(UNKNOWN)),
    share=st.none() | SHARES,
    times=st.none() | TIMES,
    sums=st.none() | SUMS,
    code=st.sampled_from(["MC-001", "FD-001", "AD-001", "NB-107", "NT-107", "CM-126"]),
)
def test_whatever_a_tier_says_the_figure_stays_inside_the_statutory_range(
    income: Any, share: Any, times: Any, sums: Any, code: str
) -> None:
    given = 0 if income is UNKNOWN and code == "NB-107" else income
    found = range_for(violation(code), Facts(bases=dict.fromkeys(violation(code).bases, given)), DAY)
    if found.fine is None:
        assert narrow(found, tier(share=share, times=times, sum=sums)) is None
        return
    narrowed = narrow(found, tier(share=share, times=times, sum=sums))
    assert found.fine and narrowed
    assert found.fine.min <= narrowed.min <= narrowed.max <= found.fine.max
    assert narrowed.mandatory == found.fine.mandatory


def test_a_tier_in_sums_that_the_range_of_the_case_does_not_touch_says_nothing() -> None:
    found = range_for(violation("FD-002"), Facts(), DAY)
    assert found.fine
    assert narrow(found, tier(sum=(found.fine.max + 1, found.fine.max + 2))) == found.fine


def test_the_nearest_region_up_that_rules_on_the_violation_wins() -> None:
    nation, province = standard(region="000000"), standard(region="420000")
    city = standard(region="420100", rules=RULE.replace("MC-001", "MC-002").replace("times", "share"))
    neighbour = standard(region="430000")
    every = [nation, neighbour, province, city]
    assert in_force(every, "420106", "health", DAY) == [city, province, nation]
    found = applied(every, unlicensed(), "420106", "health", DAY)
    assert found and found.standard is province
    assert applied([neighbour], unlicensed(), "420106", "health", DAY) is None


def test_the_edition_of_the_day_wins_and_another_sector_is_left_alone() -> None:
    old = standard(since="2020-01-01")._replace(until=date(2024, 12, 31))
    new = standard()
    assert in_force([old, new], "420106", "health", date(2024, 12, 31)) == [old]
    assert in_force([old, new], "420106", "health", date(2025, 1, 1)) == [new]
    assert in_force([old, new], "420106", "market", DAY) == []


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        (text().replace('"health"', "health"), 5, "TOML"),
        (text().replace('region = "420000"\n', ""), 1, "region is missing"),
        (text().replace("[10, 20]", "[10]"), 19, "two numbers"),
        (text().replace("[10, 20]", "[10, -20]"), 19, "two numbers|negative"),
        (text().replace('criteria = "违法所得五万元以上"', "criteria = 5"), 18, "criteria is text"),
        (text().replace('name = "一般"', 'nmae = "一般"'), 17, "no field nmae"),
        (text().replace("2025-01-01", '"2025-01-01"'), 6, "from is a day"),
        (text().replace("times = [10, 20]", "sum = [0.001, 2]"), 19, "two decimals"),
    ],
)
def test_a_malformed_file_is_refused_naming_the_line(broken: str, line: int, said: str) -> None:
    with pytest.raises(UnreadableStandard, match=said) as refused:
        read_standard(broken, "t.toml")
    assert refused.value.line == line and refused.value.zh


@pytest.mark.parametrize(
    ("rules", "line", "said"),
    [
        (RULE.replace("[5, 10]", "[4, 10]"), 11, "outside the statutory 5 to 20"),
        (RULE.replace("[10, 20]", "[11, 20]"), 16, "a gap between 较轻 and 一般"),
        (RULE.replace("[10, 20]", "[9, 20]"), 16, "overlap"),
        (RULE.replace("[5, 10]", "[10, 5]"), 11, "inverted"),
        (RULE.replace("MC-001", "ZZ-001"), 8, "no violation ZZ-001"),
        (RULE.replace('violation = "MC-001"', 'violation = "MC-001"\nstatutory_tier = "worst"'), 8, "no tier 'worst'"),
        (
            RULE.replace('violation = "MC-001"', 'violation = "MC-001"\nsubject = "person"'),
            8,
            "no fine on that subject",
        ),
        (RULE.replace("times = [5, 10]", "sum = [1, 2]"), 11, "no fine by sum"),
        (RULE.replace("times = [5, 10]", ""), 11, "give share, times or sum"),
        (RULE + RULE, 21, "already ruled in line 8"),
    ],
)
def test_what_is_wrong_with_a_standard_is_named_with_its_line(rules: str, line: int, said: str) -> None:
    found = faults(standard(rules=rules))
    assert found[0].line == line and said in found[0].en, found


def test_a_standard_names_a_region_and_a_sector() -> None:
    wrong = standard(region="42")._replace(sector="magic", until=date(2020, 1, 1))
    assert [fault.en for fault in faults(wrong)] == [
        "a region has six digits: 42",
        "there is no sector 'magic'",
        "it ends before it begins",
    ]

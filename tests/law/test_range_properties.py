"""What must hold for every rule of the catalogue and every amount."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import UNKNOWN, FineRange, FineRule, NoRange, Violation, range_for, steps_of
from inspectorate.law.examples import current_day
from inspectorate.law.ranges import combined
from inspectorate.law.violations import catalogue
from inspectorate.law.words import COUNTED

# Up to ten thousand million yuan, crowded around the sums at which rules turn.
AMOUNTS = st.one_of(
    st.integers(0, 10**12),
    st.sampled_from([0, 1, 500_000, 1_000_000, 5_000_000, 10_000_000, 100_000_000]).flatmap(
        lambda turn: st.integers(max(0, turn - 3), turn + 3)
    ),
)

# The law itself steps down at the threshold: with income the multiple may come to less than the fixed range without.
STEPS_DOWN = {
    *("CM-120", "CM-121", "CM-122", "CM-123", "CM-124", "CM-125", "CM-130", "CM-131", "CM-132", "CM-133", "CM-134"),
    *("IN-001", "MD-162", "MD-163"),
}


def rules() -> list[tuple[Violation, str, str, FineRule]]:
    """Every violation, tier and subject with the rule of its fine, taken over from the base tier where that is so."""
    found = []
    for entry in catalogue().values():
        for tier in entry.tiers:
            whole = combined(entry, tier)
            if whole.fine:
                found.append((entry, tier.name, entry.subject, whole.fine))
            person = whole.person_fine or (entry.responsible.fine if entry.responsible else None)
            if person:
                found.append((entry, tier.name, "responsible", person))
    return found


MULTIPLES = [row for row in rules() if row[3].base]


def fine(entry: Violation, tier: str, subject: str, rule: FineRule, amount: int) -> FineRange | None:
    assert rule.base is not None
    return range_for(entry, subject=subject, tier=tier, bases={rule.base: amount}, on=current_day(entry)).fine


def highest(found: FineRange | None) -> tuple[int, int]:
    return (found.min, found.max) if found else (0, 0)


@given(row=st.sampled_from(MULTIPLES), amount=AMOUNTS)
def test_a_range_is_never_inverted_and_never_negative(row: tuple[Violation, str, str, FineRule], amount: int) -> None:
    least, most = highest(fine(*row, amount))
    assert 0 <= least <= most


@given(row=st.sampled_from(MULTIPLES), amount=AMOUNTS, more=st.integers(1, 10**8))
def test_more_of_the_base_never_means_less_of_a_fine_except_where_the_law_steps_down(
    row: tuple[Violation, str, str, FineRule], amount: int, more: int
) -> None:
    rule = row[3]
    crossed = rule.threshold is not None and amount < rule.threshold <= amount + more
    if crossed and row[0].code in STEPS_DOWN:
        return
    (least, most), (least_of_more, most_of_more) = highest(fine(*row, amount)), highest(fine(*row, amount + more))
    assert least_of_more >= least
    assert most_of_more >= most


def test_the_rules_that_step_down_are_the_ones_named_here() -> None:
    down = set()
    for entry, _, _, rule in MULTIPLES:
        if rule.threshold is None or rule.below_min is None or rule.below_max is None:
            continue
        assert rule.min_times is not None and rule.max_times is not None
        if rule.threshold * rule.min_times < rule.below_min or rule.threshold * rule.max_times < rule.below_max:
            down.add(entry.code)
    assert down == STEPS_DOWN


@given(row=st.sampled_from(MULTIPLES), amount=AMOUNTS)
def test_a_multiple_is_exact_to_the_fen(row: tuple[Violation, str, str, FineRule], amount: int) -> None:
    rule = row[3]
    if rule.threshold is not None and amount < rule.threshold:
        return
    assert rule.min_times is not None and rule.max_times is not None
    counted = max(amount, rule.floor_base or 0) * (100 if rule.base in COUNTED else 1)
    least = (counted * rule.min_times).quantize(Decimal(1), ROUND_CEILING)
    most = (counted * rule.max_times).quantize(Decimal(1), ROUND_FLOOR)
    expected = (int(least), int(most)) if 0 < most >= least else (0, 0)
    assert highest(fine(*row, amount)) == expected


@pytest.mark.parametrize(
    "row", [row for row in MULTIPLES if row[3].floor_base], ids=lambda row: f"{row[0].code}-{row[1]}"
)
def test_a_fine_does_not_jump_at_its_floor(row: tuple[Violation, str, str, FineRule]) -> None:
    floor, rule = row[3].floor_base or 0, row[3]
    assert rule.max_times is not None
    just_below, at, just_above = (highest(fine(*row, floor + step)) for step in (-1, 0, 1))
    assert just_below == at
    assert 0 <= just_above[0] - at[0] <= just_above[1] - at[1] <= int(rule.max_times)


@pytest.mark.parametrize(
    "row", [row for row in MULTIPLES if row[3].threshold], ids=lambda row: f"{row[0].code}-{row[1]}"
)
def test_one_fen_below_the_threshold_the_fixed_range_holds(row: tuple[Violation, str, str, FineRule]) -> None:
    rule = row[3]
    assert rule.threshold is not None
    assert highest(fine(*row, rule.threshold - 1)) == (rule.below_min, rule.below_max)


@pytest.mark.parametrize("row", MULTIPLES, ids=lambda row: f"{row[0].code}-{row[1]}-{row[2]}")
def test_an_unknown_base_gives_the_range_for_it_or_a_refusal_never_a_guess(
    row: tuple[Violation, str, str, FineRule],
) -> None:
    entry, tier, subject, rule = row
    silent = rule.unknown_max is None and rule.floor_base is None and rule.threshold is None
    assert rule.base is not None

    def found() -> FineRange | None:
        return range_for(
            entry, subject=subject, tier=tier, bases={rule.base or "": UNKNOWN}, on=current_day(entry)
        ).fine

    if silent:
        with pytest.raises(NoRange, match="establish"):
            found()
    else:
        assert found() is not None


@pytest.mark.parametrize("row", rules(), ids=lambda row: f"{row[0].code}-{row[1]}-{row[2]}")
def test_every_rule_explains_itself(row: tuple[Violation, str, str, FineRule]) -> None:
    entry, tier, subject, rule = row
    bases = {rule.base: 3_680_000} if rule.base else {}
    steps = steps_of(range_for(entry, subject=subject, tier=tier, bases=bases, on=current_day(entry)))
    assert [step.kind for step in steps[:2]] == ["violated", "basis"]
    assert any(step.kind == "fine" for step in steps)
    assert all(step.line("zh") and step.line("en") for step in steps)

"""What must hold for every rule of the catalogue and every amount."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import UNKNOWN, Facts, FineRange, FineRule, NoRange, Violation, range_for
from inspectorate.law.examples import current_day
from inspectorate.law.imposable import CONFISCATION_OF_INCOME
from inspectorate.law.ranges import combined
from inspectorate.law.statutes import holds_on, laws, version_in_force
from inspectorate.law.violations import catalogue, violation
from inspectorate.law.words import COUNTED

# Up to ten thousand million yuan, crowded around the sums at which rules turn.
AMOUNTS = st.one_of(
    st.integers(0, 10**12),
    st.sampled_from([0, 1, 500_000, 1_000_000, 5_000_000, 10_000_000, 100_000_000]).flatmap(
        lambda turn: st.integers(max(0, turn - 3), turn + 3)
    ),
)

# The law itself steps down where the multiple begins: with a little of the base it may come to less than the fixed
# range without. By the law that does so.
STEPS_DOWN = {
    "ad": "no cost at all is clearly too low, and then the fixed range applies",
    "adreview": "fined by the advertising law",
    "consumer": "no illegal income: up to 500,000",
    "consumer_ir": "no illegal income: up to 300,000, for prepaid services 500,000",
    "consumer_pen": "no illegal income: up to 10,000",
    "cosmetic": "advertisements, fined by the advertising law",
    "food": "advertisements, fined by the advertising law",
    "iis": "income under 50,000 allows up to 1,000,000",
    "narc": "no illegal income: a fixed range",
    "price_pen": "no illegal income: a fixed range",
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
            if person and (entry.responsible or entry.reaches_persons_in(whole)):
                found.append((entry, tier.name, "responsible", person))
    return found


MULTIPLES = [row for row in rules() if row[3].base]
# One scale, for one head, taken once: what a hand calculates in few lines.
PLAIN = [row for row in MULTIPLES if (row[3].factor, row[3].per, row[3].alternative) == (None, None, None)]


def fine(entry: Violation, tier: str, subject: str, rule: FineRule, amount: int) -> FineRange | None:
    assert rule.base is not None
    return range_for(
        entry, Facts(subject=subject, tier=tier, bases=dict.fromkeys(rule.bases, amount)), current_day(entry)
    ).fine


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
    turn = 1 if rule.none_max is not None else rule.threshold
    crossed = turn is not None and amount < turn <= amount + more
    if crossed and row[0].basis[0].law in STEPS_DOWN:
        return
    (least, most), (least_of_more, most_of_more) = highest(fine(*row, amount)), highest(fine(*row, amount + more))
    assert least_of_more >= least
    assert most_of_more >= most


def test_the_rules_that_step_down_are_the_ones_named_here() -> None:
    down = {}
    for row in MULTIPLES:
        rule = row[3]
        turns = [turn for turn in (rule.threshold, 1 if rule.none_max is not None else None) if turn is not None]
        for turn in turns:
            below, at = highest(fine(*row, turn - 1)), highest(fine(*row, turn))
            if at[0] < below[0] or at[1] < below[1]:
                down[row[0].basis[0].law] = row[0].code
    assert set(down) == set(STEPS_DOWN), down


def by_hand(rule: FineRule, amount: int) -> tuple[int, int]:
    """The fine of a single scale, worked out in decimals."""
    assert rule.min_times is not None and rule.max_times is not None
    if amount == 0 and rule.none_max is not None:
        return rule.none_min or 0, rule.none_max
    if rule.threshold is not None and amount < rule.threshold:
        return rule.below_min or 0, rule.below_max or 0
    counted = Decimal(max(amount, rule.floor_base or 0) * (100 if rule.base in COUNTED else 1))
    most = int((counted * rule.max_times).quantize(Decimal(1), ROUND_FLOOR))
    least = int((counted * rule.min_times).quantize(Decimal(1), ROUND_CEILING))
    least = most if rule.min_times == rule.max_times else least
    for sum_, bound in ((rule.cap, min), (rule.min_cap, max)):
        if sum_ is not None:
            least, most = bound(least, sum_), bound(most, sum_)
    return (least, most) if 0 < most >= least else (0, 0)


@given(row=st.sampled_from(PLAIN), amount=AMOUNTS)
def test_a_multiple_is_exact_to_the_fen(row: tuple[Violation, str, str, FineRule], amount: int) -> None:
    assert highest(fine(*row, amount)) == by_hand(row[3], amount)


def test_every_turn_of_every_rule_is_exact_to_the_fen_on_both_sides() -> None:
    turned = 0
    for row in PLAIN:
        rule = row[3]
        assert rule.max_times
        sums = (rule.threshold, rule.floor_base, 1 if rule.none_max is not None else None)
        ends = [times for times in (rule.min_times, rule.max_times) if times]
        caps = [int(cap / times) for cap in (rule.cap, rule.min_cap) if cap for times in ends]
        for turn in {one for one in (*sums, *caps) if one}:
            for amount in range(turn - 1, turn + 2):
                assert highest(fine(*row, amount)) == by_hand(rule, amount), (row[0].code, row[1], amount)
            turned += 1
    assert turned > 400


def test_a_fine_does_not_jump_at_its_floor() -> None:
    for row in MULTIPLES:
        floor, rule = row[3].floor_base, row[3]
        if floor is None:
            continue
        assert rule.max_times is not None
        just_below, at, just_above = (highest(fine(*row, floor + step)) for step in (-1, 0, 1))
        assert just_below == at, row[0].code
        assert 0 <= just_above[0] - at[0] <= just_above[1] - at[1] <= int(rule.max_times), row[0].code


def test_an_unknown_base_gives_the_range_for_it_or_a_refusal_never_a_guess() -> None:
    for entry, tier, subject, rule in PLAIN:
        told = (rule.unknown_max, rule.floor_base, rule.none_max, rule.threshold)
        facts = Facts(subject, tier, {rule.base or "": UNKNOWN})
        if any(figure is not None for figure in told):
            assert range_for(entry, facts, current_day(entry)).fine is not None, entry.code
        else:
            with pytest.raises(NoRange, match="establish"):
                range_for(entry, facts, current_day(entry))


def test_every_rule_explains_itself_in_both_languages() -> None:
    for entry, tier, subject, rule in rules():
        facts = Facts(subject, tier, dict.fromkeys(rule.bases, 3_680_000))
        steps = range_for(entry, facts, current_day(entry)).steps
        assert [step.kind for step in steps[:2]] == ["violated", "basis"], entry.code
        assert any(step.kind == "fine" for step in steps), entry.code
        assert all(step.line("zh") and step.line("en") for step in steps), entry.code


def days_of_change() -> list[date]:
    """Every day from which some law of the catalogue, or some edition of a rule, holds or holds no longer."""
    spans = [(version.in_force_from, version.in_force_to) for each in laws().values() for version in each.versions]
    spans += [(edition.since, edition.until) for entry in catalogue().values() for edition in entry.editions]
    begun = {first for first, _ in spans if first}
    return sorted(begun | {last + timedelta(days=1) for _, last in spans if last})


def test_a_range_names_its_own_day_and_only_what_was_in_force_on_it() -> None:
    """What is kept of a range until the law changes is never kept longer, for any rule and any change."""
    given, days = 0, days_of_change()
    for entry in catalogue().values():
        facts = Facts(tier=entry.tiers[0].name, bases=dict.fromkeys(entry.bases, 1_000_000))
        for on in days:
            edition = entry.edition_on(on)
            try:
                found = range_for(entry, facts, on)
            except NoRange:
                assert edition is None or facts.tier not in edition.tiers_by_name or not entry.in_force(on)
                continue
            given += 1
            assert found.on == on and found.violation is edition
            assert all(edition.holds(cited, on) for cited in (*found.violated, *found.basis))
            assert not any(edition.holds(cited, on) for cited in found.inapplicable)
            assert all(version_in_force(name, on).name == version for name, version in found.versions.items())
            assert not found.income_by_general_rule or holds_on(CONFISCATION_OF_INCOME, on)
    assert given > 10_000


def test_a_refusal_names_the_day_that_was_asked_for() -> None:
    for on in (date(1990, 1, 1), date(1990, 1, 2)):
        with pytest.raises(NoRange, match=on.isoformat()):
            range_for(violation("MC-001"), Facts(), on)

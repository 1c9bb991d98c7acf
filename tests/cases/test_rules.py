"""Names and sums of a case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.cases.rules import case_name, digest_of, has_other_than_money, is_open, lines_of, owed_fen, shown_name
from inspectorate.procedure.facts import PenaltyLine
from inspectorate.procedure.states import BEFORE_DECISION, FINAL, State

WORDS = st.text("甲乙丙丁医院店无证开展诊疗", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("party", "acts", "others", "name"),
    [
        ("甲门诊部", ["无证开展医疗美容"], 0, "甲门诊部无证开展医疗美容案"),
        ("甲门诊部", ["无证开展医疗美容", "使用非卫生技术人员"], 0, "甲门诊部无证开展医疗美容等案"),
        ("甲门诊部", ["无证开展医疗美容"], 1, "甲门诊部等无证开展医疗美容案"),
        ("甲门诊部", [], 0, "甲门诊部违法行为案"),
    ],
)
def test_a_case_is_named_after_party_and_violation(party, acts, others, name) -> None:
    assert case_name(party, acts, others) == name


@given(WORDS, WORDS, st.integers(0, 2), st.sampled_from(State))
def test_the_party_is_suspected_until_the_decision_and_not_after(party, act, others, state) -> None:
    name = case_name(party, [act], others)
    shown = shown_name(name, party, state)
    assert shown.count("涉嫌") == (state in BEFORE_DECISION)
    assert shown.replace("涉嫌", "") == name
    assert shown_name(shown, party, state) == shown


def test_the_word_stands_behind_the_party() -> None:
    assert shown_name("甲店等无证行医案", "甲店", State.INTAKE) == "甲店等涉嫌无证行医案"
    assert shown_name("无证行医案", "甲店", State.INTAKE) == "涉嫌无证行医案"


def test_goods_are_not_paid_in_money() -> None:
    lines = (PenaltyLine("fine", 5), PenaltyLine("confiscate_income", 3), PenaltyLine("confiscate_goods", 7))
    assert owed_fen(lines) == 8
    assert has_other_than_money(lines)
    assert not has_other_than_money((PenaltyLine("warning"), PenaltyLine("fine", 1)))


def test_lines_are_read_from_rows_and_from_what_a_notice_kept() -> None:
    kept = [{"kind": "fine", "amount_fen": 5}, {"kind": "warning"}]
    assert lines_of(kept) == (PenaltyLine("fine", 5), PenaltyLine("warning"))


class Charge:
    def __init__(self, violation: str, facts: str, tier: str | None) -> None:
        self.violation, self.facts, self.tier = violation, facts, tier


@given(st.lists(st.tuples(WORDS, WORDS, st.none() | WORDS), min_size=1, max_size=3), st.integers(0, 2))
def test_any_change_of_what_was_told_changes_the_digest(rows, place) -> None:
    told = digest_of(Charge(*row) for row in rows)
    assert told == digest_of(Charge(*row) for row in rows)
    if place < len(rows):
        changed = [*rows]
        violation, facts, tier = changed[place]
        changed[place] = (violation, facts + "又", tier)
        assert digest_of(Charge(*row) for row in changed) != told


@pytest.mark.parametrize("state", list(State))
def test_a_case_is_open_until_a_final_state(state) -> None:
    assert is_open(state) is (state not in FINAL)

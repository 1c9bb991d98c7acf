"""A fine that the law leaves to the office (可以并处), left out where a local standard binds."""

from datetime import date

import pytest

from inspectorate.cases import actions
from inspectorate.cases.reasons import weighing_text
from inspectorate.standards.actions import load_standard
from tests.cases.test_weighing import fine, refused, under, weighed
from tests.cases.walk import Walk
from tests.standards.sample import rule_text, standard_text
from tests.standards.test_standards import keeper

WARNED = [actions.PenaltyProposal("warning")]


def optional(code: str = "MD-242") -> Walk:
    """A case whose fine the law leaves to the office (可以并处), where a local standard has tiers for it."""
    walk = under(code, date(2026, 3, 1))
    tiers = rule_text(code, light="share = [0, 30]", heavy="share = [30, 100]")
    load_standard(keeper("330106"), standard_text("330106", rules=tiers), "t.toml", walk.office.agency)
    return walk


@pytest.mark.parametrize(
    ("choices", "field", "told"),
    [({}, "fines-0-local_tier", "请选择适用的阶次"), ({"local_tier": "较重"}, "fines-0-departure", "拟不处罚款，偏离")],
)
def test_to_leave_an_optional_fine_out_leaves_the_local_standard_and_demands_a_reason(
    session, choices, field, told
) -> None:
    walk = optional()
    assert not weighed(walk).objections, "nothing is proposed yet"
    refusals = refused(walk, fine(walk, None, **choices), penalties=WARNED)
    assert list(refusals) == [field] and told in refusals[field] and "第三十四条" in refusals[field]
    walk.propose(fines=[fine(walk, None, **choices, departure="当事人主动消除危害后果")], penalties=WARNED)
    assert weighed(walk).standing.ok
    assert "理由：当事人主动消除危害后果。" in weighing_text([weighed(walk)])
    assert "罚款数额未适用" not in weighing_text([weighed(walk)])


def test_a_ground_for_no_penalty_is_the_reason_for_no_fine_and_another_ground_is_not(session) -> None:
    walk = optional()
    heavier = fine(walk, None, grounds=("emergency",), reason="有证据证明", local_tier="较轻")
    assert "fines-0-departure" in refused(walk, heavier, penalties=WARNED)
    walk.propose(fines=[heavier._replace(grounds=("first_offence",), local_tier=None)], penalties=WARNED)


def test_a_tier_that_begins_with_nothing_holds_no_fine_too(session) -> None:
    walk = optional("MD-230")
    assert "fines-0-departure" in refused(walk, fine(walk, None, local_tier="较重"), penalties=WARNED)
    walk.propose(fines=[fine(walk, None, local_tier="较轻")], penalties=WARNED)

"""Which decisions are shown in public, and until when."""

from datetime import date
from typing import Any

import pytest

from inspectorate.typical.parties import is_minor
from inspectorate.typical.publicity import REASONS, Standing, shown_until, why_not

TODAY = date(2026, 11, 22)
SHOWN = Standing(kinds=("fine", "warning"), decided_on=date(2026, 11, 2), served_on=date(2026, 11, 5))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"decided_on": None}, "undecided"),
        ({"annulled": True}, "annulled"),
        ({"withdrawn": True}, "withdrawn"),
        ({"kinds": ()}, "none"),
        ({"kinds": ("warning",)}, "minor"),
        ({"kinds": ("warning", "criticism")}, "minor"),
        ({"child": True}, "child"),
        ({"served_on": None}, "unserved"),
        ({"served_on": None, "imported": True}, None),
        ({"decided_on": date(2025, 11, 22)}, None),
        ({"decided_on": date(2025, 11, 21)}, "over"),
        ({"decided_on": date(2025, 11, 21), "kinds": ("fine", "revoke_licence")}, None),
        ({"left_out": "repaired"}, "repaired"),
        ({"left_out": "stayed"}, "stayed"),
        ({"left_out": "other", "annulled": True}, "annulled"),
    ],
)
def test_a_decision_is_shown_unless_there_is_a_reason(change: dict[str, Any], why: str | None) -> None:
    assert why_not(SHOWN._replace(**change), TODAY) == why
    assert why is None or why in REASONS


def test_a_grave_decision_is_shown_for_three_years_and_another_for_one() -> None:
    day = date(2024, 2, 29)
    assert shown_until(("fine",), day) == date(2025, 2, 28)
    assert shown_until(("fine", "suspend_business"), day) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("born_on", "child"),
    [(date(2008, 11, 23), True), (date(2008, 11, 22), False), (date(1990, 1, 1), False), (None, False)],
)
def test_a_minor_is_whoever_is_under_eighteen_that_day(born_on: date | None, child: bool) -> None:
    assert is_minor(born_on, TODAY) is child

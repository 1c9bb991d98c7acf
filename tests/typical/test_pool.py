"""Which cases are compared: all of a small scope, those that stand out of a large one."""

from datetime import date
from typing import Any

import pytest

from inspectorate.accounts.scope import in_region
from inspectorate.cases.models import Case
from inspectorate.extensions import db
from inspectorate.typical import pool as module
from inspectorate.typical.pool import pool
from tests.campaigns.world import CAMPAIGN, Builder

INSIDE = in_region(Case.region_code, "330000")


@pytest.fixture
def cases(session: Any) -> list[Case]:
    """Twelve fined cases, the first the cheapest; the last of another region, the one before of another campaign."""
    build = Builder()
    made = [build.case(build.subject("org", name=f"杭州第{n}诊所")) for n in range(12)]
    for number, case in enumerate(made):
        build.decide(case.respondents[0], ("fine", (number + 1) * 100), decided_on=date(2021, 8, 1))
    made[11].region_code, made[10].campaign = "440106", "other"
    db.session.flush()
    return made


def test_of_a_small_scope_all_are_compared(cases: list[Case]) -> None:
    assert pool(CAMPAIGN, INSIDE) == [case.id for case in cases[:10]]


def test_of_a_large_one_those_with_the_highest_fines_the_gravest_kinds_and_the_latest_decisions(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in {"SMALL": 5, "FINED": 2, "GRAVE": 1, "LATEST": 1, "STEP": 2}.items():
        monkeypatch.setattr(module, name, number)
    cases[0].transferred_judicial_on = date(2021, 9, 1)
    latest, gravest = cases[1].respondents[0].decision, cases[2].respondents[0].decision
    assert latest is not None and gravest is not None
    latest.decided_on = date(2021, 12, 1)
    gravest.penalties[0].kind = "revoke_licence"
    cases[9].respondents[0].decision.annulled_on = date(2021, 12, 1)  # type: ignore[union-attr]
    db.session.flush()
    found = pool(CAMPAIGN, INSIDE)
    wanted = {cases[n].id for n in (0, 1, 2, 7, 8)}
    assert wanted <= set(found) < {case.id for case in cases}
    assert cases[9].id not in found and cases[10].id not in found and cases[11].id not in found

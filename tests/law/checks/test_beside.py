"""Rules on repetition, authority and discretion that cite or lead to something that there is not are named."""

import pytest

from inspectorate.law import Citation, grounds, jurisdiction, repetition
from inspectorate.law.checks.beside import check_beside


def problems() -> list[str]:
    return [str(problem) for problem in check_beside()]


def test_nothing_beside_the_violations_is_wrong() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"citation": Citation("food", 999)}, "no such article"),
        ({"citation": Citation("lantern", 1)}, "no law 'lantern'"),
        ({"transfer": (Citation("crim", 999),)}, "no such article"),
        ({"on": ("lantern",)}, "no law 'lantern'"),
        ({"violation": "ZZ-999"}, "leads to ZZ-999"),
        ({"ground": "mercy"}, "rests on mercy"),
        ({"on": (), "illegal_practice": False}, "of no violation"),
        ({"earlier": 0}, "at least one"),
    ],
)
def test_a_wrong_rule_on_repetition_is_named(
    changes: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = repetition.rules()[1]._replace(**changes)  # type: ignore[arg-type]
    monkeypatch.setattr(repetition, "rules", lambda: (broken,))
    (problem,) = problems()
    assert said in problem and broken.code in problem


def test_a_wrong_limit_of_authority_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = jurisdiction.by_amount()[0]._replace(sectors=("magic",))
    monkeypatch.setattr(jurisdiction, "by_amount", lambda: (broken,))
    (problem,) = problems()
    assert "magic" in problem and "300000" in problem


def test_a_ground_that_excludes_what_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {**grounds.grounds(), "slight": grounds.ground("slight")._replace(excludes=("mercy",))}
    monkeypatch.setattr(grounds, "grounds", lambda: broken)
    (problem,) = problems()
    assert "mercy" in problem

"""Earlier penalties of the same person or unit, wherever they were imposed; and what follows from them."""

from datetime import date
from typing import Any

import pytest

from inspectorate.cases.earlier import earlier_penalties
from inspectorate.cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from inspectorate.extensions import db
from tests import factories
from tests.client import save
from tests.harness.test_statements import statements

ID_NUMBER = "33010619900307123X"
CREDIT_CODE = "91330106914868FW6J"


def case_on(subject: Any, day: date | None = None, *, code: str = "MC-001", agency: Any = None, **columns: Any) -> Case:
    """A case against a subject, decided on a day or not at all."""
    agency = agency or factories.agency()
    party = Respondent(subject=subject, position=0)
    party.findings = [CaseFinding(position=0, violation=code, facts="无证行医")]
    if day:
        party.decision = Decision(decided_on=day, number=f"罚{day.year}", **columns)
        party.decision.penalties = [Penalty(position=0, kind="fine", amount_fen=5_000_000)]
    case = Case(
        name="案", agency=agency, region_code=agency.region_code, sector=agency.sector, origin="other", state="closed"
    )
    case.respondents = [party]
    db.session.add(case)
    save()
    return case


def found(case: Case) -> list[tuple[date, str | None, tuple[str, ...]]]:
    rows = earlier_penalties(case)[case.respondents[0].id]
    return [(row.decided_on, row.number, row.violations) for row in rows]


def test_the_same_record_is_the_same_party_and_the_latest_comes_first(session) -> None:
    clinic = factories.establishment()
    case_on(clinic, date(2022, 3, 1))
    case_on(clinic, date(2024, 5, 1))
    now = case_on(clinic)
    assert found(now) == [
        (date(2024, 5, 1), "罚2024", ("MC-001",)),
        (date(2022, 3, 1), "罚2022", ("MC-001",)),
    ]


def test_a_person_is_known_by_the_identity_number_across_provinces_and_sectors(session) -> None:
    elsewhere = factories.agency("440106", "tcm", name="某市卫生健康局")
    case_on(factories.person("440106", id_number=ID_NUMBER), date(2023, 4, 2), agency=elsewhere)
    now = case_on(factories.person(id_number=ID_NUMBER))
    assert [row.authority for row in earlier_penalties(now)[now.respondents[0].id]] == ["某市卫生健康局"]


def test_a_unit_is_known_by_its_credit_code(session) -> None:
    case_on(factories.establishment("440106", uscc=CREDIT_CODE), date(2023, 4, 2))
    assert len(found(case_on(factories.establishment(uscc=CREDIT_CODE)))) == 1


def test_strangers_without_number_or_code_are_not_taken_for_the_same(session) -> None:
    case_on(factories.person(id_number=None, name="张三"), date(2023, 4, 2))
    case_on(factories.establishment(uscc=None), date(2023, 4, 2))
    assert found(case_on(factories.person(id_number=None, name="张三"))) == []
    assert found(case_on(factories.establishment(uscc=None))) == []


@pytest.mark.parametrize(
    ("day", "columns"), [(None, {}), (date(2023, 4, 2), {"annulled_on": date(2023, 9, 1)}), (date(2025, 1, 1), {})]
)
def test_what_is_undecided_annulled_or_later_does_not_count(session, day, columns) -> None:
    clinic = factories.establishment()
    case_on(clinic, day, **columns)
    now = case_on(clinic, date(2024, 1, 1))
    assert found(now) == []


def test_all_parties_are_looked_up_in_one_statement(session) -> None:
    clinic, doctor = factories.establishment(), factories.person(id_number=ID_NUMBER)
    case_on(clinic, date(2022, 3, 1))
    case_on(doctor, date(2022, 3, 2))
    now = case_on(clinic)
    now.respondents.append(Respondent(subject=doctor, position=1))
    save()
    assert [len(rows) for rows in earlier_penalties(now).values()] == [1, 1]


def test_a_page_that_asks_again_asks_the_database_once_until_something_is_written(session) -> None:
    clinic = factories.establishment()
    first, now = case_on(clinic, date(2022, 3, 1)), case_on(clinic)
    with statements() as asked:
        assert len(found(now)) == 1
        before = len(asked)
        assert len(found(now)) == 1
        assert len(asked) == before
    first.respondents[0].decision.annulled_on = date(2022, 9, 1)
    assert found(now) == []
    save()
    case_on(clinic, date(2024, 3, 1))
    assert len(found(now)) == 1

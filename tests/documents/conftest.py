"""A case and an inspection to issue documents on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from inspectorate.accounts.models import Agency
from inspectorate.accounts.permissions import Role
from inspectorate.cases.models import Case, Respondent
from inspectorate.inspections.models import Inspection
from inspectorate.registry.models import Establishment
from tests import factories
from tests.client import save
from tests.documents.samples import AGENCY

TODAY = date(2025, 7, 18)


@dataclass
class Office:
    """An authority with an inspector, a clinic, an inspection and a case."""

    agency: Agency
    user: Any
    actor: Any
    clinic: Establishment
    inspection: Inspection
    case: Case

    @property
    def respondent(self) -> Respondent:
        """The only party."""
        return self.case.respondents[0]


def make_office(region_code: str = factories.COUNTY) -> Office:
    """An office with everything a document needs."""
    agency = factories.agency(
        region_code,
        name=AGENCY["agency.name"],
        number_prefix="西",
        **{
            key: AGENCY[f"agency.{key}"]
            for key in ("address", "postcode", "phone", "reconsideration_body", "court", "bank", "bank_account")
        },
    )
    user = factories.user(Role.INSPECTOR, agency=agency)
    clinic = factories.establishment(region_code)
    shared = {"region_code": region_code, "sector": "health", "agency": agency}
    inspection = factories.add(
        Inspection(
            subject=clinic,
            reason="routine",
            inspected_on=date(2025, 6, 3),
            entered_at=datetime(2025, 6, 3, 1, 5, tzinfo=UTC),
            left_at=datetime(2025, 6, 3, 3, 20, tzinfo=UTC),
            **shared,
        )
    )
    case = Case(
        number=f"西卫医立〔2025〕{clinic.id}号",
        name="超范围开展诊疗活动",
        origin="inspection",
        state="deciding",
        inspection=inspection,
        **shared,
    )
    case.respondents.append(Respondent(subject=clinic, position=1))
    factories.add(case)
    return Office(agency, user, factories.actor_of(user), clinic, inspection, case)


@pytest.fixture
def office(session: Any) -> Office:
    """The office of 西湖区."""
    made = make_office()
    save()
    return made

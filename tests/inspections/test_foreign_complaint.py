"""A field report names the complaint it looks into; one of another office is refused whoever writes its number."""

import pytest
from sqlalchemy import func, select

from inspectorate import clock
from inspectorate.complaints.models import Complaint
from inspectorate.inspections.models import Inspection
from tests import factories
from tests.inspections.filling import subject_form


@pytest.mark.parametrize(
    ("region", "sector"), [(factories.OTHER_COUNTY, "health"), (factories.COUNTY, "market"), ("110101", "health")]
)
def test_a_complaint_of_another_region_or_sector_in_the_form_is_refused_and_nothing_changes(
    session, sign_in, scene, region, sector
):
    foreign = factories.agency(region, sector=sector, name=f"{region}{sector}局")
    other = factories.add(
        Complaint(
            text="店内打针后红肿", received_on=clock.today(), remarks=[], region_code=region, sector=sector,
            agency_id=foreign.id,
        )
    )  # fmt: skip
    client = sign_in(scene.inspector)
    address = f"/inspections/new?subject_id={scene.clinic.id}"
    typed = subject_form(scene, client.get(address).text, reason="complaint", complaint_id=other.id)
    answer = client.post("/inspections/new", data=typed)
    assert answer.status_code == 200
    assert "该投诉举报不在本辖区" in answer.text and "店内打针后红肿" not in answer.text
    assert session.scalar(select(func.count()).select_from(Inspection)) == 0

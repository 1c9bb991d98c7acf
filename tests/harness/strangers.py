"""Records of the city above 330106, each named 玄鹿: nobody in the county sees them or has a form refer to them."""

from datetime import UTC, date, datetime
from typing import Any

from inspectorate import files
from inspectorate.accounts.actor import SYSTEM, actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.cases.models import Case, Respondent
from inspectorate.complaints.models import Complaint
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.formdesk.actions import begin
from inspectorate.inspections.models import EntryApproval, Evidence, Inspection
from inspectorate.procedure.states import State
from inspectorate.registry.models import Connection
from inspectorate.reporting.models import Bulletin
from inspectorate.returns.models import Return, ReturnLink
from tests import factories
from tests.harness.joint_world import joint_rows
from tests.harness.world import CAMPAIGN, TODAY, World, local_standard
from tests.inspections.scene import picture

NAME = "玄鹿"
WHEN = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
FORM = '[form]\nid = "city"\ntitle = "{0}表"\n[[row]]\nid = "fine_count"\nlabel = "{0}"\nm = "visits"\n'
SERVED = {"agency.name": "杭州市卫生健康委员会", "party.name": f"{NAME}诊所"}


def strangers(world: World) -> dict[str, Any]:
    """The ids of the city's records, by the names that addresses and forms give them."""
    agency = world.person("above", Role.SUPERVISOR).agency
    user = factories.user(Role.INSPECTOR, agency=agency, display_name=f"{NAME}检查员")
    place = factories.establishment(agency.region_code, name=f"{NAME}诊所", address=f"{NAME}路1号")
    staff = factories.person(agency.region_code, name=f"欧阳{NAME}")
    own: dict[str, Any] = {"agency": agency, "region_code": agency.region_code, "sector": agency.sector}
    complaint = factories.add(
        Complaint(number=f"{NAME}诉1", text=f"{NAME}无证", received_on=TODAY, subject=place, channel="letter", **own)
    )
    drawn: dict[str, Any] = {**own, "subject": place, "inspected_on": TODAY, "reason": "routine"}
    report = factories.add(Inspection(number=f"{NAME}检1", state="submitted", created_by_id=user.id, **drawn))
    draft = factories.add(Inspection(state="draft", seen=[f"{NAME}候诊区"], created_by_id=user.id, **drawn))
    case = factories.add(
        Case(name=f"{NAME}无证行医案", number=f"{NAME}案1", state=State.INVESTIGATION, origin="inspection",
             filed_on=TODAY, received_on=TODAY, inspection_id=report.id, **own)
    )  # fmt: skip
    respondent = factories.add(Respondent(case=case, subject=place, position=1))
    approval = factories.add(_approval(own, place, user))
    ids = {
        "agency_id": agency.id,
        "officer_id": user.officer_id,
        "user_id": user.id,
        "subject_id": place.id,
        "person_id": staff.id,
        "connection_id": factories.add(
            Connection(establishment_id=place.id, person_id=staff.id, relation="practitioner")
        ).id,
        "complaint_id": complaint.id,
        "inspection_id": report.id,
        "draft_id": draft.id,
        "approval_id": approval.id,
        "case_id": case.id,
        "respondent_id": respondent.id,
        "evidence_id": _photo(inspection_id=report.id),
        "draft_evidence_id": _photo(inspection_id=draft.id),
        "case_evidence_id": _photo(case_id=case.id),
        "document_id": _paper(agency, inspection_id=report.id),
        "bulletin_id": _bulletin(agency),
        **_return(agency),
        "drafted_id": begin(actor_of(world.person("above", Role.CAMPAIGN_OFFICE)), FORM.format(NAME)).id,
        # What the city issues binds the county and is read there; that of another county is not.
        "standard_id": local_standard(factories.agency("330108"), name=f"{NAME}裁量基准", region="330108").id,
    }
    ids |= joint_rows(agency, CAMPAIGN, NAME, NAME, report, near=factories.agency("330108"))
    record(agency, "accounts:agency:add", SYSTEM)
    db.session.commit()
    return world.ids | ids


def _approval(own: dict[str, Any], place: Any, user: Any) -> EntryApproval:
    span = {"planned_from": TODAY, "planned_to": date(2026, 7, 31)}
    return EntryApproval(subject=place, reason="routine", items=f"{NAME}事项", requested_by_id=user.id,
                         requested_at=WHEN, **span, **own)  # fmt: skip


def _photo(**owner: int) -> int:
    columns = {"kind": "audiovisual", "title": f"{NAME}照片", "filename": "a.jpg", "media_type": "image/jpeg"}
    made = factories.add(Evidence(**columns, sha256=files.put(picture()), captured_at=WHEN, **owner))
    return int(made.id)


def _bulletin(agency: Any) -> int:
    """A draft; once issued it would be read below."""
    place = {"agency": agency, "region_code": agency.region_code}
    words = {"opening": f"{NAME}通报", "requirements": ""}
    return int(factories.add(Bulletin(campaign=CAMPAIGN, month=date(2026, 6, 1), **place, **words)).id)


def _return(agency: Any) -> dict[str, int]:
    """The city's own table: what those below have sent stands in it, but it is not theirs."""
    columns = {"campaign": "medical_cosmetology_2021", "form": "medical_cosmetology_2021", "kind": "level"}
    row = Return(**columns, region_code=agency.region_code, reporter="level", agency=agency, period="all",
                 state_since=WHEN)  # fmt: skip
    link = ReturnLink(return_id=factories.add(row).id, code_sha256="0" * 64, expires_on=TODAY)
    return {"return_id": row.id, "link_id": factories.add(link).id}


def _paper(agency: Any, **owner: int) -> int:
    made = factories.add(
        Document(kind="D05", agency=agency, issued_on=TODAY, created_at=WHEN, template_version="1",
                 snapshot=SERVED, snapshot_sha256="0" * 64, **owner)
    )  # fmt: skip
    return int(made.id)

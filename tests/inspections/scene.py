"""A health authority with two officers, a head, a clinic and an approved entry: what most tests of inspections need."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import Agency, Officer, User
from inspectorate.accounts.permissions import Role
from inspectorate.inspections import actions, entry, submission
from inspectorate.inspections.models import EntryApproval, Inspection
from inspectorate.registry.models import Establishment
from tests import factories

CODE = "MC-001"
FACTS = "手术室内有已启封的医用缝合线，手术登记本记有2025年6月1日至6月3日手术3例"


@dataclass
class Scene:
    """Who is there."""

    agency: Agency
    inspector: User
    second: Officer
    head: User
    clinic: Establishment

    @property
    def actor(self) -> Any:
        """The inspector as an actor."""
        return actor_of(self.inspector)

    @property
    def decider(self) -> Any:
        """The head as an actor."""
        return actor_of(self.head)

    def approval(self, **changed: Any) -> EntryApproval:
        """An approved entry for this week, or one in another state."""
        today = clock.today()
        columns = {
            "subject_id": self.clinic.id,
            "agency_id": self.agency.id,
            "region_code": self.clinic.region_code,
            "sector": self.agency.sector,
            "reason": "routine",
            "items": "医疗机构依法执业情况",
            "planned_from": today - timedelta(days=1),
            "planned_to": today + timedelta(days=6),
            "state": "approved",
            "requested_by_id": self.inspector.id,
            "requested_at": clock.now(),
        }
        made: EntryApproval = factories.add(EntryApproval(**columns | changed))
        return made

    def draft(self, **changed: Any) -> Inspection:
        """A report begun under an approved entry."""
        approval = self.approval()
        step = actions.SubjectStep(
            **{
                "subject_id": self.clinic.id,
                "inspected_on": clock.today(),
                "reason": "routine",
                "entry_id": approval.id,
                **changed,
            }
        )
        return actions.start_report(self.actor, step, clock.today(), key=f"draft-{approval.id}")

    def whole(self, **changed: Any) -> Inspection:
        """A draft that can be submitted."""
        report = self.draft()
        self.save_visit(report)
        self.save_findings(report, **changed)
        return self.save_statement(report, party_statement="手术室刚刚装修。")

    def save_statement(self, report: Inspection, **changed: Any) -> Inspection:
        """The party signs, and the visit ends."""
        values = dict.fromkeys(("party_statement", "refusal_reason", "witness"))
        values |= {"signature": "signed", "left_at": moment(report.inspected_on, 0, 2)}
        step = actions.StatementStep(**values | changed)
        return actions.save_statement(self.actor, report.id, step, clock.now(), version=None)

    def save_visit(self, report: Inspection, **changed: Any) -> Inspection:
        """The visit of two officers, an hour in the past."""
        values = {
            "officer_ids": [self.inspector.officer_id, self.second.id],
            "entered_at": moment(report.inspected_on, 0, 1),
            "place": "文三路1号",
            "escort": "王敏",
            "escort_title": "门诊部主任",
            "identity_shown": True,
            "recusal_answer": "none",
        }
        return actions.save_visit(
            self.actor, report.id, actions.VisitStep(**values | changed), clock.now(), version=None
        )

    def save_findings(self, report: Inspection, **changed: Any) -> Inspection:
        """One finding and an order to correct at once."""
        values = {
            "seen": ["一层为接待区，墙面悬挂《医疗机构执业许可证》正本。", "二层北侧为手术室，操作台上放有缝合线2包。"],
            "findings": [(CODE, FACTS)],
            "order_correction": True,
            "correction_text": "停止开展手术",
            "correction_due_on": None,
            "opinion_text": "按照核准的诊疗科目执业",
        }
        return actions.save_findings(self.actor, report.id, actions.FindingsStep(**values | changed), version=None)

    def submitted(self, **changed: Any) -> Inspection:
        """A submitted report."""
        report = self.whole(**changed)
        return submission.submit_report(self.actor, report.id, clock.today(), version=None)

    def request(self, **changed: Any) -> entry.Request:
        """What is asked for when an entry is requested."""
        today = clock.today()
        values = {
            "key": "request-1",
            "subject_id": self.clinic.id,
            "reason": "routine",
            "items": "医疗机构依法执业情况",
            "planned_from": today,
            "planned_to": today + timedelta(days=3),
        }
        return entry.Request(**values | changed)


def moment(day: date, hour: int, minute: int) -> datetime:
    """A wall-clock time in China."""
    return clock.from_local(datetime(day.year, day.month, day.day, hour, minute))


def make() -> Scene:
    """The scene in 西湖区, health."""
    agency = factories.agency(
        name="杭州市西湖区卫生健康局",
        reconsideration_body="杭州市西湖区人民政府",
        court="杭州市西湖区人民法院",
    )
    inspector = factories.user(Role.INSPECTOR, agency=agency, display_name="李明")
    return Scene(
        agency=agency,
        inspector=inspector,
        second=factories.officer(agency, name="陈洁"),
        head=factories.user(Role.SUPERVISOR, agency=agency, display_name="周局"),
        clinic=factories.establishment(uscc="91330106MA27XW5N4L", legal_representative="王敏"),
    )


def picture(form: str = "JPEG", colour: str = "navy") -> bytes:
    """A small photograph."""
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32), colour).save(buffer, form)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

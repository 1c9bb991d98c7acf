"""Small invented worlds of records: every combination that the measures distinguish, close together in few values."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from inspectorate.accounts.models import Agency, Officer
from inspectorate.cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import db
from inspectorate.inspections.models import Finding, Inspection, InspectionOfficer
from inspectorate.registry.models import Establishment, Person, Subject
from tests import factories
from tests.campaigns.oracle import World

CAMPAIGN = "medical_cosmetology_2021"
CATEGORIES = ["unlicensed_practice", "licensed_institution", "illegal_ad", None]
REGIONS = ["330106", "330105", "330100", "440106"]
DAYS = [date(2021, 5, 31) + timedelta(days=n) for n in (0, 1, 60, 200, 214, 215)]
PENALTIES = ["warning", "fine", "confiscate_income", "confiscate_goods", "suspend_business", "revoke_licence"]
REASONS = ["campaign", "random", "recheck"]
STATES = ["intake", "investigation", "decided", "closed", "withdrawn"]

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Builder:
    """Makes records with what a test cares about; everything else is ordinary."""

    def __init__(self, agency: Agency | None = None) -> None:
        self.agency: Agency = agency or factories.agency()
        self.officers: list[Officer] = [factories.officer(self.agency) for _ in range(3)]

    def _add(self, row: Any) -> Any:
        db.session.add(row)
        db.session.flush()
        return row

    def subject(self, party: str, **columns: Any) -> Subject:
        maker: Any = Establishment if party == "org" else Person
        columns.setdefault("name", "某甲")
        columns.setdefault("region_code", "330106")
        return self._add(maker(**columns))

    def inspection(self, subject: Subject, *, officers: int = 2, findings: int = 0, **columns: Any) -> Inspection:
        ordinary = {"region_code": "330106", "sector": "health", "campaign": CAMPAIGN, "category": CATEGORIES[0]}
        ordinary |= {"inspected_on": date(2021, 7, 2), "reason": "campaign", "state": "submitted"}
        row = Inspection(subject=subject, agency=self.agency, **(ordinary | columns))
        for position, officer in enumerate(self.officers[:officers]):
            row.officers.append(InspectionOfficer(officer=officer, certificate="1", position=position))
        for position in range(findings):
            row.findings.append(Finding(violation="MC-001", facts="…", position=position))
        return self._add(row)

    def case(self, *subjects: Subject, **columns: Any) -> Case:
        ordinary = {"region_code": "330106", "sector": "health", "campaign": CAMPAIGN, "category": CATEGORIES[0]}
        ordinary |= {"name": "案", "origin": "inspection", "state": "decided", "filed_on": date(2021, 7, 5)}
        row = Case(agency=self.agency, **(ordinary | columns))
        row.respondents = [Respondent(subject=subject, position=n) for n, subject in enumerate(subjects)]
        return self._add(row)

    def decide(self, respondent: Respondent, *penalties: tuple[str, int | None], **columns: Any) -> Decision:
        ordinary = {"decided_on": date(2021, 8, 20)}
        row = Decision(respondent=respondent, **(ordinary | columns))
        row.penalties = [Penalty(kind=kind, amount_fen=fen, position=n) for n, (kind, fen) in enumerate(penalties)]
        return self._add(row)

    def complaint(self, **columns: Any) -> Complaint:
        ordinary = {"region_code": "330106", "sector": "health", "campaign": CAMPAIGN, "category": None}
        return self._add(Complaint(**(ordinary | {"received_on": date(2021, 7, 1)} | columns)))


def decided_case(build: Builder, *, violation: str | None = "MC-001", amount: int | None = 18_400_000) -> Case:
    """A clinic without a licence, fined and warned: complete, unless a part is left out."""
    clinic = build.subject("org", name="杭州美芮医疗美容门诊部有限公司")
    inspection = build.inspection(clinic, order_correction=True)
    case = build.case(
        clinic, name="杭州美芮医疗美容门诊部有限公司无证行医案", number="杭西卫医罚〔2021〕1号", inspection=inspection
    )
    respondent = case.respondents[0]
    if violation:
        respondent.findings.append(
            CaseFinding(
                violation=violation,
                facts="杭州美芮医疗美容门诊部未取得许可证行医",
                position=0,
                illegal_income_fen=3_680_000,
            )
        )
    build.decide(respondent, ("warning", None), ("fine", amount), ("confiscate_income", 3_680_000),
                 order_correction=True, served_on=date(2021, 8, 22))  # fmt: skip
    return case


def draw_world(draw: Draw) -> World:
    """A world of at most a dozen records, written to the session."""
    build, world = Builder(), World()
    subjects = [
        build.subject(draw(st.sampled_from(["org", "person"])), region_code=draw(st.sampled_from(REGIONS)))
        for _ in range(draw(st.integers(1, 3)))
    ]
    for subject in subjects:
        if isinstance(subject, Establishment):
            subject.kind = draw(st.sampled_from(["medical_institution", "beauty_salon", None]))
            subject.subkind = draw(st.sampled_from(["cosmetic_clinic", None]))
    for _ in range(draw(st.integers(0, 5))):
        world.inspections.append(_inspection(draw, build, subjects))
    for _ in range(draw(st.integers(0, 4))):
        world.cases.append(_case(draw, build, subjects, world))
    for _ in range(draw(st.integers(0, 3))):
        world.complaints.append(_complaint(draw, build, subjects))
    return world


def _common(draw: Draw) -> dict[str, Any]:
    return {
        "region_code": draw(st.sampled_from(REGIONS)),
        "campaign": draw(st.sampled_from([CAMPAIGN, CAMPAIGN, "other", None])),
        "category": draw(st.sampled_from(CATEGORIES)),
        "sector": draw(st.sampled_from(["health", "market"])),
    }


def _inspection(draw: Draw, build: Builder, subjects: list[Subject]) -> Inspection:
    return build.inspection(
        draw(st.sampled_from(subjects)),
        officers=draw(st.integers(1, 3)),
        findings=draw(st.integers(0, 2)),
        inspected_on=draw(st.sampled_from(DAYS)),
        state=draw(st.sampled_from(["draft", "submitted", "submitted", "withdrawn"])),
        order_correction=draw(st.booleans()),
        reason=draw(st.sampled_from(REASONS)),
        **_common(draw),
    )


def _case(draw: Draw, build: Builder, subjects: list[Subject], world: World) -> Case:
    parties = draw(st.lists(st.sampled_from(subjects), unique_by=id, max_size=3))
    row = build.case(
        *parties,
        state=draw(st.sampled_from(STATES)),
        filed_on=draw(st.sampled_from([*DAYS, None])),
        transferred_judicial_on=draw(st.sampled_from([DAYS[2], None])),
        closed_on=draw(st.sampled_from([DAYS[-1], None])),
        inspection=draw(st.sampled_from([*world.inspections, None])),
        imported=True,
        **_common(draw),
    )
    for respondent in row.respondents:
        if draw(st.booleans()):
            kinds = draw(st.lists(st.sampled_from(PENALTIES), max_size=4))
            fines = [(kind, draw(st.integers(0, 10**9))) for kind in kinds]
            build.decide(
                respondent,
                *fines,
                decided_on=draw(st.sampled_from([*DAYS, None])),
                order_correction=draw(st.booleans()),
                annulled_on=draw(st.sampled_from([None, None, DAYS[-1]])),
            )
    return row


def _complaint(draw: Draw, build: Builder, subjects: list[Subject]) -> Complaint:
    received = draw(st.sampled_from(DAYS[:3]))
    return build.complaint(
        received_on=received,
        closed_on=draw(st.sampled_from([DAYS[3], DAYS[-1], None])),
        replied_on=draw(st.sampled_from([DAYS[3], DAYS[4], None])),
        penalised=draw(st.booleans()),
        satisfied=draw(st.sampled_from([True, False, None])),
        withdrawn_reason=draw(st.sampled_from([None, None, "重复"])),
        subject=draw(st.sampled_from([*subjects, None])),
        **_common(draw),
    )

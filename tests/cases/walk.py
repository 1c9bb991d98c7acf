"""An office with people and a case that walks through the ordinary procedure, stopping wherever a test wants."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import Agency, Officer
from inspectorate.accounts.permissions import Role
from inspectorate.cases import actions
from inspectorate.cases.models import Case, Respondent
from inspectorate.extensions import db
from inspectorate.inspections.models import Inspection
from inspectorate.procedure.states import State
from tests import factories
from tests.client import save

START = date(2026, 6, 1)
INCOME = 3_680_000
FINE = 18_400_000


@dataclass
class Office:
    """An authority with two handlers, a reviewer and a head."""

    agency: Agency
    handler: Actor
    second: Officer
    reviewer: Actor
    head: Actor
    handler_user: Any
    reviewer_user: Any
    head_user: Any

    @property
    def handler_ids(self) -> list[int]:
        assert self.handler.officer_id is not None
        return [self.handler.officer_id, self.second.id]


def office(**columns: Any) -> Office:
    """A county's health authority, complete as decisions need it."""
    filled = {
        "name": "杭州市西湖区卫生健康局",
        "number_prefix": "杭西",
        "address": "杭州市西湖区文三路1号",
        "postcode": "310012",
        "phone": "0571-87654321",
        "reconsideration_body": "杭州市西湖区人民政府",
        "court": "杭州市西湖区人民法院",
        "bank": "中国工商银行杭州西湖支行",
        "bank_account": "杭州市西湖区财政局 1202020009900123456",
    }
    agency = factories.agency(**{**filled, **columns})
    handler = factories.user(Role.INSPECTOR, agency=agency, display_name="王芳")
    head = factories.user(Role.SUPERVISOR, agency=agency, display_name="周局")
    reviewer = factories.user(Role.LEGAL_REVIEWER, agency=agency, display_name="陈法")
    reviewer.officer.legal_qualification = True
    second = factories.officer(agency, name="李强")
    save()
    return Office(agency, actor_of(handler), second, actor_of(reviewer), actor_of(head), handler, reviewer, head)


def inspection(place: Office, **columns: Any) -> Inspection:
    """A submitted field report with one finding and one piece of evidence, without an order to correct."""
    from datetime import UTC, datetime

    from inspectorate.inspections.models import Evidence, Finding, InspectionOfficer

    subject = columns.pop("subject", None) or factories.establishment(name="西湖美芮美容店", uscc=None)
    row = Inspection(
        subject=subject,
        agency=place.agency,
        region_code=place.agency.region_code,
        sector=place.agency.sector,
        reason="campaign",
        state="submitted",
        inspected_on=START - timedelta(days=1),
        seen=["店内二楼设有治疗室"],
        remarks=[],
        created_by_id=place.handler.user_id,
        campaign="medical_cosmetology_2021",
        category="unlicensed_practice",
        **columns,
    )
    row.findings = [Finding(violation="MC-001", facts="2026年3月至5月为顾客注射肉毒素，收取36800元", position=0)]
    row.officers = [
        InspectionOfficer(officer_id=officer_id, certificate="330106000001", position=place_)
        for place_, officer_id in enumerate(place.handler_ids)
    ]
    row.evidence = [
        Evidence(
            kind="audiovisual", title="治疗室照片", proves="店内开展注射", captured_at=datetime(2026, 5, 31, tzinfo=UTC)
        )
    ]
    db.session.add(row)
    save()
    return row


def intake(place: Office, subject_id: int, **changes: Any) -> actions.Intake:
    """What the form of a new case sends."""
    given: dict[str, Any] = {
        "origin": "inspection",
        "received_on": START,
        "summary": "现场检查发现该店无医疗机构执业许可证开展注射美容。",
        "handler_ids": place.handler_ids,
        "parties": [
            actions.PartyCharges(subject_id, [actions.Charge("MC-001", "2026年3月至5月为顾客注射肉毒素，收取36800元")])
        ],
    }
    return actions.Intake(**{**given, **changes})


class Walk:
    """A case and the day; every method is one step on, and returns the walk."""

    def __init__(self, place: Office, *, from_inspection: bool = True) -> None:
        self.office = place
        self.day = START
        report = inspection(place)
        self.case: Case = actions.open_case(
            place.handler,
            intake(place, report.subject_id),
            self.day,
            key=f"walk-{factories._numbers()}",
            inspection_id=report.id if from_inspection else None,
        )

    @property
    def party(self) -> Respondent:
        return self.case.respondents[0]

    @property
    def finding_id(self) -> int:
        return self.party.findings[0].id

    def until(self, state: State) -> "Walk":
        """Go on along the ordinary way until the case is in the state; aside from it where it passes the state by."""
        if state is State.LEGAL_REVIEW:
            self.office.agency.major_decision_fen = 1
        for _ in range(len(self.STEPS)):
            if self.case.state == state:
                return self
            stands = State(self.case.state)
            step = self.ASIDE.get((stands, state)) or self.STEPS[stands]
            step(self)
        raise AssertionError(f"never came to {state}, stands at {self.case.state}")

    def file(self) -> None:
        actions.propose_filing(self.office.handler, self.case.id, self.day)

    def approve_filing(self) -> None:
        self.day += timedelta(days=1)
        actions.approve_filing(self.office.head, self.case.id, self.day)

    def investigate(self) -> None:
        """Days, amounts, proposal, report."""
        self.report()

    def discuss(self) -> None:
        """Days, amounts, proposal, and a report that is discussed first."""
        self.report(deliberate=True)

    def report(self, **answers: bool) -> None:
        self.day += timedelta(days=6)
        self.found()
        self.propose()
        actions.submit_report(self.office.handler, self.case.id, self.day, **answers)

    def found(self, **changes: Any) -> None:
        given: dict[str, Any] = {
            "finding_id": self.finding_id,
            "facts": "2026年3月至5月为顾客注射肉毒素，收取36800元",
            "act_from": date(2026, 3, 1),
            "act_to": date(2026, 5, 30),
            "harm": False,
            "tier": "base",
            "liability": None,
            "bases": {"illegal_income": INCOME},
        }
        step = actions.FindingStep(**{**given, **changes})
        actions.save_findings(self.office.handler, self.case.id, [step], self.day)

    def proposal(self, fine: int | None = FINE, **changes: Any) -> actions.Proposal:
        given: dict[str, Any] = {
            "fines": [actions.FineProposal(self.finding_id, fine)],
            "penalties": [actions.PenaltyProposal("confiscate_income", INCOME)],
            "discretion": "初次违法，违法所得较少，配合调查，适用基本档次",
            "order_correction": True,
            "correction_text": "立即停止诊疗活动",
        }
        return actions.Proposal(**{**given, **changes})

    def propose(self, fine: int | None = FINE, **changes: Any) -> None:
        actions.propose_penalties(
            self.office.handler, self.case.id, self.party.id, self.proposal(fine, **changes), self.day
        )

    def send(self) -> None:
        actions.send_on(self.office.handler, self.case.id, self.day)

    def review(self) -> None:
        actions.agree_in_review(self.office.reviewer, self.case.id, all_in_order(), self.day)

    def approve_notice(self) -> None:
        actions.approve_notice(self.office.head, self.case.id, self.day)

    def service(self, **changes: Any) -> actions.ServiceStep:
        given: dict[str, Any] = {
            "way": "direct",
            "served_on": self.day,
            "servers": ["王芳", "李强"],
            "receiver": "张老板",
            "place": "文三路1号",
        }
        return actions.ServiceStep(**{**given, **changes})

    def serve_notice(self) -> None:
        self.day += timedelta(days=1)
        actions.serve_notice(self.office.handler, self.case.id, self.party.id, self.service(), self.day)

    def waive(self) -> None:
        step = actions.DefenceStep("waived", self.day)
        actions.record_defence(self.office.handler, self.case.id, self.party.id, step, self.day)

    def defend(self) -> None:
        step = actions.DefenceStep("made", self.day, "系首次，请求减轻")
        actions.record_defence(self.office.handler, self.case.id, self.party.id, step, self.day)

    def review_defence(self) -> None:
        actions.review_defence(
            self.office.reviewer,
            self.case.id,
            self.party.id,
            self.day,
            accepted="rejected",
            review="证据充分，不予采纳",
        )

    def propose_decision(self) -> None:
        actions.propose_decision(self.office.handler, self.case.id, self.day)

    def approve_decision(self) -> None:
        actions.approve_decision(self.office.head, self.case.id, self.day)

    def serve_decision(self) -> None:
        self.day += timedelta(days=2)
        actions.serve_decision(self.office.handler, self.case.id, self.party.id, self.service(), self.day)

    def pay(self, amount: int = FINE + INCOME, receipt: str = "浙财0001", **changes: Any) -> None:
        step = actions.PaymentStep(self.day, amount, receipt, **changes)
        actions.record_payment(self.office.handler, self.case.id, self.party.id, step, self.day)

    def close(self) -> None:
        self.pay()
        actions.propose_closing(self.office.handler, self.case.id, self.day)

    def approve_closing(self) -> None:
        actions.approve_closing(self.office.head, self.case.id, self.day)

    ASIDE: dict[tuple[State, State], Callable[["Walk"], None]] = {  # noqa: RUF012
        (State.INVESTIGATION, State.REPORTED): discuss,
        (State.DEFENCE_TERM, State.DEFENCE_HEARD): defend,
    }
    STEPS: dict[State, Callable[["Walk"], None]] = {  # noqa: RUF012
        State.INTAKE: file,
        State.FILING_PROPOSED: approve_filing,
        State.INVESTIGATION: investigate,
        State.REPORTED: send,
        State.LEGAL_REVIEW: review,
        State.NOTICE_APPROVAL: approve_notice,
        State.NOTICE_ISSUED: serve_notice,
        State.DEFENCE_TERM: waive,
        State.DEFENCE_HEARD: review_defence,
        State.DECISION_DRAFT: propose_decision,
        State.DECISION_APPROVAL: approve_decision,
        State.DECIDED: serve_decision,
        State.EXECUTION: close,
        State.CLOSING_PROPOSED: approve_closing,
    }


def all_in_order() -> actions.Review:
    """A review that finds every point in order."""
    from inspectorate.cases.words import REVIEW_POINTS

    return actions.Review({key: actions.Point(True) for key in REVIEW_POINTS}, "同意")

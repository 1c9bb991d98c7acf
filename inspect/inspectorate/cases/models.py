"""案件: the case, its respondents with findings and decisions, opinions given on it, defences, payments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency, Officer
from ..columns import Fen, Instant, Json, Keyed, Versioned, new_key
from ..extensions import Model
from ..inspections.models import Evidence, Inspection
from ..registry.models import Subject
from ..search.searched import Searched, Touch, owner

NO_CLOCK = date(9999, 12, 31)


class Case(Keyed, Versioned, Model):
    """A case of the punishing authority. Its ``state`` is set by ``cases.actions`` along ``procedure.states`` alone."""

    __tablename__ = "enforcement_case"
    record_type = "case"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint("closed_on IS NULL OR filed_on IS NULL OR closed_on >= filed_on OR imported", name="dates"),
        # Everything that a campaign's table counts or follows: it never reads the rows.
        Index(
            "ix_case_campaign_region",
            *("campaign", "region_code", "category", "filed_on"),
            *("closed_on", "transferred_judicial_on", "state", "inspection_id"),
        ),
        Index("ix_case_region_date", "region_code", "filed_on"),
        Index("ix_case_agency_state", "agency_id", "state"),
        # Lists run by the id, or by the clock (migration 0004); a county finds its own rows, wider offices walk past
        # those of others.
        Index("ix_case_region_list", "region_code", "sector", "id", "state"),
        Index("ix_case_sector_list", "sector", "id", "region_code", "state"),
        Index("ix_case_state_list", "sector", "state", "id", "region_code", "imported", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(80), index=True)
    name: Mapped[str] = mapped_column(String(300))
    """案件名称 without 涉嫌; ``queries.title`` puts it there while nothing is decided."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    campaign: Mapped[str | None] = mapped_column(String(60))
    category: Mapped[str | None] = mapped_column(String(60))
    origin: Mapped[str] = mapped_column(String(20))
    """案件来源: inspection, complaint, superior, subordinate, transfer, other."""
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    state: Mapped[str] = mapped_column(String(30))
    imported: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[list[str]] = mapped_column(Json, default=list)
    summary: Mapped[str | None] = mapped_column(Text)
    received_on: Mapped[date | None]
    filed_on: Mapped[date | None] = mapped_column(index=True)
    transferred_judicial_on: Mapped[date | None]
    sent_to_review_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    """Day on which the legal review agreed to what now stands; None again when the investigation is resumed."""
    closed_on: Mapped[date | None]
    ended_in: Mapped[str | None] = mapped_column(String(30))
    """The state in which a case that ended without a decision was left."""
    due_on: Mapped[date | None]
    """Last day of the office's most urgent clock, renewed with every step, so that queues sort by it."""
    end_reason: Mapped[str | None] = mapped_column(Text)
    major: Mapped[bool] = mapped_column(default=False)
    """复杂、重大: demands legal review or group decision whatever the amounts (行政处罚法57, 58)."""
    report: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Texts of the papers: disputes, deliberation, execution and its result."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)

    @hybrid_property
    def act_by(self) -> date:
        """``due_on`` for sorting: without a running clock at the end."""
        return self.due_on or NO_CLOCK

    @act_by.inplace.expression
    @classmethod
    def _act_by_expression(cls) -> ColumnElement[date]:
        return func.coalesce(cls.due_on, literal_column(f"'{NO_CLOCK}'", Date), type_=Date)

    agency: Mapped[Agency] = relationship()
    inspection: Mapped[Inspection | None] = relationship()
    handlers: Mapped[list["CaseHandler"]] = relationship(cascade="all, delete-orphan", order_by="CaseHandler.position")
    respondents: Mapped[list["Respondent"]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Respondent.position"
    )
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.id")
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id")


class CaseHandler(Model):
    """承办人: an assignment of two or more officers (行政处罚法42), not a role."""

    __tablename__ = "case_handler"
    __table_args__ = (UniqueConstraint("case_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    position: Mapped[int]

    officer: Mapped[Officer] = relationship()


class Respondent(Model):
    """当事人 of a case, as named on the day it was filed."""

    __tablename__ = "respondent"
    __table_args__ = (UniqueConstraint("case_id", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    position: Mapped[int]

    notice: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the prior notice told: penalties, a digest of facts and articles, whether the hearing was offered."""
    notice_issued_on: Mapped[date | None]
    notice_served_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="respondents")
    subject: Mapped[Subject] = relationship()
    findings: Mapped[list["CaseFinding"]] = relationship(
        back_populates="respondent", cascade="all, delete-orphan", order_by="CaseFinding.position"
    )
    decision: Mapped["Decision | None"] = relationship(back_populates="respondent", cascade="all, delete-orphan")
    defences: Mapped[list["Defence"]] = relationship(order_by="Defence.id")


class CaseFinding(Model):
    """A violation charged to a respondent: its facts, time, tier, and the amounts that the range is computed from."""

    __tablename__ = "case_finding"
    __table_args__ = (
        CheckConstraint("law_day IS NULL OR law_day IN ('act', 'decision')", name="law_day"),
        CheckConstraint("criminal_fine_fen IS NULL OR criminal_fine_fen > 0", name="criminal_fine"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondent.id"), index=True)
    position: Mapped[int]
    violation: Mapped[str] = mapped_column(String(20), index=True)
    facts: Mapped[str] = mapped_column(Text)
    act_from: Mapped[date | None]
    act_to: Mapped[date | None]
    """End of a continuing act; limitation runs from here (行政处罚法36)."""
    harm: Mapped[bool] = mapped_column(default=False)
    """危害后果 to life, health or finance: five years instead of two (行政处罚法36)."""
    tier: Mapped[str | None] = mapped_column(String(20))
    liability: Mapped[str | None] = mapped_column(String(12))
    """org, person or responsible: as whom the respondent is fined."""
    illegal_income_fen: Mapped[Fen | None]
    refunded_fen: Mapped[Fen | None]
    """Part of the illegal income that must be refunded and is therefore not confiscated (行政处罚法28(2))."""
    goods_value_fen: Mapped[Fen | None]
    bases: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Further bases in fen (or counts), or the string ``unknown``, by the catalogue's base names."""
    grounds: Mapped[list[str]] = mapped_column(Json, default=list)
    """Grounds of discretion recorded (行政处罚法30-33), codes of ``law.discretion``."""
    discretion_reason: Mapped[str | None] = mapped_column(Text)
    local_standard: Mapped[str | None] = mapped_column(String(80))
    """文号 of the local discretion standard (裁量基准) that is applied: the papers name it even when it has ended."""
    local_tier: Mapped[str | None] = mapped_column(String(60))
    """裁量阶次 of that standard, by its name."""
    departure_reason: Mapped[str | None] = mapped_column(Text)
    """Why the fine leaves the local tier, or none is applied where the standard has one (行政处罚法34)."""
    law_day: Mapped[str | None] = mapped_column(String(8))
    """``act`` or ``decision``: whose law was chosen where neither range is the lighter one (行政处罚法37)."""
    law_reason: Mapped[str | None] = mapped_column(Text)
    act_number: Mapped[int | None]
    """Findings of a respondent that bear the same number are one act, which is fined once (行政处罚法29)."""
    governs: Mapped[bool] = mapped_column(default=False)
    """Chosen as the rule under which the act is fined, where the ranges of its rules cross."""
    governs_reason: Mapped[str | None] = mapped_column(Text)
    criminal_fine_fen: Mapped[Fen | None]
    """罚金 that a court has imposed for the act: the office fines no more (行政处罚法35(2))."""
    criminal_court: Mapped[str | None] = mapped_column(String(120))
    criminal_judgement: Mapped[str | None] = mapped_column(String(120))
    """Number of the judgement."""
    criminal_judged_on: Mapped[date | None]

    respondent: Mapped[Respondent] = relationship(back_populates="findings")


class Decision(Versioned, Model):
    """What is proposed for, and then decided on, one respondent. ``decided_on`` None: still a proposal."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("respondent_id"),
        Index("ix_decision_decided", "decided_on"),
        Index("ix_decision_counted", "respondent_id", "decided_on", "annulled_on", "order_correction"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondent.id"))
    number: Mapped[str | None] = mapped_column(String(80), index=True)
    decided_on: Mapped[date | None]
    served_on: Mapped[date | None]
    order_correction: Mapped[bool] = mapped_column(default=False)
    correction_text: Mapped[str | None] = mapped_column(Text)
    discretion: Mapped[str | None] = mapped_column(Text)
    law_versions: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Version of each law applied, fixed with the decision (行政处罚法37)."""
    payment_code: Mapped[str | None] = mapped_column(String(60))
    executed_on: Mapped[date | None]
    """Day on which the penalties other than money were carried out."""
    execution: Mapped[str | None] = mapped_column(Text)
    """How they were carried out, and whether the violation was corrected."""
    annulled_on: Mapped[date | None]

    respondent: Mapped[Respondent] = relationship(back_populates="decision")
    penalties: Mapped[list["Penalty"]] = relationship(
        back_populates="decision", cascade="all, delete-orphan", order_by="Penalty.position"
    )
    payments: Mapped[list["Payment"]] = relationship(order_by="Payment.paid_on, Payment.id")

    @property
    def payable_fen(self) -> int:
        """Fines and confiscated income, in fen."""
        return sum(p.amount_fen or 0 for p in self.penalties if p.kind in ("fine", "confiscate_income"))


class Penalty(Model):
    """行政处罚 of one kind (行政处罚法9). ``amount_fen``: the fine, or the value confiscated."""

    __tablename__ = "penalty"
    __table_args__ = (
        CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="amount"),
        Index("ix_penalty_decision_kind", "decision_id", "kind", "amount_fen"),
        # The heaviest of a kind, whichever decision they belong to.
        Index("ix_penalty_kind_amount", "kind", "amount_fen", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    case_finding_id: Mapped[int | None] = mapped_column(ForeignKey("case_finding.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[Fen | None]
    detail: Mapped[str | None] = mapped_column(Text)
    """What is confiscated, which licence, how many months."""

    decision: Mapped[Decision] = relationship(back_populates="penalties")


class Opinion(Model):
    """An opinion on a step of the case: approval or return by the head, the reviewer's opinion, the deliberation."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    step: Mapped[str] = mapped_column(String(30))
    """filing, deliberation, legal_review, notice, decision, closing, …"""
    outcome: Mapped[str] = mapped_column(String(20))
    """approved, returned, refused, agreed."""
    text: Mapped[str | None] = mapped_column(Text)
    points: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The reviewer's answers on jurisdiction, facts, evidence, basis, procedure, discretion."""
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    given_on: Mapped[date]
    given_at: Mapped[datetime] = mapped_column(Instant)

    officer: Mapped[Officer | None] = relationship()


class Defence(Model):
    """陈述、申辩 of a respondent after the prior notice: made, waived, or the term run out (行政处罚法44, 45, 62)."""

    __tablename__ = "defence"

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondent.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    """made, waived, expired."""
    on: Mapped[date] = mapped_column("on_day")
    text: Mapped[str | None] = mapped_column(Text)
    accepted: Mapped[str | None] = mapped_column(String(10))
    """Outcome of the review: accepted, partly, rejected."""
    review: Mapped[str | None] = mapped_column(Text)
    hearing: Mapped[str | None] = mapped_column(String(12))
    """The right to a hearing: waived, expired, requested, held."""
    superseded: Mapped[bool] = mapped_column(default=False)
    """Made on a notice that has been replaced by a new one."""


class Payment(Model):
    """A payment to the bank, perhaps a part; late fees are booked apart."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount_fen > 0", name="amount"), UniqueConstraint("key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    paid_on: Mapped[date]
    amount_fen: Mapped[Fen]
    receipt_number: Mapped[str] = mapped_column(String(60))
    """财政票据号."""
    late_fee: Mapped[bool] = mapped_column(default=False)


SEARCHED = Searched(
    Case,
    ("name",),
    codes=("number",),
    department="sector",
    beside=[
        select(Respondent.case_id, Subject.name).join(Subject, Subject.id == Respondent.subject_id),
        select(Respondent.case_id, Decision.number).join(Decision, Decision.respondent_id == Respondent.id),
    ],
    touched_by=[
        Touch(Respondent, frozenset({"subject_id"}), owner("case_id")),
        Touch(
            Decision,
            frozenset({"number"}),
            lambda decision: select(Respondent.case_id).where(Respondent.id == decision.respondent_id),
        ),
        Touch(
            Subject,
            frozenset({"name"}),
            lambda subject: select(Respondent.case_id).where(Respondent.subject_id == subject.id),
            changes_only=True,
        ),
    ],
)

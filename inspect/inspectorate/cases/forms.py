"""Forms of cases, one for each step."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ..accounts.models import Officer
from ..columns import new_key
from ..documents.rules import WAYS as SERVICE_WAYS
from ..fields import DayField, MomentField, MoneyField, NumberField, StrippedField, TextField, VersionedForm
from ..inspections.words import EVIDENCE_KINDS
from ..law.discretion import grounds
from ..law.words import COUNTED, TIERS, term
from ..screens import language
from . import actions
from .actions.execution import WAYS as EXECUTION_WAYS
from .actions.review import RETURNED
from .assessment import bases_of, known_violation
from .models import Case, CaseFinding, Respondent
from .words import (
    ACCEPTANCE,
    DEFENCE_KINDS,
    HEARINGS,
    LIABILITIES,
    ORIGINS,
    PENALTIES,
    REVIEW_POINTS,
    STATES,
)


def number_in(text: Any) -> int | None:
    """A row's number; None for anything that is none, or that no database holds."""
    plain = str(text or "")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


def in_language(words: Any) -> str:
    """A pair of Chinese and English words in the page's language."""
    return str(words.en if language() == "en" else words.zh)


class Row(FlaskForm):
    """A row of a form; rows carry no token of their own."""

    class Meta:
        """The form around it carries the token."""

        csrf = False


class Needed:
    """Marks a field that may be empty for now and not when the case goes on: its label does not say "optional"."""

    field_flags = {"required": True}  # noqa: RUF012

    def __call__(self, form: FlaskForm, field: Any) -> None:
        """The guards of the next step look for what is missing."""


class CaseForm(VersionedForm):
    """A form on a case that exists."""

    @property
    def read_version(self) -> int | None:
        """The version that was read."""
        return number_in(self.version.data)


class KeyedCaseForm(CaseForm):
    """A form that makes a row: its UUID makes it once, however often it is sent."""

    key = HiddenField()

    def process(self, *arguments: Any, **values: Any) -> None:
        """A fresh form gets a fresh key."""
        super().process(*arguments, **values)
        if not self.key.data or len(self.key.data) > 60:
            self.key.data = new_key()


class FilterForm(FlaskForm):
    """The filter bar of the list."""

    class Meta:
        """A GET form changes nothing."""

        csrf = False

    q = StrippedField(_l("Number, party or name"), validators=[Optional(), Length(max=80)])
    queue = SelectField(
        _l("Waiting for"),
        choices=[
            ("", _l("anybody")),
            ("mine", _l("me as handler")),
            ("review", _l("legal review")),
            ("approval", _l("the head")),
        ],
        validate_choice=False,
    )
    state = SelectField(_l("State"), choices=[("", _l("any")), *STATES.items()], validate_choice=False)
    origin = SelectField(_l("Source"), choices=[("", _l("any")), *ORIGINS.items()], validate_choice=False)
    since = DayField(_l("Filed from"), validators=[Optional()])
    until = DayField(_l("Filed to"), validators=[Optional()])
    open_only = BooleanField(_l("Open cases only"))


# ---------------------------------------------------------------- opening


def _officer_field(people: Sequence[tuple[Any, str]]) -> Any:
    return SelectField(
        _l("Inspector and certificate"),
        choices=list(people),
        coerce=number_in,
        validators=[Needed()],
        validate_choice=False,
    )


class HandlerRow(Row):
    """One handler."""

    officer_id = _officer_field([])


class ChargeRow(Row):
    """A violation charged to a party."""

    finding_id = HiddenField()
    subject_id = SelectField(_l("Party"), coerce=number_in, validators=[Optional()], validate_choice=False)
    violation = StrippedField(_l("Violation"), widget=HiddenInput(), validators=[Length(max=20)])
    facts = TextField(
        _l("Facts as known"),
        description=_l("When, where, who, what, how much. They go into the papers as you write them."),
        validators=[Needed(), Length(max=5000)],
    )


class IntakeForm(KeyedCaseForm):
    """A case being opened: source, parties and charges, handlers, summary."""

    origin = SelectField(
        _l("Source of the case"), choices=list(ORIGINS.items()), validators=[Needed()], validate_choice=False
    )
    received_on = DayField(_l("Taken in on"), validators=[InputRequired(_l("Enter the day on which it was taken in."))])
    summary = TextField(
        _l("Summary"),
        description=_l("When, where, who, what is suspected, how it was found. Without any judgement."),
        validators=[InputRequired(_l("Write the summary of the case.")), Length(max=5000)],
    )
    words = StrippedField(
        _l("Find a violation"),
        description=_l("A few words, an article or a code, for example: 无证 医疗美容, 第九十九条, MC-001."),
        validators=[Optional(), Length(max=80)],
    )
    charges = FieldList(FormField(ChargeRow), _l("Suspected violations"), max_entries=30)
    handlers = FieldList(FormField(HandlerRow), _l("Handlers"), min_entries=2, max_entries=6)
    name = StrippedField(
        _l("Name of the case"),
        description=_l("Left empty it is built from party and violation. 涉嫌 is added until the decision."),
        validators=[Optional(), Length(max=200)],
    )
    target = SelectField(_l("Campaign and target"), validators=[Optional()], validate_choice=False)
    major = BooleanField(
        _l("Complex or major case"), description=_l("Then legal review is demanded whatever the amount.")
    )

    def offer(
        self,
        parties: Sequence[Any],
        officers: Sequence[Officer],
        targets: dict[str, list[tuple[str, str]]],
        day: date,
    ) -> None:
        """Whom and what can be chosen; officers without a valid certificate say so."""
        expired = str(_l("certificate not valid"))
        people: list[tuple[Any, str]] = [("", "")]
        for one in officers:
            words = f"{one.name}　{one.certificate}"
            people.append((one.id, words if one.certified_on(day) else f"{words}（{expired}）"))
        for row in self.handlers:
            row.form.officer_id.choices = people
        # The row that scripts copy is made anew from its class, so the class carries the people too.
        offered = type("OfferedRow", (HandlerRow,), {"officer_id": _officer_field(people)})
        self.handlers.unbound_field = FormField(offered)
        for row in self.charges:
            row.form.subject_id.choices = [(party.id, party.name) for party in parties]
        self.target.choices = {str(_l("No campaign")): [("", _l("no campaign"))], **targets}

    @property
    def handler_ids(self) -> list[int]:
        """The officers chosen, in order."""
        return [row.form.officer_id.data for row in self.handlers if row.form.officer_id.data]

    @property
    def chosen_target(self) -> tuple[str | None, str | None]:
        """Campaign and category."""
        campaign, _, category = (self.target.data or "").partition("|")
        return campaign or None, category or None

    def intake(self, party_ids: Sequence[int]) -> actions.Intake:
        """What the action takes; a charge without a party belongs to the first."""
        charges: dict[int, list[actions.Charge]] = {party_id: [] for party_id in party_ids}
        for row in self.charges:
            inner = row.form
            party_id = inner.subject_id.data if inner.subject_id.data in charges else next(iter(party_ids), None)
            if party_id is not None:
                charge = actions.Charge(
                    inner.violation.data or "", inner.facts.data or "", number_in(inner.finding_id.data)
                )
                charges[party_id].append(charge)
        campaign, category = self.chosen_target
        return actions.Intake(
            origin=self.origin.data or "",
            received_on=self.received_on.data,
            summary=self.summary.data,
            handler_ids=self.handler_ids,
            parties=[actions.PartyCharges(party_id, rows) for party_id, rows in charges.items()],
            name=self.name.data,
            campaign=campaign,
            category=category,
            major=bool(self.major.data),
        )

    def fill(self, case: Case) -> None:
        """Show what the case holds."""
        for name in ("origin", "received_on", "summary", "name", "major"):
            getattr(self, name).data = getattr(case, name)
        self.target.data = f"{case.campaign}|{case.category or ''}" if case.campaign else ""
        for row, handler in zip(self.handlers, case.handlers, strict=False):
            row.form.officer_id.data = handler.officer_id
        for handler in case.handlers[len(self.handlers) :]:
            self.handlers.append_entry({"officer_id": handler.officer_id})
        for party in case.respondents:
            for finding in party.findings:
                self.charges.append_entry(
                    {
                        "finding_id": finding.id,
                        "subject_id": party.subject_id,
                        "violation": finding.violation,
                        "facts": finding.facts,
                    }
                )


class RenameForm(CaseForm):
    """The name of the case by hand."""

    name = StrippedField(
        _l("Name of the case"), validators=[InputRequired(_l("Write the name of the case.")), Length(max=200)]
    )


# ---------------------------------------------------------------- investigation


class BaseRow(Row):
    """A base of the range besides income and goods: an amount in yuan or a count, or unknown."""

    name = HiddenField()
    amount = NumberField(_l("Amount"), validators=[Optional()])
    unknown = BooleanField(_l("cannot be calculated"))


class FindingRow(Row):
    """What was found out about one violation."""

    finding_id = HiddenField()
    facts = TextField(
        _l("Facts as proved"),
        description=_l("When, where, who, what, how long, how much, with what consequence. The decision prints them."),
        validators=[InputRequired(_l("Write the facts of this violation.")), Length(max=8000)],
    )
    act_from = DayField(_l("Act begun on"), validators=[Needed()])
    act_to = DayField(
        _l("Act ended on"),
        description=_l("For an act that went on; limitation runs from here."),
        validators=[Optional()],
    )
    harm = BooleanField(_l("Life, health or property of people was harmed (five years of limitation instead of two)"))
    tier = SelectField(_l("Tier"), validators=[Needed()], validate_choice=False)
    liability = SelectField(_l("Charged"), validators=[Optional()], validate_choice=False)
    income = MoneyField(_l("Illegal income"), validators=[Optional()])
    income_unknown = BooleanField(_l("Illegal income cannot be calculated"))
    refunded = MoneyField(_l("Of which to be refunded"), validators=[Optional()])
    goods = MoneyField(_l("Value of the goods"), validators=[Optional()])
    goods_unknown = BooleanField(_l("Value of the goods cannot be calculated"))
    others = FieldList(FormField(BaseRow))


class InvestigationForm(CaseForm):
    """All findings of a case."""

    findings = FieldList(FormField(FindingRow), _l("Violations"))

    def fill(self, case: Case) -> None:
        """Show what the case holds."""
        for finding in findings_of(case):
            given = bases_of(finding)
            known = finding.bases or {}
            others = [name for name in _bases(finding) if name not in ("illegal_income", "goods_value")]
            self.findings.append_entry(
                {
                    "finding_id": finding.id,
                    "facts": finding.facts,
                    "act_from": finding.act_from,
                    "act_to": finding.act_to,
                    "harm": finding.harm,
                    "tier": finding.tier or _only_tier(finding),
                    "liability": finding.liability or "",
                    "income": finding.illegal_income_fen,
                    "income_unknown": known.get("illegal_income") == "unknown",
                    "refunded": finding.refunded_fen,
                    "goods": finding.goods_value_fen,
                    "goods_unknown": known.get("goods_value") == "unknown",
                    "others": [_other(name, known.get(name), given) for name in others],
                }
            )

    def offer(self, case: Case) -> None:
        """Tiers and kinds of liability that each violation has."""
        findings = {str(finding.id): finding for finding in findings_of(case)}
        for row in self.findings:
            finding = findings.get(str(row.form.finding_id.data))
            entry = known_violation(finding.violation) if finding else None
            if finding is None or entry is None:
                row.form.tier.choices = row.form.liability.choices = [("", "")]
                continue
            row.form.tier.choices = [
                (tier.name, f"{in_language(term(TIERS, tier.name))}：{tier.when}") for tier in entry.tiers
            ]
            ways = [entry.subject, *(["responsible"] if entry.fines_responsible_persons else [])]
            row.form.liability.choices = [(way if n else "", LIABILITIES[way]) for n, way in enumerate(ways)]

    def steps(self) -> list[actions.FindingStep]:
        """What the action takes."""
        return [_finding_step(row.form) for row in self.findings]


def findings_of(case: Case) -> list[CaseFinding]:
    """All findings of a case, party by party."""
    return [finding for party in case.respondents for finding in party.findings]


def _bases(finding: CaseFinding) -> tuple[str, ...]:
    entry = known_violation(finding.violation)
    return entry.bases if entry else ()


def _only_tier(finding: CaseFinding) -> str:
    entry = known_violation(finding.violation)
    return (entry.default_tier or "") if entry else ""


def _other(name: str, known: Any, given: Any) -> dict[str, Any]:
    value = given.get(name)
    amount = None if known == "unknown" or value is None else (value if name in COUNTED else value / 100)
    return {"name": name, "amount": amount, "unknown": known == "unknown"}


def _finding_step(form: Any) -> actions.FindingStep:
    bases: dict[str, int | str] = {}
    for name, amount, unknown in (
        ("illegal_income", form.income.data, form.income_unknown.data),
        ("goods_value", form.goods.data, form.goods_unknown.data),
    ):
        if unknown:
            bases[name] = "unknown"
        elif amount is not None:
            bases[name] = amount
    for row in form.others:
        name, amount = row.form.name.data or "", row.form.amount.data
        if row.form.unknown.data:
            bases[name] = "unknown"
        elif amount is not None:
            bases[name] = int(amount) if name in COUNTED else int(amount * 100)
    return actions.FindingStep(
        finding_id=number_in(form.finding_id.data) or 0,
        facts=form.facts.data or "",
        act_from=form.act_from.data,
        act_to=form.act_to.data,
        harm=bool(form.harm.data),
        tier=form.tier.data or None,
        liability=form.liability.data or None,
        bases=bases,
        refunded_fen=form.refunded.data,
    )


class EvidenceForm(KeyedCaseForm):
    """Files, or evidence that is no file."""

    kind = SelectField(
        _l("Kind of evidence"), choices=list(EVIDENCE_KINDS.items()), validators=[Needed()], validate_choice=False
    )
    files = MultipleFileField(
        _l("Choose files"),
        description=_l("JPEG, PNG, WebP, HEIC, PDF, MP4, MOV, M4A, MP3, WAV; 20 MB each at most, twelve at a time."),
        validators=[Optional()],
    )
    title = StrippedField(_l("Name"), validators=[Optional(), Length(max=150)])
    proves = StrippedField(_l("What it proves"), validators=[Optional(), Length(max=1000)])


# ---------------------------------------------------------------- proposal


class GroundsField(SelectMultipleField):
    """Grounds of discretion as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FineRow(Row):
    """The fine for one finding."""

    finding_id = HiddenField()
    amount = MoneyField(_l("Fine"), validators=[Optional()])
    grounds = GroundsField(
        _l("Grounds of discretion that are established"), validators=[Optional()], validate_choice=False
    )
    reason = TextField(_l("Facts and evidence that establish them"), validators=[Optional(), Length(max=3000)])


class PenaltyRow(Row):
    """A penalty other than a fine."""

    kind = SelectField(
        _l("Penalty"),
        choices=[("", ""), *((kind, words) for kind, words in PENALTIES.items() if kind != "fine")],
        validate_choice=False,
    )
    amount = MoneyField(_l("Amount or value"), validators=[Optional()])
    detail = StrippedField(
        _l("What exactly"),
        description=_l("Which goods, which licence, how long."),
        validators=[Optional(), Length(max=1000)],
    )


class ProposalForm(CaseForm):
    """What is proposed for one party."""

    fines = FieldList(FormField(FineRow), _l("Fines"))
    penalties = FieldList(FormField(PenaltyRow), _l("Other penalties"), max_entries=12)
    discretion = TextField(
        _l("Reasons of discretion"),
        description=_l(
            "Circumstances, tier or benchmark, and why this amount. The notice and the decision print them."
        ),
        validators=[InputRequired(_l("Write the reasons of discretion.")), Length(max=5000)],
    )
    order_correction = BooleanField(_l("Order to correct (行政处罚法 article 28)"))
    correction_text = StrippedField(
        _l("What is to be corrected, by when"),
        description=_l("It follows the words 责令你单位: 立即停止诊疗活动"),
        validators=[Optional(), Length(max=1000)],
    )

    def offer(self) -> None:
        """Grounds of the law."""
        choices = [(code, f"{in_language(one)}（{one.citation.place()}）") for code, one in grounds().items()]
        for row in self.fines:
            row.form.grounds.choices = choices

    def fill(self, party: Respondent, proposed: Iterable[actions.PenaltyProposal]) -> None:
        """Show what is proposed, or for a fresh proposal what the law adds to the fine."""
        decision = party.decision
        fines = {p.case_finding_id: p.amount_fen for p in decision.penalties if p.kind == "fine"} if decision else {}
        for finding in party.findings:
            self.fines.append_entry(
                {
                    "finding_id": finding.id,
                    "amount": fines.get(finding.id),
                    "grounds": finding.grounds,
                    "reason": finding.discretion_reason,
                }
            )
        rows = (
            [actions.PenaltyProposal(p.kind, p.amount_fen, p.detail) for p in decision.penalties if p.kind != "fine"]
            if decision
            else list(proposed)
        )
        for row in rows:
            self.penalties.append_entry({"kind": row.kind, "amount": row.amount_fen, "detail": row.detail})
        self.discretion.data = decision.discretion if decision else None
        self.order_correction.data = decision.order_correction if decision else True
        self.correction_text.data = decision.correction_text if decision else None

    def proposal(self) -> actions.Proposal:
        """What the action takes; rows left empty do not count."""
        return actions.Proposal(
            fines=[
                actions.FineProposal(
                    number_in(row.form.finding_id.data) or 0,
                    row.form.amount.data,
                    tuple(row.form.grounds.data or ()),
                    row.form.reason.data,
                )
                for row in self.fines
            ],
            penalties=[
                actions.PenaltyProposal(row.form.kind.data or "", row.form.amount.data, row.form.detail.data)
                for row in self.penalties
                if row.form.kind.data or row.form.amount.data is not None or row.form.detail.data
            ],
            discretion=self.discretion.data,
            order_correction=bool(self.order_correction.data),
            correction_text=self.correction_text.data,
        )


class ReportForm(CaseForm):
    """The final report."""

    disputes = TextField(
        _l("Points in dispute"),
        description=_l("Left empty the report says 无."),
        validators=[Optional(), Length(max=3000)],
    )
    deliberate = BooleanField(
        _l("Hold a collegial discussion first"),
        description=_l("Without it the case goes on at once to legal review where demanded, else to the head."),
    )


class DeliberationForm(CaseForm):
    """合议."""

    chair = StrippedField(_l("Chair"), validators=[InputRequired(_l("Name the chair.")), Length(max=60)])
    members = StrippedField(
        _l("Members"),
        description=_l("Names with 、 between them, three at least."),
        validators=[InputRequired(_l("Name the members.")), Length(max=300)],
    )
    recorder = StrippedField(_l("Recorder"), validators=[InputRequired(_l("Name the recorder.")), Length(max=60)])
    begun = MomentField(_l("Begun at"), validators=[InputRequired(_l("Enter when it began."))])
    ended = MomentField(_l("Ended at"), validators=[InputRequired(_l("Enter when it ended."))])
    place = StrippedField(_l("Place"), validators=[InputRequired(_l("Enter the place.")), Length(max=200)])
    talk = TextField(
        _l("Discussion"),
        description=_l("Each member by name: opinion and reason; dissent is kept. Whether anybody asked for recusal."),
        validators=[InputRequired(_l("Write what each member said.")), Length(max=8000)],
    )


# ---------------------------------------------------------------- approval and review


class ApprovalForm(CaseForm):
    """The head's answer."""

    answer = RadioField(_l("Answer"), validators=[InputRequired(_l("Choose an answer."))], validate_choice=False)
    reason = TextField(
        _l("Opinion"),
        description=_l("A return or refusal needs its reason; the handlers see it."),
        validators=[Optional(), Length(max=3000)],
    )


class PointRow(Row):
    """One point of the review."""

    key = HiddenField()
    ok = RadioField(
        _l("In order"),
        choices=[("yes", _l("in order")), ("no", _l("not in order"))],
        validators=[Needed()],
        validate_choice=False,
    )
    note = StrippedField(_l("Remark"), validators=[Optional(), Length(max=500)])


class ReviewForm(CaseForm):
    """Legal review, point by point."""

    points = FieldList(FormField(PointRow), _l("Points"))
    answer = RadioField(
        _l("Conclusion"),
        choices=[("agree", _l("Agree; send to the head")), ("return", _l("Return to the handlers"))],
        validators=[InputRequired(_l("Choose a conclusion."))],
        validate_choice=False,
    )
    asks_for = SelectField(_l("A return asks for"), choices=[(word, word) for word in RETURNED], validate_choice=False)
    reason = TextField(
        _l("Opinion"),
        description=_l("A return needs its reason."),
        validators=[Optional(), Length(max=3000)],
    )

    def fill(self) -> None:
        """One row for each point."""
        for key in REVIEW_POINTS:
            self.points.append_entry({"key": key})

    def review(self) -> actions.Review:
        """What the action takes; unanswered points are left out."""
        points = {
            row.form.key.data: actions.Point(row.form.ok.data == "yes", row.form.note.data or "")
            for row in self.points
            if row.form.ok.data in ("yes", "no") and row.form.key.data in REVIEW_POINTS
        }
        return actions.Review(points, self.reason.data or "", self.asks_for.data or "")


# ---------------------------------------------------------------- notice, defence, execution


class ServiceForm(CaseForm):
    """How a paper was served."""

    way = SelectField(
        _l("Way of service"), choices=list(SERVICE_WAYS.items()), validators=[Needed()], validate_choice=False
    )
    served_on = DayField(_l("Served on"), validators=[InputRequired(_l("Enter the day of service."))])
    place = StrippedField(_l("Place"), validators=[Optional(), Length(max=300)])
    servers = StrippedField(
        _l("Served by"),
        description=_l("Names with 、 between them; two for service in person."),
        validators=[Optional()],
    )
    receiver = StrippedField(_l("Received by"), validators=[Optional(), Length(max=60)])
    receiver_relation = StrippedField(_l("Relation to the party"), validators=[Optional(), Length(max=60)])
    refusal_reason = StrippedField(_l("Reason of a refusal"), validators=[Optional(), Length(max=500)])
    witness = StrippedField(_l("Witness"), validators=[Optional(), Length(max=60)])
    note = StrippedField(
        _l("Remark"),
        description=_l("Postal number, place and days of the announcement, pictures of papers left there."),
        validators=[Optional(), Length(max=500)],
    )

    def step(self) -> actions.ServiceStep:
        """What the action takes."""
        assert self.served_on.data is not None
        names = ("receiver", "receiver_relation", "place", "refusal_reason", "witness", "note")
        return actions.ServiceStep(
            way=self.way.data or "",
            served_on=self.served_on.data,
            servers=names_in(self.servers.data),
            **{name: getattr(self, name).data for name in names},
        )


def names_in(text: str | None) -> list[str]:
    """Names written with 、 or commas between them."""
    plain = (text or "").replace("，", "、").replace(",", "、").replace(";", "、").replace("；", "、")
    return [name.strip() for name in plain.split("、") if name.strip()]


class DefenceForm(CaseForm):
    """What the party did with its right."""

    kind = RadioField(
        _l("The party's statement"),
        choices=list(DEFENCE_KINDS.items()),
        validators=[InputRequired(_l("Choose what happened."))],
        validate_choice=False,
    )
    on = DayField(_l("Day"), validators=[InputRequired(_l("Enter the day."))])
    text = TextField(
        _l("What the party said"),
        description=_l("Point by point, in its own sense."),
        validators=[Optional(), Length(max=8000)],
    )
    hearing = RadioField(
        _l("Hearing"), choices=list(HEARINGS.items()), default="none", validators=[Needed()], validate_choice=False
    )


class DefenceReviewForm(CaseForm):
    """The answer to a defence."""

    accepted = RadioField(
        _l("The defence is"),
        choices=list(ACCEPTANCE.items()),
        validators=[InputRequired(_l("Choose whether it is accepted."))],
        validate_choice=False,
    )
    review = TextField(
        _l("Answer, point by point"),
        description=_l("Fact, evidence, law. The penalty is never raised because of a defence."),
        validators=[InputRequired(_l("Write the answer.")), Length(max=8000)],
    )


class PaymentForm(KeyedCaseForm):
    """A payment."""

    paid_on = DayField(_l("Paid on"), validators=[InputRequired(_l("Enter the day of payment."))])
    amount = MoneyField(_l("Amount"), validators=[InputRequired(_l("Enter the amount."))])
    receipt_number = StrippedField(
        _l("Treasury receipt"),
        validators=[InputRequired(_l("Enter the number of the treasury receipt.")), Length(max=60)],
    )
    late_fee = BooleanField(_l("This is a late fee (加处罚款)"))


class ExecutionForm(CaseForm):
    """How penalties other than money were carried out."""

    on = DayField(_l("Carried out on"), validators=[InputRequired(_l("Enter the day."))])
    text = TextField(
        _l("How"),
        description=_l("Goods disposed of, licence withdrawn, correction checked."),
        validators=[InputRequired(_l("Write how it was carried out.")), Length(max=3000)],
    )


class ClosingForm(CaseForm):
    """The proposal to close."""

    way = SelectField(
        _l("Way of execution"),
        choices=[(word, word) for word in EXECUTION_WAYS],
        validators=[Needed()],
        validate_choice=False,
    )
    on = DayField(_l("Executed on"), validators=[InputRequired(_l("Enter the day."))])


class ReasonForm(CaseForm):
    """An act that needs its reason."""

    reason = TextField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=2000)])


class TransferForm(CaseForm):
    """The transfer to the judicial organs."""

    on = DayField(_l("Transferred on"), validators=[InputRequired(_l("Enter the day."))])
    reason = TextField(
        _l("Suspected crime and receiving organ"), validators=[InputRequired(_l("Write both.")), Length(max=2000)]
    )

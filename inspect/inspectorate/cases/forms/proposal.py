"""Penalties, the final report, the discussion."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ...fields import (
    MomentField,
    MoneyField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StrippedField,
    TextField,
    Tokenless,
    VersionedForm,
)
from ...law.discretion import grounds, grounds_for
from ...rows import Rows
from .. import actions
from ..findings_shown import NO_TIER, FindingLine, tier_choices
from ..models import Respondent
from ..words import LAW_DAYS, PENALTIES
from .parts import Needed, in_language, number_in


class GroundsField(SelectMultipleField):
    """Grounds of discretion as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FineRow(Tokenless):
    """The fine for one finding."""

    finding_id = HiddenField()
    amount = MoneyField(_l("Fine"), validators=[Optional()])
    grounds = GroundsField(
        _l("Grounds of discretion that are established"), validators=[Optional()], validate_choice=False
    )
    reason = TextField(_l("Facts and evidence that establish them"), validators=[Optional(), Length(max=3000)])
    local_tier = RadioField(_l("Tier of the local standard"), validators=[Needed()], validate_choice=False)
    departure = TextField(
        _l("Reasons for departing from the local standard"),
        description=_l("Needed where the fine leaves the tier or is left out, or none of its tiers is applied."),
        validators=[Optional(), Length(max=3000)],
    )
    law_day = RadioField(
        _l("Which law is the lighter one"),
        choices=list(LAW_DAYS.items()),
        validators=[Optional()],
        validate_choice=False,
    )
    law_reason = TextField(_l("Why this law is the lighter one here"), validators=[Optional(), Length(max=3000)])
    governs = BooleanField(_l("This act is fined under this rule"))
    governs_reason = TextField(_l("Why under this rule"), validators=[Optional(), Length(max=3000)])


class PenaltyRow(Tokenless):
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


class ProposalForm(VersionedForm):
    """What is proposed for one party."""

    fines = Rows(FormField(FineRow), _l("Fines"))
    penalties = Rows(FormField(PenaltyRow), _l("Other penalties"), most=12)
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

    def offer(self, lines: Iterable[FindingLine]) -> None:
        """Grounds of the law, and for each finding the tiers of the local standard that binds the office."""
        known = {one.code for line in lines if line.found for one in grounds_for(line.found.violation, line.found.on)}
        offered = [one for one in grounds().values() if not one.laws or one.code in known]
        choices = [(one.code, f"{in_language(one)}（{one.citation.zh()}）") for one in offered]
        tiers = {line.finding.id: tier_choices(line.local, line.found) for line in lines}
        for row in self.fines:
            row.form.grounds.choices = choices
            row.form.local_tier.choices = tiers.get(number_in(row.form.finding_id.data) or 0, [])

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
                    "local_tier": finding.local_tier or (NO_TIER if finding.departure_reason else ""),
                    "departure": finding.departure_reason,
                    "law_day": finding.law_day or "",
                    "law_reason": finding.law_reason,
                    "governs": finding.governs,
                    "governs_reason": finding.governs_reason,
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
        self.correction_text.data = decision.correction_text if decision else _ordered_at_the_visit(party)

    def proposal(self) -> actions.Proposal:
        """What the action takes; rows left empty do not count."""
        return actions.Proposal(
            fines=[_fine(row.form) for row in self.fines],
            penalties=[
                actions.PenaltyProposal(row.form.kind.data or "", row.form.amount.data, row.form.detail.data)
                for row in self.penalties
                if row.form.kind.data or row.form.amount.data is not None or row.form.detail.data
            ],
            discretion=self.discretion.data,
            order_correction=bool(self.order_correction.data),
            correction_text=self.correction_text.data,
        )


def _fine(form: Any) -> actions.FineProposal:
    return actions.FineProposal(
        number_in(form.finding_id.data) or 0,
        form.amount.data,
        tuple(form.grounds.data or ()),
        form.reason.data,
        local_tier=form.local_tier.data if form.local_tier.data not in ("", NO_TIER) else None,
        departure=form.departure.data,
        law_day=form.law_day.data if form.law_day.data in LAW_DAYS else None,
        law_reason=form.law_reason.data,
        governs=bool(form.governs.data),
        governs_reason=form.governs_reason.data,
    )


def _ordered_at_the_visit(party: Respondent) -> str | None:
    """What the field report ordered the party to correct, its lines as one sentence."""
    report = party.case.inspection
    if report is None or report.subject_id != party.subject_id or not report.correction_text:
        return None
    return "；".join(line.strip().rstrip("。；") for line in report.correction_text.splitlines() if line.strip())


class ReportForm(VersionedForm):
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


class DeliberationForm(VersionedForm):
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

"""The filter bar, and the forms with which a case is opened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from ...accounts.models import Officer
from ...fields import DayField, NotBefore, SelectField, StrippedField, TextField, Tokenless, VersionedForm
from ...rows import Rows
from .. import actions
from ..models import Case
from ..words import (
    ORIGINS,
    STATES,
)
from .parts import KeyedCaseForm, Needed, number_in


class FilterForm(Tokenless):
    """The filter bar of the list."""

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
    until = DayField(_l("Filed to"), validators=[Optional(), NotBefore("since")])
    open_only = BooleanField(_l("Open cases only"))


def _officer_field(people: Sequence[tuple[Any, str]]) -> Any:
    return SelectField(
        _l("Inspector and certificate"),
        choices=list(people),
        coerce=number_in,
        validators=[Needed()],
        validate_choice=False,
    )


class HandlerRow(Tokenless):
    """One handler."""

    officer_id = _officer_field([])


class ChargeRow(Tokenless):
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
    charges = Rows(FormField(ChargeRow), _l("Suspected violations"), most=30)
    handlers = Rows(FormField(HandlerRow), _l("Handlers"), min_entries=2, most=20)
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


class RenameForm(VersionedForm):
    """The name of the case by hand."""

    name = StrippedField(
        _l("Name of the case"), validators=[InputRequired(_l("Write the name of the case.")), Length(max=200)]
    )

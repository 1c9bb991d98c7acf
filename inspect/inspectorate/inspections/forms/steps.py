"""The forms of the field report, one for each step."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from ... import clock
from ...accounts.models import Officer
from ...fields import ClockField, DayField, RadioField, SelectField, StrippedField, Tokenless, VersionedForm
from ...rows import Rows
from ..models import EntryApproval, Inspection
from ..words import EVIDENCE_KINDS, REASONS, RECUSAL_ANSWERS, SIGNATURES
from .parts import KeyedForm, NeededToSubmit, TextField, row_number

URGENT, NO_ENTRY = "urgent", ""


class SubjectForm(VersionedForm):
    """Why, when, within which campaign and under which approval. ``target`` is ``campaign|category``."""

    key = HiddenField()
    subject_id = HiddenField()
    complaint_id = HiddenField()
    inspected_on = DayField(_l("Day of the visit"), validators=[InputRequired(_l("Enter the day of the visit."))])
    reason = SelectField(
        _l("Reason for the visit"), choices=list(REASONS.items()), validators=[NeededToSubmit()], validate_choice=False
    )
    target = SelectField(
        _l("Campaign and target"),
        description=_l("What the visit looks for; the campaign's table counts it there."),
        validators=[Optional()],
        validate_choice=False,
    )
    entry = RadioField(_l("Approval of the entry"), validators=[NeededToSubmit()], validate_choice=False)
    urgent_reason = TextField(
        _l("Why the visit could not wait"),
        description=_l("Only for an urgent visit. The head approves afterwards, within a day."),
        validators=[NeededToSubmit(), Optional(), Length(max=1000)],
    )

    def offer(
        self, targets: dict[str, list[tuple[str, str]]], approvals: Sequence[EntryApproval], needed: bool
    ) -> None:
        """Campaigns that are open, and approvals of this entry."""
        self.target.choices = {str(_l("No campaign")): [("", _l("no campaign"))], **targets}
        words = _l("approved for %(start)s to %(end)s"), _l("requested for %(start)s to %(end)s, not yet approved")
        choices: list[tuple[str, Any]] = []
        for one in approvals:
            word = words[one.state != "approved"]
            choices.append((str(one.id), str(word) % {"start": one.planned_from, "end": one.planned_to}))
        choices.append((URGENT, _l("urgent: to be approved afterwards, within a day")))
        if not needed:
            choices.append((NO_ENTRY, _l("none: not an enterprise (a person, or a place without licence)")))
        elif not approvals:
            choices.append((NO_ENTRY, _l("none yet: the report can be written, but not submitted")))
        self.entry.choices = choices
        self.approvals = approvals
        self.targets = [value for group in targets.values() for value, _words in group]

    @property
    def chosen_target(self) -> tuple[str | None, str | None]:
        """Campaign and category."""
        campaign, _, category = (self.target.data or "").partition("|")
        return campaign or None, category or None

    @property
    def subject(self) -> int | None:
        """Whom the visit is about."""
        return row_number(self.subject_id.data)

    @property
    def complaint(self) -> int | None:
        """The complaint that caused the visit."""
        return row_number(self.complaint_id.data)

    @property
    def entry_id(self) -> int | None:
        """The approval chosen, if one was."""
        return row_number(self.entry.data)


class OfficerRow(Tokenless):
    """One officer."""

    officer_id = SelectField(
        _l("Officer and certificate"), coerce=row_number, validators=[NeededToSubmit()], validate_choice=False
    )


def _instant(day: date, time_of_day: time | None) -> datetime | None:
    return None if time_of_day is None else clock.from_local(datetime.combine(day, time_of_day))


class VisitForm(VersionedForm):
    """Who came when and where."""

    entered = ClockField(_l("Arrived at"), validators=[NeededToSubmit(), Optional()])
    place = StrippedField(_l("Place"), validators=[NeededToSubmit(), Optional(), Length(max=300)])
    escort = StrippedField(
        _l("Accompanied by"),
        description=_l("Who of the party was there. Leave it empty when nobody was."),
        validators=[Optional(), Length(max=60)],
    )
    escort_title = StrippedField(_l("Position"), validators=[Optional(), Length(max=60)])
    officers = Rows(FormField(OfficerRow), _l("Officers"), min_entries=2, most=20)
    identity_shown = BooleanField(_l("Certificates were shown, identity and purpose explained"))
    recusal_answer = RadioField(
        _l("Answer to the right to ask for recusal"),
        choices=list(RECUSAL_ANSWERS.items()),
        validators=[NeededToSubmit()],
        validate_choice=False,
    )

    def fill(self, report: Inspection) -> None:
        """Show what the draft holds; the place's address and the present time as a start."""
        for name in ("place", "escort", "escort_title", "recusal_answer"):
            getattr(self, name).data = getattr(report, name)
        self.identity_shown.data = bool(report.identity_shown)
        self.entered.data = clock.local(report.entered_at).time() if report.entered_at else None
        for row, one in zip(self.officers, report.officers, strict=False):
            row.form.officer_id.data = one.officer_id

    def entered_at(self, day: date) -> datetime | None:
        """The time typed as an instant on the day of the visit."""
        return _instant(day, self.entered.data)

    @property
    def officer_ids(self) -> list[int]:
        """The officers chosen; empty rows are passed over."""
        return [row.form.officer_id.data for row in self.officers if row.form.officer_id.data]


def visit_form(officers: Sequence[Officer], day: date, **sent: Any) -> VisitForm:
    """The form with the officers of the authority; those without a valid certificate that day say so.

    The rows' class is made here, so that rows added later offer the officers too. ``formdata=None`` makes it without
    what was sent.
    """
    expired = str(_l("certificate not valid on that day"))
    offered: list[tuple[Any, str]] = [("", "")]
    for one in officers:
        words = f"{one.name}　{one.certificate}"
        offered.append((one.id, words if one.certified_on(day) else f"{words}（{expired}）"))

    class Row(OfficerRow):
        officer_id = SelectField(
            _l("Officer and certificate"),
            coerce=row_number,
            choices=offered,
            validators=[NeededToSubmit()],
            validate_choice=False,
        )

    class Form(VisitForm):
        officers = Rows(FormField(Row), _l("Officers"), min_entries=2, most=20)

    return Form(**sent)


class SeenRow(Tokenless):
    """One thing that was seen."""

    text = TextField(_l("What was seen"), validators=[NeededToSubmit(), Optional(), Length(max=2000)])


class FindingRow(Tokenless):
    """A violation of the catalogue with its facts."""

    violation = StrippedField(_l("Violation"), widget=HiddenInput(), validators=[Length(max=20)])
    facts = TextField(
        _l("Facts of the violation"),
        description=_l("When, where, who, what, how much. As they will stand in the supervision opinion."),
        validators=[NeededToSubmit(), Optional(), Length(max=5000)],
    )


class FindingsForm(VersionedForm):
    """What was seen, what was found, what is ordered. ``order`` is none, at_once or by_day."""

    seen = Rows(FormField(SeenRow), _l("What was seen, in order"), min_entries=1, most=60)
    words = StrippedField(
        _l("Find a violation"),
        description=_l("A few words, an article or a code, for example: 超范围 手术, 医师法第59条."),
        validators=[Optional(), Length(max=80)],
    )
    findings = Rows(FormField(FindingRow), _l("Findings"), most=30)
    order = RadioField(
        _l("Order to correct"),
        choices=[
            ("none", _l("No order")),
            ("at_once", _l("To be corrected at once")),
            ("by_day", _l("To be corrected by a day")),
        ],
        default="none",
        validators=[NeededToSubmit()],
    )
    correction_due_on = DayField(_l("To be corrected by"), validators=[NeededToSubmit(), Optional()])
    correction_text = TextField(
        _l("What is to be corrected, and how"),
        description=_l("One line for each requirement."),
        validators=[NeededToSubmit(), Optional(), Length(max=3000)],
    )
    opinion_text = TextField(
        _l("Supervision opinion"),
        description=_l("Advice and requirements, one line each. They go into the supervision opinion."),
        validators=[Optional(), Length(max=3000)],
    )

    def fill(self, report: Inspection) -> None:
        """Show what the draft holds."""
        for _line in report.seen[1:]:
            self.seen.append_entry()
        for row, text in zip(self.seen, report.seen, strict=False):
            row.form.text.data = text
        for finding in report.findings:
            self.findings.append_entry({"violation": finding.violation, "facts": finding.facts})
        self.order.data = "none"
        if report.order_correction:
            self.order.data = "by_day" if report.correction_due_on else "at_once"
        for name in ("correction_due_on", "correction_text", "opinion_text"):
            getattr(self, name).data = getattr(report, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """A day goes with the order that asks for one."""
        valid = super().validate(extra_validators)
        if self.order.data == "by_day" and not self.correction_due_on.data and not self.correction_due_on.errors:
            self.correction_due_on.errors = [_l("Enter the day by which it is to be corrected.")]
            return False
        return valid

    @property
    def seen_lines(self) -> list[str]:
        """The lines as typed, empty ones included, so that a refusal finds its row."""
        return [row.form.text.data or "" for row in self.seen]

    @property
    def found(self) -> list[tuple[str, str]]:
        """Pairs of violation and facts."""
        return [(row.form.violation.data or "", row.form.facts.data or "") for row in self.findings]


class EvidenceForm(KeyedForm):
    """Photographs and files, or evidence that is no file."""

    photos = MultipleFileField(_l("Take photographs"), validators=[Optional()])
    files = MultipleFileField(
        _l("Choose files"),
        description=_l("JPEG, PNG, WebP, HEIC, PDF, MP4, MOV, M4A, MP3, WAV; 20 MB each at most, twelve at a time."),
        validators=[Optional()],
    )
    kind = SelectField(
        _l("Kind of evidence"),
        choices=list(EVIDENCE_KINDS.items()),
        validators=[NeededToSubmit()],
        validate_choice=False,
    )
    title = StrippedField(
        _l("Name of the evidence"),
        description=_l("Such as: 手术室全景照片. Without it the file's own name."),
        validators=[Optional(), Length(max=150)],
    )
    proves = StrippedField(_l("What it proves"), validators=[Optional(), Length(max=1000)])


class StatementForm(VersionedForm):
    """What the party said, and its signature."""

    party_statement = TextField(
        _l("Statement of the party"),
        description=_l("In its own words, written down apart from what was seen."),
        validators=[Optional(), Length(max=5000)],
    )
    left = ClockField(_l("Left at"), validators=[NeededToSubmit(), Optional()])
    left_next_day = BooleanField(_l("Left after midnight, on the next day"))
    signature = RadioField(
        _l("Signature"), choices=list(SIGNATURES.items()), validators=[NeededToSubmit()], validate_choice=False
    )
    refusal_reason = TextField(
        _l("Reason without signature"),
        description=_l("Why the party did not sign, or why nobody was there."),
        validators=[Optional(), Length(max=1000)],
    )
    witness = StrippedField(_l("Witness"), validators=[Optional(), Length(max=60)])
    drawn = HiddenField(validators=[Length(max=1_000_000)])

    def fill(self, report: Inspection, now: datetime) -> None:
        """When the visit ended as the draft has it; of a visit that still goes on, now as a start."""
        left = report.left_at or (now if report.entered_at and report.inspected_on == clock.local(now).date() else None)
        self.left.data = clock.local(left).time() if left else None
        self.left_next_day.data = bool(left and clock.local(left).date() > report.inspected_on)

    def left_at(self, day: date) -> datetime | None:
        """The time typed as an instant on the day of the visit, or on the next."""
        return _instant(day + timedelta(days=bool(self.left_next_day.data)), self.left.data)

    @property
    def drawing(self) -> bytes | None:
        """The signature drawn on the screen as PNG; None where there is none, or the field was mangled."""
        head, _, text = (self.drawn.data or "").partition(",")
        if head != "data:image/png;base64":
            return None
        try:
            return b64decode(text, validate=True)
        except ValueError:
            return None

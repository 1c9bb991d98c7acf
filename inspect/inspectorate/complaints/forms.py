"""Forms of complaints, one a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SearchField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ..accounts.models import Officer
from ..accounts.regions import region_name, regions_towards, regions_within
from ..campaigns.catalogue import CampaignFacts
from ..columns import new_key
from ..fields import SHIELDED, DayField, NotBefore, RadioField, SelectField, StrippedField, Tokenless, VersionedForm
from ..masking import masked_phone
from ..registry.models import Subject
from .models import Complaint
from .rules import ComplaintFacts
from .words import CHANNELS, EVENTS, STATES

BY_WORDS = "0"
LONGEST_KEY = 60


def _regions(region_code: str, today: date) -> list[tuple[str, str]]:
    return [(one.code, region_name(one.code, full=True)) for one in regions_within(region_code, today.year)]


def _targets(campaigns: Sequence[CampaignFacts]) -> dict[str, list[tuple[str, str]]]:
    """Title of each campaign to its categories, as pairs of ``campaign|category`` and words."""
    return {
        known.title: [(f"{known.id}|", str(_l("no category named")))]
        + [(f"{known.id}|{category.code}", category.label) for category in known.categories]
        for known in campaigns
    }


class ComplaintForm(VersionedForm):
    """What is written down when a complaint comes in; ``key`` makes a form sent twice count once."""

    key = HiddenField(default=new_key)
    received_on = DayField(_l("Received on"), validators=[InputRequired(_l("Enter the day on which it was received."))])
    channel = SelectField(_l("How it came in"), choices=[("", ""), *CHANNELS.items()],
                          validators=[InputRequired(_l("Choose how it came in."))])  # fmt: skip
    region_code = SelectField(_l("Region"), validators=[InputRequired(_l("Choose the region."))])
    target = SelectField(_l("Campaign and category"), description=_l("The campaign's table counts it there."),
                         validators=[Optional()], validate_choice=False)  # fmt: skip
    subject_text = StrippedField(
        _l("Whom it is about, in the reporter's words"),
        validators=[Length(max=300)],
        description=_l("Name or place. “Find in the registry” looks for it among establishments and persons."),
    )
    subject_id = RadioField(
        _l("Found in the registry"), default=BY_WORDS, validators=[Optional()], validate_choice=False
    )
    text = TextAreaField(
        _l("What is reported"),
        validators=[InputRequired(_l("Write what is reported: when, where, what.")), Length(max=10_000)],
        description=_l("Leave out who reports: that has its own, shielded place below."),
    )
    anonymous = BooleanField(_l("Anonymous"))
    reporter_name = StrippedField(_l("Name of the reporter"), validators=[Length(max=60)], render_kw=SHIELDED)
    reporter_phone = StrippedField(_l("Telephone of the reporter"), validators=[Length(max=40)], render_kw=SHIELDED)

    def offer(self, region_code: str, today: date, campaigns: Sequence[CampaignFacts]) -> None:
        """Fill the lists: regions from the actor's own downwards, and the campaigns that may be meant."""
        self.region_code.choices = _regions(region_code, today)
        if self.region_code.data is None:
            self.region_code.data = region_code
        self.target.choices = {str(_l("No campaign")): [("", _l("no campaign"))], **_targets(campaigns)}
        if len(self.key.data or "") > LONGEST_KEY:
            self.key.data = new_key()
        self.subject_id.choices = []

    def offer_subjects(self, found: Sequence[Subject], words: Any) -> None:
        """The establishments and persons that may be meant, and the reporter's words alone."""
        self.subject_id.choices = [
            *((str(one.id), " · ".join(filter(None, [one.name, one.address]))) for one in found),
            (BY_WORDS, words),
        ]
        if self.subject_id.data not in [code for code, *_ in self.subject_id.choices]:
            self.subject_id.data = BY_WORDS

    def chosen_subject(self) -> int | None:
        """The id chosen, None for the reporter's words alone."""
        chosen = self.subject_id.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdigit() and chosen != BY_WORDS else None

    def facts(self) -> ComplaintFacts:
        """What was entered."""
        campaign, _, category = (self.target.data or "").partition("|")
        return ComplaintFacts(
            received_on=self.received_on.data,
            channel=self.channel.data or None,
            region_code=self.region_code.data or "",
            campaign=campaign or None,
            category=category or None,
            subject_id=self.chosen_subject(),
            subject_text=self.subject_text.data,
            text=self.text.data or "",
            anonymous=self.anonymous.data,
            reporter_name=self.reporter_name.data,
            reporter_phone=self.reporter_phone.data,
        )


def complaint_values(row: Complaint) -> dict[str, Any]:
    """What the form of an existing complaint shows; the telephone masked."""
    columns = ("received_on", "channel", "region_code", "subject_text", "text", "anonymous", "version")
    reporter = {"reporter_name": row.reporter_name, "reporter_phone": masked_phone(row.reporter_phone)}
    values = {column: getattr(row, column) for column in columns} | reporter
    target = f"{row.campaign}|{row.category or ''}" if row.campaign else ""
    return values | {"target": target, "subject_id": str(row.subject_id or BY_WORDS)}


class AcceptForm(VersionedForm):
    """Acceptance, and who looks into it."""

    accepted_on = DayField(_l("Accepted on"), validators=[InputRequired(_l("Enter the day of acceptance."))])
    handler_id = SelectField(_l("Handler"), coerce=int, validators=[InputRequired(_l("Choose the handler."))])

    def offer(self, officers: Sequence[Officer]) -> None:
        """The officers of the authority whose certificates are valid."""
        self.handler_id.choices = [(one.id, f"{one.name}（{one.certificate}）") for one in officers]


class CloseForm(VersionedForm):
    """What came of it."""

    closed_on = DayField(_l("Closed on"), validators=[InputRequired(_l("Enter the day on which it was closed."))])
    outcome = TextAreaField(
        _l("Outcome"),
        validators=[InputRequired(_l("Write what was found and what was done.")), Length(max=5000)],
        description=_l("What was found and done; also why it was not accepted, or to whom it was passed on."),
    )
    penalised = BooleanField(_l("A penalty was imposed"), description=_l("The annex counts it under 实施行政处罚."))


class ReplyForm(VersionedForm):
    """What the reporter was told, and what he or she thinks of it."""

    replied_on = DayField(_l("Replied on"), validators=[InputRequired(_l("Enter the day of the reply."))])
    reply = TextAreaField(
        _l("Reply"), validators=[InputRequired(_l("Write what the reporter was told.")), Length(max=5000)]
    )
    satisfied = RadioField(
        _l("Is the reporter satisfied?"),
        choices=[("", _l("not said")), ("yes", _l("satisfied")), ("no", _l("not satisfied"))],
        default="",
        validators=[Optional()],
        description=_l("Can be entered later."),
    )


class ReasonForm(VersionedForm):
    """Why a complaint is withdrawn or opened again."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)])


class ComplaintFilter(Tokenless):
    """Filters of the list. The days bound the event chosen."""

    q = SearchField(_l("Number, subject, text"))
    state = SelectField(
        _l("State"),
        choices=[
            ("", _l("all")),
            ("open", _l("not closed yet")),
            *((code.value, words[0]) for code, words in STATES.items()),
        ],
        validate_choice=False,
    )
    event = SelectField(_l("Counted by"), choices=list(EVENTS.items()), validate_choice=False)
    since = DayField(_l("From"))
    until = DayField(_l("To"), validators=[NotBefore("since")])
    channel = SelectField(_l("How it came in"), choices=[("", _l("all")), *CHANNELS.items()], validate_choice=False)
    target = SelectField(_l("Campaign and category"), validate_choice=False)
    region = SelectField(_l("Region"), validate_choice=False)
    mine = BooleanField(_l("Only my own"))

    def offer(self, region_code: str, today: date, campaigns: Sequence[CampaignFacts]) -> None:
        """Fill the lists."""
        self.region.choices = [("", _l("all")), *regions_towards(region_code, self.region.data, today.year)]
        every = {
            known.title: [(f"{known.id}|", _l("every category"))]
            + [(f"{known.id}|{category.code}", category.label) for category in known.categories]
            for known in campaigns
        }
        self.target.choices = {str(_l("All")): [("", _l("all"))], **every}

    def applied(self) -> int:
        """How many filters are in force."""
        return sum(bool(field.data) and not (field is self.event and field.data == "received") for field in self)

"""Service, defence, payments, closing, and acts that need a reason."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length, Optional

from ...documents.rules import WAYS as SERVICE_WAYS
from ...fields import DayField, MoneyField, RadioField, SelectField, StrippedField, TextField, VersionedForm
from .. import actions
from ..actions.execution import WAYS as EXECUTION_WAYS
from ..words import (
    ACCEPTANCE,
    DEFENCE_KINDS,
    HEARINGS,
)
from .parts import KeyedCaseForm, Needed


class ServiceForm(VersionedForm):
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


class DefenceForm(VersionedForm):
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


class DefenceReviewForm(VersionedForm):
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


class ExecutionForm(VersionedForm):
    """How penalties other than money were carried out."""

    on = DayField(_l("Carried out on"), validators=[InputRequired(_l("Enter the day."))])
    text = TextField(
        _l("How"),
        description=_l("Goods disposed of, licence withdrawn, correction checked."),
        validators=[InputRequired(_l("Write how it was carried out.")), Length(max=3000)],
    )


class ClosingForm(VersionedForm):
    """The proposal to close."""

    way = SelectField(
        _l("Way of execution"),
        choices=[(word, word) for word in EXECUTION_WAYS],
        validators=[Needed()],
        validate_choice=False,
    )
    on = DayField(_l("Executed on"), validators=[InputRequired(_l("Enter the day."))])


class ReasonForm(VersionedForm):
    """An act that needs its reason."""

    reason = TextField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=2000)])


class TransferForm(VersionedForm):
    """The transfer to the judicial organs."""

    on = DayField(_l("Transferred on"), validators=[InputRequired(_l("Enter the day."))])
    reason = TextField(
        _l("Suspected crime and receiving organ"), validators=[InputRequired(_l("Write both.")), Length(max=2000)]
    )

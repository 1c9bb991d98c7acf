"""Forms of accounts."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SearchField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..columns import new_key
from ..fields import DayField, MoneyField, SelectField, SelectMultipleField, StrippedField, Tokenless, VersionedForm
from .models import Agency, Officer
from .permissions import Role
from .words import ROLES, SECTORS

LONGEST_KEY = 60


class NameFilter(Tokenless):
    """Whom an administrator looks for, with a caller on the telephone."""

    q = SearchField(_l("Name, sign-in name, certificate or agency"))


class AgencyForm(VersionedForm):
    """An agency with what its papers print; ``key`` makes a form sent twice count once."""

    key = HiddenField(default=new_key, validators=[Length(max=LONGEST_KEY)])
    name = StrippedField(
        _l("Full name"),
        description=_l("As on its seal; never the short form."),
        validators=[InputRequired(_l("Enter the full name.")), Length(max=120)],
    )
    region_code = StrippedField(
        _l("Region"),
        description=_l("Six digits of GB/T 2260, such as 330106."),
        validators=[InputRequired(_l("Enter the region's code.")), Length(min=6, max=6)],
    )
    sector = SelectField(
        _l("Sector"), choices=list(SECTORS.items()), validators=[InputRequired(_l("Choose the sector."))]
    )
    acts_for_id = SelectField(_l("Acts for"), coerce=lambda text: int(text) if text else None, validators=[Optional()])
    number_prefix = StrippedField(
        _l("Short name in document numbers"), description=_l("Such as 杭西."), validators=[Optional(), Length(max=20)]
    )
    address = StrippedField(_l("Address"), validators=[Optional(), Length(max=200)])
    postcode = StrippedField(_l("Postcode"), validators=[Optional(), Length(max=10)])
    phone = StrippedField(_l("Telephone"), validators=[Optional(), Length(max=40)])
    reconsideration_body = StrippedField(
        _l("Reconsideration body"),
        description=_l("By name: the government at the same level (行政复议法24)."),
        validators=[Optional(), Length(max=120)],
    )
    court = StrippedField(_l("Court"), validators=[Optional(), Length(max=120)])
    bank = StrippedField(_l("Bank that takes the fines"), validators=[Optional(), Length(max=120)])
    bank_account = StrippedField(_l("Account"), validators=[Optional(), Length(max=120)])
    hearing_person_fen = MoneyField(
        _l("Hearing offered to persons from"),
        description=_l("Leave empty if the province has set nothing: a hearing is then always offered (行政处罚法63)."),
        validators=[Optional()],
    )
    hearing_org_fen = MoneyField(_l("Hearing offered to units from"), validators=[Optional()])
    major_decision_fen = MoneyField(
        _l("Legal review from"),
        description=_l("Fine from which the list of major decisions demands legal review (行政处罚法58)."),
        validators=[Optional()],
    )

    def offer(self, agencies: Sequence[Agency]) -> None:
        """Fill the choice of authorities."""
        authorities = [(agency.id, agency.name) for agency in agencies if agency.acts_for_id is None]
        self.acts_for_id.choices = [("", _l("itself: it is a punishing authority")), *authorities]


class OfficerForm(VersionedForm):
    """An officer with the certificate; ``key`` makes a form sent twice count once."""

    key = HiddenField(default=new_key, validators=[Length(max=LONGEST_KEY)])
    name = StrippedField(_l("Name"), validators=[InputRequired(_l("Enter the name.")), Length(max=60)])
    agency_id = SelectField(_l("Agency"), coerce=int, validators=[InputRequired(_l("Choose the agency."))])
    certificate = StrippedField(
        _l("Certificate number"), validators=[InputRequired(_l("Enter the certificate number.")), Length(max=60)]
    )
    certificate_from = DayField(_l("Valid from"), validators=[Optional()])
    certificate_to = DayField(_l("Valid to"), description=_l("The last day of validity."), validators=[Optional()])
    legal_qualification = BooleanField(_l("Holds the national legal qualification (行政处罚法58)"))


class UserForm(VersionedForm):
    """A sign-in. ``name`` and ``agency_id`` only when it is new."""

    name = StrippedField(_l("Sign-in name"), validators=[InputRequired(_l("Enter a sign-in name.")), Length(max=60)])
    display_name = StrippedField(
        _l("Name of the person"), validators=[InputRequired(_l("Enter the person's name.")), Length(max=60)]
    )
    agency_id = SelectField(_l("Agency"), coerce=int, validators=[InputRequired(_l("Choose the agency."))])
    officer_id = SelectField(
        _l("Officer"),
        coerce=lambda text: int(text) if text else None,
        description=_l("The officer who signs in with it, if any."),
        validators=[Optional()],
    )
    roles = SelectMultipleField(
        _l("Roles"),
        choices=[(role.value, ROLES[role]) for role in Role],
        validators=[InputRequired(_l("Choose at least one role."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    active = BooleanField(_l("May sign in"), default=True)

    def offer(self, agencies: Sequence[Agency], officers: Sequence[Officer]) -> None:
        """Fill the choices."""
        self.agency_id.choices = [(agency.id, agency.name) for agency in agencies]
        self.officer_id.choices = [
            ("", _l("none")),
            *((one.id, f"{one.name}（{one.certificate}）") for one in officers),
        ]

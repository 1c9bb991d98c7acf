"""Use cases of bulletins and campaign reports."""

from datetime import date

from flask_babel import gettext as _

from .. import clock
from ..accounts.actor import Actor
from ..accounts.models import Agency
from ..accounts.regions import child_regions
from ..accounts.scope import check_version
from ..audit.actions import record
from ..campaigns.catalogue import CampaignFacts
from ..errors import Forbidden, NotFound, Refusal
from ..extensions import db
from ..returns.canonical import sha256
from ..turns import take_turn
from . import queries
from .account import SECTIONS
from .bulletin import compose, months_of
from .fields import check_text, fields_of
from .gathering import Gathered
from .models import AccountSection, Bulletin, CampaignAccount


def begin_bulletin(actor: Actor, campaign: CampaignFacts, month: date, today: date) -> Bulletin:
    """A draft for a month of the campaign. Raises Refusal where there is one, or nobody below to read it."""
    take_turn("bulletin", campaign.id, actor.region_code)
    if not child_regions(actor.region_code, today.year):
        raise Refusal(_("Nobody reports to a county. Bulletins are made by cities, provinces and the ministry."))
    if month not in months_of(campaign, today):
        raise Refusal(_("The campaign has no such month yet. Choose one of the list."), field="month")
    if month in queries.months_taken(campaign.id, actor.region_code):
        raise Refusal(_("There is a bulletin for this month already. Open it in the list."), field="month")
    row = Bulletin(
        campaign=campaign.id,
        region_code=actor.region_code,
        agency=_office(actor),
        month=month,
        opening="",
        requirements="",
    )
    db.session.add(row)
    db.session.flush()
    record(row, "reporting:bulletin:begin", actor)
    return row


def write_bulletin(
    actor: Actor, campaign: CampaignFacts, bulletin_id: int, *, opening: str, requirements: str, version: int | None
) -> Bulletin:
    """The words of a draft. Raises NotFound, Forbidden, Refusal for an issued one, Stale."""
    row = _draft(actor, campaign, bulletin_id)
    check_version(row, version)
    row.opening, row.requirements = opening.strip(), requirements.strip()
    db.session.flush()
    record(row, "reporting:bulletin:write", actor)
    return row


def issue_bulletin(
    actor: Actor, campaign: CampaignFacts, bulletin_id: int, today: date, *, version: int | None = None
) -> Bulletin:
    """Give a draft its number and keep it for ever as it stands now.

    Raises NotFound, Forbidden, Stale, and Refusal where requirements are missing or the month is not over.
    """
    take_turn("bulletin", campaign.id, actor.region_code)
    row = _draft(actor, campaign, bulletin_id)
    check_version(row, version)
    if not row.requirements.strip():
        raise Refusal(
            _("The requirements are missing. Write what is demanded, then issue the bulletin."), field="requirements"
        )
    content = compose(actor, row, campaign, today)
    if date.fromisoformat(content["until"]) >= today:
        raise Refusal(
            _("The month is not over. A bulletin can be issued from the day after its last one."), field="month"
        )
    row.number = queries.last_number(campaign.id, row.region_code) + 1
    row.content = {**content, "number": row.number, "issued_on": today.isoformat()}
    row.sha256, row.issued_at, row.issued_by = sha256(row.content), clock.now(), actor.name
    db.session.flush()
    record(row, "reporting:bulletin:issue", actor)
    return row


def begin_account(actor: Actor, campaign: CampaignFacts) -> CampaignAccount:
    """The campaign report of the own region, all its sections as proposed. Raises Refusal where it has been begun."""
    take_turn("campaign_account", campaign.id, actor.region_code)
    if queries.account(campaign.id, actor.region_code) is not None:
        raise Refusal(_("The campaign report has been begun already. Open it."))
    office = _office(actor)
    addressee = queries.office_above(campaign, actor.region_code, office.sector) or ""
    row = CampaignAccount(campaign=campaign.id, region_code=actor.region_code, agency=office, addressee=addressee)
    row.sections = [AccountSection(name=name, text="") for name in SECTIONS]
    db.session.add(row)
    db.session.flush()
    record(row, "reporting:account:begin", actor)
    return row


def write_section(
    actor: Actor, campaign: CampaignFacts, name: str, text: str, today: date, *, version: int | None
) -> AccountSection:
    """The office's words for a section; empty for the proposed ones.

    Raises NotFound, Stale, and Refusal for {names} that stand for no figure.
    """
    row = _own_account(actor, campaign)
    section = queries.section(row, name)
    check_version(section, version)
    check_text(text, fields_of(Gathered(campaign, row.region_code, today)))
    section.text = text.strip()
    db.session.flush()
    record(row, "reporting:account:write", actor, reason=SECTIONS[name])
    return section


def write_letter(
    actor: Actor, campaign: CampaignFacts, *, addressee: str, number: str, dated_on: date | None, version: int | None
) -> CampaignAccount:
    """Addressee, number and day of the campaign report. Raises NotFound, Stale."""
    row = _own_account(actor, campaign)
    check_version(row, version)
    row.addressee, row.number, row.dated_on = addressee.strip(), number.strip() or None, dated_on
    db.session.flush()
    record(row, "reporting:account:address", actor)
    return row


def _draft(actor: Actor, campaign: CampaignFacts, bulletin_id: int) -> Bulletin:
    row = queries.bulletin(actor, campaign.id, bulletin_id)
    if not queries.may_write(actor, row):
        raise Forbidden
    if row.is_issued:
        raise Refusal(
            _("The bulletin has been issued and does not change any more. Write what is new into the next one.")
        )
    return row


def _own_account(actor: Actor, campaign: CampaignFacts) -> CampaignAccount:
    row = queries.account(campaign.id, actor.region_code)
    if row is None or not queries.may_write(actor, row):
        raise NotFound
    return row


def _office(actor: Actor) -> Agency:
    """The authority for which the actor's office writes. Raises Forbidden for the system, which has none."""
    if actor.authority_id is None:
        raise Forbidden
    return db.session.get_one(Agency, actor.authority_id)

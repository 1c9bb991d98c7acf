"""Reading bulletins and campaign reports, in scope."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from ..accounts.actor import NATION, Actor
from ..accounts.models import Agency
from ..accounts.permissions import Permission
from ..accounts.regions import covers
from ..accounts.scope import in_region
from ..campaigns.catalogue import CampaignFacts
from ..errors import NotFound
from ..extensions import db
from ..returns.chain import above, way_up
from ..returns.models import Return, ReturnSnapshot
from .models import AccountSection, Bulletin, CampaignAccount

MINISTRIES = {
    "health": "国家卫生健康委员会",
    "tcm": "国家中医药管理局",
    "disease_control": "国家疾病预防控制局",
    "market": "国家市场监督管理总局",
}
"""The offices at the head of a chain, which do not work with the system themselves."""


def bulletins(actor: Actor, campaign_id: str) -> Sequence[Bulletin]:
    """The own office's bulletins, and the issued ones of the regions above and below, the latest month first."""
    ordered = (Bulletin.month.desc(), Bulletin.region_code)
    return list(
        db.session.scalars(select(Bulletin).where(Bulletin.campaign == campaign_id, _seen(actor)).order_by(*ordered))
    )


def _seen(actor: Actor) -> ColumnElement[bool]:
    reached = or_(
        in_region(Bulletin.region_code, actor.region_code), Bulletin.region_code.in_(way_up(actor.region_code))
    )
    offices = select(Agency.id).where(Agency.region_code == actor.region_code)
    own = offices if actor.sector is None else offices.where(Agency.sector == actor.sector)
    return or_(Bulletin.agency_id.in_(own), and_(Bulletin.issued_at.is_not(None), reached))


def bulletin(actor: Actor, campaign_id: str, bulletin_id: int) -> Bulletin:
    """One of `bulletins`. Raises NotFound."""
    row = db.session.get(Bulletin, bulletin_id)
    near = row is not None and (
        covers(actor.region_code, row.region_code) or covers(row.region_code, actor.region_code)
    )
    if row is None or row.campaign != campaign_id or not near:
        raise NotFound
    if not row.is_issued and not _is_own(actor, row):
        raise NotFound
    return row


def months_taken(campaign_id: str, region_code: str) -> set[date]:
    """The months for which a region has a bulletin."""
    query = select(Bulletin.month).where(Bulletin.campaign == campaign_id, Bulletin.region_code == region_code)
    return set(db.session.scalars(query))


def last_number(campaign_id: str, region_code: str) -> int:
    """The highest 第N期 that a region has given; 0 for none."""
    query = select(func.max(Bulletin.number)).where(
        Bulletin.campaign == campaign_id, Bulletin.region_code == region_code
    )
    return db.session.scalar(query) or 0


def account(campaign_id: str, region_code: str) -> CampaignAccount | None:
    """The campaign report of a region, which must lie in the actor's own one, or None where nobody has begun it."""
    query = select(CampaignAccount).where(
        CampaignAccount.campaign == campaign_id, CampaignAccount.region_code == region_code
    )
    return db.session.scalar(query)


def section(row: CampaignAccount, name: str) -> AccountSection:
    """One section of a campaign report. Raises NotFound."""
    found = next((one for one in row.sections if one.name == name), None)
    if found is None:
        raise NotFound
    return found


def may_write(actor: Actor, row: Bulletin | CampaignAccount) -> bool:
    """Whether the actor's office may change it: that of the same region and department."""
    return _is_own(actor, row) and actor.may(Permission.CAMPAIGN_WRITE)


def _is_own(actor: Actor, row: Bulletin | CampaignAccount) -> bool:
    return row.region_code == actor.region_code and actor.sector in (None, row.agency.sector)


def office_above(campaign: CampaignFacts, region_code: str, sector: str) -> str | None:
    """The name of the authority of the same department to which a region reports, where it is known."""
    code = above(region_code, campaign.chain, campaign.region_code)
    if code == NATION:
        return MINISTRIES.get(sector)
    query = select(Agency.name).where(Agency.region_code == code, Agency.sector == sector, Agency.acts_for_id.is_(None))
    return db.session.scalar(query.order_by(Agency.id).limit(1)) if code else None


def reported(campaign: CampaignFacts, form_id: str, region_code: str) -> ReturnSnapshot | None:
    """What a region has reported last for a whole campaign with a form, unless it was sent back since."""
    query = (
        select(ReturnSnapshot)
        .join(Return, Return.id == ReturnSnapshot.return_id)
        .where(Return.campaign == campaign.id, Return.form == form_id, Return.region_code == region_code)
        .where(Return.kind == "level", Return.state.in_(("submitted", "accepted", "frozen")))
        .where(Return.period_from == campaign.date_from, Return.period_to == campaign.date_to)
        .order_by(ReturnSnapshot.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def sent_back(campaign_id: str, codes: Sequence[str]) -> int:
    """How many tables of some regions were sent back at least once: they were submitted again, or wait for it."""
    again = (
        select(ReturnSnapshot.return_id)
        .where(ReturnSnapshot.purpose == "submission")
        .group_by(ReturnSnapshot.return_id)
        .having(func.count() > 1)
    )
    query = select(func.count()).where(
        Return.campaign == campaign_id, Return.kind == "level", Return.region_code.in_(codes),
        or_(Return.state == "returned", Return.id.in_(again)),
    )  # fmt: skip
    return db.session.scalar(query) or 0

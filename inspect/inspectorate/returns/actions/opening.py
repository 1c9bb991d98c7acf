"""Beginning a return: the region's own, or one of a department."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...accounts.actor import Actor
from ...accounts.models import Agency
from ...accounts.permissions import Permission
from ...accounts.regions import covers, region_name
from ...accounts.words import SECTORS
from ...audit.actions import record
from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.engine.definition import FormDefinition
from ...errors import Forbidden, NotFound, Refusal
from ...extensions import db
from ...turns import take_turn
from .. import desks
from ..deadlines import due_on
from ..models import WITHOUT_CAMPAIGN, Return
from ..periods import Period
from ..tables import DEPARTMENT, LEVEL, without_campaign


def open_level(actor: Actor, campaign_id: str, form_id: str, region_code: str, period: Period) -> Return:
    """The region's own return for a period, begun now if nobody has. Raises NotFound, Forbidden, Refusal."""
    campaign, form = _asked(actor, campaign_id, form_id, region_code)
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden
    if not desks.acts_for(actor, region_code):
        raise NotFound
    return level_return(actor, campaign, form, region_code, period)


def level_return(
    actor: Actor, campaign: CampaignFacts, form: FormDefinition, region_code: str, period: Period
) -> Return:
    """The same, where somebody above begins it for a region (a reminder)."""
    if (found := _found(campaign, form, region_code, period, LEVEL)) is not None:
        return found
    agency = _reporting_agency(actor, region_code)
    return _begin(actor, campaign, form, region_code, period, {"kind": LEVEL, "reporter": LEVEL, "agency": agency})


def open_department(
    actor: Actor,
    campaign_id: str,
    form_id: str,
    region_code: str,
    period: Period,
    *,
    agency_id: int | None = None,
    sector: str | None = None,
    covers_below: bool = False,
) -> Return:
    """A department's return, begun now if nobody has: of the own agency, or typed in for one of the region.

    ``sector``: the region's department of that sector, entered among the agencies where it is not yet.
    Raises NotFound, Forbidden, Refusal.
    """
    campaign, form = _asked(actor, campaign_id, form_id, region_code)
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden
    agency = _agency(actor, region_code, agency_id, sector)
    if agency.id != actor.authority_id and not desks.acts_for(actor, region_code):
        raise NotFound
    reporter = f"agency:{agency.key}"
    if (found := _found(campaign, form, region_code, period, reporter)) is not None:
        return found
    values = {"kind": DEPARTMENT, "reporter": reporter, "agency": agency, "covers_below": covers_below}
    return _begin(actor, campaign, form, region_code, period, values)


def _asked(actor: Actor, campaign_id: str, form_id: str, region_code: str) -> tuple[CampaignFacts, FormDefinition]:
    """The campaign and its form, for a region that is the actor's and takes part. Raises NotFound, Refusal."""
    campaign, form = _known(actor, campaign_id, form_id)
    if form is None or not covers(actor.region_code, region_code):
        raise NotFound
    if not covers(campaign.region_code, region_code):
        raise Refusal(_("This campaign is run by a region below; its offices report there."))
    return campaign, form


def _known(actor: Actor, campaign_id: str, form_id: str) -> tuple[CampaignFacts, FormDefinition | None]:
    if campaign_id == WITHOUT_CAMPAIGN:
        form = campaigns.form(form_id)
        if form is None:
            raise NotFound
        return without_campaign(form), form
    campaign = campaigns.campaign_for(actor, campaign_id)
    allowed = form_id in campaign.forms or actor.sector is None
    return campaign, campaigns.form(form_id) if allowed else None


def _found(
    campaign: CampaignFacts, form: FormDefinition, region_code: str, period: Period, reporter: str
) -> Return | None:
    """The return if somebody has begun it; whoever asks has the turn for it until the transaction ends."""
    take_turn("return", campaign.id, form.id, period.key, region_code, reporter)
    return db.session.scalar(
        select(Return).where(
            Return.campaign == campaign.id,
            Return.form == form.id,
            Return.period == period.key,
            Return.region_code == region_code,
            Return.reporter == reporter,
        )
    )


def _begin(
    actor: Actor,
    campaign: CampaignFacts,
    form: FormDefinition,
    region_code: str,
    period: Period,
    values: Mapping[str, Any],
) -> Return:
    row = Return(
        campaign=campaign.id,
        form=form.id,
        region_code=region_code,
        period=period.key,
        period_from=period.start,
        period_to=period.end,
        due_on=due_on(form, campaign, period, region_code),
        state_since=clock.now(),
        **values,
    )
    db.session.add(row)
    db.session.flush()
    record(row, "returns:return:open", actor)
    return row


def _reporting_agency(actor: Actor, region_code: str) -> Agency:
    """The authority that reports for a region: the actor's own there, else the region's health authority, else the
    actor's, which then does it on behalf.
    """
    if actor.region_code != region_code:
        found = _of_sector(region_code, "health")
        if found is not None:
            return found
    own = db.session.get(Agency, actor.authority_id) if actor.authority_id else _of_sector(region_code, "health")
    if own is None:
        name = region_name(region_code, full=True)
        raise Refusal(_("No health authority of %(region)s is entered. Add the agency first.", region=name))
    return own


def _agency(actor: Actor, region_code: str, agency_id: int | None, sector: str | None) -> Agency:
    if agency_id is not None:
        found = db.session.get(Agency, agency_id)
        if found is None or not (covers(region_code, found.region_code) or covers(found.region_code, region_code)):
            raise NotFound
        return found.authority
    if sector is None:
        own = db.session.get(Agency, actor.authority_id) if actor.authority_id else None
        if own is None:
            raise NotFound
        return own
    if sector not in SECTORS:
        raise NotFound
    return _of_sector(region_code, sector) or _entered(actor, region_code, sector)


def _of_sector(region_code: str, sector: str) -> Agency | None:
    query = select(Agency).where(
        Agency.region_code == region_code, Agency.sector == sector, Agency.acts_for_id.is_(None)
    )
    return db.session.scalars(query.order_by(Agency.id).limit(1)).first()


NAMES = {
    "market": "市场监督管理局", "drug": "药品监督管理局", "cyberspace": "互联网信息办公室", "telecom": "通信管理局",
    "radio_tv": "广播电视局", "police": "公安局", "customs": "海关", "postal": "邮政管理局", "tcm": "中医药管理局",
    "disease_control": "疾病预防控制局", "health": "卫生健康委员会", "emergency": "应急管理局", "ecology": "生态环境局",
    "agriculture": "农业农村局", "salt": "盐业局", "labour": "人力资源和社会保障局",
}  # fmt: skip
"""What the departments of a region are usually called."""


def _entered(actor: Actor, region_code: str, sector: str) -> Agency:
    """A department that works without the system, entered so that its figures have an owner."""
    take_turn("agency", region_code, sector)
    if (found := _of_sector(region_code, sector)) is not None:
        return found
    row = Agency(
        name=f"{region_name(region_code, full=True)}{NAMES.get(sector, sector)}",
        region_code=region_code,
        sector=sector,
        key=f"department-{region_code}-{sector}",
    )
    db.session.add(row)
    db.session.flush()
    record(row, "accounts:agency:add", actor, reason=_("It sends returns of a campaign."))
    return row

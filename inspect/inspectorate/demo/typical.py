"""Typical cases on their way: chosen, sent up, taken, returned at each level; a decision kept off an exposure list."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.scope import in_scope
from ..cases.models import Case, Decision, Penalty, Respondent
from ..extensions import db
from ..typical import actions, queries
from ..typical.completeness import missing
from ..typical.exposure_actions import leave_out
from ..typical.material import USUAL_TEMPLATE, entry_of
from .world import PAST_CAMPAIGN

CHOSEN = 5
LOOKED_AT = 200
"""Cases of a campaign that are looked through for those that are complete."""

REASON = "同类案例已由其他县区报送，请补充当事人整改情况后再报"
REPAIRED = "信用修复决定书（浙信修〔2026〕18号），当事人已纠正违法行为并缴清罚没款"


def make_typical(people: Mapping[str, Actor], this_campaign: str) -> None:
    """The province's choice of the past campaign, and this year's from the county to the province."""
    county, city, province = (people[f"{level}-office"] for level in ("county", "city", "province"))
    for case in list(islice(_fit(province, PAST_CAMPAIGN.id), CHOSEN)):
        _choose(province, PAST_CAMPAIGN.id, case)
    chosen = list(islice(_fit(county, this_campaign), CHOSEN))
    for case in chosen:
        _choose(county, this_campaign, case)
    _send_up(county, city, province, this_campaign, chosen)
    _keep_off(county, this_campaign)


def _send_up(county: Actor, city: Actor, province: Actor, campaign: str, chosen: Sequence[Case]) -> None:
    """Four go to the city: two are taken, one comes back, one waits; the better of the two goes on to the province."""
    nominated = chosen[:4]
    for case in nominated:
        actions.nominate(county, campaign, case.id)
    for case in nominated[:2]:
        _choose(city, campaign, case)
    if len(nominated) > 2:
        actions.send_back(city, campaign, nominated[2].id, REASON)
    if nominated:
        actions.nominate(city, campaign, nominated[0].id)
        _choose(province, campaign, nominated[0])
    others = (case for case in _fit(province, campaign) if case not in chosen)
    for case in list(islice(others, 2)):
        _choose(province, campaign, case)


def _choose(actor: Actor, campaign_id: str, case: Case) -> None:
    """Chosen, and whatever looks like a name looked at, as an office does before it prints."""
    actions.choose(actor, campaign_id, case.id)
    line = queries.line(actor, campaign_id, case.id)
    remarks = entry_of(1, line.chosen, USUAL_TEMPLATE, queries.style_of(campaign_id, actor.region_code)).remarks
    if set(remarks) - set(line.row.looked_at):
        actions.write_account(actor, campaign_id, case.id, line.row.account or "", line.row.names, remarks)


def _fit(actor: Actor, campaign_id: str) -> Iterator[Case]:
    """Decided cases in scope that lack nothing of weight, those of this system first."""
    query = (
        select(Case)
        .join(Case.respondents)
        .join(Respondent.decision)
        .where(in_scope(Case, actor), Case.campaign == campaign_id, Case.state != "withdrawn")
        .where(Decision.decided_on.is_not(None), Decision.annulled_on.is_(None))
        .order_by(Case.imported, Case.key)
        .limit(LOOKED_AT)
    )
    return (case for case in db.session.scalars(query).unique() if not missing(case))


def _keep_off(actor: Actor, campaign_id: str) -> None:
    """The first fined party's decision is not shown any more: its credit has been repaired."""
    query = (
        select(Case)
        .join(Respondent, Respondent.case_id == Case.id)
        .join(Decision, Decision.respondent_id == Respondent.id)
        .join(Penalty, Penalty.decision_id == Decision.id)
        .where(Case.campaign == campaign_id, in_scope(Case, actor), Penalty.kind == "fine")
        .where(Decision.decided_on.is_not(None), Decision.annulled_on.is_(None), Decision.served_on.is_not(None))
        .order_by(Decision.decided_on.desc(), Case.id)
        .limit(1)
    )
    case = db.session.scalar(query)
    if case is not None:
        leave_out(actor, campaign_id, case.id, None, "repaired", REPAIRED)

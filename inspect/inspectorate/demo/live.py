"""What is going on now: cases, reports, entries, complaints and typical cases, made by the demo's people."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from ..accounts.actions import save_agency
from ..accounts.actor import SYSTEM, Actor
from ..accounts.models import Agency
from ..complaints import actions as complaints
from ..complaints.rules import ComplaintFacts
from ..extensions import db
from ..inspections import entry
from .chance import Chance
from .findings import masked, words
from .history import looks_at
from .live_cases import play
from .live_visits import approved_entry, entry_request, file_report
from .material import complaint_texts
from .offices import person_name
from .stage import Calendar, Desk, subject_id
from .stories import ELSEWHERE, HEALTH, MARKET
from .typical import make_typical
from .world import TIANHE, WEST_LAKE, World, campaign_on

THRESHOLDS = {"hearing_person_fen": 500_000, "hearing_org_fen": 5_000_000, "major_decision_fen": 20_000_000}
"""What the county's health authority has set: hearings from 5,000 and 50,000 yuan, legal review from 200,000 yuan."""


def make_live(world: World, people: Mapping[str, Actor], seed: int, today: date) -> None:
    """All of it, office by office."""
    _set_thresholds(WEST_LAKE)
    west = _desk(world, people, "", "health", WEST_LAKE, seed, today)
    market = _desk(world, people, "market-", "market", WEST_LAKE, seed, today)
    elsewhere = _desk(world, people, "guangdong-", "health", TIANHE, seed, today)
    for desk, stories in ((west, HEALTH), (market, MARKET), (elsewhere, ELSEWHERE)):
        for story in stories:
            play(desk, story)
        _unfinished_reports(desk)
        _entries(desk)
        _complaints(desk)
    make_typical(people, campaign_on(today).id)


def _set_thresholds(region: str) -> None:
    query = select(Agency).where(Agency.key == f"demo-{region}-health")
    agency = db.session.scalars(query).one()
    values = {"region_code": agency.region_code, "sector": agency.sector, "acts_for_id": None, **THRESHOLDS}
    save_agency(SYSTEM, agency.id, values)


def _desk(
    world: World, people: Mapping[str, Actor], prefix: str, sector: str, region: str, seed: int, today: date
) -> Desk:
    return Desk(
        sector=sector,
        region=region,
        inspector=people[f"{prefix}inspector"],
        second=people[f"{prefix}inspector2"],
        legal=people[f"{prefix}legal"],
        head=people[f"{prefix}head"],
        sites=[site for site in world.sites if site.place.code == region],
        persons=list(world.live_persons.get(region, ())),
        campaign=campaign_on(today).id,
        chance=Chance(seed, f"live {sector} {region}"),
        today=today,
        prefix=f"{sector[0]}{region}",
    )


# ---------------------------------------------------------------- reports and entries


def _unfinished_reports(desk: Desk) -> None:
    """Drafts left after each of their steps."""
    codes = list(desk.seen_offences)
    for number, step in enumerate(("subject", "visit", "findings")):
        file_report(desk, desk.seen_offences[codes[number % len(codes)]], desk.today - timedelta(number), until=step)


TODAY_AT = {
    "health": ("medical_institution/cosmetic_clinic", "beauty_salon", "workplace", "public_place"),
    "market": ("catering/restaurant", "canteen", "food_seller"),
}


def _entries(desk: Desk) -> None:
    """Approved for today, waiting for the head, urgent and waiting, refused."""
    for place in TODAY_AT[desk.sector]:
        if site := desk.site_of(place):
            approved_entry(desk, site, None, desk.today, days=5)
    calendar = Calendar(desk.today - timedelta(1), desk.today)
    for number, place in enumerate(TODAY_AT[desk.sector][:3]):
        if site := desk.site_of(place):
            wanted = entry_request(desk, site, None, desk.today + timedelta(2 + number), 7)
            asked = calendar.do(entry.request_entry, desk.inspector, wanted)
            if number == 2:
                _urgent(desk, place)
                with calendar.at_work():
                    entry.refuse_entry(desk.head, asked.id, opinion="该单位本季度已安排综合查一次，请并入联合检查。")


def _urgent(desk: Desk, place: str) -> None:
    site = desk.site_of(place)
    if site is None:
        return
    wanted = entry_request(desk, site, None, desk.today - timedelta(3), 5)
    reason = "接投诉反映现场正在发生违法行为，证据可能灭失，需立即检查。"
    urgent = wanted._replace(urgent=True, urgent_reason=reason)
    Calendar(desk.today - timedelta(3), desk.today).do(entry.request_entry, desk.inspector, urgent)


# ---------------------------------------------------------------- complaints

COMPLAINTS = ("received", "received", "received", "handling", "handling", "closed", "replied", "replied")


def _complaints(desk: Desk) -> None:
    for number, step in enumerate(COMPLAINTS):
        _complaint(desk, step, ago=2 + number * 4)


def _complaint(desk: Desk, step: str, ago: int) -> None:
    site = desk.chance.pick([site for site in desk.sites if looks_at(desk.sector, site.variant.kind)])
    calendar = Calendar(desk.today - timedelta(ago), desk.today)
    texts = complaint_texts().get(site.variant.kind) or complaint_texts()["*"]
    known = words(desk.chance, site, calendar.day, person=masked(person_name(desk.chance)))
    anonymous = desk.chance.share(0.4)
    facts = ComplaintFacts(
        received_on=calendar.day,
        channel=desk.chance.pick(("hotline", "letter", "visit", "internet")),
        region_code=desk.region,
        text=desk.chance.fill(desk.chance.pick(texts), known),
        subject_id=subject_id(site.key),
        subject_text=site.name,
        campaign=desk.campaign if desk.sector == "health" and site.variant.kind in CAMPAIGN_CATEGORIES else None,
        category=CAMPAIGN_CATEGORIES.get(site.variant.kind) if desk.sector == "health" else None,
        anonymous=anonymous,
        reporter_name=None if anonymous else person_name(desk.chance),
    )
    with calendar.at_work() as day:
        made = complaints.receive_complaint(desk.head, day, facts, key=desk.key("K"))
    if step == "received":
        return
    calendar.wait(1)
    calendar.do(
        complaints.accept_complaint, desk.head, made.id, accepted_on=calendar.day, handler_id=desk.inspector.officer_id
    )
    if step == "handling":
        return
    calendar.wait(9)
    outcome = "经现场检查，反映的情况部分属实，已对当事人下达监督意见并立案调查。"
    calendar.do(
        complaints.close_complaint, desk.inspector, made.id, closed_on=calendar.day, outcome=outcome, penalised=True
    )
    if step == "replied":
        calendar.wait(2)
        reply = "您反映的问题已查实，我单位已依法处理，感谢您的监督。"
        calendar.do(
            complaints.reply_to_complaint, desk.inspector, made.id, replied_on=calendar.day, reply=reply, satisfied=True
        )


CAMPAIGN_CATEGORIES = {
    "medical_institution": "licensed_institution",
    "beauty_salon": "unlicensed_practice",
    "other": "unlicensed_practice",
}

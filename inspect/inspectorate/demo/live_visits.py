"""Field reports of this year, filed step by step as on a phone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .. import clock
from ..inspections import actions as reports
from ..inspections import entry, evidence
from ..inspections.models import Inspection
from ..inspections.submission import submit_report
from ..inspections.uploads import Upload
from .findings import charge_of, masked, words
from .material import Offence
from .offices import person_name
from .pictures import photograph
from .sanctions import Charge
from .stage import Calendar, Desk, subject_id
from .subjects import Site

CORRECTION_DAYS, RECENT = 15, 14
"""Calendar days: the term of an order to correct, and how long ago a visit is recent."""


@dataclass
class Visited:
    """A report that was submitted, with what it found."""

    site: Site
    charge: Charge
    report: Inspection
    calendar: Calendar


def file_report(desk: Desk, offence: Offence, on: date, *, until: str = "submitted") -> Visited | None:
    """A report on a day, submitted or left after its ``until`` step (subject, visit, findings).

    None where the county has no such place.
    """
    site = desk.site_for(offence)
    if site is None:
        return None
    calendar = Calendar(on, desk.today)
    charge = charge_of(desk.chance, offence, site, on)
    entry_id = approved_entry(desk, site, offence, on) if not site.variant.unlicensed else None
    step = reports.SubjectStep(
        subject_id=subject_id(site.key),
        inspected_on=on,
        reason="campaign" if offence.category else "routine",
        campaign=desk.campaign if offence.category else None,
        category=offence.category,
        entry_id=entry_id,
    )
    report = calendar.do(reports.start_report, desk.inspector, step, key=desk.key("I"))
    if until != "subject":
        _fill(desk, report, site, charge, calendar, until)
    return Visited(site, charge, report, calendar)


def approved_entry(desk: Desk, site: Site, offence: Offence | None, on: date, *, days: int = 7) -> int:
    """An entry asked for two days before and approved the next, valid from the day on."""
    calendar = Calendar(on - timedelta(2), desk.today)
    asked = calendar.do(entry.request_entry, desk.inspector, entry_request(desk, site, offence, on, days))
    calendar.wait(1)
    with calendar.at_work():
        entry.approve_entry(desk.head, asked.id, opinion="同意，按计划实施，注意出示证件、告知权利。")
    return asked.id


def entry_request(desk: Desk, site: Site, offence: Offence | None, on: date, days: int) -> entry.Request:
    """What is asked for."""
    number = subject_id(site.key)
    in_campaign = offence is not None and offence.category is not None
    return entry.Request(
        key=desk.key("A"),
        subject_id=number,
        reason="campaign" if in_campaign else "routine",
        items=entry.proposed_items(entry.registry.subject(desk.inspector, number)),
        planned_from=on,
        planned_to=on + timedelta(days),
        campaign=desk.campaign if in_campaign else None,
    )


def _fill(desk: Desk, report: Inspection, site: Site, charge: Charge, calendar: Calendar, until: str) -> None:
    arrived = clock.from_local(datetime.combine(calendar.day, time(9, desk.chance.count(0, 55))))
    left = min(arrived + timedelta(minutes=desk.chance.count(50, 130)), clock.now())
    visit = reports.VisitStep(
        officer_ids=desk.officer_ids,
        entered_at=min(arrived, left),
        place=site.address,
        escort=site.legal_representative,
        escort_title="负责人",
        identity_shown=True,
        recusal_answer="none",
    )
    evening = datetime.combine(calendar.day, time(17, 30))
    with clock.standing_at(min(clock.from_local(evening), clock.now())):
        reports.save_visit(desk.inspector, report.id, visit, clock.now(), version=None)
        if until == "visit":
            return
        reports.save_findings(desk.inspector, report.id, _found(desk, site, charge, calendar.day), version=None)
        _photographs(desk, report, site, calendar.day)
        if until == "findings":
            return
        statement = reports.StatementStep("以上记录属实，我单位将按要求整改。", "signed", None, None, left)
        reports.save_statement(desk.inspector, report.id, statement, clock.now(), version=None)
        submit_report(desk.inspector, report.id, calendar.day, version=None)


def _found(desk: Desk, site: Site, charge: Charge, on: date) -> reports.FindingsStep:
    known = words(desk.chance, site, on, person=masked(person_name(desk.chance)))
    known |= {"income": "3,600", "goods": "420"}
    offence = charge.offence
    # Of older visits most orders are left to the decision, else the list of rechecks would be nothing but late.
    ordered = on > desk.today - timedelta(RECENT) or desk.chance.share(0.05)
    return reports.FindingsStep(
        seen=[desk.chance.fill(line, known) for line in offence.seen],
        findings=[(offence.code, charge.facts)],
        order_correction=ordered,
        correction_text=offence.correction if ordered else None,
        correction_due_on=on + timedelta(CORRECTION_DAYS) if ordered else None,
        opinion_text="请对照法律、法规落实整改，并于期限届满前书面报告整改情况。",
    )


def _photographs(desk: Desk, report: Inspection, site: Site, on: date) -> None:
    for number, what in enumerate(("现场全景照片", "查见物品照片"), 1):
        caption = (f"{what}  {on.isoformat()}", site.name)
        sent = [Upload(f"现场照片{number}.png", photograph(desk.chance, caption))]
        evidence.add_evidence(
            desk.inspector, report, sent, kind="audiovisual", title=what, proves="现场检查所见情况", key=desk.key("F")
        )

"""Use cases of 回头看: ordered for named or drawn places, answered by a real inspection, taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from ...accounts.actor import Actor
from ...accounts.models import Agency
from ...accounts.queries import own_agency
from ...accounts.regions import significant
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import Forbidden, Refusal, refuse
from ...extensions import db
from ...inspections.models import Inspection
from ...turns import take_turn
from .. import rules
from ..models import RecheckOrder, RecheckTask
from ..queries import rechecks as queries
from ..words import ASSIGNMENTS
from .offices import campaign_to_write, of_office


class OrderFacts(NamedTuple):
    """What is ordered. ``assign`` is a key of ``words.ASSIGNMENTS``: whose people go there."""

    title: str
    due_on: date
    assign: str
    note: str | None = None


def order_drawn(
    actor: Actor,
    campaign_id: str,
    facts: OrderFacts,
    criteria: queries.Criteria,
    size: int | None,
    seed: str,
    today: date,
    *,
    key: str,
) -> RecheckOrder:
    """Draw so many of the inspected places that fit and order that they are looked at again.

    Seed and population are kept, so that anybody can draw again. Sent twice under one ``key`` it is drawn once.
    Raises Refusals, NotFound, Forbidden.
    """
    campaign_to_write(actor, campaign_id)
    if known := _sent_before(actor, campaign_id, key):
        return known
    query = queries.candidates(actor, campaign_id, criteria)
    population = queries.population(query, rules.MOST_POPULATION)
    refuse([*rules.check_order(facts.due_on, today), *rules.check_size(size, len(population))])
    drawn = rules.draw(seed, population, size or 0)
    kept = {"method": "drawn", "seed": seed, "size": size, "population": population, "criteria": criteria.as_kept()}
    return _order(actor, campaign_id, facts, drawn, today, key=key, **kept)


def order_named(
    actor: Actor, campaign_id: str, facts: OrderFacts, chosen: Sequence[int], today: date, *, key: str
) -> RecheckOrder:
    """Order that the places of some reports are looked at again. Raises Refusals, NotFound, Forbidden."""
    campaign_to_write(actor, campaign_id)
    if known := _sent_before(actor, campaign_id, key):
        return known
    refuse([*rules.check_order(facts.due_on, today), *rules.check_chosen(len(chosen))])
    fitting = queries.candidates(actor, campaign_id, queries.Criteria()).where(Inspection.id.in_(chosen))
    found = queries.population(fitting, rules.MOST_TASKS)
    if len(found) < len(set(chosen)):
        message = _("A place that you ticked waits for a re-check already, or was inspected since. Look again.")
        raise Refusal(message, field="chosen")
    return _order(actor, campaign_id, facts, found, today, key=key, method="named")


def _sent_before(actor: Actor, campaign_id: str, key: str) -> RecheckOrder | None:
    """Two orders at once would both draw a place."""
    take_turn("re-check", campaign_id)
    known = queries.order_by_key(key)
    return queries.own_order(actor, known.id) if known else None


def _order(
    actor: Actor, campaign_id: str, facts: OrderFacts, drawn: Sequence[int], today: date, **columns: object
) -> RecheckOrder:
    if facts.assign not in ASSIGNMENTS:
        raise Refusal(_("Choose whose people go there."), field="assign")
    row = RecheckOrder(
        title=facts.title,
        due_on=facts.due_on,
        note=facts.note,
        ordered_on=today,
        **of_office(actor, campaign_id),
        **columns,
    )
    reports = queries.inspections(drawn)
    claims = queries.claims(list(reports.values()), today)
    assign = _assignment(actor, facts.assign)
    for number in drawn:
        report = reports[number]
        claim = claims[number]
        row.tasks.append(
            RecheckTask(
                campaign=campaign_id,
                region_code=report.region_code,
                sector=row.sector,
                agency_id=assign(report.region_code),
                subject_id=report.subject_id,
                earlier_id=report.id,
                case_id=claim.case_id,
                claimed=claim.as_what,
                claimed_on=claim.on,
                due_on=facts.due_on,
            )
        )
    db.session.add(row)
    db.session.flush()
    record(row, "joint:recheck:order", actor)
    return row


class _Assignment:
    """To whom the place of a region falls: the nearest office there is, else the own one."""

    def __init__(self, own: Agency, offices: Mapping[str, Agency], way: str) -> None:
        self.own, self.offices, self.way = own, offices, way

    def __call__(self, region_code: str) -> int:
        own = significant(self.own.region_code)
        ends = [end for end in (6, 4, 2) if len(own) < end <= len(significant(region_code))]
        codes = [region_code[:end].ljust(6, "0") for end in (ends if self.way == "local" else reversed(ends))]
        nearest = next((self.offices[code] for code in codes if code in self.offices), self.own)
        return self.own.id if self.way == "own" else nearest.id


def _assignment(actor: Actor, way: str) -> _Assignment:
    return _Assignment(own_agency(actor).authority, queries.offices(actor), way)


def answer(
    actor: Actor,
    task_id: int,
    *,
    result: str,
    inspection_id: int | None,
    note: str | None,
    today: date,
    version: int | None,
) -> RecheckTask:
    """Enter what the re-check found; entered again it is corrected, and the record keeps both.

    For the officers of the authority to which it was given. Raises Refusals, Stale, NotFound, Forbidden.
    """
    row = queries.task(actor, task_id)
    if not queries.may_answer(actor, row):
        raise Forbidden
    check_version(row, version)
    if row.dropped_reason is not None:
        raise Refusal(_("This task was taken back by whoever ordered it. Nothing has to be entered."))
    report = next((one for one in queries.reports_for(row) if one.id == inspection_id), None)
    again = rules.Again(_codes(row.earlier), _codes(report))
    refuse(rules.check_result(result, report is not None, note, again))
    row.result, row.note = result, note
    row.inspection_id = report.id if report else None
    row.result_on = report.inspected_on if report else today
    row.found_anew = bool(report and again.anew)
    if row.earlier is not None:
        claim = queries.claims([row.earlier], row.result_on)[row.earlier.id]
        row.case_id, row.claimed, row.claimed_on = claim.case_id, claim.as_what, claim.on
    db.session.flush()
    record(row, "joint:recheck:answer", actor)
    return row


def _codes(report: Inspection | None) -> frozenset[str]:
    return frozenset(finding.violation for finding in report.findings) if report else frozenset()


def drop(actor: Actor, task_id: int, *, reason: str, version: int | None) -> RecheckTask:
    """Take a task back that has no result yet. For whoever ordered it. Raises Refusal, Stale, NotFound, Forbidden."""
    row = queries.task(actor, task_id)
    queries.own_order(actor, row.order_id)
    check_version(row, version)
    if row.result is not None or row.dropped_reason is not None:
        raise Refusal(_("The task has its result, or was taken back already."))
    row.dropped_reason = reason
    db.session.flush()
    record(row, "joint:recheck:drop", actor, reason=reason)
    return row

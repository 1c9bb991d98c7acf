"""What the office that reports does: typing, having it signed, submitting, correcting what has been frozen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ... import clock
from ...accounts.actor import SYSTEM, Actor
from ...audit.actions import record
from ...campaigns.engine.definition import FormDefinition
from ...errors import Refusal, Refusals
from ...extensions import db
from .. import desks, judging, lines_below, snapshots
from ..filing import examined
from ..models import Return, ReturnSnapshot
from ..periods import Period
from ..reading import Given, read_values, write_figures
from ..rules import Act, Standing, State, check_below, check_reason, check_signature
from ..settling import restated
from ..tables import DEPARTMENT, LEVEL, filed, local_form, table_of
from ..typing_in import document_of
from .opening import open_department
from .steps import demand_all, loaded, step

Document = Mapping[str, Any]


def type_in(
    actor: Actor,
    return_id: int,
    document: Document,
    today: date,
    *,
    version: int | None = None,
    reasons: Mapping[str, str] | None = None,
    signers: Mapping[str, str] | None = None,
) -> Given:
    """Keep what is being typed, right or wrong; tells what is wrong with it. Raises NotFound, Stale, Refusal."""
    row, standing = loaded(actor, return_id, Act.TYPE, version)
    _keep(row, document, reasons, signers)
    step(actor, row, Act.TYPE, standing)
    return read_values(local_form(row, today)[0], row.draft)


def _keep(
    row: Return, document: Document | None, reasons: Mapping[str, str] | None, signers: Mapping[str, str] | None
) -> None:
    if document is not None:
        row.draft = {"cells": dict(document.get("cells") or {}), "foot": dict(document.get("foot") or {})}
    if reasons is not None:
        row.reasons = {**row.reasons, **{key: text.strip() for key, text in reasons.items()}}
        row.reasons = {key: text for key, text in row.reasons.items() if text}
    if signers is not None:
        row.signers = {title: name.strip() for title, name in signers.items() if name.strip()}


def pending(row: Return, today: date) -> tuple[FormDefinition, Given]:
    """What the return would file now: what is being typed, else what it has filed; totals left to their parts."""
    form, _lines = local_form(row, today)
    given = read_values(form, row.draft) if row.draft else restated(form, filed(row, form))
    return form, examined(row, form, given)


def sign(actor: Actor, return_id: int, today: date, *, version: int | None = None, seen: str | None = None) -> Return:
    """签发: the head's name under exactly these figures; when they change, another signature is needed.

    ``seen``: the hash of the figures that the head looked at.

    Raises NotFound, Forbidden, Stale, Refusal.
    """
    row, standing = loaded(actor, return_id, Act.SIGN, version)
    _form, given = pending(row, today)
    _demand_readable(given)
    figures = snapshots.figures_hash(row, table_of(row, today, given))
    if seen is not None and seen != figures:
        raise Refusal(_("The figures have changed while you looked at them. Look at them again, then sign."))
    row.signed_by, row.signed_at, row.signed_hash = actor.name, clock.now(), figures
    step(actor, row, Act.SIGN, standing)
    return row


def submit(
    actor: Actor,
    return_id: int,
    today: date,
    *,
    version: int | None = None,
    document: Document | None = None,
    reasons: Mapping[str, str] | None = None,
    signers: Mapping[str, str] | None = None,
) -> ReturnSnapshot:
    """Send it up: its figures count from now on, and a snapshot says what was reported.

    A frozen table goes up as it was frozen. Raises Refusals of everything that does not add up or lacks a reason, with
    the place in ``field`` (``cell:row@col``, ``reason:key``, ``missing-code``).
    """
    row, standing = loaded(actor, return_id, Act.SUBMIT, version)
    if standing.state is State.FROZEN:
        return _pass_on(actor, row, standing)
    _keep(row, document, reasons, signers)
    taken = file(actor, row, today, "submission")
    step(actor, row, Act.SUBMIT, standing)
    return taken


def _pass_on(actor: Actor, row: Return, standing: Standing) -> ReturnSnapshot:
    last = snapshots.last_of(row)
    if desks.region_above(row) is None:
        raise Refusal(_("No office stands above this region in the chain of the campaign. There is nothing to submit."))
    if last is None or last.purpose != "freeze":
        raise Refusal(_("This table has been submitted already."))
    row.submitted_at = row.submitted_at or clock.now()
    row.objections = []
    taken = snapshots.again(row, last, "submission", actor)
    step(actor, row, Act.SUBMIT, standing)
    return taken


def file(actor: Actor, row: Return, today: date, purpose: str, **more: Any) -> ReturnSnapshot:
    """Count the figures of a return and keep its table, when nothing stands in the way. Raises Refusals."""
    form, given = pending(row, today)
    _demand_readable(given)
    if row.kind == DEPARTMENT and purpose == "submission" and not (given.cells or given.foot):
        raise Refusal(_("No figure has been filled in. Write 0 where nothing happened, then send it."))
    write_figures(row, form, given)
    row.state, row.state_since = State.SUBMITTED, clock.now()
    db.session.flush()
    table = table_of(row, today)
    findings = judging.findings(row, table, today)
    children = lines_below.states(row, today) if row.kind == LEVEL else {}
    unexplained = judging.objections(findings, row.reasons, explain=actor != SYSTEM)
    demand_all([*unexplained, *_missing(row, children, freezing=purpose == "freeze")])
    demand_all([check_signature(_signers(row, form), row.signed_hash, snapshots.figures_hash(row, table))])
    if purpose != "freeze" or desks.region_above(row) is None:
        row.submitted_at = row.submitted_at or clock.now()
    row.objections, row.warnings = [], sum(one.level != "error" for one in findings)
    told = judging.as_document(findings, row.reasons)
    return snapshots.take(
        row, purpose, actor, table, checks=snapshots.checks_of(table.filled), findings=told,
        below=snapshots.below(lines_below.rows(row, today)) if row.kind == LEVEL else [], **more,
    )  # fmt: skip


def _missing(row: Return, children: Mapping[str, State | None], *, freezing: bool) -> Iterable[Any]:
    waiting = {code: state for code, state in children.items() if state not in (State.ACCEPTED, State.FROZEN)}
    return check_below(waiting, lines_below.names(waiting), row.reasons, freezing=freezing)


def _signers(row: Return, form: FormDefinition) -> tuple[str, ...]:
    """Only the table of a region is signed; a department vouches by sending."""
    return form.report.signers if row.kind == LEVEL else ()


def _demand_readable(given: Given) -> None:
    if given.problems:
        raise Refusals([Refusal(one.reason, field=f"cell:{one.row}@{one.col}") for one in given.problems])


def correct(
    actor: Actor,
    return_id: int,
    today: date,
    *,
    reasons: Mapping[str, str],
    version: int | None = None,
    document: Document | None = None,
    signers: Mapping[str, str] | None = None,
) -> ReturnSnapshot:
    """File what a frozen table says today, with a reason for each difference (key ``change:row@col``).

    A return that comes for the first time after its region's table was frozen gives one reason, ``late``. At the end of
    the chain, where nobody accepts it, it is frozen at once.
    Raises NotFound, Forbidden, Stale, Refusals.
    """
    row, standing = loaded(actor, return_id, Act.CORRECT, version)
    _keep(row, document, reasons, signers)
    last = snapshots.last_of(row)
    if last is None:
        demand_all([check_reason(row.reasons.get("late"), "reason:late")])
        taken = file(actor, row, today, "correction", changes=[])
    else:
        taken = _correct(actor, row, last, today)
    at_the_end = row.kind == LEVEL and desks.region_above(row) is None
    step(actor, row, Act.CORRECT, standing, reason=_told(taken), to=State.FROZEN if at_the_end else None)
    return taken


def _correct(actor: Actor, row: Return, last: ReturnSnapshot, today: date) -> ReturnSnapshot:
    _form, given = pending(row, today)
    _demand_readable(given)
    changed = snapshots.compared(snapshots.drawn(last).filled, table_of(row, today, given).filled)
    if not changed:
        raise Refusal(_("The table says today what was reported. There is nothing to correct."))
    demand_all(check_reason(row.reasons.get(one.key), f"reason:{one.key}") for one in changed)
    changes = [
        {"row": one.address[0], "col": one.address[1], "before": one.before, "now": one.now, "label": one.label,
         "reason": row.reasons[one.key]}
        for one in changed
    ]  # fmt: skip
    taken = file(actor, row, today, "correction", changes=changes, corrects=last.number)
    row.reasons = {key: text for key, text in row.reasons.items() if not key.startswith("change:")}
    return taken


def _told(taken: ReturnSnapshot) -> str | None:
    reasons = [f"{one['label']}：{one['before'] or '空'}→{one['now'] or '空'}，{one['reason']}"
               for one in taken.content.get("changes", [])]  # fmt: skip
    return "；".join(reasons)[:2_000] or None


def file_department(
    actor: Actor,
    campaign_id: str,
    form_id: str,
    region_code: str,
    period: Period,
    given: Given,
    today: date,
    *,
    agency_id: int | None = None,
    sector: str | None = None,
    covers_below: bool = False,
) -> Return:
    """A department's figures at once: begun, entered and submitted; what it filed before is replaced.

    For uploads, commands and links. Raises NotFound, Forbidden, Refusals.
    """
    _demand_readable(given)
    row = open_department(
        actor, campaign_id, form_id, region_code, period, agency_id=agency_id, sector=sector, covers_below=covers_below
    )
    if row.covers_below != covers_below:
        row.covers_below = covers_below
    form, _lines = local_form(row, today)
    file_given(actor, row, document_of(form, given), today, reasons=given.reasons, signers=given.signers)
    return row


def file_given(
    actor: Actor,
    row: Return,
    document: Document,
    today: date,
    *,
    reasons: Mapping[str, str] | None = None,
    signers: Mapping[str, str] | None = None,
) -> ReturnSnapshot:
    """Submit a department's document; one that has come and is not accepted yet is taken back first."""
    if State(row.state) is State.SUBMITTED and row.frozen_at is None:
        row.state = State.OPEN
        db.session.flush()
        record(row, "returns:return:replace", actor)
    return submit(actor, row.id, today, document=document, reasons=reasons, signers=signers)

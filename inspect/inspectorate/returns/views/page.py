"""One return: the table like the paper, what it still asks for, and its next step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history as entries_of
from ...campaigns.behind import label_for
from ...campaigns.engine.definition import FormDefinition
from ...campaigns.engine.figures import Filled
from ...campaigns.engine.layout import lay_out
from ...campaigns.measures.wishes import FOOT
from ...campaigns.places import heading
from ...late_saves import saving
from ...web import current_actor
from .. import actions, desks, judging, lines_below, snapshots
from ..actions.reporting import pending
from ..actions.steps import standing_of
from ..forms import Sheet, sheet_form
from ..judging import Finding
from ..models import Return
from ..periods import cumulative
from ..rules import COUNTED, SIGNATURE, STEPS, Act, Side, Standing, State, objection
from ..tables import DEPARTMENT, LEVEL, Table, campaign_of, local_form, table_of
from ..typing_in import document_of
from ..words import PURPOSES, STATES
from .blueprint import at_places, board_url, bp, period_in, records_link, records_url, shared


class Work(NamedTuple):
    """A return as its office works on it."""

    row: Return
    form: FormDefinition
    table: Table
    findings: Sequence[Finding]
    missing: Sequence[str]
    document: dict[str, Any]
    told: Mapping[str, str]
    """Reasons that the regions below have written."""

    def sheet(self, *, fill: bool = True, more: dict[str, str] | None = None) -> Sheet:
        """The fields of the page."""
        titles = [one for one in self.form.report.signers if SIGNATURE not in one] if self.row.kind == LEVEL else []
        return sheet_form(self.row, self.form, self.document, self.findings, self.missing, more, titles, self.told,
                          fill=fill)  # fmt: skip


def work_on(row: Return, today: date) -> Work:
    """What the return would say now, and what stands in the way."""
    form, given = pending(row, today)
    table = table_of(row, today, given)
    found = judging.findings(row, table, today)
    begun = lines_below.rows(row, today) if row.kind == LEVEL else []
    states = lines_below.states(row, today, begun) if row.kind == LEVEL else {}
    missing = [code for code, state in states.items() if state not in (State.ACCEPTED, State.FROZEN)]
    return Work(row, form, table, found, missing, row.draft or document_of(form, given),
                lines_below.explained(begun))  # fmt: skip


@bp.route("/returns/<int:return_id>/edit", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def edit(return_id: int) -> Any:
    """Check the table, type what records cannot give, explain the warnings, submit."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.TYPE)
    standing = standing_of(row)
    if Act.CORRECT in STEPS[standing]:
        return redirect(url_for("returns.correct", return_id=row.id))
    if not request.form and objection(Act.TYPE, standing):
        return redirect(url_for("returns.show", return_id=row.id))
    work = work_on(row, today)
    sheet = work.sheet()
    if not sheet.is_submitted():
        sheet.version.data = str(row.version)
    elif sheet.validate():
        with saving(sheet, row, lambda: work_on(row, today).sheet(fill=False)), at_places(sheet):
            return _saved(sheet, row, today)
        if sheet.unsigned:
            keep_for_signature(sheet, row, today)
    return _render(work, sheet, today, standing)


def keep_for_signature(sheet: Sheet, row: Return, today: date) -> None:
    """What was to be submitted is saved, so that the head finds it and signs exactly that."""
    values: dict[str, Any] = {"reasons": sheet.explained(), "signers": sheet.signers()}
    actions.type_in(current_actor(), row.id, sheet.document() or {}, today, version=sheet.read_version, **values)
    sheet.version.data = str(row.version)


def _saved(sheet: Sheet, row: Return, today: date) -> Any:
    actor = current_actor()
    values: dict[str, Any] = {"version": sheet.read_version, "reasons": sheet.explained(), "signers": sheet.signers()}
    if "submit" not in request.form:
        given = actions.type_in(actor, row.id, sheet.document() or {}, today, **values)
        if given.problems:
            flash(_("Saved. Some figures cannot be submitted like this: see below."), "warning")
        else:
            flash(_("Saved. Nothing has been submitted yet."), "success")
        return redirect(url_for("returns.edit", return_id=row.id))
    actions.submit(actor, row.id, today, document=sheet.document(), **values)
    flash(_("The table has been submitted."), "success")
    return redirect(url_for("returns.show", return_id=row.id))


def _render(work: Work, sheet: Sheet, today: date, standing: Standing) -> str:
    row = work.row
    return render_template(
        "returns/edit.html",
        **shared(row, work.form),
        **sheet_parts(work.table.filled, row),
        sheet=sheet,
        findings=findings_shown(work),
        missing=work.missing,
        objections=objections_shown(row, work.form),
        signature=needs_signature(row, work.form),
        supplies=_supplies(row, work.form),
        state=STATES[State(row.state)],
        cumulative=_cumulative(row, today),
        freezes=Act.FREEZE in STEPS[standing] and row.kind == LEVEL and bool(lines_below.codes(row, today)),
    )


def _supplies(row: Return, form: FormDefinition) -> set[str]:
    """Rows and columns that the campaign expects of the department: they come first and stand out."""
    if row.kind != DEPARTMENT:
        return set()
    sector = row.agency.sector
    return {one for found in campaign_of(row).departments if found.sector == sector for one in found.supplies}


def sheet_parts(filled: Filled, row: Return) -> dict[str, Any]:
    """The sheet as templates draw it."""
    layout = lay_out(filled)
    return {
        "layout": layout._replace(head=heading(layout.head, row.region_code)),
        "link": records_link(row, filled),
    }


def findings_shown(work: Work) -> list[tuple[Finding, list[tuple[str, str]]]]:
    """Each finding with its places: (words, address of the records behind)."""
    return [
        (one, [(label_for(work.form, at), records_url(work.row, at)) for at in one.addresses if _has_records(work, at)])
        for one in work.findings
    ]


def _has_records(work: Work, address: tuple[str, str]) -> bool:
    return bool((work.table.filled.records or {}).get(address))


def objections_shown(row: Return, form: FormDefinition) -> list[tuple[str, str, str]]:
    """Why it was sent back: (anchor of the cell, its words, the reason); counts of the footers have no anchor."""
    return [
        (f"at-{one['row']}-{one['col']}" if one["row"] not in ("", FOOT) else "",
         label_for(form, (one["row"], one["col"])) if one["row"] else "", one["reason"])
        for one in row.objections
    ]  # fmt: skip


def needs_signature(row: Return, form: FormDefinition) -> bool:
    """Whether the table goes up only with the head's name."""
    return row.kind == LEVEL and any(SIGNATURE in one for one in form.report.signers)


def _cumulative(row: Return, today: date) -> dict[str, Any] | None:
    """For a month within a campaign: the table from the campaign's first day to the month's last."""
    period, campaign = period_in(row), campaign_of(row)
    if period.kind == "campaign" or row.kind == DEPARTMENT or not campaign.monthly or period.end is None:
        return None
    from ...campaigns.summary import summarise
    from ..tables import form_of

    whole = cumulative(period, campaign)
    summary = summarise(
        form_of(row), row.region_code, today=today, campaign_id=row.campaign or None, days=(whole.start, whole.end)
    )
    return {"layout": summary.layout(), "label": whole.label}


@bp.route("/returns/<int:return_id>", permission=Permission.CAMPAIGN_READ)
def show(return_id: int) -> Any:
    """The return as it was reported, or as it stands while it is open, with the acts that it allows."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    standing, sides = standing_of(row), desks.stands(actor, row)
    last = snapshots.last_of(row)
    reported = standing.state in COUNTED and last is not None
    if last is not None and reported:
        drawn = snapshots.drawn(last)
        form, filled = drawn.form, drawn.filled
        changed = snapshots.differences(last, today)
        hash_ = None
    else:
        form, given = pending(row, today)
        table = table_of(row, today, given)
        filled, changed, hash_ = table.filled, [], snapshots.figures_hash(row, table)
        form = table.form
    return render_template(
        "returns/show.html",
        **shared(row, form),
        may_prove=desks.may_prove(current_actor(), row),
        **sheet_parts(filled, row),
        standing=standing,
        acts=_acts(row, standing, sides),
        sides=sides,
        Side=Side,
        last=last,
        reported=reported,
        changed=changed,
        figures_hash=hash_,
        findings=last.content.get("findings", []) if last and reported else [],
        corrections=last.content.get("changes", []) if last else [],
        objections=objections_shown(row, local_form(row, today)[0]),
        signature=needs_signature(row, form),
        purposes=PURPOSES,
        state=STATES[standing.state],
        cumulative=_cumulative(row, today),
        entries=readable(reversed(entries_of(row))),
        back=board_url(row),
    )


def _acts(row: Return, standing: Standing, sides: frozenset[Side]) -> set[str]:
    """What the viewer may do now."""
    actor = current_actor()
    found = {str(act) for act in STEPS[standing] if desks.may(actor, row, act, sides)}
    if standing.state is State.FROZEN:
        found.discard(str(Act.TYPE))
        last = snapshots.last_of(row)
        if last is None or last.purpose != "freeze" or row.kind != LEVEL or desks.region_above(row) is None:
            found.discard(str(Act.SUBMIT))
    nobody_below = desks.region_above(row) is not None and not lines_below.codes(row, clock.today())
    if row.kind == DEPARTMENT or nobody_below:
        # What a county has sent up is frozen with the table above it.
        found.discard(str(Act.FREEZE))
    return found

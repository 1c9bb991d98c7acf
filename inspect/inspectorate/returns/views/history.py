"""What a return has said: every snapshot, each beside the one before, and beside the table of today."""

from typing import Any

from flask import abort, render_template
from sqlalchemy.orm import selectinload

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...errors import Forbidden, NotFound
from ...exports import download
from ...web import current_actor
from .. import changes, desks, snapshots
from ..files import SNAPSHOT_FILES
from ..models import Return, ReturnSnapshot
from ..words import PURPOSES
from .blueprint import bp, shared
from .page import sheet_parts


@bp.route("/returns/<int:return_id>/history", permission=Permission.CAMPAIGN_READ)
def history(return_id: int) -> str:
    """All snapshots, the newest first, each compared with the one before, cell by cell."""
    row = desks.visible(current_actor(), return_id, selectinload(Return.snapshots))
    drawn = [snapshots.drawn(one) for one in row.snapshots]
    compared = [
        (one, snapshots.compared(drawn[number - 1].filled, drawn[number].filled) if number else [])
        for number, one in enumerate(row.snapshots)
    ]
    form = drawn[-1].form if drawn else None
    if form is None:
        raise NotFound
    return render_template("returns/history.html", **shared(row, form), compared=compared[::-1], purposes=PURPOSES)


@bp.route("/returns/<int:return_id>/snapshots/<int:number>", permission=Permission.CAMPAIGN_READ)
def snapshot(return_id: int, number: int) -> str:
    """One snapshot, drawn from nothing but itself."""
    row, found = _snapshot(return_id, number)
    drawn = snapshots.drawn(found)
    before = row.snapshots[number - 2] if number > 1 else None
    return render_template(
        "returns/snapshot.html",
        **shared(row, drawn.form),
        **sheet_parts(drawn.filled, row),
        snapshot=found,
        note=drawn.note,
        intact=snapshots.is_intact(found),
        changed=snapshots.compared(snapshots.drawn(before).filled, drawn.filled) if before else [],
        purposes=PURPOSES,
        files=[one for one in SNAPSHOT_FILES if one != "json" or desks.may_prove(current_actor(), row)],
    )


def _snapshot(return_id: int, number: int) -> tuple[Return, ReturnSnapshot]:
    row = desks.visible(current_actor(), return_id)
    found = next((one for one in row.snapshots if one.number == number), None)
    if found is None:
        raise NotFound
    return row, found


@bp.route(
    "/returns/<int:return_id>/snapshots/<int:number>/file.<format>",
    permission=Permission.CAMPAIGN_READ,
    records="returns:table:export",
)
def snapshot_file(return_id: int, number: int, format: str) -> Any:
    """A snapshot as a file, with its number, hash and signers in small print."""
    if format not in SNAPSHOT_FILES:
        abort(404)
    row, found = _snapshot(return_id, number)
    if format == "json" and not desks.may_prove(current_actor(), row):
        raise Forbidden
    kind = SNAPSHOT_FILES[format]
    name = f"{found.content['title']}_{region_name(row.region_code)}_第{number}次.{format}"
    return download(kind.make(found), kind.media_type, name)


@bp.route("/returns/<int:return_id>/differences", permission=Permission.CAMPAIGN_READ)
def differences(return_id: int) -> str:
    """What the table would say today that was not reported, and which records were changed since."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    last = snapshots.last_of(row)
    if last is None:
        raise NotFound
    return render_template(
        "returns/differences.html",
        **shared(row, snapshots.drawn(last).form),
        last=last,
        changed=snapshots.differences(last, today),
        records=changes.since(actor, row, last.made_at),
    )

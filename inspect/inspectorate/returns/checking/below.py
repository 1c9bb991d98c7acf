"""The table against what came from below: warnings nobody explained, and tables that today would say something else."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ...accounts.regions import region_name
from ...campaigns.behind import label_for
from ...campaigns.engine.expansion import region_members
from ...campaigns.engine.figures import Address, Filled, Value
from ...campaigns.engine.printing import print_value
from ...campaigns.measures.compile import figures_of_each
from ...campaigns.summary import Summary
from ...extensions import db
from ..figures import gather
from ..lines_below import rows as rows_below
from ..models import Return, ReturnSnapshot
from ..rules import COUNTED
from ..snapshots import drawn
from ..tables import DEPARTMENT
from .finding import WARNING, Finding

_SHOWN = 3


def unexplained(row: Return) -> Iterator[Finding]:
    """Warnings in the returns of the region's departments that came without a reason (by a command)."""
    query = (
        select(Return)
        .where(Return.campaign == row.campaign, Return.form == row.form, Return.region_code == row.region_code)
        .where(Return.kind == DEPARTMENT, Return.state.in_(sorted(COUNTED)), Return.warnings > 0)
        .options(selectinload(Return.agency), selectinload(Return.snapshots))
        .order_by(Return.reporter)
    )
    for one in db.session.scalars(query):
        said = one.snapshots[-1].content.get("findings", []) if one.snapshots else []
        open_ones = [told["text"] for told in said if not told.get("reason")]
        if open_ones:
            yield Finding(
                f"supplied:{one.reporter}:{one.period}",
                WARNING,
                _l("%(agency)s reported, without a reason: %(warnings)s", agency=one.agency.name,
                   warnings="；".join(open_ones[:_SHOWN])),
                _l("Ask the department for the reason and write it, or let it send a mended return."),
            )  # fmt: skip


def changed(row: Return, summary: Summary, today: date) -> Iterator[Finding]:
    """Regions below whose submitted table differs from what their records and returns give now."""
    submitted = _last_snapshots([one for one in rows_below(row, today) if one.state in COUNTED])
    if submitted:
        now = _now(summary, list(submitted))
        for code, snapshot in submitted.items():
            yield from _of_region(code, drawn(snapshot).filled, now[code])


def _now(summary: Summary, regions: Sequence[str]) -> dict[str, Filled]:
    """What records and returns give each of these regions now, by the same few statements as one table."""
    form, scope = summary.form, summary.scope
    of = {one.key: one.where for one in region_members((code, code) for code in regions)}
    recorded, returned = figures_of_each(form, scope, of), gather(form, scope, regions=regions)
    found = {}
    for code in regions:
        cells, foot = recorded[code]
        added, foot_added = returned.figures(region=code)
        found[code] = Filled(form, cells, added, {name: n + foot_added.get(name, 0) for name, n in foot.items()})
    return found


def _last_snapshots(rows: Sequence[Return]) -> Mapping[str, ReturnSnapshot]:
    """The last thing that each of them said, in one statement."""
    regions = {one.id: one.region_code for one in rows}
    last = (
        select(ReturnSnapshot.return_id, func.max(ReturnSnapshot.number).label("number"))
        .where(ReturnSnapshot.return_id.in_(regions))
        .group_by(ReturnSnapshot.return_id)
        .subquery()
    )
    query = select(ReturnSnapshot).join(
        last, (ReturnSnapshot.return_id == last.c.return_id) & (ReturnSnapshot.number == last.c.number)
    )
    found = {regions[one.return_id]: one for one in db.session.scalars(query)} if regions else {}
    return dict(sorted(found.items()))


def _of_region(code: str, then: Filled, now: Filled) -> Iterator[Finding]:
    differences = [
        (address, then.value(address), now.value(address))
        for address, slot in then.slots.items()
        if address in now.slots and not slot.is_total and not _stands_elsewhere(slot.address, now)
    ]
    differences = [(address, old, new) for address, old, new in differences if (old or 0) != (new or 0)]
    if not differences:
        return
    shown = [_words(now, address, old, new) for address, old, new in differences[:_SHOWN]]
    yield Finding(
        f"below:{code}",
        WARNING,
        _l(
            "%(region)s: %(number)s figures are no longer what it submitted: %(figures)s",
            region=region_name(code),
            number=len(differences),
            figures="，".join(shown),
        ),
        _l("Send its table back so that it submits again, or write why the figures have changed."),
        tuple(address for address, _old, _new in differences),
    )


def _words(now: Filled, address: Address, before: Value | None, after: Value | None) -> str:
    part = now.slots[address].part
    return f"{label_for(now.form, address)} {print_value(before or 0, part)}→{print_value(after or 0, part)}"


def _stands_elsewhere(address: Address, now: Filled) -> bool:
    """Lines of the region's own agencies are the lines of the region in the table above."""
    slot = now.slots[address]
    return any(condition.key == "handled_by" for condition in slot.conditions)

"""Loading a local standard, whole or not at all, and ending one."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .. import clock
from ..accounts.actor import Actor
from ..accounts.models import Agency
from ..accounts.permissions import Permission
from ..accounts.regions import covers, region, region_name
from ..accounts.scope import check_version
from ..audit.actions import record
from ..errors import Forbidden, Refusal, Refusals
from ..extensions import db
from ..law.standards import Standard, faults
from ..law.standards_reading import UnreadableStandard, read_standard
from ..screens import language
from ..turns import take_turn
from . import queries
from .models import LocalStandard


def load_standard(
    actor: Actor, text: str, file: str, agency: Agency, *, replaces_id: int | None = None
) -> LocalStandard:
    """Load a standard for an agency's region and all below it; a newer edition ends the one that it replaces.

    What binds a wider region is loaded for the agency's own: an office binds nobody beside or above it. Sent twice it
    is loaded once. Raises Refusals with every fault by its line, Refusal, Forbidden, NotFound.
    """
    _refuse_others(actor)
    standard = _sound(text, file)
    region_code = _region_for(standard, agency)
    take_turn("standard", agency.sector, region_code)
    known = queries.of_region(agency.sector, region_code)
    if same := next((row for row in known if row.definition == text and row.ended_on == standard.until), None):
        return same
    old = queries.standard(actor, replaces_id) if replaces_id else None
    if old is not None:
        _end_before(actor, old, standard.since, region_code)
    _refuse_double(standard, known)
    row = LocalStandard(
        region_code=region_code,
        sector=agency.sector,
        name=standard.name,
        document_number=standard.number,
        issuer=standard.issued_by,
        in_force_from=standard.since,
        ended_on=standard.until,
        definition=text,
        agency_id=agency.id,
        replaces_id=old.id if old else None,
        loaded_by_id=actor.user_id,
        loaded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    queries.forget()
    record(row, "standards:standard:load", actor)
    return row


def end_standard(
    actor: Actor, standard_id: int, on: date, *, reason: str | None, version: int | None = None
) -> LocalStandard:
    """废止: ``on`` is its last day in force. Raises Refusals, NotFound, Stale, Forbidden."""
    _refuse_others(actor)
    row = queries.standard(actor, standard_id)
    check_version(row, version)
    _refuse_above(actor, row)
    refusals = []
    if row.ended_on is not None and row.ended_on <= on:
        refusals.append(Refusal(_("The standard ends earlier already. Enter an earlier day."), field="on"))
    if on < row.in_force_from:
        refusals.append(Refusal(_("The standard is not in force on that day yet. Enter a later day."), field="on"))
    if not (reason or "").strip():
        refusals.append(Refusal(_("Write why it ends."), field="reason"))
    if refusals:
        raise Refusals(refusals)
    row.ended_on, row.end_reason = on, (reason or "").strip()
    db.session.flush()
    queries.forget()
    record(row, "standards:standard:end", actor, reason=row.end_reason)
    return row


def _refuse_others(actor: Actor) -> None:
    if not actor.may(Permission.STANDARDS_WRITE):
        raise Forbidden


def _refuse_above(actor: Actor, row: LocalStandard) -> None:
    if not covers(actor.region_code, row.region_code):
        raise Refusal(_("This standard was loaded by %(agency)s; only that office ends it.", agency=row.agency.name))


def _sound(text: str, file: str) -> Standard:
    """The standard that a file is. Raises Refusals: a line for each fault."""
    try:
        standard = read_standard(text, file)
    except UnreadableStandard as error:
        raise Refusals([Refusal(_line(file, error.line, error.zh, error.en), field="file")]) from error
    if found := faults(standard):
        raise Refusals([Refusal(_line(file, fault.line, fault.zh, fault.en), field="file") for fault in found])
    if refusals := list(_too_long(standard)):
        raise Refusals(refusals)
    return standard


def _too_long(standard: Standard) -> Iterator[Refusal]:
    limits = {"name": 200, "number": 80, "issued_by": 120}
    for field, most in limits.items():
        if len(getattr(standard, field)) > most:
            yield Refusal(_("%(field)s has more than %(most)d characters.", field=field, most=most), field="file")
    for tier in (tier for rule in standard.rules for tier in rule.tiers):
        if len(tier.name) > 60:
            yield Refusal(
                _("Line %(line)d: the name of a tier has more than 60 characters.", line=tier.line), field="file"
            )


def _line(file: str, line: int, zh: str, en: str) -> str:
    return f"{file}:{line}: {en if language() == 'en' else zh}"


def _region_for(standard: Standard, agency: Agency) -> str:
    if standard.sector != agency.sector:
        message = _l("The standard is for another sector than that of %(agency)s.", agency=agency.name)
        raise Refusal(message, field="file")
    if region(standard.region) is None:
        raise Refusal(_("There is no region with the code %(code)s. Correct it.", code=standard.region), field="file")
    if covers(standard.region, agency.region_code):
        return agency.region_code
    if covers(agency.region_code, standard.region):
        return standard.region
    message = _l(
        "The standard is for %(region)s, where %(agency)s has no say.",
        region=region_name(standard.region, full=True),
        agency=agency.name,
    )
    raise Refusal(message, field="file")


def _end_before(actor: Actor, old: LocalStandard, since: date, region_code: str) -> None:
    _refuse_above(actor, old)
    if old.region_code != region_code or old.in_force_from >= since:
        message = _l("A new edition replaces an older one of the same region. Choose another, or none.")
        raise Refusal(message, field="replaces_id")
    last = since - timedelta(days=1)
    if old.ended_on is None or old.ended_on > last:
        old.ended_on, old.end_reason = last, _("replaced by a newer edition")
        db.session.flush()
        record(old, "standards:standard:end", actor, reason=old.end_reason)


def _refuse_double(standard: Standard, known: Iterable[LocalStandard]) -> None:
    """Two standards of one region that rule on one violation at the same time leave nobody knowing which holds."""
    codes = {rule.violation for rule in standard.rules}
    for other in known:
        apart = (standard.until and standard.until < other.in_force_from) or (
            other.ended_on and other.ended_on < standard.since
        )
        shared = sorted(codes & {rule.violation for rule in queries.standard_of(other).rules})
        if shared and not apart:
            message = _l(
                "“%(name)s” (%(number)s) rules on %(codes)s at the same time. Replace it, or end it first.",
                name=other.name,
                number=other.document_number,
                codes="、".join(shared[:5]),
            )
            raise Refusal(message, field="replaces_id")

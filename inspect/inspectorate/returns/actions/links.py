"""Links with a code: a department without a sign-in files its one return. The code is shown once; its hash is kept."""

import secrets
from datetime import date, timedelta
from hashlib import sha256

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission, Role
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import Forbidden, NotFound, Refusal
from ...extensions import db, unit_of_work
from ...signin.actions import attempts
from ...signin.sealing import fingerprint
from .. import desks
from ..models import Return, ReturnLink
from ..tables import DEPARTMENT

LONGEST = timedelta(days=400)
"""How long a link may open: a campaign's year and what follows it."""

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 20
"""Twenty of 31 signs: 99 bits, nobody guesses that."""


def new_code() -> str:
    """Four groups of five signs that are not taken for each other."""
    signs = [secrets.choice(_LETTERS) for _number in range(_LENGTH)]
    return "-".join("".join(signs[i : i + 5]) for i in range(0, _LENGTH, 5))


def code_hash(code: str) -> str:
    """What is kept of a code, however it was typed: small or capital letters, with hyphens or without."""
    plain = "".join(code.split()).replace("-", "").lower()
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def make(actor: Actor, return_id: int, expires_on: date, today: date) -> tuple[ReturnLink, str]:
    """A new link for a department's return, and its code, which nobody can read again. Raises Forbidden, Refusal."""
    row = _own(actor, return_id)
    if not today <= expires_on <= today + LONGEST:
        message = _("The last day lies between today and %(last)s.", last=today + LONGEST)
        raise Refusal(message, field="expires_on")
    code = new_code()
    link = ReturnLink(owner=row, code_sha256=code_hash(code), expires_on=expires_on, made_by_id=actor.user_id)
    db.session.add(link)
    db.session.flush()
    record(link, "returns:link:make", actor)
    return link, code


def revoke(actor: Actor, link_id: int, *, version: int | None = None) -> ReturnLink:
    """From now on it opens no more. Raises NotFound, Forbidden, Stale, Refusal."""
    link = db.session.get(ReturnLink, link_id)
    if link is None:
        raise NotFound
    _own(actor, link.return_id)
    check_version(link, version)
    if link.revoked_at is not None:
        raise Refusal(_("This link has been revoked already."))
    link.revoked_at = clock.now()
    db.session.flush()
    record(link, "returns:link:revoke", actor)
    return link


def _own(actor: Actor, return_id: int) -> Return:
    row = desks.visible(actor, return_id)
    demand(actor, row)
    if row.kind != DEPARTMENT:
        raise Refusal(_("Only a department's return is filed by a link."))
    return row


def demand(actor: Actor, row: Return) -> None:
    """The region's own campaign office makes links. Raises Forbidden, and NotFound in departments that do not lead."""
    if not desks.leads(actor):
        raise NotFound
    if not actor.may(Permission.CAMPAIGN_WRITE) or not desks.acts_for(actor, row.region_code):
        raise Forbidden


def links_of(row: Return) -> list[ReturnLink]:
    """The links of a return, the newest first."""
    query = select(ReturnLink).where(ReturnLink.return_id == row.id).order_by(ReturnLink.id.desc())
    return list(db.session.scalars(query))


def opened(code: str, today: date) -> ReturnLink | None:
    """The link that a code opens; None for an unknown, revoked or expired one alike."""
    link = db.session.scalar(select(ReturnLink).where(ReturnLink.code_sha256 == code_hash(code)))
    return link if link is not None and link.revoked_at is None and today <= link.expires_on else None


def actor_for(link: ReturnLink) -> Actor:
    """Who files through a link: the department itself, named so in the record."""
    row = link.owner
    return Actor(
        user_id=None,
        name=f"{row.agency.name}（填报链接{link.id}）"[:120],
        agency_id=row.agency_id,
        authority_id=row.agency_id,
        region_code=row.region_code,
        sector=row.agency.sector,
        roles=frozenset({Role.CAMPAIGN_OFFICE}),
    )


def used(link: ReturnLink) -> None:
    """The return has been submitted through it."""
    link.used_at = clock.now()
    db.session.flush()
    record(link, "returns:link:use", actor_for(link))


def _counted(address: str) -> dict[str, str]:
    return {"link": fingerprint(address, "links")}


def wait_before(address: str) -> int:
    """Seconds that an address waits after wrong codes, 0 as a rule."""
    wait = attempts.wait_before(_counted(address))
    return wait.seconds if wait else 0


def count_wrong(address: str) -> None:
    """One more wrong code from an address, in a transaction of its own: the request itself is refused."""
    db.session.rollback()
    with current_app.app_context(), unit_of_work():
        attempts.count_failure(_counted(address), None, attempts.Visitor(address))

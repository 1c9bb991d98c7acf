"""Use cases of 证据 (行政处罚法46), for field reports and cases alike: add, withdraw, look at.

Files are known by their SHA-256 from the moment they arrive; nothing is ever deleted, only withdrawn with a reason.
Whether the actor may add to a report or a case is checked by the caller (``actions.writable``, the actions of cases).
"""

import logging
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock, files, limits
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import scoped_get
from ..audit.actions import record
from ..cases.models import Case
from ..errors import Forbidden, NotFound, Refusal, Refusals
from ..extensions import db
from ..turns import take_turn
from . import uploads
from .models import Evidence, Inspection
from .words import EVIDENCE_KINDS

log = logging.getLogger(__name__)

Owner = Inspection | Case


def add_evidence(
    actor: Actor,
    owner: Owner,
    sent: Sequence[uploads.Upload],
    *,
    kind: str,
    title: str | None = None,
    proves: str | None = None,
    key: str,
) -> list[Evidence]:
    """Add files, or without files one piece of evidence that is none (a seized object), to a report or case.

    All are taken or none. ``key`` is the form's UUID: sent twice they are added once. Raises Refusals naming each file
    that cannot be taken and why (field ``files``).
    """
    rows, refused = add_what_can_be_taken(actor, owner, sent, kind=kind, title=title, proves=proves, key=key)
    if refused:
        raise Refusals(refused)
    return rows


def add_what_can_be_taken(
    actor: Actor,
    owner: Owner,
    sent: Sequence[uploads.Upload],
    *,
    kind: str,
    title: str | None = None,
    proves: str | None = None,
    key: str,
) -> tuple[list[Evidence], list[Refusal]]:
    """As ``add_evidence``, but one file that cannot be taken keeps no other back: what was added, and the refusals.

    Raises Refusals when none can be taken.
    """
    if known := sent_before(key):
        return known, []
    if kind not in EVIDENCE_KINDS:
        raise Refusal(_("Choose a kind of evidence from the list."), field="kind")
    if not sent and not title:
        raise Refusal(_("Choose a file, or name the evidence that is no file."), field="files")
    taken, refused = _checked(owner, sent)
    if refused and not taken:
        raise Refusals(refused)
    rows = [_row(owner, file, kind, title, number, len(sent)) for number, file in enumerate(taken, 1)]
    if not rows:
        rows = [Evidence(kind=kind, title=title)]
    for number, row in enumerate(rows):
        row.key, row.proves = f"{key}:{number}", proves
        row.captured_at, row.added_by_id = clock.now(), actor.user_id
        owner.evidence.append(row)
    db.session.flush()
    record(owner, "inspections:evidence:add", actor)
    return rows, refused


def sent_before(key: str) -> list[Evidence]:
    """What was added under the key of a form; whoever asks has the turn for it until the transaction ends."""
    take_turn("evidence", key)
    return list(db.session.scalars(select(Evidence).where(Evidence.key.startswith(f"{key}:", autoescape=True))))


SIGNATURE = "当事人手写签名（屏幕）"
"""Title of a signature drawn on the screen; it stands at the foot of a record, not among what was extracted."""


def signature_of(report: Inspection) -> Evidence | None:
    """The signature drawn on the screen that holds."""
    return next((row for row in report.evidence if row.title == SIGNATURE and row.withdrawn_reason is None), None)


def keep_signature(actor: Actor, report: Inspection, drawing: bytes) -> None:
    """Keep a signature drawn on the screen; an earlier one is withdrawn. Raises Refusals for what is no PNG."""
    digest = uploads.sha256(drawing)
    earlier = signature_of(report)
    if earlier and earlier.sha256 == digest:
        return
    if earlier:
        withdraw_evidence(actor, report, earlier.id, reason=_("signed again"))
    sent = [uploads.Upload("signature.png", drawing)]
    key = f"signature-{report.id}-{digest[:16]}"
    add_evidence(actor, report, sent, kind="electronic", title=SIGNATURE, key=key)


def _checked(owner: Owner, sent: Sequence[uploads.Upload]) -> tuple[list[uploads.CheckedFile], list[Refusal]]:
    if len(sent) > limits.FILES:
        raise Refusal(_("Send at most %(n)d files at a time.", n=limits.FILES), field="files")
    taken, refusals = [], []
    present = {row.sha256: row.title for row in owner.evidence if row.withdrawn_reason is None}
    for upload in sent:
        try:
            file = uploads.check(upload)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        if (digest := uploads.sha256(file.content)) in present:
            there = _("“%(name)s” is there already, as “%(title)s”.", name=file.filename, title=present[digest])
            refusals.append(Refusal(there, field="files"))
            continue
        present[digest] = file.filename
        taken.append(file)
    return taken, refusals


def _row(owner: Owner, file: uploads.CheckedFile, kind: str, title: str | None, number: int, of: int) -> Evidence:
    named = title or file.filename.rpartition(".")[0] or file.filename
    return Evidence(
        kind=kind,
        title=f"{named}（{number}）" if title and of > 1 else named,
        filename=file.filename,
        media_type=file.media_type,
        size=len(file.content),
        sha256=files.put(file.content),
    )


def withdraw_evidence(actor: Actor, owner: Owner, evidence_id: int, *, reason: str | None) -> Evidence:
    """Withdraw a piece of evidence of a report or case with the reason; the file stays. Raises Refusal, NotFound."""
    row = next((one for one in owner.evidence if one.id == evidence_id), None)
    if row is None:
        raise NotFound
    if not reason:
        raise Refusal(_("Write why this evidence is withdrawn."), field="reason")
    if row.withdrawn_reason is not None:
        raise Refusal(_("This evidence is withdrawn already."))
    row.withdrawn_reason = reason
    db.session.flush()
    record(owner, "inspections:evidence:withdraw", actor, reason=reason)
    return row


def readable(actor: Actor, evidence_id: int) -> Evidence:
    """A piece of evidence whose report or case the actor may read. Raises NotFound, Forbidden."""
    row = db.session.get(Evidence, evidence_id)
    if row is None:
        raise NotFound
    ways = ((Inspection, row.inspection_id, Permission.INSPECTION_READ), (Case, row.case_id, Permission.CASE_READ))
    near = [permission for model, owner_id, permission in ways if owner_id and _is_near(actor, model, owner_id)]
    if not near:
        raise NotFound
    if not any(map(actor.may, near)):
        raise Forbidden
    return row


def _is_near(actor: Actor, model: type[Any], owner_id: int) -> bool:
    """Whether a report or case lies in the actor's scope."""
    try:
        scoped_get(model, owner_id, actor)
    except NotFound:
        return False
    return True


def content_of(row: Evidence) -> bytes:
    """The file, checked against its SHA-256 on reading. Raises NotFound for evidence that is no file, Refusal."""
    if row.sha256 is None:
        raise NotFound
    try:
        return files.get(row.sha256)
    except files.Corrupt as error:
        log.error("evidence %s: %s", row.id, error)
        raise Refusal(
            _("The stored file is missing or no longer has its SHA-256. It is not shown; tell the auditor.")
        ) from error

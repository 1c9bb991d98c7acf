"""Making forms: beginning a draft, changing it, going back, throwing it away, publishing it."""

from collections.abc import Callable

from flask_babel import gettext as _

from .. import clock
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import check_version
from ..campaigns import actions as campaigns
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.parsing import read_shapes
from ..campaigns.engine.problems import DefinitionError
from ..characters import UNPRINTABLE
from ..errors import Forbidden, Refusal, Refusals
from ..extensions import db
from ..turns import take_turn
from . import history, queries
from .models import FormDraft
from .source import Source

Change = Callable[[Source], None]

FILE = "form.toml"
"""How a definition is called that has no file yet."""


def begin(actor: Actor, text: str) -> FormDraft:
    """A draft from a definition, complete or not; begun twice, it is the one that is there and still says the same.

    Raises Refusals for what is no definition at all, Forbidden.
    """
    _refuse_readers(actor)
    text = sound(text)
    take_turn("form_draft", str(actor.authority_id))
    if (same := queries.same_draft(actor, text)) is not None:
        return same
    draft = FormDraft(agency_id=actor.authority_id, log=[])
    _hold(draft, Source(text), text, actor, "form")
    db.session.add(draft)
    db.session.flush()
    return draft


def sound(text: str, *, file: str = FILE, field: str | None = None) -> str:
    """A text whose tables have the right shape, whatever they still refer to. Raises Refusals, one for each mistake."""
    text = UNPRINTABLE.sub("", text.replace("\r\n", "\n"))
    try:
        found = read_shapes(text, file)
    except DefinitionError as error:
        raise Refusals([Refusal(line, field=field) for line in error.lines(_)]) from None
    # A draft may still have no rows: its author has just begun.
    wrong = [problem for problem in found.problems if problem.place != "[[row]]"]
    if wrong:
        raise Refusals([Refusal(line, field=field) for line in DefinitionError(file, wrong).lines(_)])
    return text


def change(actor: Actor, draft_id: int, part: str, how: Change, *, version: int | None) -> FormDraft:
    """Change a draft; ``part`` names the kind of table for those who are told of it.

    Raises NotFound, Stale, Refusals where what comes out is no definition.
    """
    draft = queries.draft(actor, draft_id)
    check_version(draft, version)
    source = Source(draft.definition)
    how(source)
    write(actor, draft, source.text, part)
    return draft


def rewrite(actor: Actor, draft_id: int, text: str, *, version: int | None) -> FormDraft:
    """Let a draft hold a text as its author typed it. Raises NotFound, Stale, Refusals by line."""
    draft = queries.draft(actor, draft_id)
    check_version(draft, version)
    write(actor, draft, sound(text, field="text"), "form")
    return draft


def write(actor: Actor, draft: FormDraft, text: str, part: str) -> None:
    """Let a draft hold another text; the one before stays to go back to. Raises Refusals."""
    _refuse_readers(actor)
    text = sound(text)
    if text == draft.definition:
        return
    source = Source(text)
    before = Source(draft.definition).document
    draft.before = draft.definition
    _hold(draft, source, text, actor, part, history.changes(before, source.document))
    db.session.flush()


def _hold(
    draft: FormDraft, source: Source, text: str, actor: Actor, part: str, changes: list[list[str]] | None = None
) -> None:
    about = source.one("form")
    draft.definition, draft.changed_at = text, clock.now()
    draft.code, draft.title = str(about.get("id", ""))[: campaigns.CODE_LENGTH], str(about.get("title", ""))[:200]
    entry = {"at": draft.changed_at.isoformat(), "who": actor.name, "what": part, "changes": changes or []}
    draft.log = [entry, *draft.log][: history.KEPT]


def go_back(actor: Actor, draft_id: int, *, version: int | None) -> FormDraft:
    """Take the last change back; done again, it is made once more. Raises NotFound, Stale, Refusal."""
    draft = queries.draft(actor, draft_id)
    check_version(draft, version)
    if draft.before is None:
        raise Refusal(_("Nothing has been changed yet."))
    write(actor, draft, draft.before, "form")
    return draft


def discard(actor: Actor, draft_id: int, *, version: int | None) -> None:
    """Throw a draft away. Raises NotFound, Stale, Forbidden."""
    _refuse_readers(actor)
    draft = queries.draft(actor, draft_id)
    check_version(draft, version)
    db.session.delete(draft)
    db.session.flush()


def publish(actor: Actor, draft_id: int, *, version: int | None) -> FormDefinition:
    """Make a draft the form of its id. Raises NotFound, Stale, Refusals with every mistake, Refusal, Forbidden."""
    draft = queries.draft(actor, draft_id)
    check_version(draft, version)
    form = load(actor, draft.definition, f"{draft.code}.toml")
    draft.published_at = clock.now()
    db.session.flush()
    return form


def load(actor: Actor, text: str, file: str, *, field: str | None = None) -> FormDefinition:
    """Accept a definition as ``flask campaign load-form`` does. Raises Refusals with each mistake by its line."""
    try:
        return campaigns.load_form(actor, text, file)
    except DefinitionError as error:
        raise Refusals([Refusal(line, field=field) for line in error.lines(_)]) from None


def _refuse_readers(actor: Actor) -> None:
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden

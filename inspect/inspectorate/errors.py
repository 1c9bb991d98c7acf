"""Refusals: what an action raises when it may not go on, and how a request answers them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from .objections import Objection

if TYPE_CHECKING:
    from .law.statutes import Citation


class Refused(Exception):
    """Base of everything that says no; nothing has been changed when it is raised."""

    status = 409


class Refusal(Refused):
    """One reason why not.

    ``message`` names the reason and the way out; where it has a ``citation``, the article that forbids it, it is lazy:
    shown in the user's language, recorded in Chinese. ``field`` is the form field (or record field) it belongs to.
    """

    def __init__(self, message: Any, *, field: str | None = None, citation: "Citation | None" = None) -> None:
        super().__init__(message)
        self.message, self.field, self.citation = message, field, citation

    def __str__(self) -> str:
        text = str(self.message)
        return f"{text}（{self.citation.zh()}）" if self.citation else text


class Refusals(Refused):
    """Several reasons at once, so that everything can be mended in one go."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = list(refusals)


class Stale(Refused):
    """Somebody saved the row since it was read; ``changes`` says who changed what."""

    def __init__(self, row: Any, changes: Sequence[Any] = ()) -> None:
        super().__init__("stale")
        self.row, self.changes = row, list(changes)


class NotFound(Refused):
    """There is no such thing, or not for this actor: the two are never told apart."""

    status = 404


class Forbidden(Refused):
    """The actor lacks the permission."""

    status = 403


def refusals_in(error: Refused) -> list[Refusal]:
    """The single reasons of any refusal."""
    if isinstance(error, Refusals):
        return error.refusals
    return [error] if isinstance(error, Refusal) else []


def refuse(objections: Iterable[Objection]) -> None:
    """Raise everything that rules object to; nothing when they do not object."""
    found = [refusal_of(one) for one in objections]
    if found:
        raise Refusals(found)


def refusal_of(objection: Objection) -> Refusal:
    """The objection of a rule, in whatever language it is read."""
    message = lazy_gettext(objection.message, **objection.values)
    return Refusal(message, field=objection.field, citation=objection.citation)

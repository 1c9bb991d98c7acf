"""What a guard is: a question to the facts, answered with an objection for whatever is not yet right."""

from collections.abc import Callable, Iterator, Mapping

from ..law.statutes import Citation
from ..objections import Objection
from .facts import CaseFacts

Guard = Callable[[CaseFacts], Iterator[Objection]]


def against(
    message: str, citation: Citation, field: str | None = None, values: Mapping[str, object] | None = None
) -> Objection:
    """An objection under an article; a guard without an article has no place here."""
    return Objection(message, field, values or {}, citation)

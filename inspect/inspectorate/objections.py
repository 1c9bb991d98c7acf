"""What a rule says when something is not right. Pure, so that rules stay free of the web and of the database."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .law.statutes import Citation


def N_(message: str) -> str:
    """Marks a source string for translation; ``errors.refuse`` translates it."""
    return message


class Objection(NamedTuple):
    """A source string with its values, the field to mend (``licences-0-number`` in the first row), the article."""

    message: str
    field: str | None = None
    values: Mapping[str, object] = MappingProxyType({})
    citation: "Citation | None" = None

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message

"""What a rule says when something is not right. Pure, so that rules stay free of the web and of the database."""

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .law.statutes import Citation


def N_(message: str) -> str:
    """Marks a source string for translation; ``errors.refuse`` translates it."""
    return message


@dataclasses.dataclass(frozen=True)
class Objection:
    """A source string with its values, the field to mend (``licences-0-number`` in the first row), the article."""

    message: str
    field: str | None = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    citation: "Citation | None" = None

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message

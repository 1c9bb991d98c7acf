"""What a guard says when something is not yet right."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from ..law.statutes import Citation
from .facts import CaseFacts


@dataclasses.dataclass(frozen=True)
class Objection:
    """Why a step may not be taken: a source string with its values, the article, the field of the record to mend."""

    message: str
    citation: Citation
    field: str | None = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values


Guard = Callable[[CaseFacts], Iterator[Objection]]

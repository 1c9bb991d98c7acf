"""A step of reasoning, as every part of ``law`` gives it."""

from typing import NamedTuple

from .listing import listed_by_law
from .statutes import Citation


class Step(NamedTuple):
    """One step of the reasoning: ``kind`` groups it on screen, ``citations`` are the provisions it rests on."""

    kind: str
    zh: str
    en: str
    citations: tuple[Citation, ...] = ()

    def line(self, language: str = "zh") -> str:
        """The step as one line with its citations."""
        if not self.citations:
            return self.en if language == "en" else self.zh
        if language == "en":
            return f"{self.en} [{', '.join(citation.en() for citation in self.citations)}]"
        return f"{self.zh}（{'，'.join(listed_by_law(self.citations))}）"

"""What a check has to say. Pure."""

from typing import Any, NamedTuple

from ...campaigns.engine.figures import Address

ERROR, WARNING = "error", "warn"


class Link(NamedTuple):
    """A record that causes a finding: its words and the kind and id by which `pages.page_of` finds it."""

    words: str
    kind: str
    id: int


class Finding(NamedTuple):
    """A check that does not hold: under which ``key`` a reason explains it, what it says, what to do, which cells.

    ``text`` and ``way_out`` are lazy. An error stands in the way; a warning needs a written reason, which travels up.
    """

    key: str
    level: str
    text: Any
    way_out: Any
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def reason_needed(self) -> bool:
        """Whether it may be explained."""
        return self.level != ERROR

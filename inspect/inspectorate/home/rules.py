"""How urgent a thing is, and in which order a day's work is shown. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from ..law.statutes import Citation

SOON = 3
"""Days (calendar) before its last day from which a thing counts as soon due."""


class Urgency(StrEnum):
    """The parts of the to-do list, in the order in which they are shown."""

    LATE = "late"
    SOON = "soon"
    RETURNED = "returned"
    WAITING = "waiting"


class Todo(NamedTuple):
    """One thing to do: what, about what, by when (the last day), under which article, and the very place to do it.

    ``endpoint`` and ``arguments`` make the address. ``returned``: why somebody sent it back, in that person's words.
    """

    what: Any
    about: str
    endpoint: str
    arguments: Mapping[str, Any] = MappingProxyType({})
    due_on: date | None = None
    basis: Citation | str | None = None
    returned: str | None = None


def urgency(todo: Todo, today: date) -> Urgency:
    """Late and soon due come before everything else; what was returned before what waits for the first time."""
    if todo.due_on is not None and todo.due_on < today:
        return Urgency.LATE
    if todo.due_on is not None and todo.due_on <= today + timedelta(SOON):
        return Urgency.SOON
    return Urgency.WAITING if todo.returned is None else Urgency.RETURNED


def by_urgency(todos: Iterable[Todo], today: date) -> dict[Urgency, list[Todo]]:
    """All parts of the list, empty ones included; in each what ends first comes first, what has no end last."""
    parts: dict[Urgency, list[Todo]] = {part: [] for part in Urgency}
    for todo in sorted(todos, key=lambda todo: (todo.due_on is None, todo.due_on or today)):
        parts[urgency(todo, today)].append(todo)
    return parts

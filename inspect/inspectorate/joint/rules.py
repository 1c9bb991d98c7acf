"""What a campaign's joint work must keep to: pure checks, states told from days, and the draw of a sample."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ..objections import N_, Objection

MOST_TASKS = 500
"""Places of one order: more are ordered region by region."""

MOST_POPULATION = 20_000
"""Inspections that one draw is made from; more are narrowed by region or target, for the order keeps them all."""

LARGEST_FIGURE = 100_000_000
"""People or copies of one activity: whatever is beyond was typed with too many noughts."""

PUBLICITY = "publicity"
TRAINING = "training"


class Standing(StrEnum):
    """How a thing with a term stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


class Span(NamedTuple):
    """Days, both included; no last day: until further notice."""

    first: date
    last: date | None

    def meets(self, other: "Span") -> bool:
        """Whether two spans share a day."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


def standing_of_resolution(state: str, due_on: date | None, today: date) -> Standing:
    """Open ones are overdue from the day after their last."""
    if state != "open":
        return Standing(state)
    return Standing.OVERDUE if due_on is not None and due_on < today else Standing.OPEN


def standing_of_task(result: str | None, dropped: bool, due_on: date, today: date) -> Standing:
    """A task is done with its result, whatever it says."""
    if dropped:
        return Standing.DROPPED
    if result is not None:
        return Standing.DONE
    return Standing.OVERDUE if due_on < today else Standing.OPEN


# ---------------------------------------------------------------- liaison


def check_liaison(name: str, from_on: date, to_on: date | None, others: Sequence[tuple[str, Span]]) -> list[Objection]:
    """``others``: names and days of the department's other entries. A person stands once for the same days."""
    if to_on is not None and to_on < from_on:
        return [Objection(N_("The last day lies before the first. Correct one of them."), "to_on")]
    span = Span(from_on, to_on)
    if any(other == name and span.meets(days) for other, days in others):
        message = N_("%(name)s is entered for this department and these days already. Change that entry instead.")
        return [Objection(message, "name", {"name": name})]
    return []


# ---------------------------------------------------------------- meetings


def check_meeting(
    held_on: date, first: date, last: date, ordinal: int, taken: Sequence[int], present: int
) -> Iterator[Objection]:
    """``first`` and ``last``: the campaign's days; ``taken``: numbers of other meetings; ``present``: departments."""
    if not first <= held_on <= last:
        values = {"start": first.isoformat(), "end": last.isoformat()}
        message = N_("The campaign runs from %(start)s to %(end)s. Correct the day, or choose another campaign.")
        yield Objection(message, "held_on", values)
    if ordinal < 1:
        yield Objection(N_("Write the number of the meeting: 1 for the first."), "ordinal")
    elif ordinal in taken:
        message = N_("There is a meeting number %(number)d already. The next free number is %(next)d.")
        yield Objection(message, "ordinal", {"number": ordinal, "next": max(taken) + 1})
    if not present:
        yield Objection(N_("A joint meeting has departments: enter one at least that was there."), "attendance")


def check_resolution(due_on: date | None, held_on: date, duties: Sequence[tuple[str, str]]) -> Iterator[Objection]:
    """``duties``: pairs of department and region."""
    if due_on is not None and due_on < held_on:
        yield Objection(N_("The last day lies before the meeting. Correct it, or leave it empty."), "due_on")
    if not duties:
        yield Objection(N_("Name the department that is responsible: one at least."), "duties")
    elif len(set(duties)) < len(duties):
        yield Objection(N_("The same department is named twice. Remove one of the rows."), "duties")


def check_follow_up(done_on: date, held_on: date, today: date) -> Iterator[Objection]:
    """What was done lies between the meeting and today."""
    if done_on > today:
        yield Objection(N_("This day is still to come. Enter what has been done until today."), "done_on")
    elif done_on < held_on:
        yield Objection(N_("This day lies before the meeting. Correct it."), "done_on")


def check_settlement(before: str, after: str, reason: str | None, follow_ups: int) -> Iterator[Objection]:
    """Done needs proof, dropping and opening again a reason."""
    if before == after:
        yield Objection(N_("It stands so already. Choose another state."), "state")
    elif after == "done" and not (reason or follow_ups):
        yield Objection(N_("Nothing tells how it was done. Write it here, or enter a follow-up first."), "reason")
    elif after != "done" and not reason:
        yield Objection(N_("Write the reason: it stands in the record."), "reason")


# ---------------------------------------------------------------- re-checks


def draw(seed: str, population: Sequence[int], size: int) -> list[int]:
    """``size`` of the numbers, in the order drawn: those whose SHA-256 with the seed comes first.

    The same seed and population give the same draw on any machine, in whatever order the population is written; whoever
    knows the seed can compute it again by hand.
    """

    def lot(number: int) -> str:
        return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()

    return sorted(set(population), key=lambda number: (lot(number), number))[:size]


def check_order(due_on: date, today: date) -> Iterator[Objection]:
    """A task needs time."""
    if due_on < today:
        yield Objection(N_("The last day has passed. Enter a later one."), "due_on")


def check_size(size: int | None, population: int) -> Iterator[Objection]:
    """How many are drawn from so many that fit."""
    if not population:
        yield Objection(N_("No inspected place fits the filters. Choose another region, target or result."), "size")
    elif population > MOST_POPULATION:
        values = {"most": MOST_POPULATION, "found": population}
        message = N_("%(found)d places fit; a draw is made from at most %(most)d. Narrow it by region or target.")
        yield Objection(message, "size", values)
    elif size is None or not 1 <= size <= min(MOST_TASKS, population):
        most = min(MOST_TASKS, population)
        yield Objection(N_("Write how many are drawn: a number from 1 to %(most)d."), "size", {"most": most})


def check_chosen(chosen: int) -> Iterator[Objection]:
    """Named places: some, and not too many."""
    if not chosen:
        yield Objection(N_("Tick the places that are to be looked at again: one at least."), "chosen")
    elif chosen > MOST_TASKS:
        message = N_("At most %(most)d places stand in one order. Order the others apart.")
        yield Objection(message, "chosen", {"most": MOST_TASKS})


class Again(NamedTuple):
    """What the re-check found beside what had been found before, as codes of violations."""

    before: frozenset[str]
    now: frozenset[str]

    @property
    def remaining(self) -> frozenset[str]:
        """Found both times: not mended."""
        return self.before & self.now

    @property
    def anew(self) -> frozenset[str]:
        """Found only now."""
        return self.now - self.before


def check_result(result: str, inspected: bool, note: str | None, again: Again) -> Iterator[Objection]:
    """A result rests on the report of the re-check and may not contradict it."""
    if result == "impossible":
        if not note:
            yield Objection(N_("Write why the place could not be inspected: closed, moved, nobody there."), "note")
        return
    if not inspected:
        message = N_("Choose the report of the re-check. Start one from the task, and submit it, where there is none.")
        yield Objection(message, "inspection_id")
    elif result == "mended" and again.remaining:
        message = N_("The report of the re-check found %(codes)s again, so that not all is mended.")
        yield Objection(message, "result", {"codes": "、".join(sorted(again.remaining))})
    if result in ("partly", "unmended") and not note:
        yield Objection(N_("Write what is not mended yet."), "note")


# ---------------------------------------------------------------- publicity and training


class ActivityFacts(NamedTuple):
    """An activity as it was entered; ``apart``: whoever enters it knows of a similar one and says it is another."""

    side: str
    kind: str
    held_on: date
    title: str
    place: str | None
    times: int
    people: int
    copies: int
    apart: bool = False


def check_activity(facts: ActivityFacts, first: date, last: date, today: date) -> Iterator[Objection]:
    """``first`` and ``last``: the campaign's days."""
    if facts.held_on > today:
        yield Objection(N_("This day is still to come. Enter the activity when it has been held."), "held_on")
    elif not first <= facts.held_on <= last:
        values = {"start": first.isoformat(), "end": last.isoformat()}
        message = N_("The campaign runs from %(start)s to %(end)s; an activity of another day counts nowhere.")
        yield Objection(message, "held_on", values)
    if facts.times < 1:
        yield Objection(N_("Write how often it was held: 1 at least."), "times")
    for name in ("times", "people", "copies"):
        if getattr(facts, name) > LARGEST_FIGURE:
            yield Objection(N_("This is more than %(most)d. Check how many digits you wrote."), name,
                            {"most": LARGEST_FIGURE})  # fmt: skip
    if facts.side == TRAINING and not facts.people:
        yield Objection(N_("Write how many people were trained: 1 at least."), "people")
    if facts.side == PUBLICITY and not (facts.people or facts.copies):
        yield Objection(N_("Write how many people were reached, or how many copies were given out."), "people")

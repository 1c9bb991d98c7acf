"""Where live work is played: the people of one office, its places, and a clock that is moved from day to day."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..extensions import db
from ..registry.models import Subject
from .chance import Chance
from .material import Offence, offences
from .subjects import Site

Result = TypeVar("Result")


@dataclass
class Desk:
    """One office at work: who acts there, and what lies in its county."""

    sector: str
    region: str
    inspector: Actor
    second: Actor
    legal: Actor
    head: Actor
    sites: list[Site]
    persons: list[tuple[str, str]]
    """Key and name of persons who are charged in no case yet."""
    campaign: str
    chance: Chance
    today: date
    prefix: str
    _used: dict[str, int] = field(default_factory=dict)
    _made: int = 0

    @property
    def officer_ids(self) -> list[int]:
        """The two who go out."""
        return [actor.officer_id for actor in (self.inspector, self.second) if actor.officer_id]

    @property
    def servers(self) -> list[str]:
        """Their names."""
        return [self.inspector.name, self.second.name]

    @cached_property
    def seen_offences(self) -> Mapping[str, Offence]:
        """Offences with the lines of a field record, by code."""
        return {one.code: one for one in offences() if one.seen and one.punished_by == self.sector}

    def key(self, kind: str) -> str:
        """A key for the next live record."""
        self._made += 1
        return f"demo-{self.prefix}-{kind}{self._made:03d}"

    def site_for(self, offence: Offence) -> Site | None:
        """A place in the county where the offence is met, those least used first."""
        fitting = [site for site in self.sites if offence.met_at(site.variant.kind, site.variant.subkind)]
        found = min(fitting, key=lambda site: self._used.get(site.key, 0), default=None)
        if found:
            self._used[found.key] = self._used.get(found.key, 0) + 1
        return found

    def site_of(self, place: str) -> Site | None:
        """A place of a kind (``kind`` or ``kind/subkind``), those least used first."""
        fitting = [site for site in self.sites if place in (site.variant.kind, site.variant.place)]
        found = min(fitting, key=lambda site: self._used.get(site.key, 0), default=None)
        if found:
            self._used[found.key] = self._used.get(found.key, 0) + 1
        return found


def subject_id(key: str) -> int:
    """The row behind a record's key."""
    return db.session.scalars(select(Subject.id).where(Subject.source == "local", Subject.key == key)).one()


class Calendar:
    """A day that moves forward and never beyond today."""

    def __init__(self, start: date, today: date) -> None:
        self.day, self._today, self._steps = min(start, today), today, 0

    def wait(self, days: int) -> None:
        """Some calendar days later."""
        if days:
            self.day, self._steps = min(self.day + timedelta(days), self._today), 0

    @contextmanager
    def at_work(self) -> Iterator[date]:
        """The clock stands in the working hours of the day, or now where the day is today; yields the day."""
        self._steps += 1
        if self.day == self._today:
            yield self.day
            return
        hour = datetime.combine(self.day, time(9, 5)) + timedelta(minutes=37 * self._steps)
        with clock.standing_at(clock.from_local(hour)):
            yield self.day

    def do(self, action: Callable[..., Result], actor: Actor, *arguments: object, **named: object) -> Result:
        """Run an action as somebody, on the day."""
        with self.at_work() as day:
            return action(actor, *arguments, day, **named)

"""Loading interchange records: all of a file or nothing, each record once, every refusal with its place and reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from .. import limits
from ..accounts.actor import Actor
from ..audit.actions import record_all
from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.problems import DefinitionError
from ..characters import UNPRINTABLE
from ..errors import Refused as RefusedError
from ..errors import refusals_in
from ..extensions import db
from . import building
from .definitions import DEFINITIONS
from .reading import Entry
from .records import RECORDS, Problem, normalised
from .writing import OPTIONS

CHUNK = 500
CAMPAIGN_FIELDS = {"code": "key", "region_code": "region", "date_from": "from", "date_to": "to"}
"""Fields of a campaign by the names that their rules use."""


@dataclass(frozen=True)
class Refused:
    """One thing wrong with one record."""

    where: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.field + ': ' if self.field else ''}{self.reason}"


def _brief(text: str) -> str:
    """One line of no great length, whatever the sender has put into it."""
    line = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text[: 2 * limits.REFUSAL_WORDS].split()))
    return line if len(line) <= limits.REFUSAL_WORDS else line[: limits.REFUSAL_WORDS] + "…"


@dataclass
class Report:
    """What became of a file."""

    loaded: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RECORDS, 0))
    already_here: int = 0
    remarked: int = 0
    refused: list[Refused] = field(default_factory=list)
    """The first of them; ``refusals`` counts them all."""
    refusals: int = 0

    def refuse(self, where: str, field: str, reason: str) -> None:
        """Keep a refusal, or only count it where there are many."""
        self.refusals += 1
        if len(self.refused) < limits.IMPORT_REFUSALS:
            self.refused.append(Refused(where, _brief(field), _brief(reason)))


@dataclass
class _Item:
    where: str
    record: dict[str, Any]

    @property
    def identity(self) -> tuple[str, str, str]:
        table = "subject" if self.record["type"] in ("establishment", "person") else self.record["type"]
        return table, self.record["source"], self.record["key"]


class Loader:
    """Loads entries from one source into the present transaction; the caller commits, or not."""

    def __init__(self, actor: Actor, source: str = "local") -> None:
        self.actor, self.source, self.report = actor, source, Report()
        self.links = building.Links()
        self._seen: dict[tuple[str, str, str], _Item] = {}
        self._campaigns: dict[str, CampaignFacts | None] = {}

    def load(self, entries: Iterable[Entry]) -> Report:
        """Everything in order of dependence: forms first, complaints last."""
        by_type: dict[str, list[_Item]] = {kind: [] for kind in RECORDS}
        for entry in entries:
            if item := self._item(entry):
                by_type[item.record["type"]].append(item)
        for kind in DEFINITIONS:
            self._load_definitions(kind, by_type.pop(kind))
        by_type["agency"].sort(key=lambda item: item.record["acts_for"] is not None)
        for kind, items in by_type.items():
            for start in range(0, len(items), CHUNK):
                self._load_chunk(kind, items[start : start + CHUNK])
        return self.report

    def _item(self, entry: Entry) -> _Item | None:
        record, problems = ({}, [Problem("", entry.fault)]) if entry.fault else normalised(entry.raw)
        if problems:
            for one in problems:
                self.report.refuse(entry.where, one.field, one.reason)
            return None
        item = _Item(entry.where, {**record, "source": record.get("source") or self.source})
        earlier = self._seen.setdefault(item.identity, item)
        if earlier is item:
            return item
        if earlier.record == item.record:
            self.report.already_here += 1
        else:
            reason = f"the key {record['key']!r} stands for a different record at {earlier.where}"
            self.report.refuse(entry.where, "key", reason)
        return None

    def _load_definitions(self, kind: str, items: list[_Item]) -> None:
        for item in items:
            known = DEFINITIONS[kind].known(item.record["key"])
            if known is None:
                self._make_definition(kind, item)
            elif known == {**item.record, "source": "local"}:
                self.report.already_here += 1
            else:
                reason = f"a different {kind} with the id {item.record['key']!r} is already here"
                self.report.refuse(item.where, "key", reason)

    def _make_definition(self, kind: str, item: _Item) -> None:
        try:
            DEFINITIONS[kind].make(self.actor, item.record)
            self.report.loaded[kind] += 1
        except DefinitionError as error:
            for line in error.lines():
                self.report.refuse(item.where, "", line)
        except RefusedError as error:
            for one in refusals_in(error):
                self.report.refuse(item.where, CAMPAIGN_FIELDS.get(one.field or "", one.field or ""), str(one))

    def _load_chunk(self, kind: str, items: list[_Item]) -> None:
        present = self._present(kind, items)
        made: list[building.Made] = []
        for item in items:
            there = present.get((item.record["source"], item.record["key"]))
            if there is not None:
                self._compare(item, there)
                continue
            try:
                # One flush a chunk: looking up a reference must not send the rows made so far.
                with db.session.no_autoflush:
                    one = self._build(kind, item.record)
            except building.Unresolved as error:
                for path, reason in error.problems:
                    self.report.refuse(item.where, path, reason)
                continue
            db.session.add(one.subject)
            made.append(one)
            if kind == "agency":
                db.session.flush()
                self.links.add("agency", one.subject)
        db.session.flush()
        record_all(((one.subject, one.rows) for one in made), "interchange:record:import", self.actor)
        self._note(kind, made)

    def _note(self, kind: str, made: list[building.Made]) -> None:
        for one in made:
            self.links.add(kind, one.subject)
            self.report.loaded[kind] += 1
            self.report.remarked += bool(getattr(one.subject, "remarks", None))

    def _present(self, kind: str, items: list[_Item]) -> dict[tuple[str, str], Any]:
        """The rows already here under the keys of the items, of whatever type shares their table."""
        model = building.TABLES[kind]
        found: dict[tuple[str, str], Any] = {}
        for source in {item.record["source"] for item in items}:
            keys = [item.record["key"] for item in items if item.record["source"] == source]
            query = select(model).where(model.source == source, model.key.in_(keys)).options(*_options(kind, model))
            found |= {(row.source, row.key): row for row in db.session.scalars(query)}
        return found

    def _compare(self, item: _Item, there: Any) -> None:
        self.links.add(item.record["type"], there)
        model, record_of, _ = OPTIONS[item.record["type"]]
        if isinstance(there, model) and _same(record_of(there), item.record):
            self.report.already_here += 1
            return
        reason = f"a different record with the key {item.record['key']!r} of {item.record['source']!r} is already here"
        self.report.refuse(item.where, "key", reason)

    def _build(self, kind: str, record: dict[str, Any]) -> building.Made:
        if record.get("campaign"):
            self._check_campaign(record)
        return building.BUILDERS[kind](record, self.links)

    def _check_campaign(self, record: dict[str, Any]) -> None:
        name = record["campaign"]
        if name not in self._campaigns:
            known = campaigns.campaign(name)
            self._campaigns[name] = known
            if known:
                self.links.periods[name] = (known.date_from, known.date_to)
        known = self._campaigns[name]
        if known is None:
            raise building.Unresolved([("campaign", f"there is no campaign {name!r}")])
        if record["category"] is not None and record["category"] not in {one.code for one in known.categories}:
            raise building.Unresolved([("category", f"{record['category']!r} is no category of {known.id}")])


def _options(kind: str, model: Any) -> tuple[Any, ...]:
    return OPTIONS[kind][2] if OPTIONS[kind][0] is model else ()


def _same(stored: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Equal in everything that was sent; what the sender's format cannot say does not count."""
    ours = {name for name in ("name", "state", "number") if sent.get(name) is None}
    return all(sent[name] == stored[name] for name in stored if name not in ours)

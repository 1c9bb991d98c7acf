"""What stands behind a figure, as a page shows it: regions, then records, as far as the viewer may see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.regions import child_regions, region_name
from ..cases.models import Case, Decision, Respondent
from ..extensions import db
from ..money import yuan
from ..paging import Key, Part, part_of
from .engine.definition import FormDefinition
from .engine.figures import Address, Filled
from .measures.compile import FOOT
from .measures.records import MODELS, Section, figure_of, rows, sections
from .measures.scope import Scope
from .words import label_of

READ = {
    "inspection": (Permission.INSPECTION_READ,),
    "case": (Permission.CASE_READ, Permission.CASE_READ_DECIDED),
    "decision": (Permission.CASE_READ, Permission.CASE_READ_DECIDED),
    "complaint": (Permission.COMPLAINT_READ,),
    "subject": (Permission.REGISTRY_READ,),
}


@dataclass(frozen=True)
class Line:
    """A record as one line: `route` is the (kind, id) of the page that shows it."""

    day: date | None
    title: str
    about: str
    region: str
    agency: str
    route: tuple[str, int]


@dataclass(frozen=True)
class Shown:
    """A place that the figure counts, with its records in parts; ``hidden``: some are counted but not shown here."""

    section: Section
    label: str
    figure: int
    money: bool
    readable: bool
    part: Part[Any]
    hidden: bool

    @property
    def lines(self) -> list[Line]:
        """The records of this part of the list."""
        return [line_of(self.section.kind, row) for row in self.part.rows]

    @property
    def words(self) -> str:
        """The figure as people say it; amounts in yuan."""
        return f"{yuan(self.figure)} 元" if self.money else f"{self.figure:,}"


def label_for(form: FormDefinition, address: Address) -> str:
    """Row and column of a figure in the words of the sheet."""
    if address[0] == FOOT:
        return label_of(address[1], form)
    column = [n.label for n in form.cols.path(address[1])] if address[1] in form.cols else [label_of(address[1], form)]
    return f"{label_of(address[0], form)} · {' · '.join(column)}"


@dataclass(frozen=True)
class Place:
    """Which part of the list of which section is asked for."""

    section: int = 0
    after: str | None = None
    before: str | None = None


def shown(filled: Filled, address: Address, scope: Scope, actor: Actor, place: Place) -> list[Shown]:
    """Everything behind a figure, section by section."""
    found = sections(filled, address, scope.where)
    return [
        _shown(filled.form, section, scope, actor, place if number == place.section else Place())
        for number, section in enumerate(found)
    ]


def _shown(form: FormDefinition, section: Section, scope: Scope, actor: Actor, place: Place) -> Shown:
    readable = any(actor.may(permission) for permission in READ[section.kind])
    query = readable_rows(section, scope, actor)
    part: Part[Any] = Part([], None, None)
    if readable:
        part = part_of(query, _keys(section), after=place.after, before=place.before)
    everything = rows(section, scope, replace(actor, region_code=scope.region, sector=None))
    hidden = not readable or _count(everything) > _count(query)
    figure, money = figure_of(section, scope), section.wish.source.aggregate == "amount"
    return Shown(section, label_for(form, section.address), figure, money, readable, part, hidden)


def _count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def readable_rows(section: Section, scope: Scope, actor: Actor) -> Select[Any]:
    """The records that the viewer may open: of the own sector, and decided ones where only these may be read."""
    query = rows(section, scope, actor)
    if actor.may(Permission.CASE_READ) or section.kind != "case":
        return query
    decided = exists().where(
        Respondent.case_id == Case.id, Decision.respondent_id == Respondent.id, Decision.decided_on.is_not(None)
    )
    return query.where(decided)


def _keys(section: Section) -> list[Key]:
    return [Key(MODELS[section.kind].id, down=True)]


def all_lines(filled: Filled, address: Address, scope: Scope, actor: Actor) -> Iterator[tuple[str, Line]]:
    """Every readable record behind a figure with the place that it counts in, for a file."""
    for section in sections(filled, address, scope.where):
        if any(actor.may(permission) for permission in READ[section.kind]):
            label = label_for(filled.form, section.address)
            query = readable_rows(section, scope, actor).order_by(MODELS[section.kind].id)
            for row in db.session.scalars(query.execution_options(yield_per=500)):
                yield label, line_of(section.kind, row)


@dataclass(frozen=True)
class RegionShare:
    """A region directly below with its share of a figure."""

    code: str
    name: str
    figure: int


def by_region(filled: Filled, address: Address, scope: Scope, year: int) -> Sequence[RegionShare]:
    """The figure in each region directly below. Shares of distinct subjects may add up to more than the whole."""
    parts = sections(filled, address, scope.where)
    return [
        RegionShare(child.code, child.name, sum(figure_of(part, replace(scope, region=child.code)) for part in parts))
        for child in child_regions(scope.region, year)
    ]


def line_of(kind: str, row: Any) -> Line:
    """One record in words."""
    if kind == "inspection":
        return Line(row.inspected_on, row.number or row.subject.name, row.subject.name, region_name(row.region_code),
                    row.agency.name, ("inspection", row.id))  # fmt: skip
    if kind == "case":
        parties = "、".join(r.subject.name for r in row.respondents)
        return Line(row.filed_on, row.number or row.name, parties, region_name(row.region_code), row.agency.name,
                    ("case", row.id))  # fmt: skip
    if kind == "decision":
        case = row.respondent.case
        return Line(row.decided_on, row.number or case.number or case.name, row.respondent.subject.name,
                    region_name(case.region_code), case.agency.name, ("case", case.id))  # fmt: skip
    if kind == "complaint":
        about = row.subject.name if row.subject else row.subject_text or ""
        return Line(row.received_on, row.number or str(row.id), about, region_name(row.region_code),
                    row.agency.name if row.agency else "", ("complaint", row.id))  # fmt: skip
    return Line(None, row.name, row.address or "", region_name(row.region_code), "", ("subject", row.id))

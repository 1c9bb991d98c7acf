"""What stands behind a figure, as a page shows it: regions, then records, as far as the viewer may see them."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.regions import child_regions, region_name
from ..accounts.scope import in_region
from ..cases.models import Case, Decision, Respondent
from ..extensions import db
from ..money import yuan
from ..paging import Key, Part, part_of
from .engine.definition import FormDefinition
from .engine.definition import Part as FormPart
from .engine.figures import Address, Filled, scale
from .engine.printing import print_value
from .engine.vocabulary import Kind
from .measures.compile import Counted
from .measures.records import MODELS, Section, count_of, figure_of, figures_by_region, rows, sections, shares
from .measures.scope import Scope
from .measures.tables import BASES
from .measures.wishes import FOOT
from .words import label_of

READ = {
    "inspection": (Permission.INSPECTION_READ,),
    "case": (Permission.CASE_READ, Permission.CASE_READ_DECIDED),
    "decision": (Permission.CASE_READ, Permission.CASE_READ_DECIDED),
    "complaint": (Permission.COMPLAINT_READ,),
    "activity": (Permission.CAMPAIGN_READ,),
    "subject": (Permission.REGISTRY_READ,),
}


class Line(NamedTuple):
    """A record as one line: `route` is the (kind, id) of the page that shows it, ``share`` what it adds to the figure
    (fen for money).
    """

    day: date | None
    title: str
    about: str
    region: str
    agency: str
    route: tuple[str, int]
    share: Counted = 1


class Tally(NamedTuple):
    """So many records, and the figure that they add up to (fen for money)."""

    records: int
    figure: Counted


class Shown(NamedTuple):
    """A place that the figure counts, with its records in parts; ``hidden`` are counted but not shown here."""

    section: Section
    label: str
    whole: Tally
    listed: Tally
    readable: bool
    lines: Sequence[Line]
    part: Part[Any]

    @property
    def money(self) -> bool:
        """Whether the figures are fen."""
        return self.section.wish.source.aggregate == "amount" or self.section.wish.money

    @property
    def hidden(self) -> Tally:
        """What other departments and undecided cases add."""
        return Tally(self.whole.records - self.listed.records, self.whole.figure - self.listed.figure)

    def words(self, figure: Counted) -> str:
        """A figure of this place as people say it; amounts in yuan."""
        return in_figures(figure, self.money)


def in_figures(figure: Counted, money: bool) -> str:
    """An exact figure before it is printed in the unit of the sheet."""
    return f"{yuan(int(figure))} 元" if money else f"{figure:,}"


class Balance(NamedTuple):
    """The figure as the sheet prints it, with its unit, beside what the records behind it add up to.

    ``places``: the decimals to which the sheet has rounded it; None where it prints the exact figure.
    """

    printed: str
    summed: str
    agrees: bool
    unit: str
    places: int | None


def balance(filled: Filled, address: Address, parts: Sequence[Shown]) -> Balance:
    """Whether the records behind a figure add up to what is printed."""
    slot = filled.slots.get(address)
    part = slot.part if slot else FormPart(address[1], None, Kind.COUNT, None, None)
    printed = print_value(filled.foot[address[1]] if slot is None else filled.value(address) or 0, part)
    total = sum(one.whole.figure for one in parts)
    whole = in_figures(total, part.kind is Kind.MONEY)
    summed = " + ".join(one.words(one.whole.figure) for one in parts) + f" = {whole}" if len(parts) > 1 else whole
    exact = Fraction(printed) * scale(part) == total
    return Balance(
        printed=f"{printed} {part.unit or ''}".strip(),
        summed=summed,
        agrees=print_value(total, part) == printed,
        unit=part.unit or "",
        places=None if exact else len(printed.partition(".")[2]),
    )


def label_for(form: FormDefinition, address: Address) -> str:
    """Row and column of a figure in the words of the sheet."""
    if address[0] == FOOT:
        return label_of(address[1], form)
    column = [n.label for n in form.cols.path(address[1])] if address[1] in form.cols else [label_of(address[1], form)]
    return f"{label_of(address[0], form)} · {' · '.join(column)}"


class Place(NamedTuple):
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
    readable, visible = _is_readable(section, actor), _visible(section, actor)
    whole = listed = Tally(count_of(section, scope), figure_of(section, scope))
    part: Part[Any] = Part([], None, None)
    if readable:
        part = part_of(rows(section, scope, *visible), _keys(section), after=place.after, before=place.before)
        listed = Tally(count_of(section, scope, *visible), figure_of(section, scope, *visible))
    label = label_for(form, section.address)
    return Shown(section, label, whole, listed, readable, _lines(section, scope, part.rows), part)


def _is_readable(section: Section, actor: Actor) -> bool:
    return any(actor.may(permission) for permission in READ[section.kind])


def _visible(section: Section, actor: Actor) -> list[ColumnElement[bool]]:
    """What the viewer may open: nothing of other regions, of other sectors activities only; some read decided cases."""
    record = BASES[section.base].record
    clauses: list[ColumnElement[bool]] = [in_region(record.c.region_code, actor.region_code)]
    if actor.sector is not None and "sector" in record.c and section.kind != "activity":
        clauses.append(record.c.sector == actor.sector)
    if section.kind == "case" and not actor.may(Permission.CASE_READ):
        decided = exists().where(
            Respondent.case_id == Case.id, Decision.respondent_id == Respondent.id, Decision.decided_on.is_not(None)
        )
        clauses.append(decided.correlate(Case))
    return clauses


def _keys(section: Section) -> list[Key]:
    return [Key(MODELS[section.kind].id, down=True)]


def _lines(section: Section, scope: Scope, records: Sequence[Any]) -> list[Line]:
    added = shares(section, scope, records)
    return [line_of(section.kind, row)._replace(share=share) for row, share in zip(records, added, strict=True)]


def all_lines(filled: Filled, address: Address, scope: Scope, actor: Actor) -> Iterator[tuple[str, Line]]:
    """Every readable record behind a figure with the place that it counts in, for a file."""
    for section in sections(filled, address, scope.where):
        if _is_readable(section, actor):
            label = label_for(filled.form, section.address)
            query = rows(section, scope, *_visible(section, actor)).order_by(MODELS[section.kind].id)
            for batch in db.session.scalars(query.execution_options(yield_per=500)).partitions():
                yield from ((label, line) for line in _lines(section, scope, batch))


class RegionShare(NamedTuple):
    """A region directly below with its share of a figure; ``own``: what the asked region itself recorded."""

    code: str
    name: str
    figure: Counted
    own: bool = False


def by_region(filled: Filled, address: Address, scope: Scope, year: int) -> Sequence[RegionShare]:
    """The figure in each region directly below, and at the region's own level; those that have a share.

    Shares of distinct subjects may add up to more than the whole: each region counts a subject that it inspected.
    """
    below = child_regions(scope.region, year)
    if not below:
        return []
    codes = [child.code for child in below]
    counted = [figures_by_region(part, scope, codes) for part in sections(filled, address, scope.where)]

    def share_of(code: str, name: str, *, own: bool = False) -> RegionShare:
        return RegionShare(code, name, sum(figures.get(code, 0) for figures in counted), own)

    here = share_of(scope.region, f"{region_name(scope.region)}本级", own=True)
    return [share for share in (here, *(share_of(*child[:2]) for child in below)) if share.figure]


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
    if kind == "activity":
        return Line(row.held_on, row.title, row.place or "", region_name(row.region_code), row.agency.name,
                    ("activity", row.id))  # fmt: skip
    return Line(None, row.name, row.address or "", region_name(row.region_code), "", ("subject", row.id))

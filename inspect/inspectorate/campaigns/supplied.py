"""Where a table's figures come from, as a page shows it: the records of the system, and who reported what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from ..accounts.actor import Actor
from ..accounts.regions import child_regions, region_name
from ..accounts.words import SECTORS
from ..returns.behind import Said, said, total_of
from ..returns.desks import leads
from ..returns.figures import Supplier, gather
from ..returns.periods import period_of
from .behind import Line, RegionShare, Shown, label_for
from .engine.definition import Part
from .engine.figures import Address, Filled, Value
from .engine.printing import print_value
from .engine.vocabulary import Kind
from .measures.wishes import FOOT
from .summary import Summary
from .words import label_of

LEVEL = "level"


def sources(summary: Summary) -> dict[Address, str]:
    """For each figure that returns add to: 案件记录 1，报送 7（市场监管 7）; totals tell their shares only."""
    if not summary.suppliers:
        return {}
    recorded, returned = summary.recorded, summary.returned
    found: dict[Address, str] = {}
    for address, slot in summary.filled.slots.items():
        value = returned.value(address)
        if value is not None and slot.part.kind is not Kind.TEXT:
            offices = summary.suppliers.get(address, ())
            found[address] = _words(recorded.value(address), value, slot.part, offices)
    for name, count in summary.foot_returns.items():
        part = Part(name, None, Kind.COUNT, None, None)
        found[FOOT, name] = _words(recorded.foot.get(name), count, part, summary.suppliers.get((FOOT, name), ()))
    return found


def _words(recorded: Value | None, returned: Value, part: Part, offices: Sequence[Supplier]) -> str:
    by = "、".join(f"{sector_of(one)} {print_value(one.value, part)}" for one in offices)
    words = {"recorded": print_value(recorded or 0, part), "returned": print_value(returned, part), "by": by}
    if by:
        return _("From records %(recorded)s, from returns %(returned)s (%(by)s)", **words)
    return _("From records %(recorded)s, from returns %(returned)s", **words)


def sector_of(one: Supplier | Said) -> str:
    """Who reported: the sector, or the region's own office."""
    return _("Own table") if one.kind == LEVEL else str(SECTORS.get(one.sector, one.sector))


class Supplying(NamedTuple):
    """A sector that reported: how many offices, and which lines of the table it added to."""

    sector: str
    offices: str
    lines: Sequence[str]


def supplying(summary: Summary) -> list[Supplying]:
    """Every sector with what it supplies, in the words of the sheet, the footer last."""
    found: dict[str, dict[str, Any]] = {}
    for address in sorted(summary.suppliers, key=lambda address: address[0] == FOOT):
        for one in filter(lambda one: one.value, summary.suppliers[address]):
            known = found.setdefault(sector_of(one), {"offices": 0, "name": None, "lines": {}})
            if one.offices >= known["offices"]:
                known["offices"], known["name"] = one.offices, one.name
            known["lines"][_line(summary, address)] = None
    return [Supplying(sector, _offices(known), list(known["lines"])) for sector, known in sorted(found.items())]


def _offices(known: Mapping[str, Any]) -> str:
    number: int = known["offices"]
    return str(known["name"] or ngettext("%(num)s office", "%(num)s offices", number))


def _line(summary: Summary, address: Address) -> str:
    """The line of the axis that says what is counted of whom: a department supplies columns of annex 1."""
    if address[0] == FOOT:
        return label_of(address[1], summary.form)
    form = summary.form
    tree, line = (form.cols, address[1]) if form.measures_on == "rows" else (form.rows, address[0])
    words = "·".join(node.label for node in tree.path(line)[:2] if node.label) if line in tree else ""
    return words or label_of(address[0] if form.measures_on == "rows" else address[1], form)


class ReturnLine(NamedTuple):
    """A return behind a figure, as a line; ``figure`` as the sheet prints it.

    ``opens``: whether the viewer may look at the return itself; figures of other departments are seen by everybody.
    """

    id: int
    opens: bool
    agency: str
    sector: str
    region: str
    period: str
    label: str
    figure: str


class Reported(NamedTuple):
    """Everything that returns say of a figure: ``total`` in kept units, ``printed`` in the unit of the sheet."""

    lines: Sequence[ReturnLine]
    hidden: int
    total: Value
    printed: str


SHOWN = 200
"""Returns listed on the page; the file has all of them."""


def reported(summary: Summary, address: Address, actor: Actor) -> Reported:
    """The returns behind a figure; nothing where nobody has filed any."""
    found = said(summary.form, summary.filled, address, summary.scope) if summary.suppliers else []
    lines = [_return_line(summary, one, actor) for one in found[:SHOWN]]
    total = total_of(found)
    return Reported(lines, max(len(found) - SHOWN, 0), total, print_value(total, part_at(summary.filled, address)))


def _return_line(summary: Summary, one: Said, actor: Actor) -> ReturnLine:
    return ReturnLine(
        id=one.return_id,
        opens=one.kind == LEVEL or leads(actor) or one.agency_id == actor.authority_id,
        agency=one.agency,
        sector=sector_of(one),
        region=region_name(one.region),
        period=period_of(one.start, one.end, summary.campaign).label,
        label=label_for(summary.form, one.address),
        figure=print_value(one.value, part_at(summary.filled, one.address)),
    )


def part_at(filled: Filled, address: Address) -> Part:
    """How the figure of an address is printed."""
    slot = filled.slots.get(address)
    return slot.part if slot is not None else Part(address[1], None, Kind.COUNT, None, None)


def return_lines(summary: Summary, address: Address) -> Iterator[tuple[str, Line]]:
    """The same for a file, behind the records."""
    for one in said(summary.form, summary.filled, address, summary.scope) if summary.suppliers else ():
        label = label_for(summary.form, one.address)
        period = period_of(one.start, one.end, summary.campaign).label
        share: Any = one.value if not isinstance(one.value, str) else 0
        yield label, Line(one.end, _("Return"), period, region_name(one.region), one.agency,
                          ("return", one.return_id), share)  # fmt: skip


class Together(NamedTuple):
    """A figure as it is printed beside its two sources, in the unit of the sheet."""

    printed: str
    recorded: str
    returned: str
    agrees: bool


def together(summary: Summary, address: Address, parts: Sequence[Shown], told: Reported) -> Together:
    """Whether records and returns behind a figure add up to what is printed."""
    part = part_at(summary.filled, address)
    value = summary.filled.foot[address[1]] if address[0] == FOOT else summary.filled.value(address)
    recorded: Any = sum(one.whole.figure for one in parts)
    printed = print_value(value or 0, part)
    whole = recorded + told.total if not isinstance(told.total, str) else recorded
    agrees = print_value(whole, part) == printed
    unit = f" {part.unit}" if part.unit else ""
    return Together(printed + unit, print_value(recorded, part) + unit, told.printed + unit, agrees)


def with_returns(shares: Sequence[RegionShare], summary: Summary, address: Address, year: int) -> Sequence[RegionShare]:
    """The shares of the regions with what was reported there; a region that only reports gets its line too."""
    below = child_regions(summary.scope.region, year)
    if not summary.suppliers or not below or address in summary.filled.rate_slots:
        return shares
    found = gather(summary.form, summary.scope, regions=[child.code for child in below])
    added: dict[str, Any] = {
        child.code: _value_at(summary, address, *found.figures(region=child.code)) for child in below
    }
    whole: Any = _value_at(summary, address, summary.filled.returns, summary.foot_returns)
    added[summary.scope.region] = whole - sum(added.values())
    names = {summary.scope.region: f"{region_name(summary.scope.region)}本级"} | {c.code: c.name for c in below}
    known = {share.code: share for share in shares}
    result = []
    for code, name in names.items():
        share = known.get(code, RegionShare(code, name, 0, code == summary.scope.region))
        result.append(share._replace(figure=share.figure + added.get(code, 0)))
    return [share for share in result if share.figure]


def _value_at(summary: Summary, address: Address, cells: Mapping[Address, Value], foot: Mapping[str, int]) -> Value:
    if address[0] == FOOT:
        return foot.get(address[1], 0)
    value = Filled(summary.form, None, cells).value(address)
    return 0 if value is None or isinstance(value, str) else value

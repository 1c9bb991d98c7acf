"""Many lines at once: an outline as on the paper becomes columns or rows, with proposals for what they count."""

from collections.abc import Mapping
from typing import Any

from . import guessing, outline
from .source import Source


def add_lines(source: Source, name: str, typed: str, under: str | None, categories: Mapping[str, str]) -> list[str]:
    """Add the lines of an outline under a heading; gives their ids. ``categories``: codes by their words."""
    other = "row" if name == "col" else "col"
    counts = not any("m" in table.values or "pair" in table.values for table in source.many(other)) and (
        name == "row" or any("m" in table.values or "pair" in table.values for table in source.many(name))
    )
    added: list[str] = []
    path: list[str] = []
    for line in guessing.outline(typed):
        del path[line.level :]
        up = path[-1] if path else under
        values: dict[str, Any] = {"up": up, "label": line.label}
        if measure := _measure(source, name, up, line, counts):
            values["m"] = measure
        if unit := line.unit or guessing.unit_of(line.label):
            values["unit"] = unit
        if found := guessing.filter_of(line.label, categories):
            values["where"] = dict([found])
        if guessing.is_total(line.label):
            values |= {"total": []}
        wanted = line.id or guessing.id_of(values, up, name, len(source.many(name)) + 1)
        values["id"] = outline.fresh(wanted, outline.ids(source))
        outline.add(source, name, values)
        added.append(values["id"])
        path.append(values["id"])
    for node_id in added:
        _sum_up(source, name, node_id)
    return added


def _measure(source: Source, name: str, up: str | None, line: guessing.Typed, counts: bool) -> str | None:
    if line.measure:
        return line.measure
    above = source.find(name, up) if up else None
    while above is not None:
        if "m" in above.values or "pair" in above.values:
            return None  # taken over from the heading
        above = source.find(name, str(above.get("up"))) if above.get("up") else None
    return guessing.measure_of(line.label) if counts and not guessing.is_total(line.label) else None


def _sum_up(source: Source, name: str, node_id: str) -> None:
    """A total sums the lines beside it; where there are none, those of the heading that follows it."""
    table = source.find(name, node_id)
    if table is None or table.get("total") != []:
        return
    near = [one for one in outline.siblings(source, name, table.get("up")) if one is not table]
    heading = near[0] if len(near) == 1 else None
    if heading is not None and (below := outline.siblings(source, name, str(heading.get("id")))):
        near = below
    table.put("total", [str(one.get("id")) for one in near if "total" not in one.values] or None)

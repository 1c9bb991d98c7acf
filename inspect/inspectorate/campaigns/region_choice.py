"""The regions among which a viewer may choose: the own one, those below it, and the way down to the chosen one."""

from ..accounts.actor import Actor
from ..accounts.regions import child_regions, covers, region, region_name, significant
from ..errors import NotFound


def chosen_region(actor: Actor, asked: str | None) -> str:
    """The asked region, the own one by default. Raises NotFound for a region that is not the viewer's."""
    if not asked:
        return actor.region_code
    if region(asked) is None or not covers(actor.region_code, asked):
        raise NotFound
    return asked


def region_choices(actor: Actor, chosen: str, year: int) -> list[tuple[str, str]]:
    """(code, name) of the own region, of each region on the way to the chosen one, and of what lies below these."""
    way = [code for code in _ancestors(chosen) if covers(actor.region_code, code)]
    found = {actor.region_code: region_name(actor.region_code)}
    for code in way:
        found.setdefault(code, _indented(code, actor))
        for child in child_regions(code, year):
            found.setdefault(child.code, _indented(child.code, actor))
    return sorted(found.items(), key=lambda pair: pair[0])


def _ancestors(code: str) -> list[str]:
    prefix = significant(code)
    return ["000000", *(prefix[:end].ljust(6, "0") for end in (2, 4, 6) if end <= len(prefix))]


def _indented(code: str, actor: Actor) -> str:
    depth = (len(significant(code)) - len(significant(actor.region_code))) // 2
    return "　" * max(depth, 0) + region_name(code)

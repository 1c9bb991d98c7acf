"""Charges: what was found on a visit, written down with its quantities, days and amounts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..money import plain_yuan
from .chance import Chance
from .material import Offence, offences_met
from .offices import person_name
from .sanctions import Charge
from .subjects import Site

AMOUNTS = {"income": "illegal_income", "goods": "goods_value", "ad_cost": "ad_cost"}


def chinese(day: date) -> str:
    """2024年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def offences_at(
    site: Site, sector: str, on: date, *, category: str | None = None, party: str = "org"
) -> Iterator[Offence]:
    """What an office of a sector may find at a place on a day."""
    for offence in offences_met(site.variant.kind, site.variant.subkind, sector, party):
        if offence.in_force(on) and category in (None, offence.category):
            yield offence


def choose(chance: Chance, options: Sequence[Offence], number: int) -> list[Offence]:
    """Some of them by weight, each violation once."""
    chosen: dict[str, Offence] = {}
    for _ in range(number):
        left = [offence for offence in options if offence.code not in chosen]
        if left:
            offence = chance.weighted(left, [one.weight for one in left])
            chosen[offence.code] = offence
    return list(chosen.values())


def charge_of(chance: Chance, offence: Offence, site: Site, on: date, *, person: str | None = None) -> Charge:
    """The offence as found on a day; ``person``: who committed it, where a person is charged."""
    amounts = {
        base: chance.yuan(*limits) for name, base in AMOUNTS.items() if (limits := getattr(offence, name)) is not None
    }
    if "illegal_income" in amounts and "goods_value" in amounts:
        amounts["illegal_income"] = min(amounts["illegal_income"], amounts["goods_value"] * 8)
    if offence.heads:
        amounts["affected_workers"] = chance.count(offence.heads[0], offence.heads[1])
    known = words(chance, site, on, person=person or masked(person_name(chance))) | {
        name: plain(amounts[base]) for name, base in AMOUNTS.items() if base in amounts
    }
    known |= {"heads": str(amounts.get("affected_workers", ""))}
    return Charge(offence, chance.fill(chance.pick(offence.facts), known), amounts, None)


def masked(name: str) -> str:
    """孙某某: how customers and staff are named where they are not the party."""
    return name[0] + "某" * (len(name) - 1)


def words(chance: Chance, site: Site, on: date, *, person: str) -> dict[str, str]:
    """The words that texts may use."""
    return {
        "name": site.name,
        "person": person,
        "day": chinese(on),
        "past": chinese(on - timedelta(chance.count(12, 120))),
        "long_ago": chinese(on - timedelta(chance.count(380, 700))),
        "expiry": chinese(on - timedelta(chance.count(6, 90))),
        "batch": f"{on.year}{chance.digits('####')}{chance.pick('ABCGKW')}{chance.digits('##')}",
    }


def plain(fen: int) -> str:
    """Yuan without needless decimals."""
    return plain_yuan(fen).removesuffix(".00")

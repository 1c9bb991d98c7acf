"""The whole country: every county of today as a place of the demo, with its weight."""

import math
from collections.abc import Sequence
from datetime import date

from ...accounts.actor import NATION
from ...accounts.regions import Region, region, regions_within
from ..chance import Chance
from ..material import Place, places

SHORT = dict(
    zip(
        ("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
         "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新",
        strict=True,
    )
)  # fmt: skip
"""Provinces by the first two digits, as they stand in a 文号; Taiwan, Hong Kong and Macao have no such offices."""

STREETS = (
    "解放",
    "人民",
    "建设",
    "新华",
    "中山",
    "文化",
    "和平",
    "胜利",
    "光明",
    "东风",
    "红旗",
    "朝阳",
    "育才",
    "青年",
)
ENDINGS = ("路", "街", "东路", "西路", "南街", "北街", "大道", "支路")

FAVOURED = 25
"""The county of the walks has so many times the weight of a usual one, so that the narrowest list is long too."""


def all_counties(chance: Chance, today: date, number: int | None = None) -> list[Place]:
    """Every county, those of the small demo first; ``number``: only so many."""
    known = {place.code: place for place in places()}
    found = [
        _favoured(known[one.code], chance) if one.code in known else _place(chance, one)
        for one in regions_within(NATION, today.year)
        if one.level == "county" and one.code[:2] in SHORT
    ]
    found.sort(key=lambda place: (place.code not in known, place.code))
    if number is None or number >= len(found):
        return found
    return found[: len(known)] + chance.some(found[len(known) :], number - len(known), number - len(known))


def _favoured(place: Place, chance: Chance) -> Place:
    weight = _weight(chance) * (FAVOURED if place is places()[0] else 2)
    return Place(**(vars(place) | {"weight": weight}))


def _weight(chance: Chance) -> float:
    """Counties differ in size as towns do: a few large ones, many small ones."""
    return math.exp(chance.between(-1.2, 1.2))


def _place(chance: Chance, county: Region) -> Place:
    province, above = county.code[:2] + "0000", county.code[:4] + "00"
    city = region(above)
    # In municipalities, and in counties directly below a province, the code above is a placeholder or none at all.
    placed = city is not None and city.name.endswith(("市", "州", "盟", "地区"))
    city_code = above if placed and "辖" not in (city.name if city else "") else province
    city_short = city.name[0] if placed and city and city_code == above else SHORT[county.code[:2]]
    return Place(
        code=county.code,
        short=city_short + county.name[0],
        weight=_weight(chance),
        streets=_streets(chance),
        city_code=city_code,
        city_short=city_short,
        province_code=province,
        province_short=SHORT[county.code[:2]],
        area_code=f"0{chance.count(310, 998)}",
        postcode=f"{county.code[:2]}{chance.count(0, 99):02d}00",
    )


def _streets(chance: Chance) -> Sequence[str]:
    return [name + chance.pick(ENDINGS) for name in chance.some(STREETS, 5, 5)]

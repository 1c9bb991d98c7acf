"""How a region is written into a table's heading."""

import re

from ..accounts.actor import NATION
from ..accounts.regions import region_name, significant

_PROVINCE_ENDINGS = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")
_PROVINCE_BLANK = re.compile(r"_{2,}(?=省)")


def province_name(region_code: str) -> str:
    """The name of the province in which a region lies; 全国 for the nation."""
    return region_name(significant(region_code)[:2].ljust(6, "0"))


def province_word(region_code: str) -> str:
    """The province without its ending, as one writes it before 省(自治区、直辖市): 浙江, 广西, 北京."""
    name = province_name(region_code)
    ending = next((ending for ending in _PROVINCE_ENDINGS if name.endswith(ending)), "")
    return name.removesuffix(ending)


def heading(head: str | None, region_code: str) -> str | None:
    """The heading line for a region: its province in the blank before 省, what lies below the province behind."""
    if head is None:
        return None
    if region_code == NATION:
        return f"{head}　　{region_name(NATION)}"
    filled, blanks = _PROVINCE_BLANK.subn(province_word(region_code), head, count=1)
    below = below_province(region_code) if blanks else ""
    return f"{filled}　　{below}" if below else filled


def below_province(region_code: str) -> str:
    """杭州市西湖区 of 浙江省杭州市西湖区; empty for a province."""
    return region_name(region_code, full=True).removeprefix(province_name(region_code))

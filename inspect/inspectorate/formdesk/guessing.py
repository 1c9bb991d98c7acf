"""What a heading of an official table probably means: its unit, measure, filters and id. Proposals, all to be seen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

_OUTLINE = re.compile(r"^((?:\s|　|-|—|>|＞|·)*)(.*?)\s*$")
_UNIT = re.compile(r"[（(]([^（）()]{1,8}(?:[（(][^（）()]{1,4}[）)])?[^（）()]{0,4})[）)]\s*$")
_UNITS: Final = (
    *(
        "万元",
        "百万元",
        "亿元",
        "千元",
        "元",
        "户(人)次",
        "户（人）次",
        "户次",
        "人次",
        "车次",
        "户",
        "人",
        "件",
        "个",
        "份",
    ),
    *("家", "公斤", "千克", "起", "次", "宗", "台", "所", "项", "部"),
)

MEASURES: Final[tuple[tuple[str, str], ...]] = (
    ("移送司法|移送公安", "transfer_judicial"),
    ("移送", "transfer"),
    ("罚没", "fine_sum + confiscate_sum"),
    ("罚款.*(金额|万元|元[）)])", "fine_sum"),
    ("罚款", "fine_count"),
    ("没收.*(违法所得|收入|款)", "confiscate_sum"),
    ("案值|货值", "seized_value"),
    ("没收.*(公斤|千克)", "seized_kg"),
    ("没收", "seized_items"),
    ("责令改正|责令整改|限期", "order_correction"),
    ("停业|停产", "suspend"),
    ("吊销", "revoke"),
    ("警告", "warning"),
    ("取缔", "unlicensed_closed"),
    ("结案|办结案", "cases_closed"),
    ("立案|案件|查处.*(件|案)", "cases_filed"),
    ("人次.*执法|执法.*人(员|次)|出动.*人", "inspector_turns"),
    ("户次|检查次数|监督次数", "visits"),
    ("检查.*(对象|单位|机构|户)|被检", "units_inspected"),
    ("投诉.*受理|受理.*投诉|投诉举报", "complaint_in"),
    ("抽检.*合格|合格.*样", "samples_passed"),
    ("抽检|样品|采样", "samples"),
    ("培训.*(期|班)", "courses"),
    ("应监督|建档|单位数|户数|家数", "register_units"),
)
"""Words of headings with the measure that they usually name; the first that fits."""

FILTERS: Final[Mapping[str, tuple[str, str]]] = {
    "机构": ("party", "org"),
    "单位": ("party", "org"),
    "人员": ("party", "person"),
    "个人": ("party", "person"),
    "餐馆": ("subject_kind", "restaurant"),
    "快餐店": ("subject_kind", "fast_food"),
    "小吃店": ("subject_kind", "snack_shop"),
    "饮品店": ("subject_kind", "drinks_shop"),
    "食堂": ("subject_kind", "canteen"),
    "集体用餐配送单位": ("subject_kind", "group_meal_delivery"),
    "中央厨房": ("subject_kind", "central_kitchen"),
    "学校食堂": ("host", "school"),
    "工地食堂": ("host", "construction_site"),
    "建筑工地食堂": ("host", "construction_site"),
    "公安": ("transferred_to", "police"),
    "药监": ("transferred_to", "drug"),
    "县级": ("agency_level", "county"),
    "市级": ("agency_level", "city"),
    "省级": ("agency_level", "province"),
}
"""Headings that stand for a filter."""

_TOTALS: Final = ("合计", "总计", "小计", "计")


class Typed(NamedTuple):
    """One line of an outline: how far it is set in, its words, and behind bars a measure, a unit and an id."""

    level: int
    label: str
    measure: str | None = None
    unit: str | None = None
    id: str | None = None


def outline(text: str) -> Iterator[Typed]:
    """The lines of an outline; two blanks, a tab or a dash set a line one level in. Empty lines are left out."""
    stack: list[int] = []
    for line in text.expandtabs(2).replace("　", "  ").splitlines():
        found = _OUTLINE.match(line)
        if not found or not found[2]:
            continue
        width = len(found[1])
        while stack and stack[-1] >= width:
            stack.pop()
        label, *more = (part.strip() for part in found[2].replace("｜", "|").split("|", 3))
        yield Typed(len(stack), label, *(part or None for part in more))
        stack.append(width)


def unit_of(label: str) -> str | None:
    """The unit in brackets at the end of a heading: 罚款金额(万元)."""
    found = _UNIT.search(label)
    return found[1] if found and found[1] in _UNITS else None


def measure_of(label: str) -> str | None:
    """The measure that a heading usually names."""
    return next((measure for words, measure in MEASURES if re.search(words, label)), None)


def filter_of(label: str, categories: Mapping[str, str]) -> tuple[str, str] | None:
    """The filter that a heading stands for: a category of a known campaign by its words, or one of the usual ones."""
    plain = re.sub(r"[（(].*", "", label).strip()
    if plain in categories:
        return "category", categories[plain]
    return FILTERS.get(plain)


def is_total(label: str) -> bool:
    """Whether a heading is that of a total."""
    return label.strip() in _TOTALS


def id_of(values: Mapping[str, Any], up: str | None, name: str, number: int) -> str:
    """An id that says what a node is: its measure, the value that it filters by, or its place."""
    measure, where = values.get("m"), values.get("where")
    if values.get("total") is not None:
        return f"{up}_total" if up else "total"
    if isinstance(measure, str) and re.fullmatch(r"\w+", measure) and measure != "entered":
        return measure
    if isinstance(where, Mapping) and len(where) == 1:
        ((key, value),) = where.items()
        if isinstance(value, str) and re.fullmatch(r"\w+", value):
            return f"{up}_{value}" if key == "party" and up else value
    return f"{name[0]}{number}"


def known_categories(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Categories by their words, also by the last of several (非法医疗美容·无证行医); doubtful words are left out."""
    found: dict[str, set[str]] = {}
    for code, label in pairs:
        for words in {label, label.rpartition("·")[2]}:
            found.setdefault(words, set()).add(code)
    return {words: min(codes) for words, codes in found.items() if len(codes) == 1}

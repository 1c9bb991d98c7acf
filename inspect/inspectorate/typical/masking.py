"""Names as typical cases show them, 某医疗美容门诊部 and 陈某某, and what still looks like a name. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_name("data").joinpath("names.toml").read_text(encoding="utf-8"))
_KINDS = sorted(_WORDS["kinds"], key=len, reverse=True)
_COMPOUND_SURNAMES = tuple(_WORDS["compound_surnames"])
_GENERIC = tuple(_WORDS["generic"])

_COMPANY = re.compile(
    r"(?P<what>医疗美容|美容|医疗器械|医疗科技|医药|生物科技|科技|文化传媒|传媒|广告|电子商务|网络科技|网络|快递|速递|物流|餐饮管理|餐饮服务|餐饮|食品"
    r"|消毒服务|消毒|化工|机械制造|机械|电子|建材|制药|商贸|贸易|服务|管理)?(?P<legal>(?:股份)?有限(?:责任)?公司|集团)"
)
_TAIL = re.compile(r"(?:[（(].*[）)]|(?:股份)?有限(?:责任)?公司)+$")
_INSIDE = re.compile(r"[（(](.{4,}(?:公司|集团))[）)]|(“.{2,}?”)")
"""Further names in a name: the company in brackets behind a shop, a sign in quotation marks."""

_HAN = "[一-鿿]"
_LEAD = re.compile(rf"^.*[{_WORDS['particles']}]")


def masked_establishment(name: str) -> str:
    """杭州美芮医疗美容门诊部有限公司 → 某医疗美容门诊部; what is not recognised becomes 某单位."""
    core = _TAIL.sub("", name.strip())
    found = next((kind for kind in _KINDS if core.endswith(kind)), None)
    if found:
        return f"某{found}"
    company = _COMPANY.search(name)
    return f"某{company['what'] or ''}公司" if company else "某单位"


def masked_person(name: str) -> str:
    """陈小华 → 陈某某, 陈华 → 陈某, 欧阳华 → 欧阳某; foreign names keep their first letter."""
    name = name.strip()
    surname = next((s for s in _COMPOUND_SURNAMES if name.startswith(s) and len(name) > len(s)), name[:1])
    given = len(name) - len(surname)
    return surname + "某" * min(max(given, 1), 2)


def masked(name: str, party: str) -> str:
    """The shown name of a party: ``org`` or ``person``."""
    return masked_establishment(name) if party == "org" else masked_person(name)


def party_of(name: str) -> str:
    """``org`` or ``person``: how a name that stands in no record is to be masked."""
    return "org" if len(name) > 4 or name.endswith((*_KINDS, "公司", "集团")) else "person"


def mask_text(text: str, names: Mapping[str, str]) -> str:
    """A text with every name in it replaced, the longest first, so that no half of a name stays."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    return re.sub(r"\d{17}[\dXx]|1\d{10}|[0-9A-HJ-NPQRTUWXY]{18}", "……", text)


def shown_names(parties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with how it is shown, from (name, party); a name with and without its company ending."""
    found: dict[str, str] = {}
    for name, party in parties:
        found[name] = masked(name, party)
        if party != "org":
            continue
        if len(short := _TAIL.sub("", name)) > 3:
            found.setdefault(short, masked(name, party))
        for company, sign in _INSIDE.findall(name):
            found.setdefault(company or sign, masked(company or name, party))
    return {name: shown for name, shown in found.items() if len(name) > 1}


@cache
def _person() -> re.Pattern[str]:
    """A surname and what follows it, beside a role or a deed; all surnames take a while to compile."""
    surname = f"(?:(?:{'|'.join(_COMPOUND_SURNAMES)}){_HAN}|[{_WORDS['surnames']}]{_HAN})"
    deeds = "|".join(_WORDS["deeds"])
    return re.compile(
        rf"(?:{'|'.join(_WORDS['roles'])})[：:“ ]?(?P<after>{surname}(?:(?!{deeds}){_HAN})?)"
        rf"|(?<!{_HAN})(?P<before>{surname}{_HAN}??)(?={deeds}|[（(])"
    )


@cache
def _place() -> re.Pattern[str]:
    """Some words and a kind of place."""
    endings = "|".join([*(kind for kind in _KINDS if len(kind) > 1), "公司"])
    return re.compile(rf"[一-鿿A-Za-z]{{2,12}}?(?:{endings})")


def likely_names(text: str) -> list[str]:
    """What in a masked text still looks like the name of a person or a place, for somebody to look at.

    A guess by surnames beside roles and deeds, and by endings of places: it may miss names, and take words for them.
    """
    people = [match["after"] or match["before"] for match in _person().finditer(text)]
    places = [match.group() for match in _place().finditer(text)]
    found = [*people, *(_LEAD.sub("", place) for place in places if not _is_generic(place))]
    return [name for name in dict.fromkeys(found) if name and len(name) > 1 and "某" not in name]


def _is_generic(place: str) -> bool:
    """Whether nothing but a kind stands there: 该诊所, 生活美容机构, 外县医院."""
    words = _LEAD.sub("", place)
    kind = next((kind for kind in (*_KINDS, "公司") if words.endswith(kind)), words)
    rest = words.removesuffix(kind)
    return len(rest) < 2 or rest.endswith(_GENERIC)

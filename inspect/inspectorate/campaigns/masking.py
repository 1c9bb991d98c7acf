"""Names as typical cases show them: 某医疗美容门诊部, 陈某某. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_name("data").joinpath("names.toml").read_text(encoding="utf-8"))
_KINDS = sorted(_WORDS["kinds"], key=len, reverse=True)
_COMPOUND_SURNAMES = tuple(_WORDS["compound_surnames"])

_COMPANY = re.compile(
    r"(?P<what>医疗美容|美容|医疗器械|医疗科技|医药|生物科技|科技|文化传媒|传媒|广告|电子商务|网络科技|网络|快递|速递|物流|餐饮管理|餐饮服务|餐饮|食品"
    r"|消毒服务|消毒|化工|机械制造|机械|电子|建材|制药|商贸|贸易|服务|管理)?(?P<legal>(?:股份)?有限(?:责任)?公司|集团)"
)
_TAIL = re.compile(r"(?:[（(].*[）)]|(?:股份)?有限(?:责任)?公司)+$")


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


def mask_text(text: str, names: Mapping[str, str]) -> str:
    """A text with every name in it replaced, the longest first, so that no half of a name stays."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, names[name])
    return re.sub(r"\d{17}[\dXx]|1\d{10}|[0-9A-HJ-NPQRTUWXY]{18}", "……", text)


def shown_names(parties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with how it is shown, from (name, party); a name with and without its company ending."""
    found: dict[str, str] = {}
    for name, party in parties:
        found[name] = masked(name, party)
        if party == "org" and len(short := _TAIL.sub("", name)) > 3:
            found.setdefault(short, masked(name, party))
    return found

"""Names as typical cases show them, 某医疗美容门诊部 and 陈某某, and what still looks like a name. Pure."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .initials import initial_of

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


class Style(NamedTuple):
    """How a material shows names.

    ``persons``: surname (陈某某), initial (C某某) or full. ``places``: kind (某医疗美容门诊部), place (杭州某医疗美容
    门诊部) or full. In full stand only parties whom a public decision names; all others are masked whatever is chosen.
    """

    persons: str = "surname"
    places: str = "kind"

    @property
    def hiding(self) -> "Style":
        """The style for those who are never shown in full."""
        return Style(*("surname" if self.persons == "full" else self.persons, self.places.replace("full", "kind")))


USUAL = Style()


class Named(NamedTuple):
    """A name of the file. ``party``: org or person; ``public``: a decision that is published names it.

    ``stems``: the names of its regions, without 省, 市, 县 and 区, which may stay at its beginning.
    """

    name: str
    party: str
    public: bool = False
    stems: tuple[str, ...] = ()


def masked_establishment(name: str, stems: Collection[str] = ()) -> str:
    """杭州美芮医疗美容门诊部有限公司 → 某医疗美容门诊部; what is not recognised becomes 某单位.

    With ``stems`` the names of regions at its beginning stay: 杭州某医疗美容门诊部.
    """
    core = _TAIL.sub("", name.strip())
    found = next((kind for kind in _KINDS if core.endswith(kind)), None)
    place = _place_before(core.removesuffix(found or ""), stems)
    if found:
        return f"{place}某{found}"
    company = _COMPANY.search(name)
    return f"{place}某{company['what'] or ''}公司" if company else f"{place}某单位"


def _place_before(name: str, stems: Collection[str]) -> str:
    """The names of regions at the beginning of a name, as far as something else follows."""
    stood = ""
    while match := next((m for stem in stems if (m := re.match(rf"{re.escape(stem)}[省市区县]?", name))), None):
        if match.end() == len(name):
            break
        stood, name = stood + match.group(), name[match.end() :]
    return stood


def masked_person(name: str, persons: str = "surname") -> str:
    """陈小华 → 陈某某, 陈华 → 陈某, 欧阳华 → 欧阳某; foreign names keep their first letter. As initial: C某某."""
    name = name.strip()
    surname = next((s for s in _COMPOUND_SURNAMES if name.startswith(s) and len(name) > len(s)), name[:1])
    given = len(name) - len(surname)
    return (initial_of(surname) if persons == "initial" else surname) + "某" * min(max(given, 1), 2)


def masked(name: str, party: str, style: Style = USUAL, stems: Collection[str] = ()) -> str:
    """The shown name of a party, ``org`` or ``person``, in a style that may be full."""
    if party == "org":
        return name if style.places == "full" else masked_establishment(name, stems if style.places == "place" else ())
    return name if style.persons == "full" else masked_person(name, style.persons)


def shown(named: Named, style: Style = USUAL) -> str:
    """How a name of the file is shown: in full only where the style says so and a public decision names it."""
    return masked(named.name, named.party, style if named.public else style.hiding, named.stems)


def party_of(name: str) -> str:
    """``org`` or ``person``: how a name that stands in no record is to be masked."""
    return "org" if len(name) > 4 or name.endswith((*_KINDS, "公司", "集团")) else "person"


def mask_text(text: str, names: Mapping[str, str]) -> str:
    """A text with every name in it replaced at once, the longest first, so that no half of a name stays."""
    if names:
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        text = re.sub(known, lambda found: names[found.group()], text)
    return re.sub(r"\d{17}[\dXx]|1\d{10}|[0-9A-HJ-NPQRTUWXY]{18}", "……", text)


def shown_names(names: Iterable[Named | tuple[str, str]], style: Style = USUAL) -> dict[str, str]:
    """Each name with how it is shown; that of a place also without its company ending, and the names inside it.

    The same name is shown in full only where every mention of it may be.
    """
    found: dict[str, str] = {}
    everyone = [Named(*one) for one in names]
    hidden = {one.name for one in everyone if not one.public}
    for one in everyone:
        one = one._replace(public=one.public and one.name not in hidden)
        found[one.name] = shown(one, style)
        if one.party != "org":
            continue
        if len(short := _TAIL.sub("", one.name)) > 3:
            found.setdefault(short, shown(one._replace(name=short), style) if one.public else shown(one, style))
        for company, sign in _INSIDE.findall(one.name):
            inner = one._replace(name=company or sign) if one.public or company else one
            found.setdefault(company or sign, shown(inner, style))
    return {name: told for name, told in found.items() if len(name) > 1}


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


def likely_names(text: str, meant: Collection[str] = ()) -> list[str]:
    """What in a masked text still looks like the name of a person or a place, for somebody to look at.

    ``meant``: names that are shown in full on purpose.

    A guess by surnames beside roles and deeds, and by endings of places: it may miss names, and take words for them.
    """
    for name in sorted(meant, key=len, reverse=True):
        text = text.replace(name, "，")
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

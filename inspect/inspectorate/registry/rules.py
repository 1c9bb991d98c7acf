"""What must hold for an establishment, a person and their licences. Pure; each check names the field and the way out.

Codes: GB 32100 (统一社会信用代码), GB 11643 (公民身份号码), checked with python-stdnum.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from stdnum.cn import ric, uscc

from ..accounts.regions import covers, region, region_name
from ..codes import KINDS, SUBKINDS
from ..masking import IN_FULL, MARK
from ..objections import N_, Objection
from .addresses import foreign_region
from .attributes import check_attributes

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST_DAY = date(1900, 1, 1)
PHONE = re.compile(r"[+0-9][0-9 ()\-–转,，/、]{4,38}")


class LicenceFacts(NamedTuple):
    """A licence as entered; ``expires_on`` is its last day, None: without end."""

    kind: str
    number: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None


class EstablishmentFacts(NamedTuple):
    """Everything that is entered about an establishment. Without ``uscc`` it is a place without a registration."""

    name: str
    region_code: str
    kind: str
    subkind: str | None = None
    uscc: str | None = None
    address: str | None = None
    phone: str | None = None
    legal_representative: str | None = None
    legal_representative_title: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    attributes: Mapping[str, Any] = MappingProxyType({})
    licences: Sequence[LicenceFacts] = ()


class PersonFacts(NamedTuple):
    """Everything that is entered about a natural person; ``sex`` is M or F."""

    name: str
    region_code: str
    id_number: str | None = None
    sex: str | None = None
    born_on: date | None = None
    address: str | None = None
    phone: str | None = None
    employer: str | None = None
    attributes: Mapping[str, Any] = MappingProxyType({})
    licences: Sequence[LicenceFacts] = ()


def check_establishment(facts: EstablishmentFacts, own_region: str, today: date) -> list[Objection]:
    """Everything wrong with an establishment that somebody of ``own_region`` enters on a day."""
    return [
        *_check_name(facts.name),
        *_check_kind(facts.kind, facts.subkind),
        *check_uscc(facts.uscc),
        *_check_without_code(facts),
        *check_region(facts.region_code, own_region, today),
        *check_address(facts.address, facts.region_code, today),
        *_check_phone(facts.phone),
        *_check_life(facts.opened_on, facts.closed_on, today),
        *check_attributes(facts.kind, facts.attributes),
        *check_licences(facts.licences, today),
    ]


def check_person(facts: PersonFacts, own_region: str, today: date) -> list[Objection]:
    """Everything wrong with a person that somebody of ``own_region`` enters on a day."""
    return [
        *_check_name(facts.name),
        *check_identity(facts.id_number, today),
        *_check_against_identity(facts, today),
        *check_region(facts.region_code, own_region, today),
        *_check_sex(facts.sex),
        *_check_phone(facts.phone),
        *check_licences(facts.licences, today),
    ]


def _check_sex(sex: str | None) -> Iterator[Objection]:
    if sex not in (None, "M", "F"):
        yield Objection(N_("Choose one of the list."), "sex")


def _check_name(name: str) -> Iterator[Objection]:
    if not name.strip():
        yield Objection(N_("Enter the name of the place or person."), "name")
    elif len(name) > 200:
        yield Objection(N_("The name has more than 200 characters. Shorten it."), "name")


def _check_kind(kind: str, subkind: str | None) -> Iterator[Objection]:
    if kind not in KINDS:
        yield Objection(N_("There is no kind “%(kind)s”. Choose one of the list."), "kind", {"kind": kind})
    elif subkind is not None and subkind not in SUBKINDS.get(kind, ()):
        yield Objection(N_("This subkind does not belong to the kind. Choose one of the list."), "subkind")


def check_uscc(code: str | None) -> Iterator[Objection]:
    """A unified social credit code: 18 characters, no I O S V Z, the last a check character (GB 32100)."""
    if code is None:
        return
    if len(code) != 18:
        yield Objection(
            N_("A social credit code has 18 characters, this one has %(count)d. Compare it with the licence."),
            "uscc",
            {"count": len(code)},
        )
    elif strange := "".join(sorted({letter for letter in code if letter not in USCC_LETTERS})):
        yield Objection(
            N_("A social credit code does not contain “%(letters)s”: figures and capitals without I, O, S, V, Z only."),
            "uscc",
            {"letters": strange},
        )
    elif not code[2:8].isdigit():
        yield Objection(N_("Characters 3 to 8 of a social credit code are the figures of a region."), "uscc")
    elif uscc.calc_check_digit(code[:17]) != code[17]:
        yield Objection(
            N_("The check character of the social credit code does not fit: one character is wrong. Compare it again."),
            "uscc",
        )


def _check_without_code(facts: EstablishmentFacts) -> Iterator[Objection]:
    if facts.uscc is None and not facts.address:
        yield Objection(
            N_("A place without a social credit code is recognised by its address. Enter the address."), "address"
        )


def check_identity(number: str | None, today: date) -> Iterator[Objection]:
    """A resident identity number: 18 characters, a day of birth that has been, the last a check digit (GB 11643)."""
    if number is None:
        return
    if MARK in number:
        yield Objection(IN_FULL, "id_number")
    elif len(number) != 18:
        yield Objection(
            N_("An identity number has 18 characters, this one has %(count)d. Compare it with the card."),
            "id_number",
            {"count": len(number)},
        )
    elif not (number[:17].isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        yield Objection(N_("An identity number has 17 figures and then a figure or X."), "id_number")
    elif ric.calc_check_digit(number) != number[17]:
        yield Objection(
            N_("The check digit of the identity number does not fit: one figure is wrong. Compare it again."),
            "id_number",
        )
    elif region(f"{number[:2]}0000") is None:
        yield Objection(N_("The identity number does not begin with the code of a province."), "id_number")
    elif (born := born_on(number)) is None or not FIRST_DAY <= born <= today:
        yield Objection(
            N_("The identity number does not contain a day of birth. Compare it with the card."), "id_number"
        )


def born_on(id_number: str) -> date | None:
    """The day of birth in an identity number, None where it holds no day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> str:
    """``M`` or ``F``: odd and even 17th figure of an identity number."""
    return "M" if int(id_number[16]) % 2 else "F"


def _check_against_identity(facts: PersonFacts, today: date) -> Iterator[Objection]:
    if facts.born_on and not FIRST_DAY <= facts.born_on <= today:
        yield Objection(N_("The day of birth lies in the future or too long ago."), "born_on")
    if facts.id_number is None or any(check_identity(facts.id_number, today)):
        return
    if facts.born_on and facts.born_on != born_on(facts.id_number):
        yield Objection(
            N_("The day of birth is not the one in the identity number. Leave it empty or mend one."), "born_on"
        )
    if facts.sex and facts.sex != sex_of(facts.id_number):
        yield Objection(N_("The sex is not the one in the identity number. Leave it open or mend one."), "sex")


def check_region(region_code: str, own_region: str, today: date) -> Iterator[Objection]:
    """The region exists, and is the own one or lies below it."""
    if region(region_code, today.year) is None:
        yield Objection(
            N_("There is no region “%(code)s” today. Choose one of the list."), "region_code", {"code": region_code}
        )
    elif not covers(own_region, region_code):
        yield Objection(
            N_("%(name)s does not lie in %(own)s. Only the own region and those below it can be chosen."),
            "region_code",
            {"name": region_name(region_code, full=True), "own": region_name(own_region, full=True)},
        )


def check_address(address: str | None, region_code: str, today: date) -> Iterator[Objection]:
    """The address names no other region than the one chosen."""
    foreign = foreign_region(address, region_code, today.year) if address else None
    if foreign:
        yield Objection(
            N_(
                "The address names %(foreign)s, the region chosen is %(region)s. Mend the address or choose its region."
            ),
            "address",
            {"foreign": foreign, "region": region_name(region_code, full=True)},
        )


def _check_phone(phone: str | None) -> Iterator[Objection]:
    if phone and MARK in phone:
        yield Objection(IN_FULL, "phone")
    elif phone and not PHONE.fullmatch(phone):
        yield Objection(N_("This is not a telephone number. Write it as 13800000000 or 0571-80000000."), "phone")


def _check_life(opened_on: date | None, closed_on: date | None, today: date) -> Iterator[Objection]:
    if opened_on and opened_on > today:
        yield Objection(N_("The day of opening lies in the future."), "opened_on")
    if closed_on and closed_on > today:
        yield Objection(N_("The day of closing lies in the future. Enter it when the place has closed."), "closed_on")
    if opened_on and closed_on and closed_on < opened_on:
        yield Objection(N_("The day of closing lies before the day of opening."), "closed_on")


def check_licences(licences: Sequence[LicenceFacts], today: date) -> Iterator[Objection]:
    """Each licence has a kind and days in order; none is entered twice."""
    seen: set[tuple[str, str]] = set()
    for position, licence in enumerate(licences):
        place = f"licences-{position}"
        if not licence.kind:
            yield Objection(N_("Choose the kind of licence, or remove this row."), f"{place}-kind")
        elif len(licence.kind) > 60:
            yield Objection(N_("The kind of licence has more than 60 characters."), f"{place}-kind")
        if licence.issued_on and licence.issued_on > today:
            yield Objection(N_("The day of issue lies in the future."), f"{place}-issued_on")
        if licence.issued_on and licence.expires_on and licence.expires_on < licence.issued_on:
            yield Objection(
                N_("The licence ends before it was issued. Compare both days with it."), f"{place}-expires_on"
            )
        if licence.number:
            if (licence.kind, licence.number) in seen:
                yield Objection(N_("This licence stands here twice. Remove one of the rows."), f"{place}-number")
            seen.add((licence.kind, licence.number))


def licence_state(licences: Sequence[Any], day: date) -> str:
    """valid, expired or none, on a day, of all licences together: one valid licence suffices."""
    if not licences:
        return "none"
    return "expired" if all(one.expires_on and one.expires_on < day for one in licences) else "valid"

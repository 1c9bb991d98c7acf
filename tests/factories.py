"""Ready-made people, agencies and places for tests: each is added to the session and flushed, a test says what matters.

``user(Role.INSPECTOR)`` is an inspector with a sign-in and a certificate, in a health authority of 西湖区 by default.
"""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import Agency, Officer, User
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.registry.models import Establishment, Person

if TYPE_CHECKING:
    from inspectorate.accounts.actor import Actor

COUNTY = "330106"
OTHER_COUNTY = "330105"
CITY = "330100"
PROVINCE = "330000"
OTHER_PROVINCE = "440000"

_numbers: Callable[[], int] = count(1).__next__

# No test signs in with it; hashing a real one takes a tenth of a second.
NO_PASSWORD = "not a hash, so no password matches"


def add(row: Any) -> Any:
    """Put a row into the session and give it its id."""
    db.session.add(row)
    db.session.flush()
    return row


def agency(region_code: str = COUNTY, sector: str = "health", **columns: Any) -> Agency:
    """A punishing authority, or a team when ``acts_for`` is given."""
    columns.setdefault("name", f"{region_code}卫生健康局{_numbers()}")
    columns.setdefault("number_prefix", "杭西")
    found: Agency = add(Agency(region_code=region_code, sector=sector, **columns))
    return found


def officer(agency: Agency, **columns: Any) -> Officer:
    """An officer with a certificate that is valid."""
    number = _numbers()
    columns.setdefault("name", f"执法{number}")
    columns.setdefault("certificate", f"330106{number:06d}")
    columns.setdefault("certificate_from", date(2015, 1, 1))
    columns.setdefault("certificate_to", date(2099, 12, 31))
    found: Officer = add(Officer(agency=agency, **columns))
    return found


def user(*roles: Role, agency: Agency | None = None, linked: bool = True, **columns: Any) -> User:
    """A sign-in with the roles; with an officer of its own unless ``linked`` is false."""
    place = agency or globals()["agency"]()
    columns.setdefault("name", f"user{_numbers()}")
    columns.setdefault("display_name", columns["name"])
    columns.setdefault("password_hash", NO_PASSWORD)
    if linked:
        columns.setdefault("officer", officer(place, name=columns["display_name"]))
    found: User = add(User(agency=place, roles=[role.value for role in roles], **columns))
    return found


def actor(*roles: Role, **columns: Any) -> "Actor":
    """The actor that a fresh ``user`` stands for."""
    return actor_of(user(*roles, **columns))


def establishment(region_code: str = COUNTY, **columns: Any) -> Establishment:
    """A cosmetic clinic."""
    columns.setdefault("name", f"美芮医疗美容门诊部{_numbers()}")
    columns.setdefault("kind", "medical_institution")
    columns.setdefault("subkind", "cosmetic_clinic")
    columns.setdefault("address", "文三路1号")
    found: Establishment = add(Establishment(region_code=region_code, **columns))
    return found


def person(region_code: str = COUNTY, **columns: Any) -> Person:
    """A natural person."""
    columns.setdefault("name", f"张三{_numbers()}")
    found: Person = add(Person(region_code=region_code, **columns))
    return found

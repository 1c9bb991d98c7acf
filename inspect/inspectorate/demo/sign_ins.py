"""The sign-ins of the demo, one for every role and more where a walk needs two people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from ..accounts.actor import SYSTEM, Actor, actor_of
from ..accounts.models import Agency, Officer, User
from ..accounts.passwords import hash_password
from ..accounts.permissions import Role
from ..accounts.words import ROLES
from ..audit.actions import record_all
from ..extensions import db
from .offices import HEAD, REVIEWER, Office, OfficerFacts
from .world import TIANHE, WEST_LAKE, World

Row = TypeVar("Row")

PASSWORD = "demo-password"
"""Of every demo sign-in. Known to everybody: demo data has no place in an installation that others can reach."""


@dataclass(frozen=True)
class SignIn:
    """A sign-in: its name, role, office (sector and region), and the place of its officer in that office, if any."""

    name: str
    role: Role
    sector: str
    region: str
    officer: int | None = None


HANGZHOU, ZHEJIANG, GUANGDONG = "330100", "330000", "440000"
SHANGCHENG, YUHANG, NINGBO, YINZHOU, CIXI = "330102", "330110", "330200", "330212", "330282"

SIGN_INS: tuple[SignIn, ...] = (
    SignIn("inspector", Role.INSPECTOR, "health", WEST_LAKE, 2),
    SignIn("inspector2", Role.INSPECTOR, "health", WEST_LAKE, 3),
    SignIn("legal", Role.LEGAL_REVIEWER, "health", WEST_LAKE, REVIEWER),
    SignIn("head", Role.SUPERVISOR, "health", WEST_LAKE, HEAD),
    SignIn("county-office", Role.CAMPAIGN_OFFICE, "health", WEST_LAKE),
    SignIn("city-office", Role.CAMPAIGN_OFFICE, "health", HANGZHOU),
    SignIn("province-office", Role.CAMPAIGN_OFFICE, "health", ZHEJIANG),
    SignIn("shangcheng-office", Role.CAMPAIGN_OFFICE, "health", SHANGCHENG),
    SignIn("yuhang-office", Role.CAMPAIGN_OFFICE, "health", YUHANG),
    SignIn("ningbo-office", Role.CAMPAIGN_OFFICE, "health", NINGBO),
    SignIn("yinzhou-office", Role.CAMPAIGN_OFFICE, "health", YINZHOU),
    SignIn("cixi-office", Role.CAMPAIGN_OFFICE, "health", CIXI),
    SignIn("province-head", Role.SUPERVISOR, "health", ZHEJIANG, HEAD),
    SignIn("market-office", Role.CAMPAIGN_OFFICE, "market", WEST_LAKE),
    SignIn("administrator", Role.ADMINISTRATOR, "health", ZHEJIANG),
    SignIn("auditor", Role.AUDITOR, "health", ZHEJIANG),
    SignIn("market-inspector", Role.INSPECTOR, "market", WEST_LAKE, 2),
    SignIn("market-inspector2", Role.INSPECTOR, "market", WEST_LAKE, 3),
    SignIn("market-legal", Role.LEGAL_REVIEWER, "market", WEST_LAKE, REVIEWER),
    SignIn("market-head", Role.SUPERVISOR, "market", WEST_LAKE, HEAD),
    SignIn("guangdong-inspector", Role.INSPECTOR, "health", TIANHE, 2),
    SignIn("guangdong-inspector2", Role.INSPECTOR, "health", TIANHE, 3),
    SignIn("guangdong-legal", Role.LEGAL_REVIEWER, "health", TIANHE, REVIEWER),
    SignIn("guangdong-head", Role.SUPERVISOR, "health", TIANHE, HEAD),
    SignIn("guangdong-county-office", Role.CAMPAIGN_OFFICE, "health", TIANHE),
    SignIn("guangdong-province-office", Role.CAMPAIGN_OFFICE, "health", GUANGDONG),
)

FIRST_OF_EACH_ROLE = ("inspector", "legal", "head", "county-office", "province-office", "administrator", "auditor")


def add_sign_ins(world: World) -> dict[str, Actor]:
    """Make them all; returns who acts under each name."""
    # One hash serves all, for the password is one: hashing is slow on purpose.
    password_hash = hash_password(PASSWORD)
    rows = []
    for wanted in SIGN_INS:
        office = world.offices.all[wanted.sector, wanted.region]
        facts = office.officers[wanted.officer] if wanted.officer is not None else None
        rows.append(_user(wanted, office, facts, password_hash))
    db.session.add_all(rows)
    db.session.flush()
    record_all(((row, [row]) for row in rows), "accounts:user:add", SYSTEM)
    return {row.name: actor_of(row) for row in rows}


def _user(wanted: SignIn, office: Office, facts: OfficerFacts | None, password_hash: str) -> User:
    officer = _one(Officer, facts.key) if facts else None
    return User(
        name=wanted.name,
        display_name=facts.name if facts else f"{office.name}{ROLE_DESKS[wanted.role]}",
        password_hash=password_hash,
        agency=officer.agency if officer else _one(Agency, office.key),
        officer=officer,
        roles=[wanted.role.value],
    )


ROLE_DESKS: Mapping[Role, str] = {
    Role.CAMPAIGN_OFFICE: "专项办",
    Role.ADMINISTRATOR: "信息管理",
    Role.AUDITOR: "执法监督",
}


def _one(model: type[Row], key: str) -> Row:
    mapped: Any = model
    row: Row = db.session.scalars(select(mapped).where(mapped.source == "local", mapped.key == key)).one()
    return row


def lines() -> list[str]:
    """What to print: one sign-in a role, with the password of all."""
    known = {one.name: one for one in SIGN_INS}
    shown = [f"  {name:<16} {ROLES[known[name].role]}" for name in FIRST_OF_EACH_ROLE]
    return [f"demo sign-ins, password {PASSWORD}:", *shown]

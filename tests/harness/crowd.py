"""An office with many people who can really sign in, and what they work on; for harnesses with the real server."""

from dataclasses import dataclass

from flask import Flask

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.inspections import actions
from tests import factories
from tests.harness.server import Browser
from tests.harness.world import keep
from tests.inspections.scene import Scene

PASSWORD = "seven cranes over the lake"


@dataclass(frozen=True)
class Crowd:
    """Names of the inspectors, a draft of a report for each, and persons whom all may change."""

    names: list[str]
    drafts: list[int]
    persons: list[int]

    def browsers(self, port: int) -> list[Browser]:
        """Each inspector signed in."""
        return [Browser(port).sign_in(name, PASSWORD) for name in self.names]


def gather(app: Flask, people: int, persons: int) -> Crowd:
    """Make the office; nothing in it comes past the record."""
    with app.app_context():
        agency = factories.agency(name="杭州市西湖区卫生健康局", number_prefix="杭西")
        hashed = hash_password(PASSWORD)
        users = [factories.user(Role.INSPECTOR, agency=agency, password_hash=hashed) for _ in range(people)]
        head = factories.user(Role.SUPERVISOR, agency=agency)
        changed = [factories.person(name=f"王小{number}", address="0").id for number in range(persons)]
        drafts = [_draft(user, users[0], head) for user in users]
        keep()
        names = [user.name for user in users]
        db.session.remove()
    return Crowd(names, drafts, changed)


def _draft(user: User, other: User, head: User) -> int:
    scene = Scene(user.agency, user, other.officer, head, factories.establishment())
    step = actions.SubjectStep(
        subject_id=scene.clinic.id, inspected_on=clock.today(), reason="routine", entry_id=scene.approval().id
    )
    return actions.start_report(actor_of(user), step, clock.today(), key=f"draft-{user.name}").id

"""A province of thirty counties in three cities, with a month's records and the people of its campaign offices.

All of it was before the walks begin: what the walks do is done on the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from inspectorate import clock
from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.accounts.regions import child_regions, region_name
from inspectorate.cases.models import CaseFinding
from inspectorate.demo.sign_ins import PASSWORD
from inspectorate.extensions import db, unit_of_work
from inspectorate.returns import actions, blanks
from inspectorate.returns.actions import links
from inspectorate.returns.models import Return
from inspectorate.returns.periods import period_of
from inspectorate.returns.tables import local_form
from inspectorate.returns.typing_in import document_of
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder
from tests.client import save
from tests.returns.workbooks import changed

PROVINCE = "330000"
CITIES = ("330300", "330700", "331000")
"""Wenzhou, Jinhua and Taizhou with all their counties; the other cities of the province begin later."""
JULY = period_of(date(2021, 7, 1), date(2021, 7, 31))
COUNTY_DUE = datetime(2021, 8, 3, 1, 30, tzinfo=UTC)
"""The morning of the last day for counties; cities have until 5 August, the province until the 10th."""

WALKED, LATE, MISSING = "330302", "330703", "331003"
"""The county that is walked through, one that is late, and one that never reports."""
BY_WORKBOOK, BY_LINK, TYPED = "330302", "330702", "331002"
"""Where the market department's figures come as a workbook, by a link, and typed in: on the screen, one of each."""

AD_CELLS = {"inspected": "J5", "cases": "J7", "fine_count": "J11", "fine_sum": "J12"}
"""The column of advertisements in the workbook."""

CLINIC, BEAUTY_ROOM = "浙江安颜医疗美容门诊部有限公司", "素肌美容工作室"
MARKET = Decimal("0.37")
"""The fine of a market department in 万元, one hundredth more in each county."""


@dataclass
class Ground:
    """What the walks need to know of the province, and its clock."""

    app: Flask
    counties: Sequence[str] = tuple(one.code for city in CITIES for one in child_regions(city, 2021))
    now: datetime = COUNTY_DUE

    def city_of(self, county: str) -> str:
        """The city above."""
        return county[:4] + "00"

    def of(self, city: str) -> list[str]:
        """The counties of a city."""
        return [one for one in self.counties if self.city_of(one) == city]

    def market(self, county: str) -> dict[str, str]:
        """What the market department of a county reports in the column of advertisements, in printed units."""
        number = self.counties.index(county)
        fine = MARKET + Decimal(number) / 100
        return {"inspected": str(3 + number), "cases": "2", "fine_count": "1", "fine_sum": str(fine)}


def settle(ground: Ground) -> None:
    """Offices, people and July's records of all counties."""
    password = hash_password(PASSWORD)
    for code in ("000000", PROVINCE, *CITIES):
        _office(code, password)
    for number, code in enumerate(ground.counties):
        clerk = _office(code, password, Role.INSPECTOR)
        _month(clerk, code, number)
    save()


def _office(code: str, password: str, *roles: Role) -> User:
    """A health authority with its campaign office; in a county its clerk is an inspector too."""
    name = f"{region_name(code, full=True)}卫生健康委员会" if code != "000000" else "国家卫生健康委"
    agency = factories.agency(code, name=name)
    return factories.user(
        Role.CAMPAIGN_OFFICE, *roles, agency=agency, name=f"office-{code}", display_name=f"{region_name(code)}专项办",
        password_hash=password, linked=bool(roles),
    )  # fmt: skip


def _month(clerk: User, code: str, number: int) -> None:
    """Two clinics and a person inspected, two cases decided with amounts that 万元 cannot hold county by county."""
    build = Builder(clerk.agency)
    build.officers[0] = clerk.officer
    where = {"region_code": code}
    room = build.subject("org", name=f"{region_name(code)}{BEAUTY_ROOM}", kind="beauty_salon", **where)
    person = build.subject("person", name=f"王{number + 1}", **where)
    clinic = build.subject("org", name=f"{region_name(code)}{CLINIC}", kind="medical_institution", **where)
    seen = build.inspection(room, order_correction=True, findings=1, **where)
    build.inspection(clinic, category="licensed_institution", **where)
    for subject, visit, fine in ((room, seen, 1_234_501 + 777 * number), (person, None, 55_555)):
        case = build.case(subject, inspection=visit, name=f"{subject.name}无证行医案", imported=True,
                          number=f"浙{code}医罚〔2021〕{subject.id}号", filed_on=date(2021, 7, 6), **where)  # fmt: skip
        case.respondents[0].findings.append(
            CaseFinding(violation="MC-001", facts="未取得医疗机构执业许可证开展注射美容", position=0)
        )
        build.decide(case.respondents[0], ("fine", fine), ("confiscate_income", 40_000 + number),
                     decided_on=date(2021, 7, 20), served_on=date(2021, 7, 21), order_correction=True)  # fmt: skip
    build.complaint(received_on=date(2021, 7, 2), closed_on=date(2021, 7, 9), replied_on=date(2021, 7, 9),
                    satisfied=True, subject=room, **where)  # fmt: skip
    if code == WALKED:
        _what_does_not_add_up(build, where)


def _what_does_not_add_up(build: Builder, where: dict[str, str]) -> None:
    """A decided case without its amount, and a visit that somebody began twice."""
    shop = build.subject("org", name="鹿城区悦容美容店", kind="beauty_salon", **where)
    case = build.case(shop, name="鹿城区悦容美容店无证行医案", number="温鹿卫医罚〔2021〕31号", imported=True,
                      filed_on=date(2021, 7, 8), **where)  # fmt: skip
    case.respondents[0].findings.append(CaseFinding(violation="MC-001", facts="未取得许可证行医", position=0))
    build.decide(case.respondents[0], ("fine", None), decided_on=date(2021, 7, 22))
    build.inspection(shop, number="浙温鹿—2021—0073", **where)
    build.inspection(shop, number="浙温鹿—2021—0074", state="draft", **where)


def actor(code: str) -> Actor:
    """Who works in the campaign office of a region."""
    return actor_of(db.session.scalars(select(User).where(User.name == f"office-{code}")).one())


def departments_report(ground: Ground) -> None:
    """The market departments' figures but those that are entered on the screen: by workbook, by link, typed in."""
    for number, county in enumerate(ground.counties):
        if county in (BY_WORKBOOK, BY_LINK, TYPED):
            continue
        with unit_of_work():
            office, today = actor(county), clock.today()
            row = actions.open_department(office, CAMPAIGN, CAMPAIGN, county, JULY, sector="market")
            said = {name: {"ad": figure} for name, figure in ground.market(county).items()}
            if number % 3 == 0:
                read = blanks.read_for(row, filled(blanks.workbook_of(row, today), ground.market(county)), today)
                assert not read.problems, read.problems
                said = document_of(local_form(row, today)[0], read.given)["cells"]
            elif number % 3 == 1:
                link, _code = links.make(office, row.id, today, today)
                office = links.actor_for(link)
            actions.submit(office, row.id, today, document={"cells": said, "foot": {}})


def filled(workbook: bytes, figures: Mapping[str, str]) -> bytes:
    """The blank with the market's figures typed into its column."""

    def fill(sheet: Any) -> None:
        for name, cell in AD_CELLS.items():
            sheet[cell] = Decimal(figures[name])

    return changed(workbook, fill)


def submit(region: str, **reasons: str) -> None:
    """A region's office submits its own table, as its page would."""
    with unit_of_work():
        office = actor(region)
        row = actions.open_level(office, CAMPAIGN, CAMPAIGN, region, JULY)
        actions.submit(office, row.id, clock.today(), reasons=reasons)


def accept_all(city: str) -> None:
    """A city takes whatever has come."""
    with unit_of_work():
        office = actor(city)
        waiting = select(Return).where(
            Return.kind == "level", Return.state == "submitted", Return.region_code.startswith(city[:4])
        )
        rows = [row for row in db.session.scalars(waiting) if row.region_code != city]
        actions.accept_many(office, [(row.id, row.version) for row in rows])

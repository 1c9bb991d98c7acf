"""What has been reported: last time's table frozen, this year's months in every state, departments' own figures."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from .. import clock
from ..accounts.actor import SYSTEM, Actor
from ..campaigns import queries as campaigns
from ..returns import actions, judging
from ..returns.deadlines import due_on
from ..returns.models import Return
from ..returns.periods import Period, period_of, periods_of
from ..returns.tables import table_of
from .sign_ins import CIXI, HANGZHOU, NINGBO, SHANGCHENG, YINZHOU, YUHANG, ZHEJIANG
from .world import PAST_CAMPAIGN, WEST_LAKE, World, campaign_on

OFFICES = {
    WEST_LAKE: "county-office", SHANGCHENG: "shangcheng-office", YUHANG: "yuhang-office", YINZHOU: "yinzhou-office",
    CIXI: "cixi-office", HANGZHOU: "city-office", NINGBO: "ningbo-office", ZHEJIANG: "province-office",
}  # fmt: skip
COUNTIES = {HANGZHOU: (WEST_LAKE, SHANGCHENG, YUHANG), NINGBO: (YINZHOU, CIXI)}
WITHOUT = "该地区本期无医疗美容机构，未开展检查"
"""Why a region that never reports is left out."""

REASONS = "已核对原始记录，情况属实"

DEPARTMENTS: tuple[tuple[str, dict[str, dict[str, str]]], ...] = (
    ("postal", {"order_correction": {"mail": "2"}, "inspected": {"mail": "4"}}),
    ("drug", {"inspected": {"drug": "26", "device": "11"}, "cases": {"drug_org": "3", "device_org": "1"},
              "fine_count": {"drug_org": "3"}, "fine_sum": {"drug_org": "12.6"}}),
    ("police", {"transfer": {"drug_person": "1"}}),
)  # fmt: skip
"""What departments without the system report for the county, in printed units."""


class Office:
    """The offices of one form and period, playing on given days."""

    def __init__(self, people: Mapping[str, Actor], campaign_id: str, period: Period, today: date) -> None:
        self.people, self.campaign, self.period, self.today = people, campaign_id, period, today
        found = campaigns.campaign(campaign_id)
        assert found is not None
        self.facts, self.form_id = found, found.forms[0]

    def actor(self, region: str) -> Actor:
        """Who works there."""
        return self.people[OFFICES[region]]

    def due(self, region: str) -> date:
        """The day by which a region reports."""
        form = campaigns.form(self.form_id)
        assert form is not None
        return due_on(form, self.facts, self.period, region) or self.period.end or self.today

    @contextmanager
    def on(self, day: date, hour: int) -> Iterator[date]:
        """The clock stands on a day, never beyond today."""
        if day >= self.today:
            yield self.today
            return
        with clock.standing_at(clock.from_local(datetime.combine(day, time(hour, 17)))):
            yield day

    def own(self, region: str) -> Return:
        """The region's own table."""
        return actions.open_level(self.actor(region), self.campaign, self.form_id, region, self.period)

    def submit(self, region: str, days: int = -1, **reasons: str) -> Return:
        """Submit so many days after the due day."""
        with self.on(self.due(region) + timedelta(days), 15) as day:
            row = self.own(region)
            actions.submit(self.actor(region), row.id, day, reasons=self._explained(row, day, reasons))
        return row

    def _explained(self, row: Return, day: date, reasons: Mapping[str, str]) -> dict[str, str]:
        """A reason for each warning, and for the regions that never report."""
        found = judging.findings(row, table_of(row, day), day)
        return {one.key: REASONS for one in found} | {"missing": WITHOUT} | dict(reasons)

    def accept(self, row: Return, days: int = 0) -> None:
        """The office above accepts."""
        over = HANGZHOU if row.region_code in COUNTIES[HANGZHOU] else NINGBO
        over = ZHEJIANG if row.region_code in COUNTIES else over
        with self.on(self.due(row.region_code) + timedelta(days), 16):
            actions.accept(self.actor(over), row.id)

    def freeze(self) -> Return:
        """The province freezes what has come."""
        with self.on(self.due(ZHEJIANG), 10) as day:
            row = self.own(ZHEJIANG)
            actions.freeze(self.actor(ZHEJIANG), row.id, day, reasons=self._explained(row, day, {}))
        return row

    def pass_on(self, row: Return) -> None:
        """The frozen table goes to the ministry, which takes it."""
        with self.on(self.due(ZHEJIANG), 14) as day:
            actions.submit(self.actor(ZHEJIANG), row.id, day)
        with self.on(self.due(ZHEJIANG) + timedelta(6), 9):
            actions.accept(replace(SYSTEM, name="国家卫生健康委专项办"), row.id)


def make_returns(world: World, people: Mapping[str, Actor], today: date) -> None:
    """Everything, through the actions that people use."""
    past = Office(people, PAST_CAMPAIGN.id, period_of(PAST_CAMPAIGN.first, PAST_CAMPAIGN.last), today)
    _all_in(past)
    past.pass_on(past.freeze())
    this = campaigns.campaign(campaign_on(today).id)
    assert this is not None
    form = campaigns.form(this.forms[0])
    assert form is not None
    whole, *months = periods_of(form, this, today)
    if len(months) > 1:
        earlier = Office(people, this.id, months[1], today)
        _all_in(earlier, late=(YUHANG,))
        earlier.freeze()
    if months:
        _last_month(Office(people, this.id, months[0], today))
    _departments(Office(people, this.id, whole, today))


def _all_in(office: Office, late: tuple[str, ...] = ()) -> None:
    """Every county and city has reported and been accepted; some came late."""
    for city, counties in COUNTIES.items():
        for county in counties:
            office.accept(office.submit(county, 2 if county in late else -1), 2 if county in late else 0)
        office.accept(office.submit(city))


def _last_month(office: Office) -> None:
    """One accepted, one late, one sent back, one missing and reminded, one on its way."""
    office.accept(office.submit(YINZHOU, -2), -1)
    office.submit(CIXI, 3)
    office.submit(SHANGCHENG, -1)
    back = office.submit(WEST_LAKE, -1)
    with office.on(office.due(HANGZHOU), 9):
        _send_back(office, back)
        actions.remind(office.actor(HANGZHOU), office.campaign, office.form_id, YUHANG, office.period)


def _send_back(office: Office, row: Return) -> None:
    """With reasons at two cells and for the whole."""
    objections = [
        {"row": "inspected", "col": "institution", "reason": "与上月相比变化较大，请核对检查对象数并说明"},
        {"row": "fine_sum", "col": "unlicensed_person", "reason": "罚款金额与公示的处罚决定不一致，请核对案件"},
        {"row": "", "col": "", "reason": "请一并核实投诉举报办结数"},
    ]
    known = table_of(row, office.today).filled.slots
    kept = [one for one in objections if not one["row"] or (one["row"], one["col"]) in known]
    actions.send_back(office.actor(HANGZHOU), row.id, kept)


def _departments(office: Office) -> None:
    """Post, drug administration and police report for the county; the drug administration waits for an answer."""
    for number, (sector, cells) in enumerate(DEPARTMENTS):
        actor = office.actor(WEST_LAKE)
        row = actions.open_department(actor, office.campaign, office.form_id, WEST_LAKE, office.period, sector=sector)
        slots = table_of(row, office.today).filled.slots
        known = {r: {c: text for c, text in line.items() if (r, c) in slots} for r, line in cells.items()}
        document: dict[str, Any] = {"cells": {r: line for r, line in known.items() if line}, "foot": {}}
        if not document["cells"]:
            continue
        actions.type_in(actor, row.id, document, office.today)
        if number < 2:
            actions.submit(actor, row.id, office.today, reasons={})
        if number == 0:
            actions.accept(office.actor(WEST_LAKE), row.id)

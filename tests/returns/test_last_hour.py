"""The last hour: every county of the nation submits at once, some twice, and a city freezes in the midst of it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from inspectorate.accounts.actor import Actor
from inspectorate.accounts.permissions import Role
from inspectorate.accounts.regions import child_regions, region_name, regions_within
from inspectorate.audit.verification import verify as verify_record
from inspectorate.campaigns.queries import form
from inspectorate.campaigns.summary import summarise
from inspectorate.errors import Refused
from inspectorate.extensions import db, unit_of_work
from inspectorate.returns import actions, snapshots, waiting
from inspectorate.returns.models import Return, ReturnSnapshot
from inspectorate.returns.rules import State
from tests import factories
from tests.harness.scale import FULL, count
from tests.harness.world import keep
from tests.returns.conftest import CAMPAIGN, FORM, PERIOD, Chain

YEAR = 2021
TODAY = date(2021, 12, 5)
SUBMITTING = count(8, 3_000)
AT_ONCE = count(4, 10)
"""Within the connections that one process keeps open."""
HOME_SECONDS = 1.0
"""In which a home page must come while everything is in (a slow machine under load)."""

ADS = {"cells": {"inspected": {"ad": "1"}}}


def counties() -> list[str]:
    """The counties of Zhejiang in the slice; of all 31 provinces in the full run."""
    provinces = [one.code for one in child_regions("000000", YEAR)] if FULL else ["330000"]
    found = [one.code for province in provinces for one in regions_within(province, YEAR) if one.level == "county"]
    return found[:SUBMITTING]


def offices(codes: list[str]) -> dict[str, Actor]:
    """A health authority with a campaign office in each county."""
    found = {}
    for code in codes:
        agency = factories.agency(code, name=f"{region_name(code, full=True)}卫生健康局")
        found[code] = Actor(None, agency.name, agency.id, agency.id, code, "health", frozenset({Role.CAMPAIGN_OFFICE}))
    keep()
    return found


def press(app: Flask, actor: Actor) -> int:
    """One office reports: its market department's figure, then its own table. How often it was told that it had."""
    told = 0
    with app.app_context():
        try:
            with suppress(Refused), unit_of_work():
                row = actions.open_department(actor, CAMPAIGN, FORM, actor.region_code, PERIOD, sector="market")
                actions.submit(actor, row.id, TODAY, document=ADS)
            try:
                with unit_of_work():
                    row = actions.open_level(actor, CAMPAIGN, FORM, actor.region_code, PERIOD)
                    actions.submit(actor, row.id, TODAY)
            except Refused:
                told += 1
        finally:
            db.session.remove()
    return told


def test_everybody_submits_in_the_last_hour_and_nothing_is_lost_or_double(
    app: Flask, session: Any, record_property: Callable[[str, object], None]
) -> None:
    ministry = Chain.office("000000")
    desks = offices(counties())
    twice = list(desks.values())[::4]
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(lambda actor: press(app, actor), [*desks.values(), *twice]))
    minutes = (time.monotonic() - started) / 60
    db.session.expire_all()

    levels = db.session.scalars(select(Return).where(Return.kind == "level")).all()
    assert {row.region_code for row in levels} == set(desks)
    assert len(levels) == len(desks)
    assert {row.state for row in levels} == {State.SUBMITTED}
    assert sum(told) == len(twice)
    assert db.session.scalar(select(func.count()).select_from(ReturnSnapshot)) == 2 * len(desks)

    definition = form(FORM)
    assert definition is not None
    whole = summarise(definition, "000000", today=TODAY, campaign_id=CAMPAIGN)
    assert whole.filled.value(("inspected", "ad")) == len(desks)
    assert list(snapshots.verify()) == []

    quickest = min(_seconds(ministry) for _ in range(3))
    assert quickest < HOME_SECONDS
    record_property(
        "found",
        f"last hour: {len(desks):,} counties in {minutes:.1f} minutes, {AT_ONCE} at once, each counted once; "
        f"the nation's to-do list in {quickest * 1000:.0f} ms",
    )


def _seconds(actor: Actor) -> float:
    started = time.perf_counter()
    list(waiting.to_accept(actor, TODAY))
    list(waiting.to_report(actor, TODAY))
    return time.perf_counter() - started


def test_a_freeze_and_a_county_that_submits_meanwhile_come_one_after_the_other(app: Flask, session: Any) -> None:
    """Whoever comes first: either the county stands in the frozen table, or it is told to file a correction."""
    codes = [one.code for one in child_regions("330100", YEAR)][:4]
    desks = offices(["330100", *codes])
    city = desks.pop("330100")
    with unit_of_work():
        own = actions.open_level(city, CAMPAIGN, FORM, "330100", PERIOD).id

    def freeze() -> bool:
        with app.app_context():
            try:
                with unit_of_work():
                    actions.freeze(city, own, TODAY, reasons={"missing": "未报"})
            except Refused:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(5) as pool:
        pressed = [pool.submit(press, app, actor) for actor in desks.values()]
        done = pool.submit(freeze).result()
        told = sum(one.result() for one in pressed)
    db.session.expire_all()
    states = {row.region_code: State(row.state) for row in db.session.scalars(select(Return)) if row.kind == "level"}
    submitted = [code for code in codes if states.get(code) is State.SUBMITTED]
    assert len(submitted) + told == len(codes)
    assert states["330100"] is (State.FROZEN if done else State.OPEN)
    if done:
        assert not submitted, "a table was submitted under a frozen one"
    assert verify_record() == []

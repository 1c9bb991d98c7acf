"""Fifty people who have signed in, at two gunicorn workers, for a minute: inspectors, heads and offices of the county
of the walks and of its province look at lists, records and searches; every fifth thing that an inspector does is a
form that is fetched, filled in and sent (a complaint received, an establishment changed) and really changes rows.
Each pauses between a fifth of a second and a second. They run in a process of their own, over the loopback, after a few
seconds in which the workers get warm. Ours is the 99th percentile of all answers, the floor is their median; the best
of three minutes counts, and an answer that is no answer (status 400 or above, a form not taken, a broken connection)
counts as an error in any of them.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select

from inspectorate.accounts.permissions import Role
from inspectorate.cases.models import Case
from inspectorate.cases.queries import with_decision
from inspectorate.extensions import db
from inspectorate.inspections.models import Inspection
from inspectorate.registry.models import Establishment
from tests.bench.measure import Ratio
from tests.bench.prepared import ROOT, SCALE, Prepared
from tests.bench.start import children, resident, wait_for

TITLE = "Fifty people at once"
ON_EACH_DATABASE = True
LIMIT = 10
SECONDS, ROUNDS = (60, 3) if SCALE == 1 else (4, 1)
WARMING = 3
COUNTY, PROVINCE = "330106", "330000"
PEOPLE = ((Role.INSPECTOR, COUNTY, 34), (Role.SUPERVISOR, COUNTY, 8), (Role.CAMPAIGN_OFFICE, PROVINCE, 8))
MOST_BYTES = 180 * 2**20
RECORDS = 300


def ratios(bench: Prepared) -> list[Ratio]:
    """The best minute, the errors of all, and what the larger worker holds afterwards."""
    plan, warming = bench.folder / "plan.json", bench.folder / "warming.json"
    doing = {"people": _people(bench), "paths": _paths(bench)}
    plan.write_text(json.dumps({"seconds": SECONDS, **doing}))
    warming.write_text(json.dumps({"seconds": WARMING, **doing}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**bench.environment(), "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2"}
    log = (bench.folder / "server.log").open("wb")
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(server, port)
        _minute(port, warming)
        minutes = [_minute(port, plan) for _ in range(ROUNDS)]
        memory = max(resident(child) for child in children(server.pid))
    finally:
        server.terminate()
        server.wait()
        log.close()
    best = min(minutes, key=lambda one: one["p99"] / one["p50"])
    errors = [error for one in minutes for error in one["errors"]]
    for error in errors[:5]:
        print(f"error: {error}", file=sys.stderr)
    told = f"p99 against p50 of {best['requests']} answers ({best['changes']} changes), the best of {ROUNDS}"
    return [
        Ratio(told, best["p99"], best["p50"], LIMIT),
        Ratio("errors", len(errors), 0, 1, unit=""),
        Ratio("the larger worker after them", memory, MOST_BYTES, 1, unit="bytes"),
    ]


def _minute(port: int, plan: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.people", str(port), str(plan)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _people(bench: Prepared) -> list[tuple[str, str]]:
    """Fifty people: their roles and their cookies, as their browsers hold them after signing in."""
    found = []
    for role, region, number in PEOPLE:
        for one in range(1, number + 1):
            client = bench.client(role, region, number=one)
            found.append((role.value, "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())))
    return found


def _paths(bench: Prepared) -> dict[str, list[str]]:
    """What there is to look at and to change in the county."""
    with bench.app.app_context():

        def some(model: Any, prefix: str, *where: Any) -> list[str]:
            query = select(model.id).where(model.region_code == COUNTY, *where).order_by(model.id.desc()).limit(RECORDS)
            return [f"{prefix}/{number}" for number in db.session.scalars(query)]

        inspections = some(Inspection, "/inspections", Inspection.sector == "health")
        decided = some(Case, "/cases", Case.sector == "health", with_decision())
        undecided = some(Case, "/cases", Case.sector == "health", ~with_decision())
        places = some(Establishment, "/registry")
        names = db.session.scalars(select(Establishment.name).where(Establishment.region_code == COUNTY).limit(RECORDS))
        words = [name[start : start + 2] for name in names for start in (2, 4) if len(name) > start + 2]
    return {
        "lists": ["/", "/cases", "/registry", "/campaigns"],
        "lists of the county": ["/inspections", "/complaints"],
        "records": [*decided, *places],
        "records of the county": [*inspections, *undecided],
        "searches": words,
        "places": [f"{path}/change" for path in places],
    }

"""Fifty people with browsers, in a process of their own: ``python -m tests.bench.people PORT PLAN`` tells in JSON how
long answers took and what went wrong.
"""

import http.client
import json
import random
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from lxml import html

PAUSE = (0.2, 1.0)
"""Seconds between two things that somebody does."""
CHANGES = 1 / 5
"""Share of an inspector's doings; others only look."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Met:
    """What everybody met, together."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    changes: int = 0


class Somebody(threading.Thread):
    """One signed-in person, until the time is over."""

    def __init__(
        self, number: int, port: int, person: tuple[str, str], plan: dict[str, Any], met: Met, until: float
    ) -> None:
        super().__init__()
        role, cookie = person
        self.changes = CHANGES if role == "inspector" else 0
        self.parts = ("",) if role == "campaign_office" else ("", " of the county")
        self.number, self.port, self.paths, self.met, self.until = number, port, plan["paths"], met, until
        self.jar = dict(pair.split("=", 1) for pair in cookie.split("; "))
        self.chance = random.Random(number)
        places = self.paths["places"]
        self.own = places[number % len(places)]
        """Each changes a place of his own: who is too late is another harness's business."""

    def run(self) -> None:
        """Do one thing after another."""
        time.sleep(self.chance.random())
        while time.monotonic() < self.until:
            try:
                self.change() if self.chance.random() < self.changes else self.look()
            except (OSError, http.client.HTTPException) as error:
                self.met.errors.append(repr(error))
            time.sleep(self.chance.uniform(*PAUSE))

    def look(self) -> None:
        """A list, a record, or a search."""
        kind = self.chance.choices(("lists", "records", "searches"), (5, 4, 2))[0]
        part = "" if kind == "searches" else self.chance.choice(self.parts)
        path = self.chance.choice(self.paths[kind + part])
        self.ask("GET", f"/search?q={quote(path)}" if kind == "searches" else path)

    def change(self) -> None:
        """Fetch a form, fill it in, send it."""
        path, filled = self.chance.choice((self._complaint, self._place))()
        status, page = self.ask("GET", path)
        if status != 200:
            return
        status, _ = self.ask("POST", path, urlencode({**form_of(page), **filled}))
        if status in (302, 303):
            self.met.changes += 1
        else:
            self.met.errors.append(f"POST {path}: {status}, not taken")

    def _complaint(self) -> tuple[str, dict[str, str]]:
        told = {
            "received_on": date.today().isoformat(),
            "channel": "hotline",
            "text": f"第{self.number}号来电反映无证行医",
        }
        return "/complaints/new", {**told, "subject_text": "某美容店", "anonymous": "y"}

    def _place(self) -> tuple[str, dict[str, str]]:
        return self.own, {"phone": f"0571-1{self.chance.randrange(10**7):07d}"}

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """One request; its time counts from connecting to the last octet."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.perf_counter()
        connection.request(method, path, body, {"Cookie": cookie, **(FORM if body else {})})
        answer = connection.getresponse()
        page = answer.read().decode()
        self.met.times.append(time.perf_counter() - begun)
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.jar[name] = value
        if answer.status >= 400 or "/sign-in" in (answer.headers.get("Location") or ""):
            self.met.errors.append(f"{method} {path}: {answer.status}")
        return answer.status, page


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's main form."""
    filled = [form.form_values() for form in html.fromstring(page).forms]
    pairs = max(filled, key=lambda pairs: ("version" in dict(pairs), len(pairs)))
    return {name: value for name, value in pairs if "__row__" not in name}


def main(port: str, plan_path: str) -> None:
    """Everybody at once."""
    plan = json.loads(Path(plan_path).read_text())
    met, until = Met(), time.monotonic() + plan["seconds"]
    everybody = [
        Somebody(number, int(port), person, plan, met, until) for number, person in enumerate(plan["people"], 1)
    ]
    for somebody in everybody:
        somebody.start()
    for somebody in everybody:
        somebody.join()
    times = sorted(met.times)
    found = {"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "requests": len(times)}
    print(json.dumps({**found, "changes": met.changes, "errors": met.errors}))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Five years and more of visits, cases and penalties, drawn place by place and written as they are drawn."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ...procedure.states import State
from ..chance import QuickChance, Wheel
from ..history import CAMPAIGN_KINDS, FIRST_DAY, MONTHS, SECTORS, CampaignDays
from ..offices import Office, OfficerFacts
from ..subjects import Site
from .bulk import Bulk, Owned
from .kits import Kit, Kits
from .people import LOADED, People
from .serials import Serials

IN_A_CAMPAIGN = 0.6
"""Share of the visits to places that a campaign is about, while one runs."""
FOUND = 0.12
"""Share of the visits at which something is found that does not become a case."""
AGAINST_A_PERSON, JOINT = 0.08, 0.015
UNDECIDED = 0.02
TRANSFERRED = 0.004
ORDERED = 0.8
CLOSED = 0.97
SERVED_AFTER, CLOSED_AFTER, DECIDED_AFTER = (0, 7), (12, 50), (25, 82)
TRIES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many there shall be."""

    inspections: int
    cases: int
    penalties: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Where somebody went, for whom, and what it was about."""

    subject_id: int
    site: Site
    office: Office
    sector: str
    on: date
    campaign: CampaignDays | None
    category: str | None


class Past:
    """Writes inspections and cases in the order of their days."""

    def __init__(
        self, seed: int, bulk: Bulk, people: People, campaigns: Sequence[CampaignDays], wanted: Wanted, last_day: date
    ) -> None:
        self.chance, self.kits, self.serials = QuickChance(seed, "scale/past"), Kits(seed), Serials()
        self.bulk, self.people, self.campaigns = bulk, people, campaigns
        self.wanted, self.last_day = wanted, last_day
        self._wheels = {kind: Wheel([n for n, _ in some], [w for _, w in some]) for kind, some in SECTORS.items()}
        self._market = Wheel(("market",), (1,))
        self._penalties_left, self._decisions_left = wanted.penalties, 0
        self._lot = random.Random(f"{seed}/scale/lots")

    def make(self) -> None:
        """All of them."""
        days = self._days()
        lots = self._lot.sample(range(len(days)), self.wanted.cases)
        decided = {lot: self._decided_on(days[lot]) for lot in sorted(lots)}
        self._decisions_left = sum(day is not None for day in decided.values())
        for place, on in enumerate(days):
            if place in decided:
                self._case(on, decided[place])
            else:
                self._visit_without_case(on)
            if place % 100_000 == 0:
                self.bulk.tell(f"{place:,} of {len(days):,} inspections")

    def _days(self) -> list[date]:
        """The days of all visits, in their order, busy months having more."""
        months = [
            (date(year, month, 1), MONTHS[month - 1])
            for year in range(FIRST_DAY.year, self.last_day.year + 1)
            for month in range(1, 13)
            if date(year, month, 1) <= self.last_day
        ]
        wheel = Wheel([first for first, _ in months], [weight for _, weight in months])
        last = self.last_day
        found = (
            self.chance.day(first := wheel.turn(self.chance), first + timedelta(27))
            for _ in range(self.wanted.inspections)
        )
        return sorted(min(max(day, FIRST_DAY), last) for day in found)

    def _decided_on(self, on: date) -> date | None:
        day = self._after(on, *DECIDED_AFTER)
        return None if self.chance.share(UNDECIDED) else day

    def _after(self, day: date, least: int, most: int) -> date | None:
        found = self.chance.day(day + timedelta(least), day + timedelta(most))
        return found if found <= self.last_day else None

    # ------------------------------------------------------------ visits

    def _visit(self, on: date) -> Visit:
        """A visit to any place that an office is there for."""
        while True:
            subject_id, site = self.chance.pick(self.people.sites)
            sector = self._wheels.get(site.variant.kind, self._market).turn(self.chance)
            office = self.people.offices.of(sector, site.place)
            if office is not None:
                break
        campaign = category = None
        if site.variant.kind in CAMPAIGN_KINDS:
            campaign = next((one for one in self.campaigns if one.first <= on <= one.last), None)
            possible = self.kits.categories(site.variant, sector, on) if campaign else ()
            if possible and self.chance.share(IN_A_CAMPAIGN):
                category = self.chance.pick(possible)
        return Visit(subject_id, site, office, sector, on, campaign if category else None, category)

    def _visit_without_case(self, on: date) -> None:
        visit = self._visit(on)
        kits = self.kits.of(visit.site.variant, visit.sector, on, visit.category) if self.chance.share(FOUND) else ()
        kit = self.chance.pick(kits) if kits else None
        self._inspection(visit, [(charge, kit) for charge in kit.charges] if kit else [])

    def _inspection(self, visit: Visit, found: Sequence[tuple[dict[str, Any], Kit]]) -> tuple[int, list[Owned]]:
        ordered = bool(found) and self.chance.share(ORDERED)
        due = visit.on + timedelta(self.chance.pick((7, 10, 15, 30))) if ordered and self.chance.share(0.8) else None
        serial = self.serials.next(visit.office.team_key, "D01", visit.on.year)
        head = self.bulk.row(
            "inspection",
            key=f"scale-I{self.bulk.sinks['inspection'].last_id + 1:07d}",
            number=f"{visit.on.year}—{serial:03d}",
            subject_id=visit.subject_id,
            agency_id=self.people.agencies[visit.office.team_key],
            region_code=visit.site.place.code,
            sector=visit.sector,
            campaign=visit.campaign.id if visit.campaign else None,
            category=visit.category,
            reason="campaign"
            if visit.campaign
            else self.chance.pick(("routine", "routine", "routine", "random", "random", "complaint")),
            state="submitted",
            imported=True,
            inspected_on=visit.on.isoformat(),
            order_correction=ordered,
            correction_due_on=due.isoformat() if due else None,
        )
        own = {"inspection_id": head[1]["id"]}
        officers = [
            self.bulk.row(
                "inspection_officer",
                **own,
                officer_id=self.people.officers[one.key],
                certificate=one.certificate,
                position=n,
            )
            for n, one in enumerate(self._pair(visit.office), 1)
        ]
        findings = [
            self.bulk.row(
                "finding",
                **own,
                violation=one["violation"],
                facts=kit.told(one["facts"], visit.site.name, visit.on),
                position=n,
            )
            for n, (one, kit) in enumerate(found, 1)
        ]
        self.bulk.chain("inspection", LOADED, [head, *officers, *findings])
        return head[1]["id"], officers

    def _pair(self, office: Office) -> Sequence[OfficerFacts]:
        """Two of those who go out."""
        able = office.inspectors
        if len(able) < 3:
            return able
        first = self.chance.count(0, len(able) - 1)
        second = (first + self.chance.count(1, len(able) - 1)) % len(able)
        return able[min(first, second)], able[max(first, second)]

    # ------------------------------------------------------------ cases

    def _case(self, on: date, decided: date | None) -> None:
        visit, kit = self._chosen(on)
        parties: list[tuple[int, str, Kit]] = [(visit.subject_id, visit.site.name, kit)]
        if self.chance.share(AGAINST_A_PERSON):
            own = self.kits.decided(visit.site.variant, visit.sector, on, visit.category, "person")
            if own:
                subject_id, name = self.people.person(visit.site)
                person = (subject_id, name, self._fitting(own))
                joint = (
                    self.chance.share(JOINT / AGAINST_A_PERSON) and self._penalties_left > self._decisions_left * 1.1
                )
                parties = [*parties, person] if joint else [person]
        found = [(charge, one) for _, _, one in parties for charge in one.charges]
        inspection_id, officers = self._inspection(visit, found)
        filed = min(self.chance.day(on, on + timedelta(7)), self.last_day)
        if visit.campaign:
            filed = min(filed, visit.campaign.last)
        self._write_case(visit, parties, filed, decided, inspection_id, officers)

    def _chosen(self, on: date) -> tuple[Visit, Kit]:
        """A visit at which something was found that is punished."""
        for _ in range(TRIES):
            visit = self._visit(on)
            kits = self.kits.decided(visit.site.variant, visit.sector, on, visit.category)
            if kits:
                return visit, self._fitting(kits)
        raise AssertionError(f"nothing was punished on {on}")

    def _fitting(self, kits: Sequence[Kit]) -> Kit:
        """One of the kits with as many penalties as there must be on average from here on."""
        wanted = self._penalties_left / max(self._decisions_left, 1)
        aim = int(wanted) + self.chance.share(wanted % 1)
        least = min(abs(len(kit.penalties) - aim) for kit in kits)
        return self.chance.pick([kit for kit in kits if abs(len(kit.penalties) - aim) == least])

    def _write_case(
        self,
        visit: Visit,
        parties: Sequence[tuple[int, str, Kit]],
        filed: date,
        decided: date | None,
        inspection_id: int,
        officers: Sequence[Owned],
    ) -> None:
        served = self._after(decided, *SERVED_AFTER) if decided else None
        closed = self._after(served, *CLOSED_AFTER) if served and self.chance.share(CLOSED) else None
        kit = parties[0][2]
        transferred = self._after(filed, 20, 60) if self.chance.share(TRANSFERRED) else None
        due = None if closed else (served or decided or filed) + timedelta(90)
        head = self.bulk.row(
            "enforcement_case",
            key=f"scale-C{self.bulk.sinks['enforcement_case'].last_id + 1:06d}",
            number=self.serials.number(visit.office, filed.year, kit.series, "立"),
            name=f"{parties[0][1]}{kit.title}案"[:300],
            agency_id=self.people.agencies[visit.office.key],
            region_code=visit.site.place.code,
            sector=visit.sector,
            campaign=visit.campaign.id if visit.campaign else None,
            category=visit.category,
            origin="inspection",
            inspection_id=inspection_id,
            state=_state(decided, served, closed),
            imported=True,
            filed_on=filed.isoformat(),
            transferred_judicial_on=transferred.isoformat() if transferred else None,
            closed_on=closed.isoformat() if closed else None,
            due_on=due.isoformat() if due else None,
        )
        owned = [head]
        for position, (_, officer) in enumerate(officers, 1):
            owned.append(
                self.bulk.row(
                    "case_handler", case_id=head[1]["id"], officer_id=officer["officer_id"], position=position
                )
            )
        for position, party in enumerate(parties, 1):
            owned += self._respondent(visit, head[1]["id"], position, party, decided, served)
        self.bulk.chain("case", LOADED, owned)

    def _respondent(
        self,
        visit: Visit,
        case_id: int,
        position: int,
        party: tuple[int, str, Kit],
        decided: date | None,
        served: date | None,
    ) -> list[Owned]:
        subject_id, _, kit = party
        respondent = self.bulk.row("respondent", case_id=case_id, subject_id=subject_id, position=position)
        own = {"respondent_id": respondent[1]["id"]}
        owned = [respondent]
        for charge in kit.charges:
            facts = kit.told(charge["facts"], visit.site.name, visit.on)
            owned.append(self.bulk.row("case_finding", **own, **(charge | {"facts": facts})))
        if decided:
            decision = self.bulk.row(
                "decision",
                **own,
                number=self.serials.number(visit.office, decided.year, kit.series, "罚"),
                decided_on=decided.isoformat(),
                served_on=served.isoformat() if served else None,
                order_correction=kit.orders_correction,
            )
            owned.append(decision)
            penalties = self._imposed(kit, first=position == 1)
            owned += [self.bulk.row("penalty", decision_id=decision[1]["id"], **one) for one in penalties]
        return owned

    def _imposed(self, kit: Kit, *, first: bool) -> Sequence[dict[str, Any]]:
        """The kit's penalties; the last decisions take fewer or more, so that as many are imposed as were asked for."""
        self._decisions_left -= first
        most = self._penalties_left - self._decisions_left
        rows = list(kit.penalties[: max(most, 1)])
        if self._decisions_left == 0 and first:
            missing = self._penalties_left - len(rows)
            rows += [{"position": len(rows) + n, "kind": "criticism"} for n in range(1, missing + 1)]
        self._penalties_left -= len(rows)
        return rows


def _state(decided: date | None, served: date | None, closed: date | None) -> str:
    if closed:
        return State.CLOSED.value
    if not decided:
        return State.INVESTIGATION.value
    return State.EXECUTION.value if served else State.DECIDED.value

"""The past: visits of every office since 2021, what was found, the cases that came of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .campaigns import yearly_campaigns
from .chance import Chance
from .findings import charge_of, choose, offences_at
from .material import places
from .offices import Office, OfficerFacts, Offices, Record
from .sanctions import TIER_ENDINGS, Charge, orders_correction, penalties, statutory, tier_of
from .subjects import Registry, Site

FIRST_DAY = date(2021, 1, 4)
QUIET_DAYS = 6
"""Calendar days before today in which the demo enters nothing as history: these belong to the people who try it."""

VISITS_A_YEAR = 0.6
UNLICENSED_VISITS_A_YEAR = 0.2
MONTHS = (5, 3, 9, 8, 9, 10, 9, 8, 10, 8, 11, 10)
"""How busy the months are: little around the Spring Festival, much before the holidays."""

SECTORS: dict[str, tuple[tuple[str, float], ...]] = {
    "medical_institution": (("health", 8), ("drug", 2), ("market", 1), ("disease_control", 0.6), ("tcm", 0.3)),
    "beauty_salon": (("health", 6), ("market", 2), ("drug", 1.5)),
    "other": (("health", 1),),
    "tableware_disinfection": (("health", 1),),
    "school": (("health", 1),),
    "workplace": (("health", 8), ("emergency", 1.5), ("labour", 0.5)),
    "public_place": (("health", 8), ("disease_control", 1)),
    "technical_institution": (("health", 1),),
    "courier": (("postal", 1),),
    "website": (("market", 3), ("cyberspace", 2)),
}
"""Which sectors look at a kind, and how often; food is the market authority's."""


def looks_at(sector: str, kind: str) -> bool:
    """Whether places of a kind are a sector's business."""
    return sector in dict(SECTORS.get(kind, (("market", 1),)))


FOUND = {"routine": 0.2, "random": 0.18, "campaign": 0.32, "complaint": 0.5}
"""Share of the visits with a reason at which something is found."""
FOUND_UNLICENSED = 0.7
FOUND_THOROUGHLY = 0.8
"""Where every sector looks in a campaign, so that even a small demo fills its table."""

JOINT = 0.15
"""Share of the cases against a place and a person there that are one case, not two."""
GRAVE = frozenset({"MC-001", "MC-005", "DD-003", "FD-003"})
TRANSFERRED = 0.1
"""Share of the grave ones that went to the judicial organs."""
CHARGED_OPERATORS = 4

CAMPAIGN_KINDS = frozenset({"medical_institution", "beauty_salon", "other", "website", "courier"})
FOLLOW_UP = 0.3
"""Share of orders to correct whose recheck is on file."""


@dataclass(frozen=True)
class CampaignDays:
    """A campaign that the past takes part in."""

    id: str
    first: date
    last: date


@dataclass
class Visit:
    """One inspection and what came of it."""

    site: Site
    office: Office
    on: date
    reason: str
    campaign: str | None = None
    category: str | None = None
    charges: list[Charge] = field(default_factory=list)
    person_charge: Charge | None = None
    person: Record | None = None
    key: str = ""
    last_day_to_file: date = date.max
    """The campaign's last day: later cases are no longer its own."""


class History:
    """Makes the records of inspections and cases."""

    def __init__(
        self, chance: Chance, offices: Offices, registry: Registry, campaigns: Sequence[CampaignDays], today: date
    ) -> None:
        self.chance, self.offices, self.registry, self.campaigns = chance, offices, registry, campaigns
        self.today, self.last_day = today, today - timedelta(QUIET_DAYS)
        self.visits: list[Visit] = []
        self.inspections: list[Record] = []
        self.cases: list[Record] = []
        self.odd: list[str | None] = []
        self.yearly = yearly_campaigns(today)
        self._sought: Counter[tuple[str, str]] = Counter()

    def make(self) -> None:
        """All visits, in the order of their days, then the cases."""
        for place, site in enumerate(self.registry.sites):
            self._visit_site(site, thoroughly=place < len(SECTORS) * 2)
        self.visits.sort(key=lambda visit: (visit.on, visit.site.key))
        self._number_visits()
        for visit in self.visits:
            self._open_cases(visit)

    # ------------------------------------------------------------ visits

    def _visit_site(self, site: Site, *, thoroughly: bool) -> None:
        sectors = SECTORS.get(site.variant.kind, (("market", 1),))
        names, weights = [name for name, _ in sectors], [weight for _, weight in sectors]
        for year in range(FIRST_DAY.year, self.today.year + 1):
            if self.chance.share(UNLICENSED_VISITS_A_YEAR if site.variant.unlicensed else VISITS_A_YEAR):
                self._visit(site, self.chance.weighted(names, weights), self._day_in(year))
        if site.variant.kind in CAMPAIGN_KINDS:
            for campaign in self.campaigns:
                chosen = names if thoroughly else [self.chance.weighted(names, weights)]
                for sector in chosen:
                    if thoroughly or self.chance.share(0.7):
                        last = min(campaign.last, self.last_day)
                        self._visit(site, sector, self.chance.day(campaign.first, last), campaign, thoroughly)

    def _day_in(self, year: int) -> date:
        month = self.chance.weighted(range(1, 13), MONTHS)
        first = date(year, month, 1)
        return self.chance.day(first, first + timedelta(27))

    def _visit(
        self, site: Site, sector: str, on: date, campaign: CampaignDays | None = None, thoroughly: bool = False
    ) -> None:
        office = self.offices.of(sector, site.place)
        if office is None or not FIRST_DAY <= on <= self.last_day:
            return
        reason = "campaign" if campaign else self.chance.weighted(("routine", "random", "complaint"), (6, 3, 1.4))
        visit = Visit(site, office, on, reason)
        if campaign:
            visit.campaign, visit.category = campaign.id, self._category(site, sector, on, campaign)
            visit.last_day_to_file = campaign.last
            if visit.category is None:
                return
        self._find(visit, FOUND_THOROUGHLY if thoroughly else FOUND[reason])
        if reason in ("routine", "random"):
            self._count_for_the_year(visit)
        self.visits.append(visit)
        if visit.charges and self.chance.share(FOLLOW_UP):
            later = self.chance.day(on + timedelta(10), on + timedelta(40))
            if later <= self.last_day:
                self.visits.append(Visit(site, office, later, "recheck"))

    def _count_for_the_year(self, visit: Visit) -> None:
        """A planned visit that falls into a campaign of the year is made for it."""
        for campaign in self.yearly:
            category = campaign.category_of(visit.site, visit.on)
            if category is not None:
                visit.reason, visit.campaign, visit.category = "campaign", campaign.id, category
                visit.last_day_to_file = campaign.last

    def _category(self, site: Site, sector: str, on: date, campaign: CampaignDays) -> str | None:
        """What the visit is after: of several, what the campaign has had least of."""
        met = sorted({one.category for one in offences_at(site, sector, on) if one.category})
        if sector == "health":
            met = ["licensed_institution" if site.variant.kind == "medical_institution" else "unlicensed_practice"]
        if not met:
            return None
        chosen = min(met, key=lambda category: self._sought[campaign.id, category])
        self._sought[campaign.id, chosen] += 1
        return chosen

    def _find(self, visit: Visit, part: float) -> None:
        """What is found, if anything."""
        if not self.chance.share(FOUND_UNLICENSED if visit.site.variant.unlicensed else part):
            return
        sector = visit.office.kind.sector
        options = list(offences_at(visit.site, sector, visit.on, category=visit.category))
        for offence in choose(self.chance, options, 2 if self.chance.share(0.15) else 1):
            visit.charges.append(charge_of(self.chance, offence, visit.site, visit.on))
        persons = list(offences_at(visit.site, sector, visit.on, category=visit.category, party="person"))
        if persons and visit.charges and self.chance.share(0.3):
            visit.person = self.registry.person(visit.site)
            offence = choose(self.chance, persons, 1)[0]
            visit.person_charge = charge_of(self.chance, offence, visit.site, visit.on, person=visit.person["name"])

    # ------------------------------------------------------------ records

    def _number_visits(self) -> None:
        serials: dict[tuple[str, int], int] = defaultdict(int)
        for number, visit in enumerate(self.visits, 1):
            place = visit.office.team_key, visit.on.year
            serials[place] += 1
            visit.key = f"demo-I{number:06d}"
            self.inspections.append(self._inspection(visit, f"{visit.on.year}—{serials[place]:03d}"))
        self.last_serials = {team: serial for (team, year), serial in serials.items() if year == self.today.year}

    def _inspection(self, visit: Visit, number: str) -> Record:
        found = [*visit.charges, *([visit.person_charge] if visit.person_charge else [])]
        ordered = bool(visit.charges) and self.chance.share(0.8)
        due = visit.on + timedelta(self.chance.pick((7, 10, 15, 30))) if ordered and self.chance.share(0.8) else None
        return {
            "type": "inspection",
            "key": visit.key,
            "number": number,
            "campaign": visit.campaign,
            "category": visit.category,
            "subject": visit.site.key,
            "agency": visit.office.team_key,
            "region": visit.site.place.code,
            "inspected_on": visit.on.isoformat(),
            "reason": visit.reason,
            "officers": [officer.key for officer in self._pair(visit.office, visit.on)],
            "findings": [{"violation": one.offence.code, "facts": one.facts} for one in found],
            "order_correction": ordered,
            "correction_due_on": due.isoformat() if due else None,
        }

    def _pair(self, office: Office, on: date) -> list[OfficerFacts]:
        certified = [officer for officer in office.inspectors if officer.certified_on(on)]
        if len(certified) < 2:
            certified = [officer for officer in office.officers if officer.certified_on(on)]
        return self.chance.some(certified, 2, 3 if self.chance.share(0.2) else 2)

    def _open_cases(self, visit: Visit) -> None:
        serious = [charge for charge in visit.charges if self.chance.share(charge.offence.case)]
        person = visit.person_charge
        if person and not self.chance.share(person.offence.case):
            person = None
        if serious and self._operator_is_charged(visit):
            operator = self.registry.person(visit.site)
            self.odd.append(self._case(visit, [(operator["key"], serious)]))
        elif serious and person and visit.person and self.chance.share(JOINT):
            self._case(visit, [(visit.site.key, serious), (visit.person["key"], [person])])
        else:
            if serious:
                self._case(visit, [(visit.site.key, serious)])
            if person and visit.person:
                self._case(visit, [(visit.person["key"], [person])])

    def _operator_is_charged(self, visit: Visit) -> bool:
        """In 2021 offices also punished the person behind an unlicensed place; the catalogue has units only."""
        here = visit.site.place.province_code == places()[0].province_code and visit.site.variant.unlicensed
        early = here and visit.campaign is not None and visit.on.year == FIRST_DAY.year
        return early and len(self.odd) < CHARGED_OPERATORS and self.chance.share(0.7)

    def _case(self, visit: Visit, parties: Sequence[tuple[str, Sequence[Charge]]]) -> str | None:
        filed = min(self.chance.day(visit.on, visit.on + timedelta(7)), visit.last_day_to_file)
        if filed > self.last_day:
            return None
        decided = self._after(filed, 25, 82)
        tiered = [(key, [self._tiered(one, decided or filed) for one in charges]) for key, charges in parties]
        decisions = [self._decision(charges, decided) if decided else None for _, charges in tiered]
        if decided and not all(decisions):
            return None
        served = max((one["served_on"] or "9999" for one in decisions if one), default="9999")
        closed = self._after(date.fromisoformat(served), 12, 50) if served < "9999" else None
        grave = any(one.offence.code in GRAVE for _, charges in tiered for one in charges)
        transferred = self._after(filed, 20, 60) if grave and self.chance.share(TRANSFERRED) else None
        record = {
            "type": "case",
            "key": f"demo-C{len(self.cases) + 1:05d}",
            "campaign": visit.campaign,
            "category": visit.category,
            "inspection": visit.key,
            "agency": visit.office.key,
            "region": visit.site.place.code,
            "filed_on": filed.isoformat(),
            "transferred_judicial_on": transferred.isoformat() if transferred else None,
            "closed_on": closed.isoformat() if closed else None,
            "respondents": [
                {"subject": key, "violations": [one.record() for one in charges], "decision": decision}
                for (key, charges), decision in zip(tiered, decisions, strict=True)
            ],
            "_office": visit.office,
            "_kind": visit.site.variant.kind,
        }
        self.cases.append(record)
        return str(record["key"])

    def _after(self, day: date, least: int, most: int) -> date | None:
        found = self.chance.day(day + timedelta(least), day + timedelta(most))
        return found if found <= self.last_day else None

    def _tiered(self, charge: Charge, on: date) -> Charge:
        tier = tier_of(self.chance, charge, on)
        ending = TIER_ENDINGS.get(tier or "", "")
        return Charge(charge.offence, charge.facts + ending, charge.amounts, tier if tier != "base" else None)

    def _decision(self, charges: Sequence[Charge], on: date) -> Record | None:
        rows: list[Record] = []
        orders = False
        for charge in charges:
            found = statutory(charge, on)
            if found is None:
                return None
            orders = orders or orders_correction(found)
            rows += penalties(self.chance, charge, found)
        served = self._after(on, 0, 7)
        if not rows:
            return None
        return {
            "number": None,
            "decided_on": on.isoformat(),
            "served_on": served.isoformat() if served else None,
            "order_correction": orders,
            "penalties": merged(rows),
        }


def merged(rows: Sequence[Record]) -> list[Record]:
    """One warning for all, and the order in which decisions name penalties."""
    order = ("warning", "confiscate_income", "confiscate_goods", "fine", "suspend_business", "revoke_licence")
    once = [row for place, row in enumerate(rows) if row["kind"] != "warning" or row not in rows[:place]]
    return sorted(once, key=lambda row: order.index(row["kind"]))

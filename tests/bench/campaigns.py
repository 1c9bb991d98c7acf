"""The filled table of 打击非法医疗美容服务专项整治 (`summarise`: figures, checks, coverage) against the same figures by
hand-written SQL, in `tests/bench/campaign_floor.py`: everything that the form demands and nothing else, each kind of
record read once where that is quickest, grouped in the database, from the indexes that are there. Both give the same
figures, or nothing is measured.
"""

from datetime import date

from inspectorate import clock
from inspectorate.campaigns.queries import form
from inspectorate.campaigns.summary import Summary, summarise
from tests.bench.campaign_floor import CAMPAIGN, Floor, figures_of
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "Campaign summary"
ON_EACH_DATABASE = True
LIMIT, PLUS = 1.3, 0.005
REGIONS = {"330000": "one province", "000000": "the nation"}


def ratios(bench: Prepared) -> list[Ratio]:
    """One province and the nation."""
    with bench.app.app_context():
        return [_ratio(code, name) for code, name in REGIONS.items()]


def _ratio(region: str, name: str) -> Ratio:
    definition = form(CAMPAIGN)
    assert definition is not None
    floor = Floor(region, date(2021, 6, 1), date(2021, 12, 31))

    def ours() -> Summary:
        return summarise(definition, region, today=clock.today())

    assert figures_of(ours()) == floor.figures(), f"the floor for {region} gives other figures"
    return compare(f"{name}, one campaign", ours, floor.figures, limit=LIMIT, plus=PLUS)


def notes(bench: Prepared) -> str:
    """How the database goes about the floor's statements."""
    with bench.app.app_context():
        plans = Floor("000000", date(2021, 6, 1), date(2021, 12, 31)).plans()
    told = "\n".join(f"{name}:\n{plan}" for name, plan in plans.items())
    return f"Plans of the floor, the nation, {bench.kind}:\n\n```\n{told}\n```"

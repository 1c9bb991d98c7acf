"""The floor of a range is the bare decimal arithmetic in the same process: read the base as a decimal, hold it against
the floor, multiply twice, round up and down to the fen. Ours is `range_for`, from the facts to measures and provisions,
the steps not asked for; kinds of rules one by one, and a hundred tiers from the whole catalogue: warm, asked before in
the same period between changes of the law. The first question of each is measured with copies of which nothing was kept
(making the copy included); its limit only says that it does not grow. The floor of loading is `tomllib` over the same
files with decimals: ours makes laws, violations and editions, and checks each field.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from inspectorate.law import Facts, range_for
from inspectorate.law.datafile import names, read
from inspectorate.law.examples import current_day
from inspectorate.law.statutes import laws
from inspectorate.law.violations import catalogue, violation
from tests.bench.measure import Ratio, compare

TITLE = "Law"
ON_EACH_DATABASE = False
RANGE_LIMIT, COLD_LIMIT, LOAD_LIMIT = 5, 150, 1.5

# Turns so short that some of them are left alone by whatever else runs.
TURNS, ROUNDS = 100, 200
DAY = date(2026, 3, 1)
FEN = 3_680_000
KINDS = {
    "a multiple with a floor": ("MC-001", Facts(bases={"illegal_income": FEN})),
    "a multiple above a threshold": ("FD-001", Facts(bases={"goods_value": FEN})),
    "a fixed range": ("FD-002", Facts()),
    "responsible persons": ("DD-001", Facts("responsible", bases={"personal_income_from_unit": FEN})),
}
ONE = Decimal(1)


def ratios(_bench: None) -> list[Ratio]:
    """Ranges of every kind, the whole catalogue in turn, and loading it."""
    found = [_range(name, code, facts) for name, (code, facts) in KINDS.items()]
    return [*found, *_every(), compare("loading the catalogue", _load, _parse, limit=LOAD_LIMIT, rounds=9)]


def _range(name: str, code: str, facts: Facts) -> Ratio:
    entry = violation(code)

    def ours() -> None:
        for _ in range(TURNS):
            range_for(entry, Facts(facts.subject, facts.tier, facts.bases), DAY)

    return compare(name, ours, _floor(TURNS), limit=RANGE_LIMIT, rounds=ROUNDS)


def _every() -> list[Ratio]:
    """Tiers from the whole catalogue, each on the first day on which it applies as it stands: warm, and cold."""
    every = [
        (entry, Facts(tier=tier.name, bases=dict.fromkeys(entry.bases, FEN)), current_day(entry))
        for entry in catalogue().values()
        for tier in entry.tiers
    ]
    asked = every[:: max(1, len(every) // TURNS)]

    def warm() -> None:
        for entry, facts, day in asked:
            range_for(entry, facts, day)

    def cold() -> None:
        for entry, facts, day in asked:
            range_for(replace(entry), facts, day)  # equal only to itself: nothing was kept for it

    name, floor = f"tiers of all fields ({len(asked)} of {len(every)})", _floor(len(asked))
    return [
        compare(name, warm, floor, limit=RANGE_LIMIT, rounds=ROUNDS),
        compare(f"{name}, the first question of each", cold, floor, limit=COLD_LIMIT, rounds=ROUNDS),
    ]


def _floor(turns: int) -> Callable[[], None]:
    def floor() -> None:
        for _ in range(turns):
            base = max(Decimal("36800.00") * 100, Decimal(1_000_000))
            (base * 5).quantize(ONE, ROUND_CEILING)
            (base * 20).quantize(ONE, ROUND_FLOOR)

    return floor


def _load() -> None:
    laws.cache_clear()
    catalogue.cache_clear()
    laws()
    catalogue()


def _parse() -> None:
    read("laws.toml")
    for name in names("violations"):
        read(name)

"""Seals kept elsewhere: what the record was on a day, to hold the database against later.

Whoever has the database and the record key could write the whole record anew, but not what lies in another house.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from ..models import RecordSeal
from .chains import SEALS, record_faults
from .faults import Fault
from .reading import some_columns

FORMAT = "inspectorate-seal-1"
CHECKPOINTS = 1000
"""At most so many seals on the way are kept too, so that it can be told where a record begins to differ."""


class NoSeal(Exception):
    """The file holds no exported seal, or there is nothing to seal; the message is one line."""


@dataclass(frozen=True)
class Point:
    """A seal, and how many entries lie under it and those before it."""

    seal: int
    at: str
    entries: int
    hash: str


def exported(connection: Connection) -> dict[str, Any]:
    """The newest seal, with points on the way to it. Raises NoSeal for an empty record."""
    last = connection.scalar(select(func.max(RecordSeal.number)))
    if not last:
        raise NoSeal("the record is empty: there is nothing to seal")
    step = -(-last // CHECKPOINTS)
    kept = [point for point in _points(connection) if point.seal % step == 0 or point.seal == last]
    installation = connection.scalar(select(RecordSeal.installation).limit(1))
    return {
        "format": FORMAT,
        "installation": installation,
        **asdict(kept[-1]),
        "points": [asdict(point) for point in kept],
    }


def _points(connection: Connection) -> Iterator[Point]:
    """All seals in their order."""
    length = func.jsonb_array_length if connection.dialect.name == "postgresql" else func.json_array_length
    lengths = connection.execute(
        select(length(SEALS.c.covers)).order_by(SEALS.c.number).execution_options(yield_per=500)
    )
    columns = [SEALS.c.number, SEALS.c.at, SEALS.c.hash]
    seals = some_columns(connection, columns, lambda query: query.order_by(SEALS.c.number))
    entries = 0
    for seal, number in zip(seals, lengths.scalars(), strict=True):
        entries += number
        yield Point(seal["number"], seal["at"], entries, seal["hash"])


def parsed(content: bytes) -> tuple[str, list[Point]]:
    """Installation and points of an exported seal. Raises NoSeal."""
    try:
        document = json.loads(content)
        points = [Point(**point) for point in document["points"]]
        if document["format"] != FORMAT or not points or document["hash"] != points[-1].hash:
            raise ValueError
        return str(document["installation"]), points
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NoSeal("this is not a seal written by flask audit seal") from None


def differences(connection: Connection, installation: str, points: list[Point]) -> list[Fault]:
    """What of the record is not as it was when it was sealed; later entries are no difference."""
    return [*record_faults(connection), *_against(connection, installation, points)]


def _against(connection: Connection, installation: str, points: list[Point]) -> Iterator[Fault]:
    here = connection.scalar(select(RecordSeal.installation).order_by(RecordSeal.number).limit(1))
    if here is not None and here != installation:
        yield Fault("seal", f"seal {points[-1].seal}", "was made of another record than the one in this database")
        return
    waiting, agreed, last = list(reversed(points)), 0, None
    for point in _points(connection):
        last = point
        if not waiting or point.seal < waiting[-1].seal:
            continue
        sealed = waiting.pop()
        if point != sealed:
            which = f"seals {agreed + 1} to {sealed.seal}" if agreed + 1 < sealed.seal else f"seal {sealed.seal}"
            what = f"the record up to {sealed.at} is not the one that was sealed: it held {sealed.entries} entries"
            yield Fault("seal", which, f"{what}, now it holds {point.entries}; from here on it was written anew")
            return
        agreed = point.seal
    if waiting:
        kept, of = (last.entries, last.at) if last else (0, "its beginning")
        lost = f"{points[-1].entries - kept} of {points[-1].entries} sealed entries are gone"
        yield Fault(
            "seal", f"seals {(last.seal if last else 0) + 1} to {points[-1].seal}", f"cut off after {of}: {lost}"
        )

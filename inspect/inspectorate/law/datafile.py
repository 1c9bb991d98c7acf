"""Reading of the data files beside this module: TOML, decimals kept exact, an error that names file and line."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class MalformedData(ValueError):
    """A data file that cannot be understood; the message names the file and the place."""


def read(name: str) -> dict[str, Any]:
    """The content of ``data/<name>``. Raises MalformedData."""
    path = DATA / name
    try:
        with path.open("rb") as file:
            return tomllib.load(file, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise MalformedData(f"{name}: {error}") from error


def names(folder: str) -> list[str]:
    """The TOML files in a folder of the data, in alphabetical order."""
    return sorted(f"{folder}/{path.name}" for path in (DATA / folder).glob("*.toml"))

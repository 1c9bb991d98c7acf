"""The whole catalogue as one JSON document, in the field names of the data files."""

from datetime import date
from decimal import Decimal
from typing import Any

from .datafile import names, read


def as_json() -> dict[str, Any]:
    """``laws`` and ``violations`` as the data files hold them; decimals become JSON numbers, days text.

    Raises MalformedData."""
    return {
        "laws": [_plain(entry) for entry in read("laws.toml")["law"]],
        "violations": [_plain(entry) for name in names("violations") for entry in read(name)["violation"]],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value

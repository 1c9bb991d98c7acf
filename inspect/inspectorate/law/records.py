"""From the records of the data files to the entries of the catalogue; what is malformed is named with file and line."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from .datafile import MalformedData, in_words, line_of
from .model import FineRule, ResponsibleRule, Tier, Violation
from .statutes import Citation, law

# What a value of the data may be, by the type that the field has in the end.
_PLAIN: dict[Any, type] = {bool: bool, str: str, str | None: str, int | None: int, date | None: date}
_CALLED = {
    bool: "true or false",
    str: "a text in quotation marks",
    int: "a whole number",
    date: "a day like 2026-01-01",
}
_TIER = {name: _PLAIN[kind] for name, kind in get_type_hints(Tier).items() if kind in _PLAIN}
_VIOLATION = {name: _PLAIN[kind] for name, kind in get_type_hints(Violation).items() if kind in _PLAIN}
_WORDS = frozenset(
    name for model in (Tier, Violation) for name, kind in get_type_hints(model).items() if kind == tuple[str, ...]
)
_PAIRS = frozenset(name for name, kind in get_type_hints(Tier).items() if kind == (tuple[int, int] | None))
_SUMS = frozenset(name for name, kind in get_type_hints(FineRule).items() if kind == (int | None))
_DECIMALS = frozenset(name for name, kind in get_type_hints(FineRule).items() if kind == (Decimal | None))
_RENAMED = {"from": "since", "to": "until", "since": "", "until": "", "historic": "", "tiers": ""}
_CITED = ("violated", "basis", "criminal_transfer")
_BROKEN = (TypeError, KeyError, ValueError, AttributeError, InvalidOperation)


class _Malformed(ValueError):
    """What is wrong, and under which header of the record it stands: the nth ``[[violation.tier]]`` or so."""

    def __init__(self, problem: object, header: str, number: int) -> None:
        super().__init__(str(problem))
        self.header, self.number = header, number


def read_violation(record: Mapping[str, Any], file: str) -> Violation:
    """A record of a data file as a Violation with its editions. Raises MalformedData naming file, line and code."""
    try:
        earlier = record.get("earlier", ())
        whole = {name: value for name, value in record.items() if name != "earlier"} if earlier else record
        editions = tuple(_edition(whole, one, number) for number, one in enumerate(earlier))
        return _violation(whole, earlier=tuple(sorted(editions, key=_first_day)))
    except _BROKEN as error:
        code = record.get("code", "a violation without code")
        header, number = (error.header, error.number) if isinstance(error, _Malformed) else ("", 0)
        line = line_of(file, "code", str(code), header, number, in_words(error))
        raise MalformedData(f"{file}:{line}: {code}: {in_words(error)}") from error


def _first_day(edition: Violation) -> date:
    return edition.since or date.min


def _edition(current: Mapping[str, Any], record: Mapping[str, Any], number: int) -> Violation:
    header = "violation.earlier"
    if "from" not in record or "to" not in record:
        raise _Malformed("an earlier edition names its first and last day, from and to", header, number)
    taken_over = {name: value for name, value in current.items() if name not in ("from", "to", "replaced_by")}
    try:
        return _violation({**taken_over, **record}, historic=True)
    except _BROKEN as error:
        raise _Malformed(in_words(error), header, number) from error


def _violation(record: Mapping[str, Any], *, historic: bool = False, earlier: tuple[Violation, ...] = ()) -> Violation:
    fields: dict[str, Any] = {"historic": historic, "earlier": earlier}
    for key, value in record.items():
        name = _RENAMED.get(key, key)
        if key == "tier":
            fields["tiers"] = tuple(_numbered_tier(tier, number) for number, tier in enumerate(value))
        elif key in _CITED:
            fields[name] = _citations(value)
        elif key == "responsible":
            fields[name] = ResponsibleRule(_citation(value["basis"]), value["when"], _fine(value["fine"]))
        elif key == "level_basis":
            fields[name] = _citation(value)
        elif key in _WORDS:
            fields[name] = _words(key, value)
        else:
            fields[name] = _of_kind(key, value, _VIOLATION.get(name))
    if "tiers" not in fields:
        raise KeyError("tier")
    fields.setdefault("violated", ())
    violation = Violation(**fields)
    if violation.since and violation.until and violation.since > violation.until:
        raise ValueError(f"from {violation.since} is after to {violation.until}")
    return violation


def _numbered_tier(record: Mapping[str, Any], number: int) -> Tier:
    try:
        return read_tier(record)
    except _BROKEN as error:
        raise _Malformed(
            f"tier {record.get('name', number + 1)}: {in_words(error)}", "violation.tier", number
        ) from error


def read_tier(record: Mapping[str, Any]) -> Tier:
    """A tier. Raises TypeError, KeyError, ValueError or InvalidOperation where it is malformed."""
    fields: dict[str, Any] = {}
    for name, value in record.items():
        if name in ("fine", "person_fine"):
            fields[name] = _fine(value)
        elif name in ("basis", "person_basis"):
            fields[name] = _citations(value)
        elif name in _WORDS:
            fields[name] = _words(name, value)
        elif name in _PAIRS:
            fields[name] = _pair(name, value)
        else:
            fields[name] = _of_kind(name, value, _TIER.get(name))
    return Tier(**fields)


def _of_kind(name: str, value: Any, kind: type | None) -> Any:
    if kind is None:
        raise ValueError(f"there is no field {name!r}")
    if type(value) is not kind:
        raise ValueError(f"{name} = {value!r} is not {_CALLED[kind]}")
    return value


def _words(name: str, value: Any) -> tuple[str, ...]:
    if type(value) is not list or not all(type(word) is str for word in value):
        raise ValueError(f"{name} is a list of words")
    return tuple(value)


def _pair(name: str, value: Any) -> tuple[int, int]:
    if type(value) is not list or len(value) != 2 or not all(type(end) is int for end in value):
        raise ValueError(f"{name} is a pair of whole numbers, from and to")
    return value[0], value[1]


def _citations(value: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    return tuple(_citation(cited) for cited in value)


def _citation(value: Mapping[str, Any]) -> Citation:
    """A citation of a law that there is. Raises UnknownLaw, TypeError, ValueError."""
    cited = Citation.from_dict(value)
    law(cited.law)
    return cited


def _fine(record: Mapping[str, Any]) -> FineRule:
    rule: dict[str, Any] = {}
    for name, value in record.items():
        if name in _SUMS:
            rule[name] = _fen(value, name)
        elif name in _DECIMALS:
            rule[name] = _times(value, name)
        elif name == "or":
            rule["alternative"] = _fine(value)
        elif name == "unknown_basis":
            rule[name] = _citation(value)
        else:
            rule[name] = value
    fine = FineRule(**rule)
    for problem in _problems(fine):
        raise ValueError(problem)
    return fine


def _fen(yuan: Any, name: str) -> int:
    if type(yuan) is int and yuan >= 0:
        return yuan * 100
    fen = yuan * 100 if isinstance(yuan, Decimal) else Decimal("nan")
    if not fen.is_finite() or fen < 0 or fen != int(fen):
        raise ValueError(f"{name} = {yuan} is no sum in yuan and fen")
    return int(fen)


def _times(value: Any, name: str) -> Decimal:
    if type(value) not in (int, Decimal) or not Decimal(value).is_finite() or value < 0:
        raise ValueError(f"{name} = {value!r} is no multiplier")
    return Decimal(value)


_ENDS = (
    ("min", "max"),
    ("min_times", "max_times"),
    ("none_min", "none_max"),
    ("below_min", "below_max"),
    ("unknown_min", "unknown_max"),
)


def _problems(fine: FineRule) -> Iterator[str]:
    if fine.kind not in ("range", "multiple"):
        yield f"a fine is a range or a multiple, not {fine.kind!r}"
    elif fine.kind == "range" and (fine.min is None or fine.max is None):
        yield "a range needs min and max"
    elif fine.kind == "multiple" and (fine.base is None or fine.min_times is None or fine.max_times is None):
        yield "a multiple needs base, min_times and max_times"
    elif fine.kind == "range" and fine.base is not None:
        yield "a range has no base"
    for low, high in _ENDS:
        least, most = getattr(fine, low), getattr(fine, high)
        if (least is None) != (most is None):
            yield f"{low} and {high} go together"
        elif least is not None and least > most:
            yield f"{low} is above {high}"
    if (fine.threshold is None) != (fine.below_min is None):
        yield "a threshold needs the range below it"
    if fine.cap is not None and fine.min_cap is not None and fine.min_cap > fine.cap:
        yield "min_cap is above cap"
    if fine.choose not in ("either", "greater"):
        yield f"choose is either or greater, not {fine.choose!r}"
    if type(fine.optional) is not bool:
        yield f"optional = {fine.optional!r} is no bool"

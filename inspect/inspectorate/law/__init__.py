"""What the statutes say: laws and their versions, violations, statutory ranges, discretion, limitation.

Pure: no web, no database. Data in ``data/*.toml``, read when first asked for and kept.

    >>> from datetime import date
    >>> from inspectorate.law import Facts, range_for, violation
    >>> found = range_for(violation("MC-001"), Facts(bases={"illegal_income": 3_680_000}), date(2026, 3, 1))
    >>> found.fine
    FineRange(min=18400000, max=73600000, mandatory=True)
"""

from .facts import UNKNOWN, Facts, NoRange, Unknown
from .fines import FineRange
from .ranges import PenaltyRange, range_for
from .statutes import Citation, Law, LawVersion, UnknownLaw, law, laws, parse_citation, version_in_force
from .steps import Step
from .violations import FineRule, Tier, UnknownViolation, Violation, violation

__all__ = [
    "UNKNOWN",
    "Citation",
    "Facts",
    "FineRange",
    "FineRule",
    "Law",
    "LawVersion",
    "NoRange",
    "PenaltyRange",
    "Step",
    "Tier",
    "Unknown",
    "UnknownLaw",
    "UnknownViolation",
    "Violation",
    "law",
    "laws",
    "parse_citation",
    "range_for",
    "version_in_force",
    "violation",
]

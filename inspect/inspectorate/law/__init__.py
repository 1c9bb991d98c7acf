"""What the statutes say: laws and their versions, violations, statutory ranges, discretion, limitation.

Pure: no web, no database. Data in ``data/*.toml``, read when first asked for and kept.

    >>> from datetime import date
    >>> from inspectorate.law import range_for, violation
    >>> found = range_for(violation("MC-001"), subject="org", bases={"illegal_income": 3_680_000}, on=date(2026, 3, 1))
    >>> found.fine
    FineRange(min=18400000, max=73600000, mandatory=True)
"""

from .ranges import UNKNOWN, FineRange, NoRange, PenaltyRange, Unknown, range_for
from .reasoning import Step, steps_of
from .statutes import Citation, Law, LawVersion, UnknownLaw, law, laws, parse_citation, version_in_force
from .violations import FineRule, Tier, UnknownViolation, Violation, violation

__all__ = [
    "UNKNOWN",
    "Citation",
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
    "steps_of",
    "version_in_force",
    "violation",
]

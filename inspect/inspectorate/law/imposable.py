"""What may be imposed on one subject for one violation: the fields of a range, without how it is found."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .fines import Calculation, FineRange
from .model import Violation
from .statutes import Citation

# 违法所得 is confiscated for every violation, whether or not the rule repeats it.
CONFISCATION_OF_INCOME = Citation("apl", 28, 2)


class Imposable(NamedTuple):
    """What may be imposed on one subject for one violation in one tier, on one day.

    Lists and flags have the names of the data files (``data/README.md``). ``violation`` is the edition of that day;
    ``fine_basis`` the provisions that the fine rests on, ``basis`` all of the penalty; ``verification`` text, partial
    or unverified; ``conditions`` what the range takes for granted; ``inapplicable`` the bases not in force that day;
    ``sources`` the provisions that set each penalty or measure, by its name.
    """

    # What depends on the amounts and the day comes first: the rest is worked out once for a violation, tier and subject
    # for all days between two changes of the law.
    fine: FineRange | None
    calculation: Calculation | None
    confiscate: tuple[str, ...]
    confiscate_optional: tuple[str, ...]
    income_by_general_rule: bool
    on: date
    violation: Violation
    tier: str
    subject: str
    violated: tuple[Citation, ...]
    basis: tuple[Citation, ...]
    fine_basis: tuple[Citation, ...]
    inapplicable: tuple[Citation, ...]
    versions: Mapping[str, str]
    sources: Mapping[str, tuple[Citation, ...]]
    verification: str
    conditions: tuple[str, ...]
    measures: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    warning: bool = False
    public_criticism: bool = False
    suspend_business: bool = False
    suspend_practice_months: tuple[int, int] | None = None
    revoke: tuple[str, ...] = ()
    revoke_optional: tuple[str, ...] = ()
    application_ban_years: int | None = None
    person_ban_years: int | None = None
    person_ban_life: bool = False
    police_detention_days: tuple[int, int] | None = None
    one_of: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    def source(self, *names: str) -> tuple[Citation, ...]:
        """The provisions that set these penalties or measures; all of the basis where they are not told apart."""
        return tuple(dict.fromkeys(cited for name in names for cited in self.sources.get(name, ()))) or self.basis

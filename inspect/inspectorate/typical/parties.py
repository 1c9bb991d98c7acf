"""What of a case a typical case tells: the parties on whom a decision stands, and the provisions of that day."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..cases.models import Case, Decision, Respondent
from ..law.model import Violation
from ..law.statutes import Citation, holds_on
from ..law.violations import catalogue

Decided = tuple[Respondent, Decision]

MINOR = 18
"""Years of age below which a person is a minor (未成年人保护法2)."""


def decided_respondents(case: Case) -> list[Decided]:
    """The respondents on whom a decision stands (annulled ones do not)."""
    return [
        (r, r.decision) for r in case.respondents if r.decision and r.decision.decided_on and not r.decision.annulled_on
    ]


def known_violations(respondent: Respondent) -> list[Violation]:
    """The entries of the catalogue for what was found; codes that it does not have are left out."""
    return [catalogue()[finding.violation] for finding in respondent.findings if finding.violation in catalogue()]


def citations(respondent: Respondent, kind: str, on: date) -> list[Citation]:
    """The provisions ``violated``, or the ``basis``, of what was found, as they applied on the day of the decision.

    Where none of them applied that day (history may be so), all of them: `doubtful` then says so beside them.
    """
    cited = _cited(respondent, kind)
    return [citation for citation in cited if holds_on(citation, on)] or cited


def doubtful(respondent: Respondent, on: date) -> bool:
    """Whether the provisions known for what was found did not apply, in these words, on the day of the decision."""
    kinds = [_cited(respondent, kind) for kind in ("violated", "basis")]
    return any(cited and not any(holds_on(citation, on) for citation in cited) for cited in kinds)


def _cited(respondent: Respondent, kind: str) -> list[Citation]:
    return list(dict.fromkeys(c for violation in known_violations(respondent) for c in (getattr(violation, kind))))


def provisions(decided: Sequence[Decided]) -> tuple[list[Citation], list[Citation]]:
    """What was violated and what the penalties are based on, over all respondents, each provision once."""
    violated = _joined(citations(r, "violated", d.decided_on) for r, d in decided if d.decided_on)
    return violated, _joined(citations(r, "basis", d.decided_on) for r, d in decided if d.decided_on)


def _joined(groups: Iterable[list[Citation]]) -> list[Citation]:
    return list(dict.fromkeys(citation for group in groups for citation in group))


def is_minor(born_on: date | None, on: date | None) -> bool:
    """Whether somebody born on a day was under eighteen on another; unknown days make nobody a minor."""
    if born_on is None or on is None:
        return False
    years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return years < MINOR


def chinese_day(day: date | None) -> str:
    """2021年8月20日; nothing where there is no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""

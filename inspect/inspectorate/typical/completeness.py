"""What a case lacks before it can be sent up, each with the part of the case where it is mended.

Half of the typical cases that were published named no article at all; such a case is not sent.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from ..cases.facts import evidence_of
from ..cases.models import Case, CaseFinding, Decision, Respondent
from ..errors import Refusal
from ..law.violations import catalogue
from .parties import chinese_day, citations, decided_respondents, doubtful

_MONEY = ("fine", "confiscate_income")


class Lack(NamedTuple):
    """Something that is not there. ``place``: the part of the case's page where it is mended; ``grave``: without it
    the case is not sent up."""

    text: str
    place: str
    grave: bool = True


def lacks(case: Case) -> list[Lack]:
    """Everything that the case lacks, in words that name the case, the graver first."""
    title = case.number or case.name
    decided = decided_respondents(case)
    if not decided:
        return [Lack(_("%(case)s: no decision stands in this case. Choose another.", case=title), "penalties")]
    found = [lack for party, decision in decided for lack in _of_party(title, party, decision)]
    return sorted([*found, *_of_file(title, case)], key=lambda lack: not lack.grave)


def missing(case: Case) -> list[Refusal]:
    """What stands against sending the case up."""
    return [Refusal(lack.text) for lack in lacks(case) if lack.grave]


def _of_party(title: str, respondent: Respondent, decision: Decision) -> Iterator[Lack]:
    words = {"case": title, "party": respondent.subject.name}
    on = decision.decided_on
    assert on is not None
    if not any(finding.facts.strip() for finding in respondent.findings):
        yield Lack(_("%(case)s, %(party)s: the facts are missing. Record the finding.", **words), "facts")
    yield from _articles(words, respondent, on)
    if not decision.penalties and not decision.order_correction:
        yield Lack(_("%(case)s, %(party)s: the penalty is missing.", **words), "penalties")
    if any(p.kind in _MONEY and p.amount_fen is None for p in decision.penalties):
        text = _("%(case)s, %(party)s: an amount is missing. Write the fine and the confiscated income.", **words)
        yield Lack(text, "penalties")
    if not decision.number:
        yield Lack(_("%(case)s, %(party)s: the decision bears no number.", **words), "penalties", grave=False)
    if not decision.served_on:
        yield Lack(_("%(case)s, %(party)s: no service of the decision is recorded.", **words), "papers", grave=False)


def _articles(words: dict[str, str], respondent: Respondent, on: date) -> Iterator[Lack]:
    if not citations(respondent, "violated", on):
        yield Lack(_("%(case)s, %(party)s: the article that was violated is missing.", **words), "facts")
    if not citations(respondent, "basis", on):
        text = _("%(case)s, %(party)s: the article on which the penalty is based is missing.", **words)
        yield Lack(text, "facts")
    for finding in respondent.findings:
        if finding.violation and finding.violation not in catalogue():
            text = _("%(case)s: the catalogue has no violation %(code)s.", case=words["case"], code=finding.violation)
            yield Lack(text, "facts", grave=False)
    if doubtful(respondent, on):
        yield Lack(doubt(on), "facts", grave=False)


def doubt(day: date) -> str:
    """What is said of articles that did not apply on the day of the decision; printed, therefore Chinese."""
    return f"所引条文在决定当日（{chinese_day(day)}）尚未施行或内容不同，报送前须核对"


def _of_file(title: str, case: Case) -> Iterator[Lack]:
    if case.filed_on is None:
        yield Lack(_("%(case)s: the day of filing is missing.", case=title), "procedure", grave=False)
    if not evidence_of(case) and case.inspection is None:
        yield Lack(_("%(case)s: no evidence is recorded.", case=title), "evidence", grave=False)
    if not any(map(_dated, (finding for party in case.respondents for finding in party.findings))):
        yield Lack(_("%(case)s: the days of the violation are missing.", case=title), "facts", grave=False)


def _dated(finding: CaseFinding) -> bool:
    return finding.act_from is not None or finding.act_to is not None

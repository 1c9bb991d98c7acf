"""Legal review, prior notice, and the party's right to be heard."""

from collections.abc import Iterator

from ...objections import N_, Objection
from ..articles import apl
from ..clocks import defence_term
from ..facts import CaseFacts, Defence
from ..objections import against
from ..rights import legal_review_demanded, respondent_may_be_heard


def no_review_demanded(facts: CaseFacts) -> Iterator[Objection]:
    """The way past the reviewer is open only where review is not demanded (行政处罚法58(1))."""
    if legal_review_demanded(facts):
        yield against(N_("This case needs legal review first. Send it to the reviewer."), apl(58, 1))


def review_passed(facts: CaseFacts) -> Iterator[Objection]:
    """Not reviewed, or not passed: no decision (行政处罚法58(1))."""
    if legal_review_demanded(facts) and not facts.review_agreed:
        yield against(N_("The legal review has not been passed."), apl(58, 1))


def hearing_offered(facts: CaseFacts) -> Iterator[Objection]:
    """The notice offers the hearing where it must (行政处罚法63(1))."""
    for respondent in facts.respondents:
        if respondent_may_be_heard(respondent, facts.office) and not respondent.hearing_offered:
            message = N_("%(party)s has not been told of the right to a hearing.")
            yield against(message, apl(63, 1), "hearing", {"party": respondent.name})


def notice_served(facts: CaseFacts) -> Iterator[Objection]:
    """No decision before the party has been told (行政处罚法44, 62)."""
    for respondent in facts.respondents:
        if respondent.notice_served_on is None:
            message = N_("The prior notice has not been served on %(party)s. Serve it first.")
            yield against(message, apl(62), "notice", {"party": respondent.name})


def defence_term_over(facts: CaseFacts) -> Iterator[Objection]:
    """The party's term runs to its last day (行政处罚法45(1), 64)."""
    for respondent in facts.respondents:
        if respondent.notice_served_on is None or respondent.defence is not Defence.OPEN:
            continue
        due = defence_term(facts.office.defence_working_days).ends_after(respondent.notice_served_on).due
        if facts.today <= due:
            message = N_("The term of %(party)s for its defence runs until the end of %(day)s.")
            yield against(message, apl(45, 1), "on", {"party": respondent.name, "day": due})


def defence_settled(facts: CaseFacts) -> Iterator[Objection]:
    """Heard and reviewed, expressly waived, or the term run out (行政处罚法45(1), 62)."""
    for respondent in facts.respondents:
        if respondent.defence is Defence.OPEN:
            message = N_("The defence of %(party)s is still open: neither heard nor waived, nor has its term run out.")
            yield against(message, apl(62), "defence", {"party": respondent.name})
        elif respondent.defence is Defence.HEARD:
            message = N_("The defence of %(party)s has not been reviewed yet.")
            yield against(message, apl(45, 1), "defence", {"party": respondent.name})


def hearing_held(facts: CaseFacts) -> Iterator[Objection]:
    """A hearing that was asked for is held before anything else (行政处罚法64)."""
    for respondent in facts.respondents:
        if respondent.hearing_requested and not respondent.hearing_held:
            message = N_("%(party)s has asked for a hearing. Hold it and enter its result first.")
            yield against(message, apl(64), "defence", {"party": respondent.name})

"""What is proposed: inside the range, with reasons, with confiscation and the order to correct."""

from collections.abc import Iterator

from ..articles import apl
from ..facts import CaseFacts, FineVerdict
from ..objections import Objection
from ..words import N_


def penalties_proposed(facts: CaseFacts) -> Iterator[Objection]:
    """The report ends with a proposal for each party (行政处罚法57(1))."""
    for respondent in facts.respondents:
        if not respondent.proposed:
            message = N_("No penalty is proposed for %(party)s.")
            yield Objection(message, apl(57, 1), "penalties", {"party": respondent.name})


def fines_within_range(facts: CaseFacts) -> Iterator[Objection]:
    """A fine lies in the range of its violation, or below it on a recorded ground (行政处罚法30-32).

    Where the range was not compared with the statute's text there is only a warning, given elsewhere.
    """
    for respondent in facts.respondents:
        for finding in respondent.findings:
            citation = finding.basis or apl(40)
            values = {"violation": finding.violation}
            match finding.fine:
                case FineVerdict.NOT_JUDGED:
                    message = N_(
                        "The range for “%(violation)s” is not judged yet. Enter the tier and the amounts it needs."
                    )
                    yield Objection(message, citation, "findings", values)
                case FineVerdict.MISSING if finding.text_checked and not finding.ground_below:
                    message = N_("“%(violation)s” must be fined, but no fine is proposed.")
                    yield Objection(message, citation, "fine", values)
                case FineVerdict.BELOW if finding.text_checked and not finding.ground_below:
                    message = N_("The fine for “%(violation)s” is below the range and no ground for that is recorded.")
                    yield Objection(message, citation, "fine", values)
                case FineVerdict.ABOVE if finding.text_checked:
                    message = N_("The fine for “%(violation)s” is above the range. Lower it.")
                    yield Objection(message, citation, "fine", values)
                case FineVerdict.NOT_PROVIDED if finding.text_checked:
                    message = N_("The law provides no fine for “%(violation)s”. Take it out.")
                    yield Objection(message, citation, "fine", values)


def discretion_reasoned(facts: CaseFacts) -> Iterator[Objection]:
    """Discretion is exercised with reasons that can be followed (行政处罚法34)."""
    for respondent in facts.respondents:
        if respondent.proposed and not respondent.reasons_stated:
            message = N_("The reasons of discretion for %(party)s are missing.")
            yield Objection(message, apl(34), "discretion", {"party": respondent.name})


def correction_ordered(facts: CaseFacts) -> Iterator[Objection]:
    """Whoever is punished is also told to correct (行政处罚法28(1))."""
    for respondent in facts.respondents:
        if not respondent.correction_ordered:
            message = N_("%(party)s has not been ordered to correct the violation. Order it, or name the order given.")
            yield Objection(message, apl(28, 1), "correction", {"party": respondent.name})


def income_confiscated(facts: CaseFacts) -> Iterator[Objection]:
    """Illegal income is confiscated, save what must be refunded (行政处罚法28(2))."""
    for respondent in facts.respondents:
        owed = (respondent.illegal_income_fen or 0) - respondent.income_refunded_fen
        taken = sum(line.amount_fen or 0 for line in respondent.proposed if line.kind == "confiscate_income")
        if owed > 0 and taken == 0:
            message = N_("The illegal income of %(party)s is not confiscated. Add the confiscation.")
            yield Objection(message, apl(28, 2), "penalties", {"party": respondent.name})
        elif owed > 0 and taken != owed:
            message = N_("The confiscation for %(party)s differs from its illegal income. Make them agree.")
            yield Objection(message, apl(28, 2), "penalties", {"party": respondent.name})

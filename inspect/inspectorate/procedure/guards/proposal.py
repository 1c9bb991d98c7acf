"""What is proposed: inside the range, with reasons, with confiscation and the order to correct."""

from collections.abc import Iterator

from ...objections import N_, Objection
from ..articles import apl
from ..facts import CaseFacts
from ..objections import against


def penalties_proposed(facts: CaseFacts) -> Iterator[Objection]:
    """The report ends with a proposal for each party (行政处罚法57(1))."""
    for respondent in facts.respondents:
        if not respondent.proposed:
            message = N_("No penalty is proposed for %(party)s.")
            yield against(message, apl(57, 1), "penalties", {"party": respondent.name})


def fines_within_range(facts: CaseFacts) -> Iterator[Objection]:
    """A fine lies in the range of its violation, or outside it on a recorded ground (行政处罚法30-33).

    Where the range was not compared with the statute's text, ``law.discretion`` warns and nothing is refused here.
    """
    for respondent in facts.respondents:
        for finding in respondent.findings:
            citation, judgement = finding.basis or apl(40), finding.judgement
            if judgement is None:
                message = N_("The range for “%(violation)s” cannot be computed yet. Enter the tier and the amounts.")
                yield against(message, citation, "findings", {"violation": finding.violation})
            elif judgement.refused and respondent.proposed:
                message = N_("“%(violation)s”: %(why)s.")
                values = {"violation": finding.violation, "why": judgement}
                yield against(message, judgement.citation or citation, "fine", values)


def discretion_reasoned(facts: CaseFacts) -> Iterator[Objection]:
    """Discretion is exercised with reasons that can be followed (行政处罚法34)."""
    for respondent in facts.respondents:
        if respondent.proposed and not respondent.reasons_stated:
            message = N_("The reasons of discretion for %(party)s are missing.")
            yield against(message, apl(34), "discretion", {"party": respondent.name})


def correction_ordered(facts: CaseFacts) -> Iterator[Objection]:
    """Whoever is punished is also told to correct (行政处罚法28(1))."""
    for respondent in facts.respondents:
        if not respondent.correction_ordered:
            message = N_("%(party)s has not been ordered to correct the violation. Order it, or name the order given.")
            yield against(message, apl(28, 1), "correction", {"party": respondent.name})


def income_confiscated(facts: CaseFacts) -> Iterator[Objection]:
    """Illegal income is confiscated, save what must be refunded (行政处罚法28(2))."""
    for respondent in facts.respondents:
        owed = (respondent.illegal_income_fen or 0) - respondent.income_refunded_fen
        taken = sum(line.amount_fen or 0 for line in respondent.proposed if line.kind == "confiscate_income")
        if not respondent.proposed:
            continue
        if owed > 0 and taken == 0:
            message = N_("The illegal income of %(party)s is not confiscated. Add the confiscation.")
            yield against(message, apl(28, 2), "penalties", {"party": respondent.name})
        elif owed > 0 and taken != owed:
            message = N_("The confiscation for %(party)s differs from its illegal income. Make them agree.")
            yield against(message, apl(28, 2), "penalties", {"party": respondent.name})

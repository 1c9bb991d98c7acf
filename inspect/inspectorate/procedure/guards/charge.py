"""What the case is about: party, violation, facts, evidence, days of the act."""

from collections.abc import Iterator

from ...law.limitation import limitation
from ...objections import N_, Objection
from ..articles import apl
from ..facts import CaseFacts
from ..objections import against


def parties_charged(facts: CaseFacts) -> Iterator[Objection]:
    """A case has a party and a violation (行政处罚法54(2))."""
    if not facts.respondents:
        yield against(N_("The case names no party. Choose one."), apl(54, 2), "respondents")
    for respondent in facts.respondents:
        if not respondent.findings:
            message = N_("No violation is named for %(party)s. Choose one from the catalogue.")
            yield against(message, apl(54, 2), "findings", {"party": respondent.name})


def summary_stated(facts: CaseFacts) -> Iterator[Objection]:
    """The case-opening report says what is known (行政处罚法54(2))."""
    if not facts.summary_stated:
        yield against(N_("The summary of the case is empty. Say when, where, who and what."), apl(54, 2), "summary")


def competent(facts: CaseFacts) -> Iterator[Objection]:
    """An authority punishes only what its office gives it to punish (行政处罚法17)."""
    for respondent in facts.respondents:
        for finding in respondent.findings:
            if not finding.competent:
                message = N_(
                    "“%(violation)s” is not for an authority of this sector. Transfer it to the competent one."
                )
                yield against(message, apl(17), "findings", {"violation": finding.violation})


def facts_stated(facts: CaseFacts) -> Iterator[Objection]:
    """Unclear facts bear no penalty (行政处罚法40)."""
    for respondent in facts.respondents:
        for finding in respondent.findings:
            if not finding.facts_stated:
                message = N_("The facts of “%(violation)s” are missing. Say when, where, what, how long and how much.")
                yield against(message, apl(40), "findings", {"violation": finding.violation})


def evidence_present(facts: CaseFacts) -> Iterator[Objection]:
    """No penalty without evidence (行政处罚法40)."""
    if facts.evidence_count == 0:
        yield against(N_("The case has no evidence yet. Add it before the report."), apl(40), "evidence")


def acts_dated(facts: CaseFacts) -> Iterator[Objection]:
    """Without the days of the act neither limitation nor applicable law can be told (行政处罚法36(2), 37)."""
    for respondent in facts.respondents:
        for finding in respondent.findings:
            if finding.act_from is None:
                message = N_("The day of the act “%(violation)s” is missing.")
                yield against(message, apl(36, 2), "act_from", {"violation": finding.violation})
            elif finding.act_until and finding.act_until < finding.act_from:
                message = N_("“%(violation)s” ends before it begins. Check the days of the act.")
                yield against(message, apl(36, 2), "act_until", {"violation": finding.violation})


def within_limitation(facts: CaseFacts) -> Iterator[Objection]:
    """Two years, five where life or health was harmed, from the end of the act to its discovery (行政处罚法36).

    Another law may set its own period: six months under 治安管理处罚法 25.
    """
    for respondent in facts.respondents:
        for finding in respondent.findings:
            ended = finding.act_until or finding.act_from
            if ended is None or finding.discovered_on is None:
                continue
            found, harmed = finding.discovered_on, finding.health_harm
            period = limitation(ended, found, harmed_life_health_or_finance=harmed, violation=finding.entry)
            if period.expired:
                message = N_("“%(violation)s” ended on %(day)s and was found too late to be punished.")
                values = {"violation": finding.violation, "day": ended}
                yield against(message, period.citations[0], "act_until", values)

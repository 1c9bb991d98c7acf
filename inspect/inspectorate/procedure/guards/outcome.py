"""The decision against its notice, and its execution."""

from collections.abc import Iterator

from ...law.listing import listed
from ...objections import N_, Objection
from ..articles import apl
from ..facts import CaseFacts, PenaltyLine, RespondentFacts
from ..objections import against


def not_increased(facts: CaseFacts) -> Iterator[Objection]:
    """Nothing heavier than the notice told (行政处罚法44, 45(2))."""
    for respondent in facts.respondents:
        if heavier(respondent.proposed, respondent.noticed):
            message = N_(
                "The penalties for %(party)s are heavier than those of the prior notice. Lower them or notify anew."
            )
            yield against(message, apl(45, 2), "penalties", {"party": respondent.name})


def heavier(decided: tuple[PenaltyLine, ...], noticed: tuple[PenaltyLine, ...]) -> bool:
    """Whether a kind is new or the sum of a kind is larger than in the notice."""
    told: dict[str, int] = {}
    for line in noticed:
        told[line.kind] = told.get(line.kind, 0) + (line.amount_fen or 0)
    now: dict[str, int] = {}
    for line in decided:
        now[line.kind] = now.get(line.kind, 0) + (line.amount_fen or 0)
    return any(kind not in told or amount > told[kind] for kind, amount in now.items())


def facts_as_noticed(facts: CaseFacts) -> Iterator[Objection]:
    """The decision rests on the facts and articles that the notice told (行政处罚法44)."""
    for respondent in facts.respondents:
        if respondent.facts_changed_since_notice:
            message = N_(
                "Facts or articles for %(party)s changed after the prior notice. Reopen the case and notify anew."
            )
            yield against(message, apl(44), "findings", {"party": respondent.name})


def executed(facts: CaseFacts) -> Iterator[Objection]:
    """A case closes when the decision has been carried out (行政处罚法66(1))."""
    for respondent in facts.respondents:
        if left_to_pay(respondent) > 0:
            message = N_("%(party)s has not paid everything. Enter the payments first.")
            yield against(message, apl(66, 1), "payments", {"party": respondent.name})
        if not respondent.other_penalties_executed:
            message = N_("Penalties on %(party)s other than money are not marked as carried out.")
            yield against(message, apl(66, 1), "execution", {"party": respondent.name})


def crime_transferred(facts: CaseFacts) -> Iterator[Objection]:
    """A penalty never takes the place of the transfer of a suspected crime (行政处罚法27(1))."""
    if facts.transferred:
        return
    for respondent in facts.respondents:
        if respondent.for_the_police:
            message = N_(
                "%(party)s has been penalised twice for illegal practice before: practising again is suspected of a "
                "crime (%(basis)s). Hand the case to the police and record the transfer first."
            )
            values = {"party": respondent.name, "basis": listed(respondent.for_the_police)}
            yield against(message, apl(27, 1), "transfer", values)


def left_to_pay(respondent: RespondentFacts) -> int:
    """Fen still owed under the decision, late fees apart."""
    return max(respondent.due_fen - respondent.paid_fen, 0)

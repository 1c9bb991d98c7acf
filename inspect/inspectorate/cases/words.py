"""Codes of cases in words: states, steps, sources, penalties, outcomes; and objections in whatever language."""

from collections.abc import Iterable
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ..law.discretion import Judgement
from ..law.ranges import NoRange
from ..objections import Objection
from ..procedure.states import Action, State
from ..screens import day, language

STATES = {
    State.INTAKE: _l("being prepared"),
    State.FILING_PROPOSED: _l("filing to be approved"),
    State.INVESTIGATION: _l("under investigation"),
    State.REPORTED: _l("investigation ended"),
    State.LEGAL_REVIEW: _l("in legal review"),
    State.NOTICE_APPROVAL: _l("notice to be approved"),
    State.NOTICE_ISSUED: _l("notice to be served"),
    State.DEFENCE_TERM: _l("time for the defence"),
    State.DEFENCE_HEARD: _l("defence to be reviewed"),
    State.DECISION_DRAFT: _l("decision to be proposed"),
    State.DECISION_APPROVAL: _l("decision to be approved"),
    State.DECIDED: _l("decision to be served"),
    State.EXECUTION: _l("being executed"),
    State.CLOSING_PROPOSED: _l("closing to be approved"),
    State.CLOSED: _l("concluded"),
    State.NOT_FILED: _l("not filed"),
    State.WITHDRAWN: _l("case withdrawn"),
    State.TERMINATED: _l("ended without decision"),
}

TONES = dict.fromkeys(State, "info") | {
    State.INTAKE: "neutral",
    State.FILING_PROPOSED: "warning",
    State.LEGAL_REVIEW: "warning",
    State.NOTICE_APPROVAL: "warning",
    State.DECISION_APPROVAL: "warning",
    State.CLOSING_PROPOSED: "warning",
    State.DEFENCE_HEARD: "warning",
    State.CLOSED: "success",
    State.NOT_FILED: "neutral",
    State.WITHDRAWN: "neutral",
    State.TERMINATED: "neutral",
}

ACTIONS = {
    Action.PROPOSE_FILING: _l("Submit for filing"),
    Action.APPROVE_FILING: _l("Approve the filing"),
    Action.RETURN_FILING: _l("Return to the handlers"),
    Action.REFUSE_FILING: _l("Do not file the case"),
    Action.SUBMIT_REPORT: _l("Write the final report"),
    Action.HOLD_COLLEGIAL: _l("Record the collegial discussion"),
    Action.SEND_TO_REVIEW: _l("Send to legal review"),
    Action.SEND_TO_HEAD: _l("Send to the head"),
    Action.RESUME_INVESTIGATION: _l("Resume the investigation"),
    Action.AGREE_IN_REVIEW: _l("Review the case"),
    Action.RETURN_FROM_REVIEW: _l("Return with reasons"),
    Action.APPROVE_NOTICE: _l("Approve the prior notice"),
    Action.RETURN_NOTICE: _l("Return to the handlers"),
    Action.SERVE_NOTICE: _l("Record the service of the notice"),
    Action.HEAR_DEFENCE: _l("Record the defence"),
    Action.WAIVE_DEFENCE: _l("Record the waiver"),
    Action.END_DEFENCE_TERM: _l("The term has run out"),
    Action.REVIEW_DEFENCE: _l("Review the defence"),
    Action.PROPOSE_DECISION: _l("Propose the decision"),
    Action.APPROVE_DECISION: _l("Approve the decision"),
    Action.RETURN_DECISION: _l("Return to the handlers"),
    Action.SERVE_DECISION: _l("Record the service of the decision"),
    Action.RECORD_PAYMENT: _l("Enter a payment"),
    Action.PROPOSE_CLOSING: _l("Propose to close the case"),
    Action.APPROVE_CLOSING: _l("Approve the closing"),
    Action.RETURN_CLOSING: _l("Return to the handlers"),
    Action.WITHDRAW: _l("Withdraw the case"),
    Action.TERMINATE: _l("End without decision"),
}

ORIGINS = {
    "inspection": _l("Found at an inspection"),
    "complaint": _l("Complaint or report"),
    "superior": _l("Assigned from above"),
    "subordinate": _l("Reported from below"),
    "transfer": _l("Transferred by another authority"),
    "other": _l("Other source"),
}

PENALTIES = {
    "warning": _l("Warning"),
    "criticism": _l("Public criticism"),
    "fine": _l("Fine"),
    "confiscate_income": _l("Confiscation of illegal income"),
    "confiscate_goods": _l("Confiscation of illegal goods"),
    "suspend_licence": _l("Suspension of a licence"),
    "downgrade_licence": _l("Downgrading of a qualification"),
    "revoke_licence": _l("Revocation of a licence"),
    "restrict_business": _l("Restriction of business"),
    "suspend_business": _l("Order to suspend business"),
    "close_business": _l("Order to close"),
    "practice_ban": _l("Ban from practice"),
    "detention": _l("Detention"),
}
"""Kinds of 行政处罚法9, as in the interchange records."""

OUTCOMES = {
    "approved": _l("agreed"),
    "agreed": _l("agreed"),
    "returned": _l("sent back"),
    "refused": _l("turned down"),
    "held": _l("held"),
}

OUTCOME_TONES = {"approved": "success", "agreed": "success", "returned": "danger", "refused": "danger", "held": "info"}

OPINION_STEPS = {
    "filing": _l("Filing"),
    "deliberation": _l("Collegial discussion"),
    "legal_review": _l("Legal review"),
    "notice": _l("Prior notice"),
    "defence_review": _l("Review of the defence"),
    "decision": _l("Decision"),
    "closing": _l("Closing"),
    "termination": _l("End without decision"),
}

REVIEW_POINTS = {
    "jurisdiction": _l("Competence and jurisdiction"),
    "facts": _l("Facts are clear"),
    "evidence": _l("Evidence is lawful and sufficient"),
    "basis": _l("Basis is applied correctly"),
    "discretion": _l("Discretion is appropriate"),
    "procedure": _l("Procedure is lawful"),
    "papers": _l("Papers are complete and in order"),
    "crime": _l("No suspected crime is left untransferred"),
}

LIABILITIES = {
    "org": _l("as a unit"),
    "person": _l("as a person"),
    "responsible": _l("as responsible person of the unit"),
}

LAW_DAYS = {
    "act": _l("the law on the day of the act"),
    "decision": _l("the law on the day of the decision"),
}
"""Whose law was chosen as the lighter one (行政处罚法37)."""

DEFENCE_KINDS = {
    "made": _l("The party made a statement or defence"),
    "waived": _l("The party expressly waived it"),
    "expired": _l("The term ran out without any"),
}

HEARINGS = {
    "none": _l("The party asked for no hearing"),
    "requested": _l("The party asked for a hearing"),
    "held": _l("The hearing was held"),
}

ACCEPTANCE = {
    "accepted": _l("accepted"),
    "partly": _l("accepted in part"),
    "rejected": _l("not accepted"),
}


def spoken(objections: Iterable[Objection]) -> list[Objection]:
    """Objections whose values read well in the language that they are read in: days, and judgements of the law."""
    return [
        one._replace(values={name: _word(value) for name, value in one.values.items()}) if one.values else one
        for one in objections
    ]


def _word(value: object) -> object:
    if isinstance(value, date):
        return LazyString(day, value)
    if isinstance(value, Judgement):
        return in_both(value)
    return value


def in_both(words: Judgement | NoRange) -> LazyString:
    """What the law's reckoning says in both languages, in the one that it is read in."""
    return LazyString(lambda: words.en if language() == "en" else words.zh)

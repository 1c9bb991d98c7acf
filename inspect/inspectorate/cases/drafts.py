"""The papers that the next step of a case would issue, as drafts: whoever proposes, reviews or approves reads what
will be served before it is. Nothing is numbered or kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..documents.blocks import Paper
from ..documents.layouts import layout
from ..documents.papers import draft_paper
from ..procedure.rights import hearing_demanded
from ..procedure.states import State
from .facts import office_rules
from .models import Case, Respondent
from .rules import lines_of
from .snapshots import closing_of, snapshot_of

COMING: Mapping[State, tuple[str, ...]] = {
    State.INTAKE: ("D19",),
    State.FILING_PROPOSED: ("D19",),
    State.INVESTIGATION: ("D23",),
    State.REPORTED: ("D27", "D30"),
    State.LEGAL_REVIEW: ("D27", "D30"),
    State.NOTICE_APPROVAL: ("D27", "D30"),
    State.DECISION_DRAFT: ("D34",),
    State.DECISION_APPROVAL: ("D34",),
    State.CLOSING_PROPOSED: ("D43",),
}
"""The kinds that the usual way on from a state issues to each party."""

PROPOSED = frozenset({"D23", "D27", "D30", "D34"})
"""Kinds that say nothing before penalties are proposed."""


class Coming(NamedTuple):
    """A paper to be issued to one party."""

    kind: str
    title: str
    respondent: Respondent


def papers_coming(case: Case) -> Iterator[Coming]:
    """What the next step would issue, party by party; nothing in an imported case, which issues none."""
    if case.imported:
        return
    for party in case.respondents:
        for kind in COMING.get(State(case.state), ()):
            if kind in PROPOSED and not (party.decision and party.decision.penalties):
                continue
            if kind != "D30" or _may_be_heard(party):
                yield Coming(kind, layout(kind).title, party)


def draft_of(coming: Coming, today: date) -> Paper:
    """The paper as it would be issued today, with blanks where something is missing."""
    party = coming.respondent
    data: dict[str, Any] = snapshot_of(party, today, coming.kind)
    if coming.kind == "D27":
        data["pn.hearing"] = _may_be_heard(party)
    if coming.kind == "D43":
        data |= closing_of(party, today)
    return draft_paper(coming.kind, data, today)


def _may_be_heard(party: Respondent) -> bool:
    lines = lines_of(party.decision.penalties) if party.decision else ()
    return hearing_demanded(party.subject.party, lines, office_rules(party.case))

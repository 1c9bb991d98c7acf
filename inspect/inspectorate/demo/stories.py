"""Which live cases there are, and where each is left: every state, late and soon due, returned, waived and heard."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..procedure.states import State as S

GAPS: Mapping[S, int] = {
    S.INTAKE: 1,
    S.FILING_PROPOSED: 0,
    S.INVESTIGATION: 1,
    S.REPORTED: 12,
    S.LEGAL_REVIEW: 0,
    S.NOTICE_APPROVAL: 3,
    S.NOTICE_ISSUED: 2,
    S.DEFENCE_TERM: 1,
    S.DEFENCE_HEARD: 3,
    S.DECISION_DRAFT: 2,
    S.DECISION_APPROVAL: 1,
    S.DECIDED: 2,
    S.EXECUTION: 3,
    S.CLOSING_PROPOSED: 9,
    S.CLOSED: 3,
}
"""Calendar days that pass before a state is reached."""

SILENCE = 18
"""Calendar days after which the five working days of a silent party are over, whatever the holidays."""


@dataclass(frozen=True)
class Story:
    """One case. ``until``: where it is left; ``ago``: calendar days since its last step.

    ``slow``: further days of investigation. ``defence``: made, waived or expired. ``returned``: then sent back, with
    the reason. ``ends``: then ended without decision. ``person``: a natural person is charged.
    ``partly``: only a part is paid. ``weighed``: what is special about the fine: ``departs`` from the local tier,
    ``mitigated`` below the minimum, ``court`` has fined the act already. ``again``: penalised twice for it before.
    ``beside``: a second rule that the same act breaks.
    """

    code: str
    until: S
    ago: int = 1
    slow: int = 0
    major: bool = False
    defence: str = "waived"
    returned: bool = False
    ends: S | None = None
    person: bool = False
    partly: bool = False
    weighed: str | None = None
    again: bool = False
    beside: str | None = None

    @property
    def days(self) -> int:
        """Calendar days from the visit to the last step."""
        order = list(GAPS)
        place = order.index(self.until)
        passed = sum(GAPS[state] for state in order[: place + 1])
        silent = self.defence == "expired" and place >= order.index(S.DECISION_DRAFT)
        return passed + (self.slow if place >= order.index(S.REPORTED) else 0) + (SILENCE if silent else 0)


HEALTH: tuple[Story, ...] = (
    Story("MC-001", S.INTAKE, ago=0),
    Story("MD-284", S.INTAKE, ago=2),
    Story("WP-004", S.FILING_PROPOSED, ago=1),
    Story("MC-026", S.FILING_PROPOSED, ago=3, returned=True),
    Story("MC-009", S.INVESTIGATION, ago=9),
    Story("WP-018", S.INVESTIGATION, ago=86),
    Story("MC-001", S.REPORTED, ago=1, slow=4),
    Story("WP-018", S.LEGAL_REVIEW, ago=1, major=True),
    Story("MC-001", S.LEGAL_REVIEW, ago=2, slow=70, major=True, weighed="departs"),
    Story("FD-120", S.LEGAL_REVIEW, ago=3, major=True, returned=True),
    Story("MC-008", S.NOTICE_APPROVAL, ago=1),
    Story("MC-001", S.NOTICE_APPROVAL, ago=2, major=True),
    Story("WP-001", S.NOTICE_APPROVAL, ago=4, returned=True),
    Story("MC-009", S.NOTICE_ISSUED, ago=1),
    Story("WP-004", S.DEFENCE_TERM, ago=2),
    Story("MC-001", S.DEFENCE_TERM, ago=12, weighed="mitigated"),
    Story("MC-008", S.DEFENCE_HEARD, ago=1, defence="made"),
    Story("MC-001", S.DECISION_DRAFT, ago=1, weighed="departs"),
    Story("MC-005", S.DECISION_DRAFT, ago=1, person=True, again=True),
    Story("WP-018", S.DECISION_DRAFT, ago=2, defence="expired", slow=48),
    Story("MC-009", S.DECISION_APPROVAL, ago=1, slow=62, beside="MC-008"),
    Story("MC-001", S.DECISION_APPROVAL, ago=4, slow=78, major=True),
    Story("MC-005", S.DECISION_APPROVAL, ago=1, person=True),
    Story("MC-026", S.DECISION_APPROVAL, ago=2, defence="made", returned=True),
    Story("MC-001", S.DECIDED, ago=4, weighed="mitigated"),
    Story("MC-005", S.DECIDED, ago=2, person=True, weighed="court"),
    Story("WP-004", S.DECIDED, ago=13),
    Story("MC-008", S.EXECUTION, ago=3),
    Story("MC-001", S.EXECUTION, ago=24, partly=True),
    Story("MC-005", S.EXECUTION, ago=6, person=True),
    Story("FD-120", S.CLOSING_PROPOSED, ago=1),
    Story("MC-001", S.CLOSED, ago=5, major=True, defence="made"),
    Story("MC-009", S.CLOSED, ago=16, defence="expired"),
    Story("WP-018", S.CLOSED, ago=30),
    Story("MD-284", S.FILING_PROPOSED, ago=11, ends=S.NOT_FILED),
    Story("WP-001", S.INTAKE, ago=20, ends=S.WITHDRAWN),
    Story("MC-026", S.INVESTIGATION, ago=14, ends=S.TERMINATED),
)
"""The cases of the county where the walks are walked."""

MARKET: tuple[Story, ...] = (
    Story("FD-006", S.INTAKE, ago=1),
    Story("FD-015", S.FILING_PROPOSED, ago=1),
    Story("FD-018", S.INVESTIGATION, ago=20),
    Story("FD-006", S.LEGAL_REVIEW, ago=1, major=True),
    Story("FD-015", S.NOTICE_APPROVAL, ago=1),
    Story("FD-018", S.DEFENCE_TERM, ago=3),
    Story("FD-006", S.DECISION_APPROVAL, ago=1),
    Story("FD-006", S.EXECUTION, ago=5),
    Story("FD-015", S.CLOSED, ago=9),
)
"""The cases of a second sector in the same county."""

ELSEWHERE: tuple[Story, ...] = (
    Story("MC-001", S.FILING_PROPOSED, ago=1),
    Story("MC-009", S.INVESTIGATION, ago=8),
    Story("MC-001", S.LEGAL_REVIEW, ago=1, major=True),
    Story("WP-018", S.NOTICE_APPROVAL, ago=2),
    Story("MC-009", S.DECISION_APPROVAL, ago=1),
    Story("MC-001", S.EXECUTION, ago=4),
    Story("WP-004", S.CLOSED, ago=12),
)
"""The cases of a second province."""

"""The way of a return: which state allows what, to whom, and in words why not. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from ..accounts.permissions import Permission
from ..objections import N_, Objection


class State(StrEnum):
    """Where a return stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    FROZEN = "frozen"


COUNTED = frozenset({State.SUBMITTED, State.ACCEPTED, State.FROZEN})
"""States in which a return's own figures belong to the table of its region."""


class Act(StrEnum):
    """What may be done with a return."""

    TYPE = "type"
    SIGN = "sign"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    FREEZE = "freeze"
    CORRECT = "correct"


class Side(StrEnum):
    """Who does it: the office that reports, or the one that it reports to."""

    OWN = "own"
    ABOVE = "above"


SIDES: Mapping[Act, Side] = MappingProxyType(
    {act: Side.ABOVE if act in (Act.ACCEPT, Act.SEND_BACK) else Side.OWN for act in Act}
)
PERMISSIONS: Mapping[Act, Permission] = MappingProxyType(
    {act: Permission.CAMPAIGN_SIGN if act is Act.SIGN else Permission.CAMPAIGN_WRITE for act in Act}
)


class Standing(NamedTuple):
    """A state, and whether the table of the region has been frozen once: from then on only corrections change it."""

    state: State
    sealed: bool = False


S, A = State, Act

STEPS: Mapping[Standing, Mapping[Act, State]] = MappingProxyType(
    {
        Standing(S.OPEN): {A.TYPE: S.OPEN, A.SIGN: S.OPEN, A.SUBMIT: S.SUBMITTED, A.FREEZE: S.FROZEN},
        Standing(S.SUBMITTED): {A.ACCEPT: S.ACCEPTED, A.SEND_BACK: S.RETURNED, A.FREEZE: S.FROZEN},
        Standing(S.RETURNED): {A.TYPE: S.RETURNED, A.SIGN: S.RETURNED, A.SUBMIT: S.SUBMITTED},
        Standing(S.ACCEPTED): {A.SEND_BACK: S.RETURNED, A.FREEZE: S.FROZEN},
        Standing(S.FROZEN): {},
        Standing(S.OPEN, True): {A.TYPE: S.OPEN, A.SIGN: S.OPEN, A.CORRECT: S.SUBMITTED},
        Standing(S.SUBMITTED, True): {A.ACCEPT: S.FROZEN, A.SEND_BACK: S.RETURNED},
        Standing(S.RETURNED, True): {A.TYPE: S.RETURNED, A.SIGN: S.RETURNED, A.CORRECT: S.SUBMITTED},
        Standing(S.ACCEPTED, True): {A.SEND_BACK: S.RETURNED},
        Standing(S.FROZEN, True): {
            A.TYPE: S.FROZEN,
            A.SIGN: S.FROZEN,
            A.SUBMIT: S.SUBMITTED,
            A.CORRECT: S.SUBMITTED,
            A.SEND_BACK: S.RETURNED,
        },
    }
)
"""What each standing allows, and the state that follows. A frozen return is submitted as it was frozen."""

NOT_YET = N_("Nothing has been submitted yet. Remind the office instead.")
WITH_BELOW = N_("It has been sent back and lies with the office that reports. Wait until it comes again.")
WITH_ABOVE = N_("It has been submitted and lies with the office above. Ask that office to send it back.")
TAKEN = N_("It has been accepted. Ask the office above to send it back before you change it.")
SEALED = N_("The table of this region has been frozen. File a correction, with a reason for each difference.")
LOOSE = N_("It is not frozen. Change the figures and submit it as usual.")
DONE = N_("It has been accepted already.")
FROZEN_ALREADY = N_("It has been frozen already.")
MEND_FIRST = N_("It was sent back. Mend it and submit it again first.")


def objection(act: Act, standing: Standing) -> Objection | None:
    """Why an act is not possible where a return stands, with the way out; None where it is."""
    if act in STEPS[standing]:
        return None
    return Objection(_why(act, standing))


def _why(act: Act, standing: Standing) -> str:
    state, sealed = standing
    if act in (A.ACCEPT, A.SEND_BACK):
        if state is S.OPEN:
            return NOT_YET
        return WITH_BELOW if state is S.RETURNED else FROZEN_ALREADY if state is S.FROZEN and not sealed else DONE
    if act is A.FREEZE:
        return FROZEN_ALREADY if sealed or state is S.FROZEN else MEND_FIRST
    if state is S.SUBMITTED:
        return WITH_ABOVE
    if state is S.ACCEPTED:
        return TAKEN
    if act is A.CORRECT:
        return LOOSE if state is not S.FROZEN else SEALED
    return SEALED


def following(act: Act, standing: Standing) -> State:
    """The state after an act that is possible. Raises KeyError for another."""
    return STEPS[standing][act]


class Timeliness(StrEnum):
    """Whether a return came in time."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "awaited"


def timeliness(due_on: date | None, submitted_on: date | None, today: date) -> Timeliness:
    """By calendar days in Shanghai; the due day itself is in time, and without one nothing is late."""
    if submitted_on is not None:
        return Timeliness.LATE if due_on is not None and submitted_on > due_on else Timeliness.ON_TIME
    return Timeliness.MISSING if due_on is not None and due_on < today else Timeliness.AWAITED


def days_late(due_on: date | None, submitted_on: date | None, today: date) -> int:
    """Calendar days after the due day on which it came, or by which it has not come yet; 0 in time."""
    return max(((submitted_on or today) - due_on).days, 0) if due_on is not None else 0


SIGNATURE = "签发人"
"""The form's word for whose signature a table needs before it goes up."""


def check_signature(signers: tuple[str, ...], signed_hash: str | None, figures_hash: str) -> Objection | None:
    """A form that names 签发人 goes up only with a signature under exactly these figures."""
    if not any(SIGNATURE in one for one in signers):
        return None
    if signed_hash is None:
        return Objection(N_("The head has not signed this table. Ask for the signature, then submit it."), "signature")
    if signed_hash != figures_hash:
        message = N_("The figures have changed since the head signed them. Ask for the signature again.")
        return Objection(message, "signature")
    return None


LEAST_REASON = 2
"""Characters that a written reason has at least."""


def check_reason(reason: str | None, field: str = "reason") -> Objection | None:
    """Whoever sends back, corrects or explains writes why."""
    if reason is None or len(reason.strip()) < LEAST_REASON:
        return Objection(N_("Write the reason, at least two characters."), field)
    return None


def check_below(
    waiting: Mapping[str, State | None], names: Mapping[str, str], reasons: Mapping[str, str], *, freezing: bool
) -> list[Objection]:
    """Regions below whose table has not been accepted: each is named with a reason; before freezing, whatever has been
    submitted is accepted or sent back first.
    """
    found = []
    for code, state in waiting.items():
        name = names.get(code, code)
        if freezing and state is S.SUBMITTED:
            message = N_("%(name)s has submitted its table. Accept it or send it back before you freeze.")
            found.append(Objection(message, f"missing-{code}", {"name": name}))
        elif check_reason(reasons.get(missing_key(code)) or reasons.get(MISSING)):
            message = N_("%(name)s: its table has not been accepted. Write why the table goes without it.")
            found.append(Objection(message, f"missing-{code}", {"name": name}))
    return found


MISSING = "missing"
"""Key of the reason that holds for every region below whose table is not in."""


def missing_key(code: str) -> str:
    """Key of the reason why one region's table is not in."""
    return f"{MISSING}:{code}"

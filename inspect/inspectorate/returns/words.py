"""Returns in words: states and timeliness with their tones, what snapshots were made for."""

from flask_babel import lazy_gettext as _l

from .rules import State, Timeliness

STATES: dict[State, tuple[object, str]] = {
    State.OPEN: (_l("open"), "neutral"),
    State.SUBMITTED: (_l("submitted"), "info"),
    State.RETURNED: (_l("sent back"), "danger"),
    State.ACCEPTED: (_l("accepted"), "success"),
    State.FROZEN: (_l("frozen"), "success"),
}
TIMELINESS: dict[Timeliness, tuple[object, str]] = {
    Timeliness.ON_TIME: (_l("on time"), "success"),
    Timeliness.LATE: (_l("late"), "warning"),
    Timeliness.MISSING: (_l("missing"), "danger"),
    Timeliness.AWAITED: (_l("awaited"), "neutral"),
}
PURPOSES = {
    "submission": _l("Submission"),
    "freeze": _l("Freeze"),
    "correction": _l("Correction"),
}

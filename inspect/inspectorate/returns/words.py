"""Returns in words: states and timeliness with their tones, what snapshots were made for."""

from flask_babel import lazy_gettext as _l

from .rules import State, Timeliness

STATES: dict[State, tuple[object, str]] = {
    State.OPEN: (_l("in preparation"), "neutral"),
    State.SUBMITTED: (_l("sent up"), "info"),
    State.RETURNED: (_l("sent back below"), "danger"),
    State.ACCEPTED: (_l("accepted above"), "success"),
    State.FROZEN: (_l("frozen"), "success"),
}
TIMELINESS: dict[Timeliness, tuple[object, str]] = {
    Timeliness.ON_TIME: (_l("on time"), "success"),
    Timeliness.LATE: (_l("came late"), "warning"),
    Timeliness.MISSING: (_l("overdue and missing"), "danger"),
    Timeliness.AWAITED: (_l("awaited"), "neutral"),
}
KINDS = {
    "level": _l("the region's own table"),
    "department": _l("a department's figures"),
}
PURPOSES = {
    "submission": _l("Submission"),
    "freeze": _l("Freeze"),
    "correction": _l("Correction"),
}

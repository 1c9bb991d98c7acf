"""Codes of the joint side in words."""

from flask_babel import lazy_gettext as _l

from .rules import Standing

STANDINGS = {
    Standing.OPEN: (_l("in hand"), "info"),
    Standing.OVERDUE: (_l("overdue"), "danger"),
    Standing.DONE: (_l("carried out"), "success"),
    Standing.DROPPED: (_l("dropped"), "neutral"),
}
"""The state, with the tone of its badge."""

TASK_STANDINGS = STANDINGS | {
    Standing.OPEN: (_l("to be looked at"), "info"),
    Standing.DONE: (_l("looked at"), "success"),
    Standing.DROPPED: (_l("taken back"), "neutral"),
}
"""The same for the tasks of re-checks."""

STATES = {"open": _l("in hand"), "done": _l("carried out"), "dropped": _l("dropped")}

RESULTS = {
    "mended": _l("mended"),
    "partly": _l("partly mended"),
    "unmended": _l("not mended"),
    "impossible": _l("could not be inspected"),
}
RESULT_TONES = {"mended": "success", "partly": "warning", "unmended": "danger", "impossible": "neutral"}

CLAIMS = {"case_closed": _l("case closed"), "follow_up": _l("found mended by the office below")}
"""What an office below had reported before."""

EARLIER = {
    "any": _l("any result"),
    "found": _l("violations were found"),
    "ordered": _l("ordered to correct"),
    "closed": _l("case closed"),
    "clean": _l("nothing was found"),
}
"""By which earlier result places are chosen for a re-check."""

METHODS = {"drawn": _l("a random draw"), "named": _l("places that I tick")}

ASSIGNMENTS = {
    "own": _l("our own people"),
    "below": _l("the offices directly below"),
    "local": _l("the offices where the places are"),
}

PUBLICITY_KINDS = {
    "lecture": _l("lecture"),
    "advice": _l("advice on the spot"),
    "leaflets": _l("printed matter given out"),
    "media": _l("press, radio and television"),
    "video": _l("short video, official account"),
    "screen": _l("posters and screens"),
    "other": _l("other"),
}
TRAINING_KINDS = {
    "own_staff": _l("own inspectors"),
    "departments": _l("staff of several departments"),
    "units": _l("people of the inspected units"),
}
ACTIVITY_KINDS = {**PUBLICITY_KINDS, **TRAINING_KINDS}
SIDES = {"publicity": _l("Publicity"), "training": _l("Training")}

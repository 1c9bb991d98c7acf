"""Codes of typical cases and exposure lists in words."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ..codes import PENALTIES
from .publicity import REASONS
from .ranking import PARTS, Ranked

STATES = {
    "chosen": _l("chosen"),
    "nominated": _l("nominated"),
    "returned": _l("returned"),
}
TONES = {"chosen": "neutral", "nominated": "info", "returned": "warning"}

PART_WORDS = {
    "gravity": _l("Gravity"),
    "novelty": _l("Novelty"),
    "completeness": _l("Completeness of the file"),
    "range": _l("Penalty within the range"),
}

SECTIONS = {
    "source": _l("Source"),
    "facts": _l("What was found"),
    "evidence": _l("Evidence"),
    "law": _l("Provisions applied"),
    "discretion": _l("Discretion"),
    "penalty": _l("Penalty"),
    "effect": _l("Effect"),
}

LEFT_OUT = {
    "repaired": _l("Credit repaired"),
    "stayed": _l("Display stayed by reconsideration or lawsuit"),
    "other": _l("Other reason"),
}


def reasons_in_words(place: Ranked) -> list[tuple[str, int, str]]:
    """Each part with its points and why, in the language of the screen."""
    return [
        (str(PART_WORDS[part]), place.points(part), gettext("; ").join(_reasons(place, part)))
        for part in PARTS
        if any(reason.part == part for reason in place.reasons)
    ]


def _reasons(place: Ranked, part: str) -> Iterable[str]:
    for reason in place.reasons:
        if reason.part == part:
            values = dict(reason.values)
            if "kinds" in values:
                values["kinds"] = "、".join(PENALTIES.get(kind, kind) for kind in reason.values["kinds"])  # type: ignore[attr-defined]
            yield gettext(reason.message, **values) if values else gettext(reason.message)


def reason_in_words(why: str) -> str:
    """Why a decision is not shown."""
    return gettext(REASONS[why])

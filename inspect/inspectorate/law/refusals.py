"""Why a rule gives no range on a day: not yet, no longer, or not recorded; and what holds in its place."""

from collections.abc import Iterable
from datetime import date, timedelta

from .facts import NoRange
from .model import Violation
from .statutes import Citation, law
from .violations import predecessors


def not_in_force(violation: Violation, on: date) -> NoRange:
    """The refusal for a day on which no edition of the rule holds."""
    if violation.until and on > violation.until:
        return repealed(violation, on)
    if before := [entry for entry in predecessors(violation.code) if entry.in_force(on)]:
        return _before(violation, before, on)
    first = min((edition.since for edition in violation.editions if edition.since), default=None)
    known = f"（收录的规定自 {first.isoformat()} 起施行）" if first and on < first else ""
    since = f" (recorded from {first.isoformat()})" if first and on < first else ""
    return _not_recorded(violation, violation.basis, on, known, since)


def _before(violation: Violation, before: list[Violation], on: date) -> NoRange:
    codes, day = [entry.code for entry in before], on.isoformat()
    return NoRange(
        "not_in_force",
        "on",
        f"{violation.code} 在 {day} 尚未施行，当日的行为适用 {'、'.join(codes)}",
        f"{violation.code} was not in force on {day}; acts of that day fall under {', '.join(codes)}",
    )


def no_basis(violation: Violation, citations: Iterable[Citation], on: date) -> NoRange:
    """The refusal where an edition covers the day, but none of the provisions that the penalty rests on was there."""
    gone = [law(citation.law) for citation in citations]
    if any(entry.repealed_on and on >= entry.repealed_on for entry in gone):
        return repealed(violation, on)
    return _not_recorded(violation, citations, on)


def repealed(violation: Violation, on: date) -> NoRange:
    """The refusal for a rule that holds no longer: since when, and what took its place."""
    ended = [
        entry.repealed_on for entry in map(law, dict.fromkeys(c.law for c in violation.basis)) if entry.repealed_on
    ]
    since = violation.until + timedelta(days=1) if violation.until else min(ended, default=on)
    zh, en = _in_its_place(violation)
    basis, cited = "、".join(c.zh() for c in violation.basis), ", ".join(c.en() for c in violation.basis)
    return NoRange(
        "repealed",
        "on",
        f"{violation.code} 的处罚依据{basis}自 {since.isoformat()} 起不再适用，{zh}",
        f"{violation.code}: {cited} holds no longer from {since.isoformat()}; {en}",
    )


def _in_its_place(violation: Violation) -> tuple[str, str]:
    if violation.replaced_by:
        codes = "、".join(violation.replaced_by)
        return f"此后的行为适用 {codes}", f"later acts fall under {', '.join(violation.replaced_by)}"
    laws = dict.fromkeys(cited.law for cited in violation.basis)
    after = [law(later) for each in laws for later in law(each).superseded_by]
    if after:
        zh = "、".join(f"《{entry.common_title}》（{entry.in_force_from.isoformat()} 施行）" for entry in after)
        en = ", ".join(f"{entry.short_title} (in force from {entry.in_force_from.isoformat()})" for entry in after)
        return f"由{zh}取代", f"superseded by {en}"
    return "没有收录取代它的规定，请查对现行法律", "nothing in its place is recorded: look up the law now in force"


def _not_recorded(
    violation: Violation, citations: Iterable[Citation], on: date, known: str = "", since: str = ""
) -> NoRange:
    cited = tuple(citations)
    zh, en = "、".join(citation.zh() for citation in cited), ", ".join(citation.en() for citation in cited)
    day = on.isoformat()
    return NoRange(
        "not_in_force",
        "on",
        f"{violation.code} 的处罚依据{zh}在 {day} 尚未施行，或当日施行的版本未收录{known}",
        f"{violation.code}: {en} was not in force on {day}, or the version of that day is not recorded{since}",
    )

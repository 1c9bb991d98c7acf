"""What a field report must keep to: pure checks, each with its article and the field it belongs to.

They object instead of raising the first refusal, so that everything can be mended in one go; an import turns the same
objections into remarks, since history is what it was.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..clock import local
from ..codes import REASONS
from ..documents.rules import objections_to_record
from ..law.statutes import Citation
from ..objections import N_, Objection

TWO_OFFICERS = Citation("apl", 42, 1)
CERTIFICATE_SHOWN = Citation("apl", 55, 1)
RECUSAL = Citation("apl", 43)
ORDER_TO_CORRECT = Citation("apl", 28, 1)

MINIMUM_OFFICERS = 2
LONGEST_VISIT = timedelta(hours=24)
AFTERWARDS_DAYS = 1
"""Calendar days in which an urgent entry is approved afterwards (国办发〔2024〕54号)."""


class OfficerThere(NamedTuple):
    """An officer of the report; ``certified``: the certificate is valid on the day; ``own``: of the own authority."""

    officer_id: int
    name: str
    certified: bool
    own: bool = True


class Request(NamedTuple):
    """What is asked for. ``key`` is the form's UUID: sent twice it makes one request. Days are both included."""

    key: str
    subject_id: int
    reason: str
    items: str
    planned_from: date
    planned_to: date
    campaign: str | None = None
    urgent: bool = False
    urgent_reason: str | None = None


class Entry(NamedTuple):
    """An entry approval as far as the report depends on it."""

    state: str
    urgent: bool
    planned_from: date
    planned_to: date


class Visit(NamedTuple):
    """Who came when; instants are aware. ``recusal_answer`` as in ``words.RECUSAL_ANSWERS``."""

    inspected_on: date
    entered_at: datetime | None
    left_at: datetime | None
    officers: Sequence[OfficerThere]
    place: str | None
    escort: str | None
    identity_shown: bool | None
    recusal_answer: str | None


class Found(NamedTuple):
    """What was seen and found; ``findings`` pairs of violation code and facts."""

    inspected_on: date
    seen: Sequence[str]
    findings: Sequence[tuple[str, str]]
    order_correction: bool
    correction_text: str | None
    correction_due_on: date | None


class Statement(NamedTuple):
    """What the party said and whether it signed, at the end of the visit (an aware instant)."""

    signature: str | None
    refusal_reason: str | None
    witness: str | None
    left_at: datetime | None


# ---------------------------------------------------------------- entry


def entry_needed(party: str, uscc: str | None, has_licence: bool) -> bool:
    """Whether a visit needs an entry approval.

    国办发〔2024〕54号 is about enterprises. A natural person and a place without code or licence (无证) are none:
    such a place is followed up when it is found. An approval may still be asked for; it then binds like any other.
    """
    return party == "org" and bool(uscc or has_licence)


def entry_objections(needed: bool, entry: Entry | None, inspected_on: date) -> Iterator[Objection]:
    """Why the report may not be submitted with this approval of the entry."""
    if entry is None:
        if needed:
            yield Objection(
                N_("The entry is not approved. Ask for approval, or record it as urgent with its reason."),
                field="entry",
            )
        return
    if entry.state == "refused":
        yield Objection(N_("The entry was refused. Choose another approval, or ask for a new one."), field="entry")
    elif entry.state == "requested" and not entry.urgent:
        yield Objection(
            N_("The entry still waits for approval. Submit the report when it is approved; the draft is kept."),
            field="entry",
        )
    if not entry.planned_from <= inspected_on <= entry.planned_to:
        yield Objection(
            N_(
                "The day of the visit lies outside the approved days, %(start)s to %(end)s. Correct the day, or ask "
                "for a new approval."
            ),
            field="inspected_on",
            values={"start": entry.planned_from.isoformat(), "end": entry.planned_to.isoformat()},
        )


def approval_due_on(requested_at: datetime) -> date:
    """The last day on which an urgent entry is approved in time."""
    return local(requested_at).date() + timedelta(days=AFTERWARDS_DAYS)


def request_objections(request: Request, today: date) -> Iterator[Objection]:
    """Why an entry may not be asked for like this."""
    if request.reason not in REASONS:
        yield Objection(N_("Choose a reason from the list."), "reason")
    if request.reason == "campaign" and not request.campaign:
        yield Objection(N_("Choose the campaign, or another reason."), "campaign")
    if not request.items.strip():
        yield Objection(N_("Write which items of the published list are inspected."), "items")
    if request.planned_to < request.planned_from:
        yield Objection(N_("The last planned day lies before the first. Correct one of them."), field="planned_to")
    elif (request.planned_to - request.planned_from).days > 92:
        yield Objection(N_("An approval covers three months at most. Choose an earlier last day."), field="planned_to")
    if request.planned_from < today and not request.urgent:
        yield Objection(
            N_("The first planned day has passed. An entry is approved before; afterwards only where it was urgent."),
            field="planned_from",
        )
    if request.urgent and not request.urgent_reason:
        yield Objection(N_("Write why the entry could not wait for approval."), field="urgent_reason")


# ---------------------------------------------------------------- visit


def subject_objections(reason: str, campaign: str | None, inspected_on: date, today: date) -> Iterator[Objection]:
    """Unknown or contradictory answers about why and when."""
    if reason not in REASONS:
        yield Objection(N_("Choose a reason from the list."), "reason")
    if reason == "campaign" and not campaign:
        yield Objection(N_("Choose the campaign and its target, or another reason."), "target")
    if inspected_on > today:
        yield Objection(N_("The day of the visit lies in the future. Correct it."), "inspected_on")


def officer_objections(officers: Sequence[OfficerThere]) -> Iterator[Objection]:
    """Two at least, none twice, each with a valid certificate, all of the own authority."""
    seen: set[int] = set()
    for position, officer in enumerate(officers):
        field = f"officers-{position}-officer_id"
        if officer.officer_id in seen:
            yield Objection(N_("%(name)s is there twice. Choose another officer."), field, {"name": officer.name})
        elif not officer.own:
            yield Objection(
                N_("%(name)s is not an officer of your authority. Choose one who is."), field, {"name": officer.name}
            )
        elif not officer.certified:
            yield Objection(
                N_("The certificate of %(name)s is not valid on that day. Choose another officer."),
                field,
                {"name": officer.name},
                citation=TWO_OFFICERS,
            )
        seen.add(officer.officer_id)
    if len(seen) < MINIMUM_OFFICERS:
        yield Objection(
            N_("At least two officers take part. Add the one who came with you."),
            field="officers",
            citation=TWO_OFFICERS,
        )


def time_objections(visit: Visit, now: datetime) -> Iterator[Objection]:
    """Contradictions in the times of a visit; what is not given is not contradictory."""
    entered = visit.entered_at
    if visit.inspected_on > local(now).date():
        yield Objection(N_("The day of the visit lies in the future. Correct it."), field="inspected_on")
        return
    if entered and local(entered).date() != visit.inspected_on:
        yield Objection(N_("The time of arrival is not on the day of the visit. Correct it."), field="entered")
    elif entered and entered > now:
        yield Objection(N_("The time of arrival lies in the future. Correct it."), field="entered")
    yield from leaving_objections(entered, visit.left_at, now)


def leaving_objections(entered: datetime | None, left: datetime | None, now: datetime) -> Iterator[Objection]:
    """Contradictions of the time of leaving; instants are aware."""
    if not left:
        return
    if entered and left < entered:
        yield Objection(
            N_("The time of leaving lies before the arrival. Correct one of them, or tick that you left the next day."),
            field="left",
        )
    elif left > now:
        yield Objection(N_("The time of leaving lies in the future. Correct it."), field="left")
    elif entered and left - entered > LONGEST_VISIT:
        yield Objection(N_("A visit lasts a day at most. Correct the times."), field="left")


def visit_gaps(visit: Visit) -> Iterator[Objection]:
    """What the record of the visit still lacks; when it ended is known with the statement."""
    if visit.entered_at is None:
        yield Objection(N_("Enter when you arrived."), field="entered")
    if not visit.place:
        yield Objection(N_("Enter where you inspected."), field="place")
    if not visit.identity_shown:
        yield Objection(
            N_("The certificates are shown before anything else. Tick it when this was done."),
            field="identity_shown",
            citation=CERTIFICATE_SHOWN,
        )
    if visit.recusal_answer is None:
        yield Objection(
            N_("The right to ask for recusal is told. Enter the answer."), field="recusal_answer", citation=RECUSAL
        )


# ---------------------------------------------------------------- what was seen


# Words quoted from a sign, a label or a paper are what was seen, whatever they say.
_QUOTED = re.compile(r"[“「『\"《][^”」』\"》]*[”」』\"》]")
_SOFT = {
    "evaluation": re.compile(
        r"严重|恶劣|较差|很差|极差|混乱|不规范|不到位|不合理|擅自|故意|显然|明显|可能|估计|大概|疑似|似乎|认为|足以证明"
    ),
    "hearsay": re.compile(r"据(?:了解|介绍|[^，。；]{1,12}(?:称|说|反映|介绍))|自称|自述|声称|承认"),
}


class Hint(NamedTuple):
    """Words in a line (counted from 0) that sound like ``evaluation`` or ``hearsay``: pointed out, never refused."""

    line: int
    kind: str
    words: str


def wording_hints(seen: Sequence[str]) -> Iterator[Hint]:
    """Words that may say more than what was seen; the list is short on purpose, and quotations are spared."""
    for number, line in enumerate(seen):
        bare = _QUOTED.sub("", line)
        for kind, pattern in _SOFT.items():
            for match in pattern.finditer(bare):
                yield Hint(number, kind, match[0])


def wording_objections(seen: Sequence[str]) -> Iterator[Objection]:
    """What the 现场笔录 does not print: articles, judgements, penalties, orders; fields are ``seen-<n>-text``."""
    for number, line in enumerate(seen):
        for objection in objections_to_record([line], f"seen-{number}-text"):
            yield objection._replace(values={**objection.values, "line": number + 1})


# ---------------------------------------------------------------- findings, order, statement


def finding_gaps(found: Found) -> Iterator[Objection]:
    """What the record of the findings still lacks."""
    if not any(line.strip() for line in found.seen):
        yield Objection(N_("Write what you saw, one line for each thing, in order."), field="seen")
    for position, (_code, facts) in enumerate(found.findings):
        if not facts.strip():
            yield Objection(
                N_("Write the facts of this finding: what, where, how much."), field=f"findings-{position}-facts"
            )
    if found.order_correction and not found.correction_text:
        yield Objection(N_("Write what is to be corrected, and how."), field="correction_text")


def finding_objections(found: Found) -> Iterator[Objection]:
    """Contradictions among findings and order."""
    codes = [code for code, _facts in found.findings]
    for position, code in enumerate(codes):
        if code in codes[:position]:
            yield Objection(
                N_("This violation is there twice. Write all its facts in one finding."),
                field=f"findings-{position}-facts",
            )
    if found.order_correction and not found.findings:
        yield Objection(
            N_("An order to correct needs a finding with its article. Add the finding, or choose no order."),
            field="order",
            citation=ORDER_TO_CORRECT,
        )
    if found.order_correction and found.correction_due_on and found.correction_due_on < found.inspected_on:
        yield Objection(
            N_("The deadline lies before the visit. Choose a later day, or order correction at once."),
            field="correction_due_on",
        )


def statement_objections(statement: Statement) -> Iterator[Objection]:
    """The visit has ended and its record is signed; without the party a witness or the reason stands in its place."""
    if statement.left_at is None:
        yield Objection(N_("Enter when you left."), field="left")
    if statement.signature is None:
        yield Objection(N_("Choose whether the party signed."), field="signature")
    elif statement.signature == "refused" and not (statement.witness or statement.refusal_reason):
        yield Objection(
            N_("Without the party's signature, name a witness or write the reason."), field="refusal_reason"
        )
    elif statement.signature == "absent" and not statement.refusal_reason:
        yield Objection(
            N_("Write why nobody of the party was there, and who witnessed the inspection."), field="refusal_reason"
        )


def report_objections(
    visit: Visit, found: Found, statement: Statement, entry: Entry | None, needed: bool, now: datetime
) -> Iterator[Objection]:
    """Everything that stands against submitting a report, in the order of its steps."""
    yield from entry_objections(needed, entry, visit.inspected_on)
    yield from time_objections(visit, now)
    yield from visit_gaps(visit)
    if not visit.escort and statement.signature != "absent":
        yield Objection(
            N_("Name who of the party was there, or choose in the statement that nobody was."), field="escort"
        )
    yield from officer_objections(visit.officers)
    yield from finding_gaps(found)
    yield from wording_objections(found.seen)
    yield from finding_objections(found)
    yield from statement_objections(statement)

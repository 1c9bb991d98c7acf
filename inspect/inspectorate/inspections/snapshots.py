"""What the papers of a field report say: 现场笔录 (D01), 卫生监督意见书 (D03), 责令改正通知书 (D04).

Official text, so Chinese everywhere. The keys are those of ``documents/fields.toml``; what is not known is left out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from .. import clock
from ..documents.compose import CONFIRMATION
from ..documents.snapshots import agency_fields, inspection_fields, party_fields
from ..law.listing import listed, listed_by_law
from ..law.statutes import Citation, holds_on
from ..law.violations import Violation, catalogue
from .evidence import SIGNATURE, signature_of
from .models import Inspection

FIELD_RECORD, OPINION, ORDER = "D01", "D03", "D04"

NOTHING_FOUND = "本次检查未发现违反卫生法律、法规、规章的行为。"
NO_ANSWER = "未作回答"


def papers_of(report: Inspection, today: date) -> Iterator[tuple[str, dict[str, Any], date]]:
    """The papers that a report brings with it: kind, data, day of the document.

    The record is made on the day of the visit; opinion and order are dated when they are issued, never back.
    """
    yield FIELD_RECORD, field_record(report), report.inspected_on
    if report.findings or report.opinion_text:
        yield OPINION, opinion(report, today), today
    if report.order_correction:
        yield ORDER, order(report, today), today


def field_record(report: Inspection) -> dict[str, Any]:
    """Only what was seen, who was there, and how it was signed; articles and orders stand on other papers."""
    data = _shared(report, report.inspected_on) | inspection_fields(report)
    made = [one.title for one in report.evidence if one.withdrawn_reason is None and one.title != SIGNATURE]
    data["insp.media"] = "；".join(made) or None
    data["insp.recusal"] = data.get("insp.recusal", NO_ANSWER)
    if not report.escort:
        data["insp.no_escort"] = _without_party(report)
    if report.signature == "signed":
        data["confirm"] = {"text": CONFIRMATION, **_drawn(report)}
    else:
        data["sign.refusal"] = _without_party(report)
    return data


def _drawn(report: Inspection) -> dict[str, str]:
    """What the party signed on the screen, and the day; nothing where it signs on paper."""
    signed = signature_of(report)
    if signed is None or signed.sha256 is None:
        return {}
    on = {"on": clock.local(report.left_at).date().isoformat()} if report.left_at else {}
    return {"drawing": signed.sha256, **on}


def _without_party(report: Inspection) -> str:
    """Why the party's signature is missing, and who witnessed."""
    reason = (report.refusal_reason or "").rstrip("。；，")
    refused = report.signature == "refused"
    parts = [reason or ("当事人拒绝签名" if refused else "当事人不在场")]
    if report.witness:
        parts.append(f"见证人{report.witness}在场")
    return "，".join(parts)


def opinion(report: Inspection, on: date) -> dict[str, Any]:
    """The problems found, the provisions they go against, and what is asked for by when."""
    facts = [finding.facts.rstrip("。；") for finding in report.findings]
    return _shared(report, on) | {
        "opinion.text": _numbered(facts) if facts else NOTHING_FOUND,
        "case.violated": _cited(report, "violated", on),
        "correct.what": _lines(report.opinion_text)
        or _lines(report.correction_text if report.order_correction else None),
        "correct.by": _due(report),
    }


def order(report: Inspection, on: date) -> dict[str, Any]:
    """The acts, the provisions they go against and those that allow the order, and what is to be corrected by when."""
    facts = "；".join(finding.facts.rstrip("。；") for finding in report.findings)
    general = Citation("apl", 28, 1)
    return _shared(report, on) | {
        "case.facts": facts,
        "case.violated": _cited(report, "violated", on),
        "case.basis": [listed([general], full=True)],
        "correct.what": _lines(report.correction_text),
        "correct.by": _due(report),
        "correct.consequence": _consequence(report, on),
        "config.remedies": bool(report.agency.authority.reconsideration_body and report.agency.authority.court),
    }


def _shared(report: Inspection, on: date) -> dict[str, Any]:
    party = party_fields(report.subject, on)
    party.setdefault("party.address", report.place)
    return party | agency_fields(report.agency)


def violations_of(report: Inspection) -> list[Violation]:
    """The catalogue's entries of the findings, each once; codes that it no longer has are left out."""
    known = catalogue()
    codes = dict.fromkeys(finding.violation for finding in report.findings)
    return [known[code] for code in codes if code in known]


def _cited(report: Inspection, which: str, on: date) -> list[str]:
    """Provisions as a paper cites them, those in force on the day; one text per law."""
    cited = (citation for violation in violations_of(report) for citation in getattr(violation, which))
    return listed_by_law((citation for citation in cited if holds_on(citation, on)), full=True)


def _consequence(report: Inspection, on: date) -> str | None:
    """What follows where it is not corrected in time, for violations whose provision has that second step."""
    stepped = [one for one in violations_of(report) if "overdue" in one.tiers_by_name]
    basis = dict.fromkeys(citation for one in stepped for citation in one.basis if holds_on(citation, on))
    return f"逾期不改正的，依照{listed(basis, full=True)}的规定处理" if basis else None


def _due(report: Inspection) -> str | None:
    due = report.correction_due_on if report.order_correction else None
    return due.isoformat() if due else None


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _numbered(lines: list[str]) -> str:
    return f"{lines[0]}。" if len(lines) == 1 else "\n".join(f"{n}. {line}。" for n, line in enumerate(lines, 1))

"""The few past records that break a rule on purpose, so that the remarks of an import can be seen.

History is what it was: they load, and say what is wrong with them.
"""

from collections.abc import Sequence

from .offices import Record


def make_odd(inspections: Sequence[Record], cases: Sequence[Record], spared: Sequence[str | None]) -> list[str]:
    """Bend the first records that lend themselves to it, apart from those that are odd already; returns their keys."""
    bent: list[str] = []
    for odd, records in ((_one_officer_only, inspections), (_closed_too_early, cases), (_fine_too_low, cases)):
        found = next((one for one in records if one["key"] not in (*bent, *spared) and odd(one)), None)
        if found:
            bent.append(found["key"])
    return bent


def _one_officer_only(inspection: Record) -> bool:
    inspection["officers"] = inspection["officers"][:1]
    return True


def _closed_too_early(case: Record) -> bool:
    if not case["closed_on"]:
        return False
    case["closed_on"] = case["filed_on"]
    return True


def _fine_too_low(case: Record) -> bool:
    """A fine of 500 yuan where the law demands at least five thousand, with nothing on file that would let it."""
    decision, charges = case["respondents"][0]["decision"], case["respondents"][0]["violations"]
    if not decision or len(charges) > 1 or not charges[0]["code"].startswith("MC-00"):
        return False
    fines = [one for one in decision["penalties"] if one["kind"] == "fine" and float(one["amount"]) >= 50_000]
    for fine in fines:
        fine["amount"] = "500.00"
    return bool(fines)

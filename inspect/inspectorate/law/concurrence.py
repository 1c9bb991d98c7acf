"""One act that breaks several rules: fined once, under the rule with the higher fine (行政处罚法 29)."""

from collections.abc import Sequence

from .ranges import PenaltyRange


def governing(ranges: Sequence[PenaltyRange]) -> PenaltyRange | None:
    """The range under which one act is fined: the one that no other exceeds at its minimum or its maximum.

    None where the ranges cross, so that a reviewer has to choose and say why, or where none of them has a fine.
    Measures of the other rules, and their penalties other than fines, may still stand.
    """
    fined = [(found, found.fine) for found in ranges if found.fine]
    for found, fine in fined:
        if all(fine.min >= other.min and fine.max >= other.max for _, other in fined):
            return found
    return None

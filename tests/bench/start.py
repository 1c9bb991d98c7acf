"""Not measured yet."""

from tests.bench.measure import Ratio

TITLE = "Start"
ON_EACH_DATABASE = False


def ratios(_bench: None) -> list[Ratio]:
    """Starting against importing."""
    return []

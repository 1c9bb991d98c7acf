"""The exposure list as comma-separated values: every field of 行政处罚信息公示, one decision a line."""

import csv
import io

from ...campaigns.render.csv import BYTE_ORDER_MARK
from ...exports import harmless
from ..exposure import FIELDS, Exposure


def render_exposure_csv(found: Exposure) -> bytes:
    """Begins with a byte order mark, as Excel wants it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([head for head, _field in FIELDS])
    for row in found.shown:
        writer.writerow([harmless(str(getattr(row.exposed, field))) for _head, field in FIELDS])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()

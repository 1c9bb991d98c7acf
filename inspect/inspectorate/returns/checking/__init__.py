"""Does a table hold, in itself and beside everything else that is known? Each finding says what to do."""

from .all import findings
from .finding import ERROR, WARNING, Finding, Link

__all__ = ["ERROR", "WARNING", "Finding", "Link", "findings"]

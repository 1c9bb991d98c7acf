"""The data checked as a whole: the catalogue in itself, and against the texts of the statutes where they are loaded."""

from .catalogue import Report, check
from .problems import Problem
from .texts import Cited, Compared, check_texts

__all__ = ["Cited", "Compared", "Problem", "Report", "check", "check_texts"]

"""Screens of typical cases: the choice and its way up, accounts, annex 2; and the exposure list."""

from . import accounts, exposure, selection
from .blueprint import bp

__all__ = ["accounts", "bp", "exposure", "selection"]

"""Screens of campaigns: the list, the page of one, making them, their tables and the records behind them."""

from . import campaigns, planning, tables
from .blueprint import bp

__all__ = ["bp", "campaigns", "planning", "tables"]

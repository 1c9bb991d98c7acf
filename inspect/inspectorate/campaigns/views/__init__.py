"""Screens of campaigns: the list, the page of one, its tables and the records behind them, typical cases."""

from . import campaigns, tables, typical
from .blueprint import bp

__all__ = ["bp", "campaigns", "tables", "typical"]

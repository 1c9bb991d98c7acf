"""Screens of campaigns: the list, the page of one, its tables and the records behind them."""

from . import campaigns, tables
from .blueprint import bp

__all__ = ["bp", "campaigns", "tables"]

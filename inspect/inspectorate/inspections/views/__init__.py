"""Screens of inspections: the list, the report step by step, evidence, approvals of entry."""

from . import approvals, evidence, lists, report, steps
from .blueprint import bp

__all__ = ["approvals", "bp", "evidence", "lists", "report", "steps"]

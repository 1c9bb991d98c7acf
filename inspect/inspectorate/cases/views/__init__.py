"""Screens of cases: the list, opening, the case itself, and one page for each step."""

from . import approval, drafts, execution, investigation, lists, notice, opening, proposal, show
from .blueprint import bp

__all__ = ["approval", "bp", "drafts", "execution", "investigation", "lists", "notice", "opening", "proposal", "show"]

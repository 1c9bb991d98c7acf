"""Screens of forms: those there are, drafts of new ones, and their parts."""

from . import drafts, edit, known, start
from .blueprint import bp

__all__ = ["bp", "drafts", "edit", "known", "start"]

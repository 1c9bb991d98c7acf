"""Screens of signing in: the door itself, the user's own page, and what administrators do for others."""

from . import administration, entering, own, second_factor, single_sign_on
from .blueprint import bp

__all__ = ["administration", "bp", "entering", "own", "second_factor", "single_sign_on"]

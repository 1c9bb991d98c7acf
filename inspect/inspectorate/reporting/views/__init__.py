"""Screens of pictures, bulletins and the campaign report of a campaign."""

from . import account, bulletins, pictures
from .blueprint import bp

__all__ = ["account", "bp", "bulletins", "pictures"]

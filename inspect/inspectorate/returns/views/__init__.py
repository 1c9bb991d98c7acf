"""Screens of returns: the board, one return, its answers, its history."""

from . import answers, board, correcting, history, page
from .blueprint import bp

__all__ = ["answers", "board", "bp", "correcting", "history", "page"]

"""Screens of returns: the board, one return, its answers, its history."""

from . import answers, board, correcting, files, history, links, page
from .blueprint import bp

__all__ = ["answers", "board", "bp", "correcting", "files", "history", "links", "page"]

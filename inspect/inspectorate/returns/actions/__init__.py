"""What is done with returns, one function a use case."""

from .answering import accept, accept_many, remind, send_back
from .freezing import freeze
from .opening import open_department, open_level
from .reporting import correct, file_department, sign, submit, type_in

__all__ = [
    "accept",
    "accept_many",
    "correct",
    "file_department",
    "freeze",
    "open_department",
    "open_level",
    "remind",
    "send_back",
    "sign",
    "submit",
    "type_in",
]

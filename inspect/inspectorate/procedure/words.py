"""Marks source strings for translation; the screens translate them, this package stays free of Flask."""


def N_(message: str) -> str:
    """The string itself."""
    return message

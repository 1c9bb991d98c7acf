"""What keeps a file from being read at all."""


class Unreadable(ValueError):
    """The file as a whole cannot be read."""

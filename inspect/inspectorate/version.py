"""The version of the program, as `pyproject.toml` says it too (tests/operations)."""

VERSION = "0.1.0"

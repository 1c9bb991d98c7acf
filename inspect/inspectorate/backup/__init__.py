"""Backups, and getting them back."""

RESTORING = "restoring"
"""Folder in DATA_DIR in which the keys and texts of a restore lie ready."""

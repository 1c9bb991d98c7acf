"""Annex 2 drawn as Word, PDF and JSON."""

"""The law browser: violations and what they may cost, laws and their articles, and what changed between versions."""

"""Invented but realistic data for all three fields, the same for the same seed on the same day.

The past (since 2021) is made as interchange records and loaded like a stranger's; live cases are made through the same
actions that people use. What is invented here names no real person and no real firm.
"""

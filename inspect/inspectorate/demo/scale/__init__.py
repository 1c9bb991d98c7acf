"""``flask demo --scale``: a nation of invented records, to see how the application stands a province's size.

What is told here comes from the same material as the small demo; it is written past the session, in bulk, with the
entries of the record that a load through ``record_all`` would have written.
"""

"""`scripts/audit`: the pages as visitors get them, measured against the design's goals.

Rule: what could not be measured is said with its reason and never counts as passed.
"""

"""`scripts/bench`: how fast the product is, beside baselines taken in the same run.

Rule: what was measured is told as it is; the exit status says only whether it could be measured.
"""

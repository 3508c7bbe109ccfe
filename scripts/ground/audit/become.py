"""Becomes another program, which then ends when the command that started it ends.

Rule: started through `lineage.py`, whose tie to the parent outlives the change of program.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    os.execv(sys.argv[1], sys.argv[1:])

"""The scripts start where nothing is installed yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_front_needs_nothing_but_the_standard_library() -> None:
    """`-I -S` hides every installed package, as on a fresh machine."""
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        "import runpy; runpy.run_path('scripts/ground/__main__.py', run_name='front')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

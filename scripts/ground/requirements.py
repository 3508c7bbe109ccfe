"""Which pinned packages are wanted, and whether the environment already has them.

Rule: a stamp is written after the last package, so an interrupted installation is done again; it
holds the hash of the whole list and the Python it was installed for.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from scripts.ground.places import ROOT, VENV

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
STAMPS = "installed"


def pins(text: str) -> set[tuple[str, str]]:
    """The names and versions in a pinned list."""
    return {(name.lower(), version) for name, version in PIN.findall(text)}


class Requirements:
    """One pinned list and its stamp inside the environment."""

    def __init__(self, name: str, *, root: Path = ROOT, venv: Path = VENV) -> None:
        self.path = root / name
        self.text = self.path.read_text(encoding="utf-8")
        self._stamp = venv / STAMPS / name

    @property
    def digest(self) -> str:
        """What the stamp must say."""
        version = ".".join(map(str, sys.version_info[:2]))
        return f"{version} {hashlib.sha256(self.text.encode()).hexdigest()}"

    @property
    def count(self) -> int:
        """How many packages are pinned; a package pinned twice for two Pythons counts once."""
        return len({name for name, _ in pins(self.text)})

    def installed(self) -> bool:
        """Whether the environment has exactly this list."""
        return self._stamp.exists() and self._stamp.read_text(encoding="utf-8") == self.digest

    def covers(self, other: Requirements) -> bool:
        """Whether who has this list has the other one too."""
        return pins(other.text) <= pins(self.text)

    def stamp(self) -> None:
        """Remember that the list is installed."""
        self._stamp.parent.mkdir(exist_ok=True)
        self._stamp.write_text(self.digest, encoding="utf-8")

    def unstamp(self) -> None:
        """Forget it: the environment is about to change."""
        self._stamp.unlink(missing_ok=True)

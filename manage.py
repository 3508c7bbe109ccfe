#!/usr/bin/env python
"""Django's command line. `scripts/manage` calls it inside the prepared environment."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command named in the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ciayumajakuning.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

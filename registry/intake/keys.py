"""What identifies a row of a sheet beside its NIB.

The rule: the same row of the same sheet has the same key whenever it is taken in; a row that
carries the register's code has that; a row that says too little has none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from registry.names import is_generic, name_key

# How the register names a firm in a sheet that it writes.
CODE = "IKM-"
_CODE = re.compile(rf"{CODE}([0-9]{{1,12}})", re.IGNORECASE)


def firm_of_code(values: Mapping[str, Any]) -> int | None:
    """The key of the firm that the register's own code in a row names."""
    text = values.get("firm_code")
    code = _CODE.fullmatch(text) if text else None
    return int(code[1]) if code else None


def row_key(values: Mapping[str, Any]) -> str:
    """What identifies a row beside its NIB; empty where a row says too little to tell."""
    if (firm := firm_of_code(values)) is not None:
        return f"{CODE}{firm}"
    name, owner = values.get("name"), values.get("owner_name") or ""
    phone = values.get("phone") or ""
    if not name or (not owner and not phone and is_generic(name, values.get("product"))):
        return ""
    place = values.get("village_code") or values.get("district_code") or ""
    parts = (values.get("regency_code") or "", name_key(name), place, name_key(owner), phone)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def all_said(values: Mapping[str, Any]) -> str:
    """The same for two rows that say exactly the same."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()

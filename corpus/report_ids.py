"""Which texts can't be the id of a report?

Ids stand in addresses, in file names of exports and on one line of a terminal.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Ids are made from names of files, which have up to 255 bytes; no id that people read is longer.
MAX_ID: Final = 200
# Browsers take these out of an address, and with them what stands before.
_DOT_SEGMENTS: Final = frozenset((".", ".."))
# Control characters (line ends and tabs among them), halves of characters, line separators.
_UNUSABLE: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))
_SHOWN: Final = 40  # characters of an id that is too long


def id_problem(report_id: str) -> str:
    """Why a text can't be a report's id, and what to do about it; empty if it can."""
    if len(report_id) > MAX_ID:
        shown = report_id[:_SHOWN]
        return f"the id {shown!r}… has {len(report_id)} characters; {MAX_ID} is the limit"
    if any(unicodedata.category(char) in _UNUSABLE for char in report_id):
        return f"the id {report_id!r} has control characters or line ends in it; take them out"
    if _DOT_SEGMENTS & set(report_id.replace("\\", "/").split("/")):
        return f"the id {report_id!r} can't stand in an address; choose another id"
    return ""

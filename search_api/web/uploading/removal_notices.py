"""What did a removal do? Told once, on the page that a person is led to after it.

The address of that page carries a ticket that nobody can guess: what an address says by itself is
never told as something that happened.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import Final

# Notices that nobody came for are forgotten, the oldest first.
MAX_NOTICES: Final = 32


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of the reports that a person confirmed.

    `gone` were in the index no more. `kept` names uploaded tables that hold other reports too;
    `outside`: whether files of other folders were read, which are not touched.
    """

    report_ids: tuple[str, ...]
    gone: tuple[str, ...]
    kept: tuple[str, ...]
    outside: bool


class Notices:
    """Keeps notices until somebody comes with the ticket of one."""

    def __init__(self) -> None:
        self._waiting: dict[str, Removed] = {}
        self._lock = threading.Lock()

    def keep(self, removed: Removed) -> str:
        """Keep a notice; returns its ticket."""
        ticket = secrets.token_urlsafe(16)
        with self._lock:
            self._waiting[ticket] = removed
            while len(self._waiting) > MAX_NOTICES:
                del self._waiting[next(iter(self._waiting))]
        return ticket

    def take(self, ticket: str) -> Removed | None:
        """The notice of a ticket, once; None for a ticket that is used up, or none."""
        with self._lock:
            return self._waiting.pop(ticket, None)

"""Comparisons that were made lately: sorting, exporting or printing one doesn't make it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

from search_api.comparing.comparison_types import Comparison
from search_api.comparing.table.comparison import compare
from search_api.comparing.table.selection import Chosen
from search_api.comparing.wording.wording_comparison import compare_wording
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.engine import Engine
from search_api.errors import BusyError

# A comparison of a hundred reports has about a hundred kilobytes.
KEPT: Final = 16
# Made at once, waiting ones included: they all hold a thread that other requests need.
MOST_AT_ONCE: Final = 8

Made = TypeVar("Made")
# The generation, what is compared, and in which reports.
_Key = tuple[int, str | None, Chosen]


class Comparisons:
    """The latest comparisons of an index. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._tables: OrderedDict[_Key, Comparison] = OrderedDict()
        self._wordings: OrderedDict[_Key, WordingComparison] = OrderedDict()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def table(self, engine: Engine, topic: str, chosen: Chosen) -> Comparison:
        """As `comparing.table.compare`. Raises BusyError too."""
        key = (engine.index.generation, topic, chosen)
        return self._kept(self._tables, key, lambda: compare(engine, topic, chosen))

    def wording(self, engine: Engine, topic: str | None, chosen: Chosen) -> WordingComparison:
        """As `comparing.wordings.compare_wording`. Raises BusyError too."""
        key = (engine.index.generation, topic, chosen)
        return self._kept(self._wordings, key, lambda: compare_wording(engine, topic, chosen))

    def _kept(self, kept: OrderedDict[_Key, Made], key: _Key, make: Callable[[], Made]) -> Made:
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        if not self._places.acquire(blocking=False):
            raise BusyError(f"{MOST_AT_ONCE} comparisons are being made already; try again soon")
        try:
            # Made outside of the lock: others don't wait for it.
            made = make()
        finally:
            self._places.release()
        with self._lock:
            kept[key] = made
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return made

"""Comparisons that were made lately: sorting, exporting or printing one doesn't make it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

from search_api.comparing.selection import Chosen
from search_api.comparing.table import compare
from search_api.comparing.types import Comparison
from search_api.comparing.wording_types import WordingComparison
from search_api.comparing.wordings import compare_wording
from search_api.engine import Engine

# A comparison of a hundred reports has about a hundred kilobytes.
KEPT: Final = 16

Made = TypeVar("Made")
# The generation, what is compared, and in which reports.
_Key = tuple[int, str, Chosen]


class Comparisons:
    """The latest comparisons of an index. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._tables: OrderedDict[_Key, Comparison] = OrderedDict()
        self._wordings: OrderedDict[_Key, WordingComparison] = OrderedDict()
        self._lock = threading.Lock()

    def table(self, engine: Engine, topic: str, chosen: Chosen) -> Comparison:
        """As `comparing.table.compare`."""
        return self._kept(self._tables, compare, engine, topic, chosen)

    def wording(self, engine: Engine, topic: str, chosen: Chosen) -> WordingComparison:
        """As `comparing.wordings.compare_wording`."""
        return self._kept(self._wordings, compare_wording, engine, topic, chosen)

    def _kept(
        self,
        kept: OrderedDict[_Key, Made],
        make: Callable[[Engine, str, Chosen], Made],
        engine: Engine,
        topic: str,
        chosen: Chosen,
    ) -> Made:
        key = (engine.index.generation, topic, chosen)
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        # Made outside of the lock: others don't wait for it.
        made = make(engine, topic, chosen)
        with self._lock:
            kept[key] = made
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return made

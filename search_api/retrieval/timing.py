"""Where does the time of a search go?"""

from __future__ import annotations

from time import perf_counter


class Stopwatch:
    """Milliseconds by stage. `lap` books the time since the last lap (or the start) to a stage."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._start = self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to `stage`; a stage may be booked to again."""
        now = perf_counter()
        self.ms[stage] = self.ms.get(stage, 0.0) + 1000 * (now - self._last)
        self._last = now

    @property
    def total(self) -> float:
        """Milliseconds since the start."""
        return 1000 * (perf_counter() - self._start)

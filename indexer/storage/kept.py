"""What was read lately, kept so that it isn't read again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Reads what it hasn't read lately. May be called from any thread.

    `read` gives one value a key, in their order, and the same one whenever it is asked; `most` values are
    kept, the longest unused given up first.
    """

    def __init__(self, read: Callable[[Sequence[Key]], Sequence[Value]], most: int) -> None:
        if most < 1:
            raise ValueError(f"most is {most}, at least 1 is wanted")
        self._read = read
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, keys: Sequence[Key]) -> list[Value]:
        """The values of keys, in their order. Raises what `read` raises."""
        found: dict[Key, Value] = {}
        with self._lock:
            for key in keys:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    found[key] = self._kept[key]
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            # Not under the lock: others need not wait for the disk.
            found.update(zip(missing, self._read(missing), strict=True))
            with self._lock:
                for key in missing:
                    self._kept[key] = found[key]
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return [found[key] for key in keys]

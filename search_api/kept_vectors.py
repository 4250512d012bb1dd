"""Vectors of texts that come again and again, kept so that none is encoded twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


class KeptVectors:
    """Encodes what it hasn't seen lately. May be called from any thread.

    `encode` gives `(n, dim)` for n texts; `most` is how many vectors are kept, the longest unused
    given up first.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Rows], most: int) -> None:
        if most < 1:
            raise ValueError(f"most is {most}, at least 1 is wanted")
        self._encode = encode
        self._most = most
        self._kept: OrderedDict[str, Rows] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> Rows:
        """The vectors of texts `(n, dim)`, in their order."""
        found: dict[str, Rows] = {}
        with self._lock:
            for text in texts:
                if text in self._kept:
                    self._kept.move_to_end(text)
                    found[text] = self._kept[text]
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing or not texts:
            # Not under the lock: others need not wait for the model.
            rows = self._encode(missing)
            if not texts:
                return rows
            # Copies: a view would keep all rows of its batch in memory.
            found.update((text, row.copy()) for text, row in zip(missing, rows, strict=True))
            with self._lock:
                for text in missing:
                    self._kept[text] = found[text]
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return np.stack([found[text] for text in texts])

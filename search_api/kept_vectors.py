"""Vectors of texts that come again and again, kept so that none is encoded twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.storage.kept import Kept

Rows = NDArray[np.float32]


class KeptVectors:
    """Encodes what it hasn't seen lately. May be called from any thread.

    `encode` gives `(n, dim)` for n texts; `most` is how many vectors are kept, the longest unused
    given up first.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Rows], most: int) -> None:
        self._encode = encode
        # Copies: a view would keep all rows of its batch in memory.
        self._kept = Kept[str, Rows](lambda texts: [row.copy() for row in encode(texts)], most)

    def of(self, texts: Sequence[str]) -> Rows:
        """The vectors of texts `(n, dim)`, in their order."""
        return np.stack(self._kept.of(texts)) if texts else self._encode(texts)

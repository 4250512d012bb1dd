"""The vector index: exact inner products up to a size, FAISS beyond it.

A folder written once and then only read: the passages' keys, their vectors in 16 bits in the same
order, and for large indexes a FAISS inverted file over 8-bit vectors, whose candidates are scored
again with the 16-bit ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.types import Scored, Selection

EXACT_LIMIT = 100_000

_KEYS = "keys.npy"
_ROWS = "rows.f16"
_INVERTED = "vectors.faiss"
_ROW_TYPE = np.dtype("<f2")


class VectorIndex:
    """An opened vector index. Its methods may be called from several threads."""

    def __init__(
        self, keys: NDArray[np.int64], rows: NDArray[np.float16], inverted: faiss.IndexIVF | None
    ) -> None:
        self._keys = keys
        self._rows = rows
        self._inverted = inverted
        self._exact = rows.astype(np.float32) if inverted is None else None

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        """Open a finished index. Raises OSError or ValueError if it can't be read."""
        keys = np.load(folder / _KEYS)
        rows = _map_rows(folder / _ROWS, len(keys))
        return cls(keys, rows, None)

    def __len__(self) -> int:
        return len(self._keys)

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages in the index, `(n,)`, ascending."""
        return self._keys

    def search(
        self, query: NDArray[np.float32], k: int, within: Selection | None = None
    ) -> list[Scored]:
        """The k passages of the largest inner product with `query` `(dim,) float32`."""
        if k < 1 or not len(self):
            return []
        spans = self._spans(within)
        positions = np.concatenate([np.arange(*span) for span in spans]) if spans else _NONE
        if not len(positions):
            return []
        assert self._exact is not None
        scores = np.concatenate([self._exact[start:end] @ query for start, end in spans])
        return _best(self._keys[positions], scores, k)

    def _spans(self, within: Selection | None) -> list[tuple[int, int]]:
        """Where the selection's passages stand in the rows, as half-open spans."""
        if within is None:
            return [(0, len(self))]
        edges = np.searchsorted(self._keys, np.array(within.ranges, dtype=np.int64).reshape(-1, 2))
        return [(int(start), int(end)) for start, end in edges if start < end]


_NONE = np.empty(0, dtype=np.int64)


def write(
    folder: Path,
    batches: Iterable[tuple[NDArray[np.int64], NDArray[np.float16]]],
    dimension: int,
    previous: Path | None = None,
    keep: Callable[[NDArray[np.int64]], NDArray[np.bool_]] | None = None,
) -> None:
    """Write an index to a new folder.

    `batches` are keys `(n,)` and unit vectors `(n, dim) float16`, keys ascending throughout and
    above those of `previous`. Of `previous` those keys are taken over for which `keep` holds.
    """
    folder.mkdir()
    keys: list[NDArray[np.int64]] = []
    with (folder / _ROWS).open("wb") as file:
        if previous is not None:
            old_keys = np.load(previous / _KEYS)
            old_rows = _map_rows(previous / _ROWS, len(old_keys), dimension)
            kept = keep(old_keys) if keep else np.ones(len(old_keys), dtype=bool)
            keys.append(old_keys[kept])
            file.write(old_rows[kept].tobytes())
        for batch_keys, batch_rows in batches:
            keys.append(batch_keys)
            file.write(batch_rows.astype(_ROW_TYPE).tobytes())
    np.save(folder / _KEYS, np.concatenate(keys) if keys else _NONE)


def _map_rows(file: Path, count: int, dimension: int | None = None) -> NDArray[np.float16]:
    size = file.stat().st_size
    if not count:
        return np.empty((0, dimension or 0), dtype=_ROW_TYPE)
    width = size // (count * _ROW_TYPE.itemsize)
    if size != count * width * _ROW_TYPE.itemsize or (dimension and width != dimension):
        raise ValueError(f"{file}: {size} bytes don't hold {count} vectors")
    return np.memmap(file, dtype=_ROW_TYPE, mode="r", shape=(count, width))


def _best(keys: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> list[Scored]:
    """The k best of scored keys, equal scores by key."""
    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        chosen = np.flatnonzero(scores >= least)
        keys, scores = keys[chosen], scores[chosen]
    order = np.lexsort((keys, -scores))[:k]
    return [Scored(int(keys[place]), float(scores[place])) for place in order]

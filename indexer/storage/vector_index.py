"""The vector index: exact inner products up to a size, FAISS beyond it.

A folder written once and then only read: the passages' keys, their unit vectors in 16 bits in the
same order and, for large indexes, FAISS codes of 4 bits a dimension. All codes are compared with
the question, and the best candidates are scored again with the 16-bit vectors.

Skipping most vectors, as inverted files and graphs do, was tried first. Questions lie away from all
passages, so the lists nearest to a question don't hold its nearest passages: of real questions'
ten nearest among 8,559 real vectors, looking into half of 92 lists found 98%, into an eighth 86%.
Comparing all codes found all of them, and a million take some 20 ms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.types import Scored, Selection

# So many passages are compared one by one: 6 ms on 2 cores and 154 MB, for 384 dimensions.
EXACT_LIMIT = 100_000

# Codes are of a vector's difference from its list's centre: so many lists a square root of the
# number of vectors. More cost time (each has tables of its own), fewer make the codes coarser.
_LISTS_PER_ROOT = 1 / 8
# Vectors the lists' centres are computed from, a list.
_TRAINING_PER_LIST = 400
_TRAINING_ROUNDS = 10
# The lists are computed anew when there are so many times more vectors than they were made for.
_OUTGROWN = 4
# Codes misplace neighbours: so many more candidates are scored again. `python -m eval.bench query`
# prints the recall and the time that come of it.
_RESCORED_FACTOR = 4
_RESCORED_MORE = 400
# Of a large index, selections up to this size are compared one by one: widening their vectors from
# 16 bits takes 1 ms for 1,000, and comparing all codes as long as for a question without selection.
_FEW = 2_000
_BLOCK = 50_000  # rows in 32 bits at a time

_KEYS = "keys.npy"
_ROWS = "rows.f16"
_CODES = "vectors.faiss"
_ROW_TYPE = np.dtype("<f2")
_NO_KEYS: NDArray[np.int64] = np.empty(0, dtype=np.int64)

Keys = NDArray[np.int64]
Rows = NDArray[np.float16]


def _faiss() -> ModuleType:
    # Loading FAISS takes 0.3 s, which a search in a small index from the command line can spare.
    import faiss  # noqa: PLC0415

    module: ModuleType = faiss
    return module


class VectorIndex:
    """An opened vector index. Its methods may be called from several threads."""

    def __init__(self, keys: Keys, rows: Rows, codes: Any = None) -> None:
        """`keys` ascending `(n,)`, `rows` `(n, dim)`, `codes` a FAISS index of the same."""
        self._keys = keys
        self._rows = rows
        self._codes = codes
        self._exact = rows.astype(np.float32) if codes is None else None

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        """Open a finished index. Raises OSError or ValueError if it can't be read."""
        keys = np.load(folder / _KEYS)
        rows = _map_rows(folder / _ROWS, len(keys))
        file = folder / _CODES
        return cls(keys, rows, _read_codes(file, len(keys)) if file.exists() else None)

    def __len__(self) -> int:
        return len(self._keys)

    def keys(self) -> Keys:
        """The keys of all passages in the index, `(n,)`, ascending."""
        return self._keys

    def search(
        self, query: NDArray[np.float32], k: int, within: Selection | None = None
    ) -> list[Scored]:
        """The k passages of the largest inner product with `query` `(dim,) float32`.

        Exact for indexes of up to EXACT_LIMIT passages and for small selections.
        """
        spans = self._spans(within)
        size = sum(end - start for start, end in spans)
        if k < 1 or not size:
            return []
        if self._codes is not None and size > _FEW:
            places = self._candidates(query, k, spans, size)
            scores = self._rows[places].astype(np.float32) @ query
        else:
            table = self._rows if self._exact is None else self._exact
            places = np.concatenate([np.arange(*span) for span in spans])
            scores = np.concatenate(
                [table[slice(*span)].astype(np.float32, copy=False) @ query for span in spans]
            )
        return _best(self._keys[places], scores, k)

    def _candidates(
        self, query: NDArray[np.float32], k: int, spans: list[tuple[int, int]], size: int
    ) -> Keys:
        """Places of rows that hold the k best but for a few in a thousand."""
        faiss = _faiss()
        # FAISS keeps no reference to the selector or its array: these names keep them alive.
        bits = self._bitmap(spans) if size < len(self) else None
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        settings = faiss.SearchParametersIVF(nprobe=self._codes.nlist, sel=selector)
        wanted = min(size, k * _RESCORED_FACTOR + _RESCORED_MORE)
        _, found = self._codes.search(query.reshape(1, -1), wanted, params=settings)
        # FAISS fills up with -1 what it doesn't find.
        return np.searchsorted(self._keys, np.sort(found[0][found[0] >= 0]))

    def _bitmap(self, spans: list[tuple[int, int]]) -> NDArray[np.uint8]:
        chosen = np.zeros(int(self._keys[-1]) + 1, dtype=bool)
        for start, end in spans:
            chosen[self._keys[start:end]] = True
        return np.packbits(chosen, bitorder="little")

    def _spans(self, within: Selection | None) -> list[tuple[int, int]]:
        """Where the selection's passages stand in the rows, as half-open spans."""
        if within is None:
            return [(0, len(self))]
        edges = np.searchsorted(self._keys, np.array(within.ranges, dtype=np.int64).reshape(-1, 2))
        return [(int(start), int(end)) for start, end in edges if start < end]


def write(
    folder: Path,
    batches: Iterable[tuple[Keys, Rows]],
    previous: Path | None = None,
    keep: Keys | None = None,
) -> None:
    """Write an index to a new folder.

    `batches` are keys `(n,)` and unit vectors `(n, dim) float16`, keys ascending throughout and
    above those of `previous`. Of `previous` the keys in `keep` are taken over, all if it is None.
    """
    folder.mkdir()
    keys: list[Keys] = []
    with (folder / _ROWS).open("wb") as file:
        if previous is not None:
            old = np.load(previous / _KEYS)
            kept = np.ones(len(old), dtype=bool) if keep is None else np.isin(old, keep)
            keys.append(old[kept])
            rows = _map_rows(previous / _ROWS, len(old))
            for start in range(0, len(old), _BLOCK):
                block = slice(start, start + _BLOCK)
                file.write(rows[block][kept[block]].tobytes())
        for batch_keys, batch_rows in batches:
            keys.append(batch_keys)
            file.write(batch_rows.astype(_ROW_TYPE).tobytes())
    all_keys = np.concatenate(keys) if keys else _NO_KEYS
    np.save(folder / _KEYS, all_keys)
    if len(all_keys) > EXACT_LIMIT:
        before = previous / _CODES if previous is not None else None
        _write_codes(folder, all_keys, before)


def _write_codes(folder: Path, keys: Keys, previous: Path | None) -> None:
    faiss = _faiss()
    rows = _map_rows(folder / _ROWS, len(keys))
    lists = max(1, int(_LISTS_PER_ROOT * math.sqrt(len(keys))))
    index = faiss.read_index(str(previous)) if previous is not None and previous.exists() else None
    if index is None or lists > index.nlist * math.sqrt(_OUTGROWN):
        index = _trained(rows, lists)
        fresh = np.ones(len(keys), dtype=bool)
    else:
        held = np.load(previous.parent / _KEYS) if previous is not None else _NO_KEYS
        index.remove_ids(np.setdiff1d(held, keys))
        fresh = ~np.isin(keys, held)
    places = np.flatnonzero(fresh)
    for start in range(0, len(places), _BLOCK):
        block = places[start : start + _BLOCK]
        index.add_with_ids(rows[block].astype(np.float32), keys[block])
    faiss.write_index(index, str(folder / _CODES))


def _trained(rows: Rows, lists: int) -> Any:
    """Codes of no vector yet, with lists and code books.

    Of unit vectors the nearest has the largest inner product, so comparing by distance finds the
    same, and keeps the lists of equal sizes.
    """
    faiss = _faiss()
    dimension = rows.shape[1]
    centres = faiss.IndexFlatL2(dimension)
    codes = faiss.IndexIVFPQFastScan(centres, dimension, lists, dimension, 4, faiss.METRIC_L2)
    centres.this.disown()  # the codes free it
    codes.own_fields = True
    codes.cp.niter = _TRAINING_ROUNDS
    step = max(1, len(rows) // (lists * _TRAINING_PER_LIST))
    codes.train(np.ascontiguousarray(rows[::step]).astype(np.float32))
    return codes


def _read_codes(file: Path, count: int) -> Any:
    faiss = _faiss()
    try:
        # Mapped, not read: opening is immediate, and processes share the memory.
        index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:  # what FAISS raises for anything wrong with a file
        raise ValueError(f"{file}: {error}") from error
    if index.ntotal != count:
        raise ValueError(f"{file}: {index.ntotal} vectors, not {count}")
    return index


def _map_rows(file: Path, count: int) -> Rows:
    size = file.stat().st_size
    if not count:
        return np.empty((0, 0), dtype=_ROW_TYPE)
    width = size // (count * _ROW_TYPE.itemsize)
    if size != count * width * _ROW_TYPE.itemsize:
        raise ValueError(f"{file}: {size} bytes don't hold {count} vectors")
    return np.memmap(file, dtype=_ROW_TYPE, mode="r", shape=(count, width))


def _best(keys: Keys, scores: NDArray[np.float32], k: int) -> list[Scored]:
    """The k best of scored keys, equal scores by key."""
    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        chosen = np.flatnonzero(scores >= least)
        keys, scores = keys[chosen], scores[chosen]
    order = np.lexsort((keys, -scores))[:k]
    return [Scored(int(keys[place]), float(scores[place])) for place in order]

"""Which of many sentences may be alike? All pairs by their vectors and character pairs at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from search_api.comparing.likeness.similarity import Prepared, may_be_alike

Floats = NDArray[np.float32]


def nearness_matrix(left: Sequence[Prepared], right: Sequence[Prepared]) -> tuple[Floats, Floats]:
    """Cosines and shares of common character pairs, both `(n, m)`."""
    cosines = np.stack([each.vector for each in left]) @ np.stack([each.vector for each in right]).T
    return cosines.astype(np.float32), _shared(left, right)


def worth_comparing(cosines: Floats, shared: Floats) -> list[tuple[int, int]]:
    """The pairs that are worth looking at, by their numbers, in order."""
    rows, columns = np.nonzero(may_be_alike(cosines, shared))
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _shared(left: Sequence[Prepared], right: Sequence[Prepared]) -> Floats:
    """Dice's coefficient of the sets of pairs, 0..1."""
    columns: dict[str, int] = {}
    ours, theirs = (_sets(each, columns) for each in (left, right))
    ours.resize((len(left), len(columns) or 1))
    theirs.resize((len(right), len(columns) or 1))
    both = np.asarray((ours @ theirs.T).todense(), dtype=np.float32)
    sizes = np.add.outer(np.diff(ours.indptr), np.diff(theirs.indptr)).astype(np.float32)
    shares: Floats = 2 * both / np.maximum(sizes, 1)
    return shares


def _sets(texts: Sequence[Prepared], columns: dict[str, int]) -> csr_matrix:
    """One row a text, 1 for each pair it has; `columns` learns the pairs it hasn't seen."""
    indices: list[int] = []
    ends = [0]
    for each in texts:
        indices += [columns.setdefault(pair, len(columns)) for pair in each.pairs]
        ends.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((data, indices, ends), shape=(len(texts), len(columns) or 1))

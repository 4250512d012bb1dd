"""Which words of two aligned texts stand for each other? Learned from the pairs, and from a dictionary.

IBM model 1, then the same with a prior that likes the diagonal (Dyer et al. 2013), in both directions
at once: what either direction learns is the geometric mean of what both expect (after Liang et al.
2006), which keeps rare words from gathering whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

# Rounds without and with the diagonal; more change nothing that can be measured.
ROUNDS: Final = 5
DIAGONAL_ROUNDS: Final = 5
# How steeply words far from the diagonal lose (their distance is 0..1): the two languages order their
# clauses alike and the words in them differently.
TENSION: Final = 3.0
NOTHING: Final = 0.1  # how probable it is beforehand that a word has no counterpart
# Dirichlet prior of the translations of a word: below 1 it wants few of them.
PRIOR: Final = 0.05
# A pair that a dictionary has counts as if it had been linked this often; at first, ten times that.
KNOWN: Final = 2.0
KNOWN_FIRST: Final = 10.0
LIKELY: Final = 0.4  # a word is linked to the likeliest other one if that has this probability
_BESIDE: Final = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))

Links = frozenset[tuple[int, int]]
Pairs = Sequence[tuple[Sequence[str], Sequence[str]]]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Cells:
    """All pairs of a left and a right word of one pair of texts, one row each.

    `left`, `right`: which word it is of all the texts' `(rows,)`; `kind`: the number of the pair of
    different words `(rows,)`; `of_left`, `of_right`: per such pair the numbers of its words
    `(kinds,)`; `distance`: from the diagonal, 0..1 `(rows,)`; `starts`: per pair of texts its first
    row, and the end; `words`: the different words of either side with their numbers.
    """

    left: Integers
    right: Integers
    kind: Integers
    of_left: Integers
    of_right: Integers
    distance: Floats
    starts: Integers
    words: tuple[Mapping[str, int], Mapping[str, int]]


def align(pairs: Pairs, known: Mapping[tuple[str, str], float] | None = None) -> list[Links]:
    """Per pair of texts the links `(position left, position right)` of words that are translations.

    `known`: pairs of words that a dictionary has, with weights 0..1.
    """
    cells = _cells(pairs)
    if not len(cells.kind):
        return [frozenset() for _ in pairs]
    extra = KNOWN * _weights(known or {}, cells)
    tables = (1 + KNOWN_FIRST * extra,) * 2
    # A word that stands for nothing may be any word of its language, at first as well as a linked one.
    nothing = 1.0, 1.0
    forth = back = np.zeros(0)
    for round_ in range(ROUNDS + DIAGONAL_ROUNDS + 1):
        prior = np.exp(-(TENSION if round_ >= ROUNDS else 0.0) * cells.distance)
        forth = _chosen(tables[0][cells.kind], prior, cells.right, nothing[0])
        back = _chosen(tables[1][cells.kind], prior, cells.left, nothing[1])
        counts = np.bincount(cells.kind, np.sqrt(forth * back), len(extra)) + extra
        tables = _table(counts, cells.of_left), _table(counts, cells.of_right)
        nothing = 1 / len(cells.words[1]), 1 / len(cells.words[0])
    found: list[Links] = []
    for number, (one, other) in enumerate(pairs):
        rows = slice(cells.starts[number], cells.starts[number + 1])
        shape = len(one), len(other)
        found.append(_links(forth[rows].reshape(shape), back[rows].reshape(shape)))
    return found


def _cells(pairs: Pairs) -> _Cells:
    left_words, left_numbers = _numbered(words for words, _ in pairs)
    right_words, right_numbers = _numbered(words for _, words in pairs)
    sizes = np.array([(len(one), len(other)) for one, other in pairs], np.int64).reshape(-1, 2)
    rows = sizes[:, 0] * sizes[:, 1]
    starts = np.concatenate([[0], np.cumsum(rows)])
    pair = np.repeat(np.arange(len(pairs)), rows)
    width = sizes[pair, 1]
    here, there = np.divmod(np.arange(starts[-1]) - starts[pair], width)
    first = np.concatenate([np.zeros((1, 2), np.int64), np.cumsum(sizes, axis=0)])[pair]
    left, right = first[:, 0] + here, first[:, 1] + there
    many = max(1, len(right_numbers))
    codes, kind = np.unique(left_words[left] * many + right_words[right], return_inverse=True)
    distance = np.abs((here + 0.5) / sizes[pair, 0] - (there + 0.5) / width)
    of_left, of_right = np.divmod(codes, many)
    words = left_numbers, right_numbers
    return _Cells(left, right, kind, of_left, of_right, distance, starts, words)


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[Integers, dict[str, int]]:
    """The words of all texts as numbers `(words,)`, and which number each has."""
    numbers: dict[str, int] = {}
    words = [numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(texts)]
    return np.array(words, dtype=np.int64), numbers


def _weights(known: Mapping[tuple[str, str], float], cells: _Cells) -> Floats:
    """Per pair of different words the weight that it is known with `(kinds,)`, else 0."""
    rows = {
        pair: row
        for row, pair in enumerate(
            zip(cells.of_left.tolist(), cells.of_right.tolist(), strict=True)
        )
    }
    weights = np.zeros(len(rows))
    left, right = cells.words
    for (one, other), weight in known.items():
        row = rows.get((left.get(one, -1), right.get(other, -1)))
        if row is not None:
            weights[row] = weight
    return weights


def _chosen(table: Floats, prior: Floats, word: Integers, nothing: float) -> Floats:
    """How probable each cell is as what its `word` stands for, nothing being possible too `(rows,)`."""
    weight = table * (1 - NOTHING) * prior / np.bincount(word, prior)[word]
    chosen: Floats = weight / (np.bincount(word, weight) + NOTHING * nothing)[word]
    return chosen


def _table(counts: Floats, source: Integers) -> Floats:
    """Weights of each pair's other word given its `source`: few others are wanted `(kinds,)`."""
    total = np.bincount(source, counts + PRIOR)
    table: Floats = np.exp(digamma(counts + PRIOR) - digamma(total)[source])
    return table


def _links(forth: Floats, back: Floats) -> Links:
    """The links that both directions make, grown into those of one (grow-diag-final-and, Koehn 2005).

    `forth`, `back`: how probable each cell is `(left, right)` for its right and for its left word.
    """
    if not forth.size:
        return frozenset()
    of_right = {(int(row), column) for column, row in enumerate(forth.argmax(axis=0))}
    of_left = {(row, int(column)) for row, column in enumerate(back.argmax(axis=1))}
    of_right = {cell for cell in of_right if forth[cell] > LIKELY}
    of_left = {cell for cell in of_left if back[cell] > LIKELY}
    links = of_right & of_left
    left, right = {row for row, _ in links}, {column for _, column in links}
    either = of_right | of_left
    queue = sorted(links)
    for row, column in queue:  # what is added is looked at too
        for down, across in _BESIDE:
            cell = row + down, column + across
            if cell in either - links and (cell[0] not in left or cell[1] not in right):
                queue.append(cell)
                links.add(cell)
                left.add(cell[0])
                right.add(cell[1])
    for row, column in sorted(either - links):
        if row not in left and column not in right:
            links.add((row, column))
            left.add(row)
            right.add(column)
    return frozenset(links)

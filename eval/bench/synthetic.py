"""Vectors and words of passages that nobody wrote, in any number, with the shape of real ones.

The shapes were measured on 69 real reports (1.4 million characters): see the constants.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.storage.lexical_index import Posting

DIMENSION = 384  # of the bundled encoder
PASSAGES_PER_REPORT = 150

# Vectors of one model all point much the same way; what sets them apart is spread over few
# directions. Questions lie away from all passages. The constants were chosen so that 8,559 such
# vectors are as hard to search as those of 17 real reports with 156 real questions: the question's
# likeness to its best, 10th and 100th passage after subtracting the mean (.52 .44 .35; real .53 .38
# .27), and the share of the ten nearest found in 6, 12, 24 and 64 of 370 lists of an inverted file
# (.72 .84 .93 .99; real .70 .81 .90 .96).
_SHARED = 0.87  # mean inner product of two passages
_DECAY = 0.5  # the k-th direction's spread is k ** -_DECAY
_TOPICS_EACH = 300  # passages
_OWN = 1.3  # a passage's spread about its topic, where a topic's about all is 1
_QUESTION = 0.65  # a question's distance from the passage that answers it, before scaling
_BLOCK = 50_000

# Words: 60,000 different ones at 1.4 million characters would grow to some hundred thousands.
_VOCABULARY = 300_000
# The frequency of the r-th word: fitted at ranks 1, 100, 1,000 and 10,000 (.011 .0013 .00018 7e-6).
_ZIPF_SHIFT = 12.0
_ZIPF_POWER = 1.15
_BODY_WORDS = 120  # of 250 characters
_HEADING_WORDS = 12
_PLACE_WORDS = 10
_QUESTION_WORDS = 8


def vectors(count: int, seed: int = 0) -> Iterator[NDArray[np.float16]]:
    """Unit vectors of `count` passages in blocks `(n, DIMENSION)`, the same for the same seed."""
    random = np.random.default_rng(seed)
    topics = _spread(random, max(1, count // _TOPICS_EACH))
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        own = _OWN * _spread(random, size)
        yield _pointing(topics[random.integers(0, len(topics), size)] + own).astype(np.float16)


def questions(passages: NDArray[np.float16], seed: int = 1) -> NDArray[np.float32]:
    """A question's vector for each passage's, `(n, DIMENSION) float32`, near it."""
    random = np.random.default_rng(seed)
    away = _unit(_spread(random, len(passages)))
    return _unit(passages.astype(np.float32) + np.float32(_QUESTION) * away)


def postings(count: int, seed: int = 0) -> Iterator[Posting]:
    """The words of `count` passages with keys from 1."""
    random = np.random.default_rng(seed)
    names = np.array([f"w{rank}" for rank in range(_VOCABULARY)], dtype=object)
    words, headings = _BODY_WORDS, _HEADING_WORDS
    block = 5_000
    for start in range(0, count, block):
        size = min(block, count - start)
        drawn = names[_draw(random, (size, words + headings))]
        lengths = random.integers(words // 2, words + 1, size)
        for offset in range(size):
            key = start + offset + 1
            report = key // PASSAGES_PER_REPORT + 1
            place = [f"place{report % 3_000}", f"year{report % 20}", "report", "government"]
            place += [f"word{report % number}" for number in range(30, 30 + _PLACE_WORDS - 4)]
            body = drawn[offset, : lengths[offset]].tolist()
            yield Posting(key, report, body, drawn[offset, words:].tolist(), place)


def question_words(count: int, seed: int = 2) -> list[dict[str, float]]:
    """Weighted words of `count` questions: as common as words of passages, and a year."""
    random = np.random.default_rng(seed)
    ranks = _draw(random, (count, _QUESTION_WORDS))
    return [
        {f"w{rank}": 1.0 for rank in row} | {f"year{number % 20}": 1.0}
        for number, row in enumerate(ranks)
    ]


def _draw(random: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.int64]:
    weights = (np.arange(_VOCABULARY) + _ZIPF_SHIFT) ** -_ZIPF_POWER
    edges = np.cumsum(weights) / weights.sum()
    return np.searchsorted(edges, random.random(shape)).clip(max=_VOCABULARY - 1)


def _spread(random: np.random.Generator, count: int) -> NDArray[np.float32]:
    scales = np.arange(1, DIMENSION + 1, dtype=np.float32) ** -_DECAY
    return random.standard_normal((count, DIMENSION), dtype=np.float32) * scales


def _pointing(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit rows whose mean inner product is _SHARED."""
    made = np.sqrt(1 - _SHARED) * _unit(rows)
    made[:, -1] += np.sqrt(_SHARED)
    return _unit(made)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (rows / lengths).astype(np.float32)
    return unit

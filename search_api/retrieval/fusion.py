"""How do several rankings of the same passages become one?

Two ways, both over `{passage key: score}` mappings in which a higher score is better. A key that
is missing from a ranking was not retrieved by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Scores = Mapping[int, float]

RRF_K = 60  # Cormack et al. 2009: flat between 20 and 100 on four TREC collections


def ranked(scores: Scores) -> list[tuple[int, float]]:
    """The keys with their scores, best first; ties by the smaller key."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def min_max(scores: Scores) -> dict[int, float]:
    """Scale scores linearly to 0..1. If all are equal, each becomes 1: all were found alike."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def convex(rankings: Sequence[Scores], weights: Sequence[float]) -> dict[int, float]:
    """Weighted sum of min-max scaled scores; a missing key counts 0 in that ranking.

    Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023.
    Raises ValueError when there is not one weight a ranking.
    """
    fused: dict[int, float] = {}
    for scores, weight in zip(rankings, weights, strict=True):
        for key, score in min_max(scores).items():
            fused[key] = fused.get(key, 0.0) + weight * score
    return fused


def reciprocal_rank(rankings: Sequence[Scores], k: int = RRF_K) -> dict[int, float]:
    """Sum of 1 / (k + rank), ranks from 1.

    Cormack, Clarke, Buettcher: Reciprocal Rank Fusion outperforms Condorcet and individual rank
    learning methods, SIGIR 2009.
    """
    fused: dict[int, float] = {}
    for scores in rankings:
        for rank, (key, _) in enumerate(ranked(scores), start=1):
            fused[key] = fused.get(key, 0.0) + 1.0 / (k + rank)
    return fused

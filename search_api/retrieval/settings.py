"""The constants of retrieval, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Scores are sums of parts scaled to 0..1, so the weights compare with each other."""

    # How many passages the vectors and the words each bring in. The right one is among the first
    # 100 of either for nearly every question; more only cost time.
    depth: int = 100
    # How many fused candidates have their sentences compared with the question: 50 lose one answer
    # in a hundred, 200 win none back.
    candidates: int = 100
    # Vectors and words are worth the same (convex sum; flat between .4 and .6).
    dense_weight: float = 0.5
    lexical_weight: float = 0.5
    # The best single sentence is worth as much as both together.
    sentence_weight: float = 1.0
    # Abbreviations share characters with what they stand for, not words (高企, 高新技术企业). Between
    # .25 and .75 it hardly matters.
    character_weight: float = 0.5
    # A report of the place that is named comes first, unless another passage fits much better: the
    # whole range of vectors and words together is 1.
    place_weight: float = 1.0
    # A year that is named may be the report's or one it speaks of: a nudge, no more.
    year_weight: float = 0.1
    # Annexes and glossaries explain words; the body says what was done.
    annex_weight: float = -0.1


DEFAULTS = RetrievalSettings()

"""The constants of retrieval, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fusion(StrEnum):
    """How the rankings by vectors and by words become one (`fusion.py`)."""

    CONVEX = "convex"
    RRF = "rrf"


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Scores are sums of parts scaled to 0..1, so the weights compare with each other."""

    # How many passages the vectors and the words each bring in. The right one is among the first
    # 100 of either for nearly every question; more only cost time.
    depth: int = 100
    # How many fused candidates have their sentences compared with the question: 50 lose one answer
    # in a hundred, 200 win none back.
    candidates: int = 100
    # The convex sum keeps how much better one passage is than the next; ranks alone lose it.
    fusion: Fusion = Fusion.CONVEX
    # Vectors and words are worth the same (convex sum; flat between .4 and .6).
    dense_weight: float = 0.5
    lexical_weight: float = 0.5
    # How much a word found in a heading or in the name of the report's place counts beside one in
    # the body. Headings are shared by neighbours and say little that bodies don't; the place's words
    # choose the report.
    heading_words: float = 0.25
    place_words: float = 0.75
    # The best single sentence is worth as much as both together.
    sentence_weight: float = 1.0
    # Abbreviations share characters with what they stand for, not words (高企, 高新技术企业). Between
    # .25 and .75 it hardly matters.
    character_weight: float = 0.5
    # A report of the place that is named comes first, unless another passage fits much better: the
    # whole range of vectors and words together is 1.
    place_weight: float = 1.0
    # A year that is named stands in the passage: a nudge, no more.
    year_weight: float = 0.1
    # A report that tells of the year that is named.
    report_year_weight: float = 0.3
    # Whether candidates are ranked again by what an answer would look like (`figure_fit.py`). The
    # weights lie where cross-validation over reports finds little to gain (eval/results/README.md).
    rerank: bool = True
    # A sentence with a figure of the kind that is asked for.
    figure_weight: float = 0.3
    # Wording and headings tell plans from results, as the question does.
    sense_weight: float = 0.1
    # A section headed by the year that is asked about; one of another year loses as much.
    heading_year_weight: float = 0.25
    # A cross-encoder (a hub's name or a folder) that reads the question with each of the first
    # `reranked` candidates; "" for none. Its scores, scaled to 0..1, count `reranker_weight`: as much
    # as the best sentence.
    reranker: str = ""
    reranked: int = 20
    reranker_weight: float = 1.0
    # Annexes and glossaries explain words; the body says what was done.
    annex_weight: float = -0.1


DEFAULTS = RetrievalSettings()

"""Which sentences say it, where words and not a figure are asked for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Span
from search_api.results import Hit

# A second sentence is said too if it fits nearly as well as the first.
_NEARLY: Final = 0.12


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence of a hit; higher scores are better. `span` counts in the report's text."""

    hit: Hit
    row: int
    span: Span
    text: str
    score: float


def sentence_candidates(hits: Sequence[Hit]) -> list[SentenceCandidate]:
    """All sentences of the hits, best first: how good the passage is, and which sentence makes it so."""
    found: list[SentenceCandidate] = []
    for hit in hits:
        start = hit.citation.start
        best = max(hit.likeness, default=0.0)
        for row, span in enumerate(hit.sentences):
            like = hit.likeness[row] if hit.likeness else 0.0
            text = hit.text[span.start - start : span.end - start]
            names = (hit.citation.title, *hit.heading_path)
            if any(text in name for name in names):
                continue  # titles and headings say what follows, they answer nothing
            # What ranking again preferred (a figure, a plan) says more than likeness alone.
            bonus = _NEARLY if hit.sentence == span else 0.0
            found.append(SentenceCandidate(hit, row, span, text, hit.score + like - best + bonus))
    return sorted(found, key=lambda c: (-c.score, c.hit.rank, c.row))


def telling(candidates: Sequence[SentenceCandidate]) -> list[SentenceCandidate]:
    """The sentences to answer with: the best one, and another of its report that fits nearly as well."""
    if not candidates:
        return []
    best = candidates[0]
    others = [
        each
        for each in candidates[1:]
        if each.hit.citation.report_id == best.hit.citation.report_id
        and best.score - each.score < _NEARLY
    ]
    return [best, *others[:1]]

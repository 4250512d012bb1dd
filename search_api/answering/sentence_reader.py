"""Which sentences say it, where words and not a figure are asked for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.report import Span
from search_api.answering.reading import Place, Reading
from search_api.answering.value_features import Compared
from search_api.results import Hit

# A second sentence is said too if it fits nearly as well as the first.
_NEARLY: Final = 0.12
_SHARED: Final = 2.0
_MIDDLE: Final = 1.65
_STEEP: Final = 4.0
# Above this it is likelier that they tell of something else.
LIMIT: Final = 0.5
# Where only words were compared, sentences have no likeness.
_USUAL_LIKENESS: Final = 1.0


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence of a hit; higher scores are better. `span` counts in the report's text."""

    hit: Hit
    row: int
    span: Span
    text: str
    score: float


def read_sentences(hits: Sequence[Hit], compared: Compared) -> Reading | None:
    """The sentences that say most of what is asked; None where there is none at all."""
    told = telling(sentence_candidates(hits))
    if not told:
        return None
    # The best of them says how sure, in whatever order they stand in the report.
    silence = silence_of(told[0].hit, told[0].row, compared)
    told = sorted(told, key=lambda each: each.span)
    return Reading(
        operation=compared.plan.operation,
        answer="".join(each.text for each in told),
        places=tuple(Place(each.hit, each.span) for each in told),
        silence=silence,
        chance=1.0 - silence,
        limit=LIMIT,
    )


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


def silence_of(hit: Hit, row: int, compared: Compared) -> float:
    """The probability that words and names found are about something else than the question.

    By what the passage has of the question's wording, and how like the question its sentence is. Of
    questions put to the right report and to others, the middle keeps 97 in 100 and refuses 40 in 100.
    """
    shared = compared.wording.share(hit.text + "".join(hit.heading_path))
    like = hit.likeness[row] if hit.likeness else _USUAL_LIKENESS
    fit = _SHARED * shared + like
    return float(1 / (1 + np.exp(_STEEP * (fit - _MIDDLE))))

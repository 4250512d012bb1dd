"""Which sentences say it, where words and not a figure are asked for?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from search_api.answering.reading.choice_model import load_choice_model
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.sentence_features import (
    FEATURES,
    SentenceCandidate,
    sentence_candidates,
    sentence_features,
)
from search_api.answering.reading.value_features import Compared
from search_api.results import Hit

MODEL: Final = "sentence_reader"
# A second sentence is said too if it is at least so much as likely as the first.
_NEARLY: Final = 0.5
# A heading, or a term that is explained, is said with what stands behind it.
_OPENS: Final = ("：", ":")
_SHORT: Final = 16
_SHARED: Final = 2.0
_MIDDLE: Final = 1.65
_STEEP: Final = 4.0
# Above this it is likelier that they tell of something else.
LIMIT: Final = 0.5
# Where only words were compared, sentences have no likeness.
_USUAL_LIKENESS: Final = 1.0


def read_sentences(
    hits: Sequence[Hit], compared: Compared, frames: Sequence[Hit] = ()
) -> Reading | None:
    """The sentences that say most of what is asked; None where there is none at all."""
    candidates = sentence_candidates(hits, frames)
    if not candidates:
        return None
    model = load_choice_model(MODEL, compared.plan.question.language, FEATURES)
    _, chances = model.chances(model.scores(sentence_features(candidates, compared)))
    order = sorted(range(len(candidates)), key=lambda row: (-chances[row], row))
    best = candidates[order[0]]
    told = [best, *_more(candidates, order, chances.tolist())]
    silence = silence_of(best, compared)
    told = sorted(told, key=lambda each: each.span)
    return Reading(
        operation=compared.plan.operation,
        answer="".join(each.text for each in told),
        places=tuple(Place(each.hit, each.span) for each in told),
        silence=silence,
        chance=1.0 - silence,
        limit=LIMIT,
    )


def _more(
    candidates: Sequence[SentenceCandidate], order: Sequence[int], chances: Sequence[float]
) -> list[SentenceCandidate]:
    """One more sentence to say: what follows a heading, or another that fits nearly as well, of the same report."""
    best = candidates[order[0]]
    if best.text.endswith(_OPENS) or len(best.text) < _SHORT:
        behind = [each for each in candidates if each.hit is best.hit and each.row == best.row + 1]
        if behind:
            return behind
    for row in order[1:]:
        each = candidates[row]
        if chances[row] < _NEARLY * chances[order[0]]:
            break
        if each.hit.citation.report_id == best.hit.citation.report_id:
            return [each]
    return []


def silence_of(candidate: SentenceCandidate, compared: Compared) -> float:
    """The probability that words and names found are about something else than the question.

    By what the passage has of the question's wording, and how like the question its sentence is. Of
    questions put to the right report and to others, the middle keeps 97 in 100 and refuses 40 in 100.
    """
    hit, row = candidate.hit, candidate.row
    shared = compared.wording.share(hit.text + "".join(hit.heading_path))
    like = hit.likeness[row] if hit.likeness else _USUAL_LIKENESS
    fit = _SHARED * shared + like
    return float(1 / (1 + np.exp(_STEEP * (fit - _MIDDLE))))

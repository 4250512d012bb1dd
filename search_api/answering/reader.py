"""From hits to an answer: the figure with its unit, the names, or the sentences that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.report import Span
from search_api.answering.asked import Answering, Asked
from search_api.answering.match import (
    FEATURES,
    Encode,
    Told,
    figure_candidates,
    figure_features,
)
from search_api.answering.match_lists import LEAST, list_candidates
from search_api.answering.model import load_model
from search_api.answering.sentences import sentence_candidates, telling
from search_api.answering.wording import Wording
from search_api.results import Hit

FIGURES = "figure_reader"


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the report's text that a hit covers."""

    hit: Hit
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `answer`, the sentences that say it, how sure (0..1) and by what score.

    `silence` is the probability that the passages don't say it.
    """

    answering: Answering
    answer: str
    places: tuple[Place, ...]
    score: float
    confidence: float
    silence: float


def read(
    hits: Sequence[Hit],
    question: str,
    asked: Asked,
    wording: Wording,
    vector: NDArray[np.float32],
    encode: Encode,
    told: Mapping[str, Told],
) -> Reading | None:
    """The best answer in these hits; None if they hold nothing of the kind that is asked for."""
    if asked.answering in (Answering.FIGURE, Answering.DATE):
        return _figure(hits, asked, wording, vector, encode, told)
    if asked.answering is Answering.LIST:
        rows = list_candidates(hits, question, asked, wording)
        if rows and rows[0].score >= LEAST:
            best = rows[0]
            place = Place(best.hit, best.found.sentence)
            names = "、".join(best.names)
            return Reading(Answering.LIST, names, (place,), best.score, 1.0, 0.0)
    return _sentences(hits)


def _figure(
    hits: Sequence[Hit],
    asked: Asked,
    wording: Wording,
    vector: NDArray[np.float32],
    encode: Encode,
    told: Mapping[str, Told],
) -> Reading | None:
    candidates = figure_candidates(hits, dates=asked.answering is Answering.DATE)
    if not candidates:
        return None
    model = load_model(FIGURES, FEATURES)
    rows = figure_features(candidates, asked, wording, vector, encode, told)
    scores = model.scores(rows)
    best = int(scores.argmax())
    chosen = candidates[best]
    start = chosen.hit.citation.start
    about = chosen.figure.quantity.about
    return Reading(
        answering=asked.answering,
        answer=chosen.hit.text[about.start - start : about.end - start],
        places=(Place(chosen.hit, chosen.figure.sentence),),
        score=float(scores[best]),
        confidence=model.probability(float(scores[best])),
        silence=model.silence(scores),
    )


def _sentences(hits: Sequence[Hit]) -> Reading | None:
    said = telling(sentence_candidates(hits))
    if not said:
        return None
    said = sorted(said, key=lambda each: each.span)
    text = "".join(each.text for each in said)
    places = tuple(Place(each.hit, each.span) for each in said)
    return Reading(Answering.WORDING, text, places, said[0].score, 1.0, 0.0)

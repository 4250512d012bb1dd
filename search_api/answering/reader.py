"""From hits to an answer: the figure with its unit, the names, or the sentences that say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.report import Span
from corpus.statements.quantities import Quantity
from search_api.answering.asked import Answering
from search_api.answering.asking import Asking
from search_api.answering.match import FEATURES, figure_candidates, figure_features
from search_api.answering.match_lists import LEAST, list_candidates
from search_api.answering.model import load_model
from search_api.answering.of_topic import is_of_topic, named, of_its_time
from search_api.answering.orders import without_orders
from search_api.answering.sentences import sentence_candidates, telling
from search_api.results import Hit

FIGURES = "figure_reader"


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the report's text that a hit covers."""

    hit: Hit
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `answer`, the sentences that say it, and `silence`, the probability
    (0..1) that the passages don't say it. `quantity` is the answer's figure, if it is one.
    """

    answering: Answering
    answer: str
    places: tuple[Place, ...]
    silence: float
    quantity: Quantity | None = None


def read(hits: Sequence[Hit], asking: Asking, *, topic: bool = False) -> Reading | None:
    """The best answer in these hits; None if they hold nothing of the kind that is asked for.

    `topic`: what is asked about is named as reports name it, so that a figure that is not called so, or
    is of another year, is none (`of_topic`).
    """
    asked = asking.asked
    hits = without_orders(hits)
    if asked.answering in (Answering.FIGURE, Answering.DATE):
        return _figure(hits, asking, topic=topic)
    if asked.answering is Answering.LIST:
        rows = list_candidates(hits, asking.text, asked, asking.wording)
        if rows and rows[0].score >= LEAST:
            best = rows[0]
            place = Place(best.hit, best.found.sentence)
            names = "、".join(best.names)
            silence = _silence(best.hit, best.row, asking)
            return Reading(Answering.LIST, names, (place,), silence)
    return _sentences(hits, asking)


def _figure(hits: Sequence[Hit], asking: Asking, *, topic: bool) -> Reading | None:
    answering = asking.asked.answering
    candidates = figure_candidates(hits, dates=answering is Answering.DATE)
    if topic:
        candidates = of_its_time(candidates, asking)
    if not candidates:
        return None
    model = load_model(FIGURES, FEATURES)
    scores = model.scores(figure_features(candidates, asking))
    eligible = np.array([not topic or is_of_topic(each, asking) for each in candidates])
    # Where what can't be the answer fits far better, the report tells of something else.
    if not eligible.any() or scores[eligible].max() < scores.max() - _FAR_BEHIND:
        return None
    if topic:
        called = eligible & np.array([named(each, asking) for each in candidates])
        if called.any() and scores[called].max() >= scores[eligible].max() - _FAR_BEHIND:
            eligible = called
    chosen = candidates[int(np.where(eligible, scores, -np.inf).argmax())]
    start = chosen.hit.citation.start
    about = chosen.figure.quantity.about
    return Reading(
        answering=answering,
        answer=chosen.hit.text[about.start - start : about.end - start],
        places=(Place(chosen.hit, chosen.figure.sentence),),
        silence=model.silence(scores[eligible]),
        quantity=chosen.figure.quantity,
    )


def _sentences(hits: Sequence[Hit], asking: Asking) -> Reading | None:
    said = telling(sentence_candidates(hits))
    if not said:
        return None
    # The best of them says how sure, in whatever order they stand in the report.
    silence = _silence(said[0].hit, said[0].row, asking)
    said = sorted(said, key=lambda each: each.span)
    text = "".join(each.text for each in said)
    places = tuple(Place(each.hit, each.span) for each in said)
    return Reading(Answering.WORDING, text, places, silence)


def _silence(hit: Hit, row: int, asking: Asking) -> float:
    """The probability that words and names found are about something else than the question.

    By what the passage has of the question's wording, and how like the question its sentence is. Of
    questions put to the right report and to others, the middle keeps 97 in 100 and refuses 40 in 100.
    """
    shared = asking.wording.share(hit.text + "".join(hit.heading_path))
    like = hit.likeness[row] if hit.likeness else _USUAL_LIKENESS
    fit = _SHARED * shared + like
    return float(1 / (1 + np.exp(_STEEP * (fit - _MIDDLE))))


# Scores are logarithms of odds: nearly e^3 to 1 against it.
_FAR_BEHIND: Final = 3.0
_SHARED: Final = 2.0
_MIDDLE: Final = 1.65
_STEEP: Final = 4.0
# Where only words were compared, sentences have no likeness.
_USUAL_LIKENESS: Final = 1.0

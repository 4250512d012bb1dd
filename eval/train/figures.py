"""Learns which figure answers: the weights of `search_api/data/figure_reader.json`.

A conditional logit (McFadden 1974) over the figures of the passages that were found, "the reports
don't say it" being one more choice. What a feature can mean has one direction only (a wrong unit never
helps), so weights have fixed signs; the rest of the freedom is held by an L2 penalty. Every question
with an answer serves a second time as one without: its gold sentences and the gold figure are taken
out of what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.measures.answers import normal
from eval.types import Query
from search_api.answering.asked import Answering
from search_api.answering.asking import FigureCandidate
from search_api.answering.context import asking, scope_of
from search_api.answering.match import (
    FEATURES,
    figure_candidates,
    figure_features,
)
from search_api.answering.model import Model
from search_api.answering.settings import AnswerSettings
from search_api.engine import Engine

# Features whose weight may not be above 0; all others may not be below.
AGAINST: Final = frozenset((
    "no_change", "origin", "wrong_year", "wrong_unit", "spelled", "bare", "missing", "missing_clause",
    "wrong_period", "maybe_period", "no_term", "other_term", "no_place", "passed",
))  # fmt: skip
# Features that compare with the best candidate: they are taken anew when candidates are left out.
_RELATIVE: Final = ("score", "likeness", "words_gap")
# Chosen by leave-one-report-out: 1 and .1 were worse by one to three questions.
PENALTY: Final = 0.3
# What a question without its gold sentences counts, beside one that people wrote.
MADE_WEIGHT: Final = 0.5
_FEWEST: Final = 3  # candidates left to learn from

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features of its candidates `(n, features)`, and which of them are right."""

    query: Query
    rows: Row
    right: NDArray[np.bool_]
    said: tuple[str, ...]  # the figures as they are written
    sentences: tuple[tuple[str, int], ...]
    answerable: bool
    weight: float = 1.0


def examples(
    engine: Engine,
    queries: Iterable[Query],
    settings: AnswerSettings,
    *,
    within_report: bool = False,
) -> list[Example]:
    """Ask the questions for figures, and compare what was found with the gold answers.

    `within_report`: each is put to its own report only, as comparisons do.
    """
    found: list[Example] = []
    for query in queries:
        if query.kind not in ("number", "unanswerable"):
            continue
        report_id = query.report_id if within_report else None
        consulted = engine.consult(query.text, top_k=settings.hits, report_id=report_id)
        compared = asking(engine, consulted)
        if compared.asked.answering is not Answering.FIGURE:
            continue
        candidates = figure_candidates(
            scope_of(engine, consulted, report_id=report_id).hits[: settings.read]
        )
        if not candidates:
            continue
        said = tuple(_said(each) for each in candidates)
        found.append(
            Example(
                query=query,
                rows=figure_features(candidates, compared),
                right=np.array(
                    [_right(query, c, s) for c, s in zip(candidates, said, strict=True)]
                ),
                said=said,
                sentences=tuple(
                    (c.hit.citation.report_id, c.figure.sentence.start) for c in candidates
                ),
                answerable=query.kind == "number",
            )
        )
    return found


def fit(given: Sequence[Example]) -> Model:
    """The weights that make the right choices most probable."""
    every = [
        each
        for one in given
        for each in (one, *_without_gold(one))
        # A question whose answer was not found teaches nothing about choosing.
        if not each.answerable or each.right.any()
    ]
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES]
    result = minimize(
        lambda weights: _loss(weights, every),
        np.zeros(1 + len(FEATURES)),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
    )
    found = [round(float(each), 4) + 0.0 for each in result.x]
    return Model(FEATURES, tuple(found[1:]), found[0])


def _loss(weights: Row, every: Sequence[Example]) -> tuple[float, Row]:
    """The negative logarithm of the probability of the right choices, and its gradient."""
    nothing, own = weights[0], weights[1:]
    total = PENALTY * float(own @ own) / 2
    gradient = np.concatenate([[0.0], PENALTY * own])
    for each in every:
        scores = np.concatenate([[nothing], each.rows @ own])
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        right = np.concatenate([[not each.right.any()], each.right]).astype(np.float64)
        hit = chances * right
        sure = max(float(hit.sum()), 1e-12)
        total -= each.weight * np.log(sure)
        change = each.weight * (chances - hit / sure)
        gradient[0] += change[0]
        gradient[1:] += each.rows.T @ change[1:]
    return total, gradient


def _without_gold(given: Example) -> list[Example]:
    """The same question as if its report didn't say it; none if too little is left."""
    if not given.right.any():
        return []
    pairs = list(zip(given.said, given.sentences, given.right, strict=True))
    values = {said for said, _, right in pairs if right}
    places = {where for _, where, right in pairs if right}
    keep = np.array([said not in values and where not in places for said, where, _ in pairs])
    if keep.sum() < _FEWEST:
        return []
    rows = given.rows[keep].copy()
    for name in _RELATIVE:
        column = FEATURES.index(name)
        rows[:, column] -= rows[:, column].max()
    return [
        replace(
            given,
            rows=rows,
            right=given.right[keep],
            said=tuple(s for s, k in zip(given.said, keep, strict=True) if k),
            sentences=tuple(s for s, k in zip(given.sentences, keep, strict=True) if k),
            answerable=False,
            weight=MADE_WEIGHT,
        )
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went: answered, rightly or not, or refused."""

    query: Query
    answered: bool
    right: bool


def judged(model: Model, given: Example, silence: float) -> Outcome:
    """What a model makes of a question, refusing above that probability of silence."""
    scores = model.scores(given.rows)
    answered = model.silence(scores) <= silence
    return Outcome(given.query, answered, answered and bool(given.right[int(scores.argmax())]))


def left_out(given: Sequence[Example], silence: float) -> list[Outcome]:
    """Every question judged by weights that were learned without its report."""
    found: list[Outcome] = []
    for report in sorted({each.query.report_id for each in given}):
        model = fit([each for each in given if each.query.report_id != report])
        found += [judged(model, each, silence) for each in given if each.query.report_id == report]
    return found


def _said(candidate: FigureCandidate) -> str:
    start = candidate.hit.citation.start
    about = candidate.figure.quantity.about
    return candidate.hit.text[about.start - start : about.end - start]


def _right(query: Query, candidate: FigureCandidate, said: str) -> bool:
    """Whether it is a gold figure in a gold sentence."""
    hit = candidate.hit
    if query.kind != "number" or hit.citation.report_id != query.report_id:
        return False
    if not any(normal(gold) in normal(said) for gold in query.answers):
        return False
    where = candidate.figure.sentence
    sentence = normal(hit.text[where.start - hit.citation.start : where.end - hit.citation.start])
    return any(q in sentence or sentence in q for q in map(normal, query.quotes))

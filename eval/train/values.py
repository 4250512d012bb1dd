"""Learns which figure answers: the weights of `search_api/data/value_reader.json`, a model a language.

A conditional logit (McFadden 1974) over the statements of the passages that were found in a question's own report,
"the report doesn't say it" being one more choice. What a feature can mean has one direction only (a wrong unit never
helps), so weights have fixed signs; the rest of the freedom is held by an L2 penalty. Every question with an answer
serves a second time as one without: its gold sentences and the gold figure are taken out of what was found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.measures.answers import normal
from eval.types import UNANSWERABLE, Query
from search_api.answering.choice_model import ChoiceModel
from search_api.answering.rulings import ruled_out
from search_api.answering.scope import compared_with, told_of
from search_api.answering.settings import AnswerSettings
from search_api.answering.value_candidates import ValueCandidate, value_candidates
from search_api.answering.value_features import AGAINST, FEATURES, RELATIVE, value_features
from search_api.answering.value_reader import said
from search_api.engine import Engine
from search_api.questions.plan import Operation
from search_api.results import Filters

NUMBER: Final = "number"
# Chosen by leaving reports out: 1 and .1 were worse by one to three questions.
PENALTY: Final = 0.3
# What a question without its gold sentences counts, beside one that people wrote.
MADE_WEIGHT: Final = 0.3
# Of the unanswerable so many are to be refused: the limit of silence is set there, on reports left out.
REFUSED: Final = {"zh": 0.88, "en": 0.82}
FOLDS: Final = 5
_FEWEST: Final = 3  # candidates left to learn from
_CHANGES: Final = re.compile("增长|下降|提高|增加|减少")

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features of its possible candidates `(n, features)`, and which of them are right."""

    query: Query
    rows: Row
    right: NDArray[np.bool_]
    said: tuple[str, ...]  # the figures as they are written
    sentences: tuple[int, ...]  # where their sentences begin
    weight: float = 1.0


def examples(engine: Engine, queries: Iterable[Query], settings: AnswerSettings) -> list[Example]:
    """Ask questions for figures, each of its own report, and compare what was found with the gold answers.

    Those of reports that the index doesn't have, or that no statement can answer, are left out.
    """
    known = {info.report_id for info in engine.reports()}
    found: list[Example] = []
    for query in queries:
        if query.kind not in (NUMBER, UNANSWERABLE) or query.report_id not in known:
            continue
        filters = Filters(report_id=query.report_id)
        plan = engine.plan(query.text, filters, Operation.VALUE)
        consulted = engine.consult(plan, filters, top_k=settings.hits)
        told = told_of(engine.report(query.report_id))
        candidates = [
            each
            for each in value_candidates(consulted.result.hits[: settings.read], engine.statements)
            if not ruled_out(each.statement, plan, told)
        ]
        if candidates:
            found.append(
                Example(
                    query=query,
                    rows=value_features(candidates, compared_with(engine, consulted)),
                    right=np.array([_is_right(query, each) for each in candidates]),
                    said=tuple(said(each) for each in candidates),
                    sentences=tuple(each.statement.sentence.start for each in candidates),
                )
            )
    return found


def fit(given: Sequence[Example]) -> ChoiceModel:
    """The weights that make the right choices most probable."""
    every = [
        each
        for one in given
        for each in (one, *_without_gold(one))
        # A question whose answer was not found teaches nothing about choosing.
        if one.query.kind == UNANSWERABLE or one.right.any()
    ]
    choices = _Choices(every)
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES]
    start = np.zeros(1 + len(FEATURES))
    result = minimize(choices.loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    found = [round(float(each), 4) + 0.0 for each in result.x]
    return ChoiceModel(FEATURES, tuple(found[1:]), found[0])


class _Choices:
    """All examples as one table, so that a step of learning is a few products of arrays."""

    def __init__(self, every: Sequence[Example]) -> None:
        self.rows = np.vstack([each.rows for each in every])
        self.right = np.concatenate([each.right for each in every]).astype(np.float64)
        sizes = [len(each.rows) for each in every]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.of = np.repeat(np.arange(len(every)), sizes)
        self.weight = np.array([each.weight for each in every])
        self.none = np.array([float(not each.right.any()) for each in every])

    def loss(self, weights: Row) -> tuple[float, Row]:
        """The negative logarithm of the probability of the right choices, and its gradient."""
        nothing, own = weights[0], weights[1:]
        scores = self.rows @ own
        most = np.maximum(np.maximum.reduceat(scores, self.starts), nothing)
        raised, silent = np.exp(scores - most[self.of]), np.exp(nothing - most)
        total = silent + np.add.reduceat(raised, self.starts)
        hit = silent * self.none + np.add.reduceat(raised * self.right, self.starts)
        sure = np.maximum(hit, 1e-300)
        loss = -float((self.weight * np.log(sure / total)).sum())
        loss += PENALTY * float(own @ own) / 2
        change = (raised / total[self.of] - raised * self.right / sure[self.of]) * self.weight[
            self.of
        ]
        of_nothing = float((self.weight * (silent / total - silent * self.none / sure)).sum())
        gradient = np.concatenate([[of_nothing], self.rows.T @ change + PENALTY * own])
        return loss, gradient


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
    for name in RELATIVE:
        column = FEATURES.index(name)
        rows[:, column] -= rows[:, column].max()
    return [replace(given, rows=rows, right=given.right[keep], weight=MADE_WEIGHT)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model makes of a question: is its best figure right, and how probable is silence?"""

    query: Query
    right: bool
    silence: float


def judged(model: ChoiceModel, given: Example) -> Outcome:
    """What a model makes of a question."""
    scores = model.scores(given.rows)
    silence, _ = model.chances(scores)
    return Outcome(given.query, bool(given.right[int(scores.argmax())]), silence)


def left_out(given: Sequence[Example]) -> list[Outcome]:
    """Every question judged by weights that were learned without its report, in folds over reports."""
    reports = sorted({each.query.report_id for each in given})
    random.Random(0).shuffle(reports)
    found: list[Outcome] = []
    for fold in range(min(FOLDS, len(reports))):
        out = set(reports[fold::FOLDS])
        model = fit([each for each in given if each.query.report_id not in out])
        found += [judged(model, each) for each in given if each.query.report_id in out]
    return found


def limit_of(outcomes: Sequence[Outcome], refused: float) -> float:
    """The limit of silence that refuses that share of the unanswerable; .5 without any."""
    silences = [each.silence for each in outcomes if each.query.kind == UNANSWERABLE]
    return round(float(np.quantile(silences, 1 - refused)), 3) if silences else 0.5


def _is_right(query: Query, candidate: ValueCandidate) -> bool:
    """Whether it is a gold figure in a gold sentence."""
    if query.kind != NUMBER:
        return False
    start, quantity = candidate.hit.citation.start, candidate.statement.quantity
    written = {
        normal(candidate.hit.text[span.start - start : span.end - start])
        for span in (quantity.span, quantity.about)
    }
    golds = {normal(each) for each in query.answers}
    bare = {_CHANGES.sub("", each) for each in golds}
    if not (written & (golds | bare) or any(gold in each for each in written for gold in golds)):
        return False
    sentence = normal(candidate.sentence)
    return any(quote in sentence or sentence in quote for quote in map(normal, query.quotes))

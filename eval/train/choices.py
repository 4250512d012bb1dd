"""A conditional logit (McFadden 1974): which of several candidates is right, "none of them" being one more choice?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.types import Query
from search_api.answering.reading.choice_model import ChoiceModel

Row = NDArray[np.float64]
_LEAST: Final = 1e-300
_FEWEST: Final = 3  # candidates left to learn from


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features of its possible candidates `(n, features)`, and which of them are right."""

    query: Query
    rows: Row
    right: NDArray[np.bool_]
    said: tuple[str, ...]  # as they are written
    sentences: tuple[int, ...]  # where their sentences begin
    weight: float = 1.0
    outright: bool = False  # whether a figure is asked for in words


def fit_choices(
    every: Sequence[Example],
    features: tuple[str, ...],
    penalty: float,
    *,
    never_for: Collection[str] = (),
    never_against: Collection[str] = (),
) -> ChoiceModel:
    """The weights that make the right choices most probable, held by an L2 penalty.

    Features that can only speak against a candidate have no weight above 0, those that can only speak for
    one none below.
    """
    choices = _Choices(every, penalty)
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [
        (0.0 if name in never_against else None, 0.0 if name in never_for else None)
        for name in features
    ]
    start = np.zeros(1 + len(features))
    result = minimize(choices.loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    found = [round(float(each), 4) + 0.0 for each in result.x]
    return ChoiceModel(features, tuple(found[1:]), found[0])


def without_gold(given: Example, relative: Sequence[int], weight: float) -> list[Example]:
    """The same question as if its report didn't say it: without its gold sentences and the gold answer. None if too
    little is left. `relative`: the columns that compare with the best candidate, taken anew.
    """
    if not given.right.any():
        return []
    pairs = list(zip(given.said, given.sentences, given.right, strict=True))
    values = {said for said, _, right in pairs if right}
    places = {where for _, where, right in pairs if right}
    keep = np.array([said not in values and where not in places for said, where, _ in pairs])
    if keep.sum() < _FEWEST:
        return []
    rows = given.rows[keep].copy()
    for column in relative:
        rows[:, column] -= rows[:, column].max()
    return [replace(given, rows=rows, right=given.right[keep], weight=weight)]


class _Choices:
    """All examples as one table, so that a step of learning is a few products of arrays."""

    def __init__(self, every: Sequence[Example], penalty: float) -> None:
        self.penalty = penalty
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
        sure = np.maximum(hit, _LEAST)
        loss = -float((self.weight * np.log(sure / total)).sum())
        loss += self.penalty * float(own @ own) / 2
        change = (raised / total[self.of] - raised * self.right / sure[self.of]) * self.weight[
            self.of
        ]
        of_nothing = float((self.weight * (silent / total - silent * self.none / sure)).sum())
        gradient = np.concatenate([[of_nothing], self.rows.T @ change + self.penalty * own])
        return loss, gradient

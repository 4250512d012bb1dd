"""How sure is a reader of its choice? A small linear model over the features of candidates.

One weight a feature, learned from judged questions (`python -m eval.train`). The candidates compete with each
other and with "the reports don't say it" (conditional logit; McFadden 1974), so that the probabilities of
all of them sum to 1. Chinese and English questions have weights of their own: the words of an English one are
a dictionary's guess.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from search_api.questions.question import Language


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """`weights` in the order of `features`; `nothing`: the score of there being no answer.

    `limit`: the probability of there being none above which a reader refuses, 0..1; `limit_outright`: the same for
    a question that asks in words (多少) and doesn't only name what is measured.
    """

    features: tuple[str, ...]
    weights: tuple[float, ...]
    nothing: float
    limit: float = 0.5
    limit_outright: float = 0.5

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of candidates `(n, features)`: `(n,)`, higher is better."""
        scores: NDArray[np.float64] = rows @ np.asarray(self.weights)
        return scores

    def chances(self, scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The probability that none of the candidates is right, and of each that it is; together 1."""
        every = np.concatenate([[self.nothing], scores])
        weights = np.exp(every - every.max())
        weights /= weights.sum()
        return float(weights[0]), weights[1:]


@cache
def load_choice_model(name: str, language: Language, features: Sequence[str]) -> ChoiceModel:
    """The model of that name in `search_api/data`. Raises ValueError if its features are others."""
    path = files("search_api").joinpath("data", f"{name}.json")
    stored = json.loads(path.read_text(encoding="utf-8"))["models"][language.value]
    weights: dict[str, float] = stored["weights"]
    if set(weights) != set(features):
        odd = ", ".join(sorted(set(weights) ^ set(features)))
        raise ValueError(
            f"{name}.json: its features are not those of the code ({odd}); train again"
        )
    ordered = tuple(weights[each] for each in features)
    limits = float(stored["limit"]), float(stored.get("limit_outright", stored["limit"]))
    return ChoiceModel(tuple(features), ordered, float(stored["nothing"]), *limits)

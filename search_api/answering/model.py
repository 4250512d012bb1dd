"""How sure is the reader of an answer? A small linear model over the features of candidates.

One weight a feature, learned from judged questions (`python -m eval.train figures`). The candidates
compete with each other and with "the reports don't say it" (conditional logit; McFadden 1974), so
that the probabilities of all of them sum to 1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` in the order of `features`; `nothing`: the score of there being no answer."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    nothing: float

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of candidates `(n, features)`: `(n,)`, higher is better."""
        scores: NDArray[np.float64] = rows @ np.asarray(self.weights)
        return scores

    def silence(self, scores: NDArray[np.float64]) -> float:
        """The probability that none of the candidates is right, 0..1."""
        every = np.concatenate([[self.nothing], scores])
        weights = np.exp(every - every.max())
        return float(weights[0] / weights.sum())


@cache
def load_model(name: str, features: Sequence[str]) -> Model:
    """The model of that name in `search_api/data`. Raises ValueError if its features are others."""
    path = files("search_api").joinpath("data", f"{name}.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights: dict[str, float] = stored["weights"]
    if set(weights) != set(features):
        odd = ", ".join(sorted(set(weights) ^ set(features)))
        raise ValueError(
            f"{name}.json: its features are not those of the code ({odd}); train again"
        )
    ordered = tuple(weights[each] for each in features)
    return Model(tuple(features), ordered, float(stored["nothing"]))

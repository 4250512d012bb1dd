"""The linear model of the reader, and the file it ships with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from search_api.answering.match import FEATURES
from search_api.answering.model import Model, load_model
from search_api.answering.reader import FIGURES

MODEL = Model(("fit", "unit"), (2.0, -1.0), 1.0)


def test_scores_are_weighted_sums() -> None:
    rows = np.array([[1.0, 0.0], [0.5, 1.0]])
    assert MODEL.scores(rows).tolist() == [2.0, 0.0]


def test_silence_is_one_of_the_choices() -> None:
    weights = [math.exp(1.0), math.exp(2.0), math.exp(0.0)]
    assert MODEL.silence(np.array([2.0, 0.0])) == pytest.approx(weights[0] / sum(weights))
    assert MODEL.silence(np.array([])) == pytest.approx(1.0)


def test_the_shipped_weights_are_of_these_features() -> None:
    shipped = load_model(FIGURES, FEATURES)
    assert shipped.features == FEATURES
    weights = dict(zip(shipped.features, shipped.weights, strict=True))
    assert weights["wrong_unit"] < 0 < weights["likeness"]


def test_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="train again"):
        load_model(FIGURES, ("fit",))

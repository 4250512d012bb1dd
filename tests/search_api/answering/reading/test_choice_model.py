"""The linear model of the reader, and the file it ships with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from search_api.answering.reading.choice_model import ChoiceModel, load_choice_model
from search_api.answering.reading.value_features import FEATURES
from search_api.answering.reading.value_reader import MODEL
from search_api.questions.question import Language

HALF = ChoiceModel(("fit", "unit"), (2.0, -1.0), 1.0)


def test_scores_are_weighted_sums() -> None:
    rows = np.array([[1.0, 0.0], [0.5, 1.0]])
    assert HALF.scores(rows).tolist() == [2.0, 0.0]


def test_silence_is_one_of_the_choices() -> None:
    weights = [math.exp(1.0), math.exp(2.0), math.exp(0.0)]
    silence, chances = HALF.chances(np.array([2.0, 0.0]))
    assert silence == pytest.approx(weights[0] / sum(weights))
    assert chances.tolist() == pytest.approx([each / sum(weights) for each in weights[1:]])
    assert HALF.chances(np.array([]))[0] == pytest.approx(1.0)


def test_large_scores_do_not_overflow() -> None:
    silence, chances = HALF.chances(np.array([1e4, 0.0]))
    assert silence == pytest.approx(0.0)
    assert chances[0] == pytest.approx(1.0)


@pytest.mark.parametrize("language", Language)
def test_the_shipped_weights_are_of_these_features(language: Language) -> None:
    shipped = load_choice_model(MODEL, language, FEATURES)
    assert shipped.features == FEATURES
    weights = dict(zip(shipped.features, shipped.weights, strict=True))
    assert weights["wrong_unit"] < 0 < weights["likeness"]
    assert 0 < shipped.limit < 1


def test_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="train again"):
        load_choice_model(MODEL, Language.ZH, ("fit",))

"""One of several candidates is right, or none: weights and gradients worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import check_grad

from eval.train.choices import Example, _Choices, fit_choices, without_gold
from eval.types import Query

QUERY = Query("q", "问")


def example(rows: list[list[float]], right: int | None, weight: float = 1.0) -> Example:
    return Example(
        QUERY,
        np.array(rows),
        np.array([index == right for index in range(len(rows))]),
        tuple(str(index) for index in range(len(rows))),
        tuple(range(len(rows))),
        weight,
    )


def test_the_loss_is_the_logarithm_of_the_right_choice() -> None:
    choices = _Choices([example([[1.0], [0.0]], 0)], penalty=0.0)
    # Of e^0 (nothing), e^2 and e^0 the second is right.
    loss, _ = choices.loss(np.array([0.0, 2.0]))
    assert loss == pytest.approx(-math.log(math.exp(2) / (1 + math.exp(2) + 1)))
    silent = _Choices([example([[1.0], [0.0]], None, weight=0.5)], penalty=1.0)
    loss, _ = silent.loss(np.array([0.0, 2.0]))
    # Half the weight; 2² / 2 for the penalty.
    assert loss == pytest.approx(-0.5 * math.log(1 / (2 + math.exp(2))) + 2.0)


def test_the_gradient_is_that_of_the_loss() -> None:
    given = [example([[1.0, 0.5], [0.0, 2.0], [0.3, 0.1]], 1), example([[0.2, 0.9]], None)]
    choices = _Choices(given, penalty=0.3)
    at = np.array([0.1, -0.4, 0.7])
    wrong = check_grad(lambda w: choices.loss(w)[0], lambda w: choices.loss(w)[1], at)
    assert wrong < 1e-5


def test_signs_that_are_known_are_kept() -> None:
    # What is learned from these alone: `a` speaks against, `b` for it.
    given = [example([[0.0, 1.0], [1.0, 0.0]], 0)] * 5
    free = fit_choices(given, ("a", "b"), 0.3)
    assert free.weights[0] < 0 < free.weights[1]
    held = fit_choices(given, ("a", "b"), 0.3, never_for=("b",), never_against=("a",))
    assert held.weights == (0.0, 0.0)


def test_a_question_without_its_answer() -> None:
    rows = [[0.0], [-1.0], [-2.0], [-3.0], [-4.0]]
    (found,) = without_gold(example(rows, 0), (0,), 0.3)
    # The best that is left is 0 again.
    assert found.rows[:, 0].tolist() == [0.0, -1.0, -2.0, -3.0]
    assert not found.right.any()
    assert found.weight == 0.3
    assert without_gold(example(rows, None), (0,), 0.3) == []
    assert without_gold(example(rows[:3], 0), (0,), 0.3) == []  # too little is left

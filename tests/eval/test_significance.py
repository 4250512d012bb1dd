"""Intervals and p values: by hand where few questions differ, by known properties elsewhere."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import GovsearchError
from eval.significance import bootstrap, compare_paired, paired_randomisation


def test_interval_of_equal_values_is_a_point() -> None:
    found = bootstrap([0.5] * 7)
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 7)


def test_interval_of_a_proportion_is_near_the_normal_one() -> None:
    found = bootstrap([1.0] * 50 + [0.0] * 50)
    # p +- 1.96 * sqrt(p (1 - p) / n)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.402, abs=0.015)
    assert found.high == pytest.approx(0.598, abs=0.015)


def test_same_input_same_interval() -> None:
    values = [0.1, 0.9, 0.4, 1.0]
    assert bootstrap(values) == bootstrap(values)


def test_no_values() -> None:
    with pytest.raises(ValueError, match="no values"):
        bootstrap([])


@pytest.mark.parametrize(("lost", "p"), [(0, 1.0), (1, 1.0), (2, 0.5), (5, 2 / 32), (6, 2 / 64)])
def test_p_when_all_differing_questions_are_lost(lost: int, p: float) -> None:
    """All 2^n ways to flip the signs; two of them are as extreme as what was seen."""
    before = [1.0] * 20
    after = [0.0] * lost + [1.0] * (20 - lost)
    assert paired_randomisation(before, after) == pytest.approx(p)


def test_p_with_wins_and_losses_by_hand() -> None:
    # Differences +3, -1: sums of the four ways are 4, 2, -2, -4; |2| or more is all of them.
    assert paired_randomisation([0.0, 1.0], [3.0, 0.0]) == 1.0
    # +1 +1 +1 -1: sum 2; ways with |sum| >= 2: 1 + 4 + 4 + 1 of 16.
    assert paired_randomisation([0, 0, 0, 1], [1, 1, 1, 0]) == pytest.approx(10 / 16)


def test_chance_is_found_significant_in_one_of_twenty_cases() -> None:
    rng = np.random.default_rng(7)
    found = [
        paired_randomisation(rng.random(12).tolist(), rng.random(12).tolist()) < 0.05
        for _ in range(200)
    ]
    assert 0.005 <= np.mean(found) <= 0.11  # .05, three standard errors either way


def test_thousands_of_questions_need_little_memory() -> None:
    rng = np.random.default_rng(3)
    before, after = rng.random(3000).tolist(), rng.random(3000).tolist()
    tracemalloc.start()
    try:
        paired_randomisation(before, after)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200e6  # all 10,000 flips of 3,000 signs at once are 240 MB, several times over


def test_compare_uses_the_common_questions() -> None:
    found = compare_paired({"a": 0.0, "b": 0.5, "c": 1.0}, {"b": 1.0, "c": 1.0, "d": 0.0})
    assert (found.n, found.mean) == (2, 0.25)
    assert not found.significant


def test_nothing_in_common() -> None:
    with pytest.raises(GovsearchError, match="no question in common"):
        compare_paired({"a": 1.0}, {"b": 1.0})


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9))
def test_p_is_a_probability_and_symmetric(pairs: list[tuple[float, float]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    p = paired_randomisation(before, after)
    assert 0 < p <= 1
    assert p == pytest.approx(paired_randomisation(after, before))

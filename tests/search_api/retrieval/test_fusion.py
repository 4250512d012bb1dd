"""Fusion: values worked out by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.retrieval.fusion import convex, min_max, ranked, reciprocal_rank

SCORES = st.dictionaries(
    st.integers(0, 30), st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False), max_size=12
)


def test_ranked_orders_ties_by_key() -> None:
    assert ranked({7: 1.0, 3: 2.0, 5: 1.0}) == [(3, 2.0), (5, 1.0), (7, 1.0)]


def test_min_max_scales_to_the_unit_interval() -> None:
    assert min_max({1: 2.0, 2: 6.0, 3: 3.0}) == {1: 0.0, 2: 1.0, 3: 0.25}


def test_min_max_of_equal_scores_is_one() -> None:
    assert min_max({1: -3.0, 2: -3.0}) == {1: 1.0, 2: 1.0}
    assert min_max({}) == {}


def test_convex_by_hand() -> None:
    dense = {1: 0.9, 2: 0.8, 3: 0.5}  # scaled: 1, 0.75, 0
    lexical = {2: 12.0, 4: 4.0}  # scaled: 1, 0
    fused = convex([dense, lexical], [0.5, 0.5])
    assert fused == pytest.approx({1: 0.5, 2: 0.875, 3: 0.0, 4: 0.0})


def test_convex_wants_one_weight_a_ranking() -> None:
    with pytest.raises(ValueError, match="zip"):
        convex([{1: 1.0}], [0.5, 0.5])


def test_reciprocal_rank_by_hand() -> None:
    fused = reciprocal_rank([{1: 0.9, 2: 0.8}, {2: 7.0, 3: 5.0}], k=60)
    assert fused == pytest.approx({1: 1 / 61, 2: 1 / 62 + 1 / 61, 3: 1 / 62})
    assert [key for key, _ in ranked(fused)] == [2, 1, 3]


@given(SCORES)
def test_min_max_keeps_the_order_and_the_keys(scores: dict[int, float]) -> None:
    scaled = min_max(scores)
    assert scaled.keys() == scores.keys()
    assert all(0.0 <= value <= 1.0 for value in scaled.values())
    keys = sorted(scores, key=lambda key: scores[key])
    assert all(scaled[a] <= scaled[b] for a, b in pairwise(keys))


@given(st.lists(SCORES, max_size=4))
def test_fusion_keeps_every_key(rankings: list[dict[int, float]]) -> None:
    keys = {key for scores in rankings for key in scores}
    assert set(reciprocal_rank(rankings)) == keys
    assert set(convex(rankings, [1.0] * len(rankings))) == keys

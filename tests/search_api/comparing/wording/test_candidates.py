"""Which of many sentences may be alike: nothing that is alike is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.comparison_types import Relation
from search_api.comparing.likeness.similarity import Prepared, likeness, prepare, prepared
from search_api.comparing.wording.candidates import nearness_matrix, worth_comparing
from tests.search_api.comparing.wording_support import (
    TABLES,
    both_sides,
    bundled,
    hashed,
    places,
    read_pairs,
)

SENTENCES = sorted(
    {text for table in TABLES for _, left, right in read_pairs(table) for text in (left, right)}
)


def with_vector(text: str, *vector: float) -> Prepared:
    return prepared(text, np.array(vector, dtype=np.float32), places)


def dropped(left: Sequence[Prepared], right: Sequence[Prepared]) -> list[tuple[str, str]]:
    """The pairs that are not looked at though they are alike."""
    looked_at = set(worth_comparing(*nearness_matrix(left, right)))
    return [
        (ours.text, theirs.text)
        for i, ours in enumerate(left)
        for j, theirs in enumerate(right)
        if (i, j) not in looked_at and likeness(ours, theirs).relation is not Relation.DIFFERENT
    ]


def test_matrices_by_hand() -> None:
    left = [with_vector("新建鱼塘", 1, 0), with_vector("清理河道", 0, 1)]
    right = [
        with_vector("新建鱼塘3座", 0.6, 0.8),
        with_vector("鱼塘", 0, 1),
        with_vector("12座", -1, 0),
    ]
    cosines, shared = nearness_matrix(left, right)
    assert cosines.shape == shared.shape == (2, 3)
    assert cosines.dtype == shared.dtype == np.float32
    assert cosines.ravel().tolist() == pytest.approx([0.6, 0, -1, 0.8, 1, 0])
    # 新建, 建鱼, 鱼塘 against the same, against 鱼塘 alone, against none; 清理, 理河, 河道 are in none.
    assert shared.ravel().tolist() == pytest.approx([1, 0.5, 0, 0, 0, 0])


def test_a_pair_that_comes_again_counts_once() -> None:
    # 鱼塘 and 塘鱼 of both; of the bags it would be 4 of 6.
    _, shared = nearness_matrix([with_vector("鱼塘鱼塘鱼塘", 1)], [with_vector("鱼塘鱼", 1)])
    assert shared.tolist() == [[1]]


def test_what_has_no_words_shares_none() -> None:
    _, shared = nearness_matrix([with_vector("12座", 1)], [with_vector("30座", 1)])
    assert shared.tolist() == [[0]]


@pytest.mark.parametrize(
    ("cosine", "share", "wanted"),
    [
        (0.72, 0.0, True),
        (0.70, 0.0, False),
        (0.60, 0.4, True),  # .6 and .3 x .4 are .72
        (0.60, 0.3, False),
        # Boilerplate with other figures, whatever the vectors.
        (0.0, 0.6, True),
        (0.0, 0.5, False),
    ],
)
def test_near_vectors_or_like_words(cosine: float, share: float, wanted: bool) -> None:
    cosines, shared = (np.array([[value]], dtype=np.float32) for value in (cosine, share))
    assert worth_comparing(cosines, shared) == ([(0, 0)] if wanted else [])


def test_pairs_are_in_order() -> None:
    ones = np.ones((2, 2), dtype=np.float32)
    assert worth_comparing(ones, ones) == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("encoder", ["words", "bundled model"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_nothing_alike_is_left_out(table: Path, encoder: str) -> None:
    left, right = both_sides(read_pairs(table), hashed if encoder == "words" else bundled())
    assert dropped(left, right) == []


@given(*(2 * [st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map("".join)]))
def test_nothing_alike_is_left_out_of_longer_wordings(left: str, right: str) -> None:
    ours, theirs = prepare([left, right], hashed, places)
    assert dropped([ours], [theirs]) == []


def test_most_pairs_are_not_looked_at() -> None:
    left, right = both_sides(read_pairs(TABLES[0]), bundled())
    looked_at = worth_comparing(*nearness_matrix(left, right))
    assert len(looked_at) < len(left) * len(right) / 10

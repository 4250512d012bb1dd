"""Vectors that are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from search_api.kept_vectors import KeptVectors


class Lengths:
    """Encodes a text as its length, and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32).reshape(-1, 1)


def test_a_text_is_encoded_once() -> None:
    encode = Lengths()
    kept = KeptVectors(encode, 10)
    assert kept.of(["甲", "乙乙", "甲"]).ravel().tolist() == [1, 2, 1]
    assert kept.of(["乙乙", "丙丙丙"]).ravel().tolist() == [2, 3]
    assert encode.seen == ["甲", "乙乙", "丙丙丙"]


def test_the_longest_unused_is_given_up() -> None:
    encode = Lengths()
    kept = KeptVectors(encode, 2)
    kept.of(["甲", "乙"])
    kept.of(["甲"])
    kept.of(["丙"])  # 乙 goes
    kept.of(["甲"])
    assert encode.seen == ["甲", "乙", "丙"]
    kept.of(["乙"])
    assert encode.seen[-1] == "乙"


def test_what_is_kept_is_not_the_whole_batch() -> None:
    made: list[NDArray[np.float32]] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        made.append(np.zeros((len(texts), 2), np.float32))
        return made[-1]

    kept = KeptVectors(encode, 1)
    kept.of(["甲", "乙"])
    made[0][:] = 1  # what is kept doesn't see it: it holds none of the batch's memory
    assert kept.of(["乙"]).tolist() == [[0, 0]]
    assert len(made) == 1


def test_no_text_has_no_vector() -> None:
    assert KeptVectors(Lengths(), 2).of([]).shape == (0, 1)


def test_keeping_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        KeptVectors(Lengths(), 0)


@given(st.lists(st.lists(st.text(max_size=4), max_size=6), max_size=6), st.integers(1, 3))
def test_what_is_kept_never_changes_an_answer(batches: list[list[str]], most: int) -> None:
    kept = KeptVectors(Lengths(), most)
    for texts in batches:
        assert kept.of(texts).ravel().tolist() == [len(text) for text in texts]

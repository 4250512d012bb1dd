"""What was read lately isn't read again, and never another value is given."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.kept import Kept


class Shelf:
    """Reads the square of a number, and tells what it has read."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, keys: Sequence[int]) -> list[int]:
        self.asked += keys
        return [key * key for key in keys]


def test_what_was_read_is_not_read_again() -> None:
    shelf = Shelf()
    kept = Kept(shelf.read, 8)
    assert kept.of([3, 1, 3]) == [9, 1, 9]
    assert kept.of([1, 2]) == [1, 4]
    assert shelf.asked == [3, 1, 2]
    assert kept.of([]) == []


def test_the_longest_unused_is_given_up_first() -> None:
    shelf = Shelf()
    kept = Kept(shelf.read, 2)
    kept.of([1, 2])
    kept.of([1])
    kept.of([3])
    shelf.asked.clear()
    kept.of([1, 3])
    assert shelf.asked == []
    kept.of([2])
    assert shelf.asked == [2]


@given(st.lists(st.lists(st.integers(0, 9))), st.integers(1, 12))
def test_values_are_those_that_were_asked_for(asked: list[list[int]], most: int) -> None:
    kept = Kept(Shelf().read, most)
    for keys in asked:
        assert kept.of(keys) == [key * key for key in keys]


def test_nothing_kept_is_no_kept() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Kept(Shelf().read, 0)

"""Which sections are counterparts once it is known how alike they are, and which moved?"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.outline_alignment import assign, longest_rising, moved_sections


def test_the_best_pairs_together() -> None:
    # Greedily .9 + .0; together .8 + .8 is more.
    assert assign(np.array([[0.9, 0.8], [0.8, 0.1]])) == {0: 1, 1: 0}
    # Below the threshold nothing is paired, and nothing gives way for it.
    assert assign(np.array([[0.9, 0.3], [0.3, 0.1]])) == {0: 0}
    # Equals are paired in order.
    assert assign(np.ones((3, 3))) == {0: 0, 1: 1, 2: 2}


def test_moved_is_under_another_parent_or_out_of_order() -> None:
    # Left: 0 with 1, 2; 3 with 4. Right: 0 with 1; 2 with 3, 4.
    left, right = [None, 0, 0, None, 3], [None, 0, None, 2, 2]
    assert moved_sections({0: 0, 1: 1, 2: 3, 3: 2, 4: 4}, left, right) == {2}
    # Without a counterpart of the parent there is no telling that it stayed.
    assert moved_sections({1: 1}, left, right) == {1}
    # From the top to below something.
    assert moved_sections({3: 1}, left, right) == {3}


def test_longest_rising() -> None:
    assert longest_rising([]) == set()
    assert longest_rising([5, 1, 2, 4, 3]) in ({1, 2, 3}, {1, 2, 4})


@given(st.permutations(range(7)))
def test_longest_rising_is_the_longest(values: list[int]) -> None:
    found = sorted(longest_rising(values))
    assert [values[i] for i in found] == sorted(values[i] for i in found)
    longest = max(
        size
        for size in range(1, 8)
        if any(list(some) == sorted(some) for some in combinations(values, size))
    )
    assert len(found) == longest

"""Which sections are counterparts once it is known how alike they are, and which moved?"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_api.comparing.outlines.alignment import (
    assign,
    longest_rising,
    moved_sections,
    of_one_family,
)


def test_the_best_pairs_together() -> None:
    # Greedily .9 + .0; together .8 + .8 is more.
    assert assign(np.array([[0.9, 0.8], [0.8, 0.1]])) == {0: 1, 1: 0}
    # Below the threshold nothing is paired, and nothing gives way for it.
    assert assign(np.array([[0.9, 0.3], [0.3, 0.1]])) == {0: 0}
    # Equals are paired in order.
    assert assign(np.ones((3, 3))) == {0: 0, 1: 1, 2: 2}


def test_sections_of_matched_parents_come_first() -> None:
    # Left: 0 with 1; 2 with 3. Right: 0; 1 with 2. 0 is 0's counterpart, 2 is 1's.
    families = of_one_family([None, 0, None, 2], [None, None, 1], {0: 0, 2: 1})
    assert families.tolist() == [
        [True, True, False],
        [False, False, False],
        [True, True, False],
        [False, False, True],
    ]
    # Left 1 is more like right 2 than left 3 is, but 3 is of its family.
    alike = np.zeros((4, 3))
    alike[0, 0] = alike[2, 1] = 0.6
    alike[1, 2], alike[3, 2] = 0.51, 0.5
    assert assign(alike) == {0: 0, 1: 2, 2: 1}
    assert assign(alike, families) == {0: 0, 2: 1, 3: 2}
    # What is far more alike goes before family, and what no one of its family wants is left to others.
    alike[1, 2] = 0.9
    assert assign(alike, families) == {0: 0, 1: 2, 2: 1}
    alike[1, 2], alike[3, 2] = 0.4, 0.2
    assert assign(alike, families) == {0: 0, 1: 2, 2: 1}


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

"""Which sections of two outlines are each other's counterparts, and which of them moved?

In three steps:

1. How alike are any two sections? `section_likeness.py` tells.
2. Which pairs together are most alike? One assignment over all sections, by the Jonker-Volgenant
   method (Crouse, On implementing 2D rectangular assignment algorithms, IEEE TAES 52(4), 2016).
   Not level by level: reports skip levels, so that one report's （一） is another's 一是, and a
   section must be found under whatever heading it was moved to.
3. Again, now that it is known which parents are counterparts (as similarity flooding carries
   likeness along edges: Melnik, Garcia-Molina and Rahm, ICDE 2002, but in few rounds: outlines
   are shallow). Sections of parents that are each other's come first; what is left of them, and what
   is far more alike, is matched across other parents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from search_api.comparing.outlines.reading import Floats, Outline
from search_api.comparing.outlines.section_likeness import allowed_pairs, own_likeness, with_parents

# Sections less alike than this are no counterparts. Read off the pairs that 10 provinces' reports
# make at a lower one: from .33 to .4 most are right, below .3 few are.
THRESHOLD: Final = 0.33
# Of sections that are alike to the last digit (一是 under each of two equal headings) those at like
# places in their reports belong together; too little to matter otherwise.
_PLACE_BONUS: Final = 1e-3
# What it counts for a pair that their parents are each other's counterparts. On pairs of provinces' reports
# of 2026 and of national ones any from .1 to .3 made the same pairs; strictly family by family, sections
# were held back from counterparts far more alike under another heading.
_FAMILY_BONUS: Final = 0.2
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Two sections, by their numbers, that are each other's counterpart."""

    left: int
    right: int
    similarity: float
    moved: bool = False


def align(left: Outline, right: Outline) -> list[Link]:
    """Which sections are counterparts, in the order of the left ones, and which of them moved."""
    own = own_likeness(left, right)
    allowed = allowed_pairs(left.stances, right.stances)
    alike = with_parents(own, allowed, left.parents, right.parents, None)
    counterparts = assign(alike)
    alike = with_parents(own, allowed, left.parents, right.parents, counterparts)
    for _ in range(_ROUNDS):
        families = of_one_family(left.parents, right.parents, counterparts)
        counterparts = assign(alike, families)
    moved = moved_sections(counterparts, left.parents, right.parents)
    return [Link(i, j, min(1.0, float(alike[i, j])), i in moved) for i, j in counterparts.items()]


def of_one_family(
    left_parents: Sequence[int | None],
    right_parents: Sequence[int | None],
    counterparts: Mapping[int, int],
) -> NDArray[np.bool_]:
    """Which pairs stand under counterparts, or both at the top: `(n, m)`."""
    rows: list[list[bool]] = []
    for ours in left_parents:
        expected = None if ours is None else counterparts.get(ours, -1)
        rows.append([theirs == expected for theirs in right_parents])
    return np.array(rows, dtype=np.bool_).reshape(len(left_parents), len(right_parents))


def assign(alike: Floats, families: NDArray[np.bool_] | None = None) -> dict[int, int]:
    """The pairs that together are most alike, each row and column in one at most.

    `alike` is `(n, m)`, 0..1; `families` `(n, m)`: the pairs that come first if they are as alike. Pairs
    below the threshold are never made, nor do they count.
    """
    rows, columns = alike.shape
    place = (np.arange(rows) / rows)[:, None] - (np.arange(columns) / columns)[None, :]
    bonus = _PLACE_BONUS * (1 - place**2)
    if families is not None:
        bonus = bonus + _FAMILY_BONUS * families
    worth = np.where(alike >= THRESHOLD, alike - THRESHOLD + bonus, 0.0)
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {int(i): int(j) for i, j in chosen if worth[i, j] > 0}


def moved_sections(
    counterparts: Mapping[int, int],
    left_parents: Sequence[int | None],
    right_parents: Sequence[int | None],
) -> set[int]:
    """The left sections whose counterpart stands under another section or in another order.

    Of siblings the most that are in the same order on both sides stay, the others moved.
    """
    moved: set[int] = set()
    families: dict[int | None, list[int]] = {}
    for i, j in sorted(counterparts.items()):
        ours, theirs = left_parents[i], right_parents[j]
        expected = None if ours is None else counterparts.get(ours)
        if (ours is None) != (theirs is None) or expected != theirs:
            moved.add(i)
        else:
            families.setdefault(ours, []).append(i)
    for family in families.values():
        staying = longest_rising([counterparts[i] for i in family])
        moved.update(i for place, i in enumerate(family) if place not in staying)
    return moved


def longest_rising(values: Sequence[int]) -> set[int]:
    """The places of a longest rising subsequence (patience sorting, Fredman 1975)."""
    tails: list[int] = []  # place of the smallest value that ends a subsequence of each length
    before: list[int | None] = []
    for place, value in enumerate(values):
        length = bisect_left(tails, value, key=lambda tail: values[tail])
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [place]
    found: set[int] = set()
    at = tails[-1] if tails else None
    while at is not None:
        found.add(at)
        at = before[at]
    return found

"""How alike are any two sections: by heading, by content, and by the sections they stand under?

Content is compared by vectors and by words, headings by vectors and by characters. What was done and
what is planned are not alike at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search_api.comparing.outlines.headings import Stance
from search_api.comparing.outlines.reading import Floats, Outline, unit_rows

# What the likeness of two sections is made of; they sum to 1. Content weighs most: provinces write
# the same matter under other slogans. Parents only tip the scales: at .25 hardly anything was found
# that had moved, and counterparts of parents drew children together that have nothing in common.
_HEADING: Final = 0.4
_CONTENT: Final = 0.45
_PARENTS: Final = 0.15
# A section of this many characters has its content count half: a line or two says little by itself.
_HALF_TRUSTED: Final = 30
# Likeness of the places two sections stand at where one is at the top and one is not.
_OTHER_DEPTH: Final = 0.2


def own_likeness(left: Outline, right: Outline) -> Floats:
    """How alike heading and content of any two sections are: `(n, m)`, 0..1."""
    ours, theirs = _centred(left.heading_vectors, right.heading_vectors)
    heading = _mean_of_known(
        _shared(_pairs_of(left.headings), _pairs_of(right.headings)), _cosines(ours, theirs)
    )
    content = _mean_of_known(
        _shared(left.words, right.words), _cosines(left.contents, right.contents)
    )
    shorter = np.minimum.outer(np.array(left.lengths), np.array(right.lengths))
    of_heading = _HEADING * ~np.isnan(heading)
    of_content = _CONTENT * ~np.isnan(content) * shorter / (shorter + _HALF_TRUSTED)
    total = of_heading + of_content
    likeness = of_heading * np.nan_to_num(heading) + of_content * np.nan_to_num(content)
    # Two sections without heading and text are as alike as anyone can tell.
    own: Floats = np.divide(likeness, total, out=np.ones_like(total), where=total > 0)
    return own


def with_parents(
    own: Floats,
    allowed: NDArray[np.bool_],
    left_parents: Sequence[int | None],
    right_parents: Sequence[int | None],
    counterparts: Mapping[int, int] | None,
) -> Floats:
    """The likeness of any two sections with that of what they stand under: `(n, m)`, 0..1.

    With `counterparts`, parents are alike if they are each other's, and count half if not.
    """
    top = np.array([parent is None for parent in right_parents], dtype=np.bool_)
    parents = np.array([parent or 0 for parent in right_parents], dtype=np.intp)
    alike = np.zeros_like(own)
    for i, parent in enumerate(left_parents):
        if parent is None:
            above = np.where(top, 1.0, _OTHER_DEPTH)
        else:
            above = alike[parent, parents]
            if counterparts is not None:
                above = np.where(parents == counterparts.get(parent, -1), 1.0, above / 2)
            above = np.where(top, _OTHER_DEPTH, above)
        alike[i] = np.where(allowed[i], (1 - _PARENTS) * own[i] + _PARENTS * above, 0.0)
    return alike


def allowed_pairs(
    left: Sequence[Stance | None], right: Sequence[Stance | None]
) -> NDArray[np.bool_]:
    """Which pairs are not of one done and the other planned: `(n, m)`."""
    rows = [[one is other or one is None or other is None for other in right] for one in left]
    return np.array(rows, dtype=np.bool_)


def _shared(left: Sequence[Counter[str]], right: Sequence[Counter[str]]) -> Floats:
    """The share of words that two bags have in common, rare words counting more: `(n, m)`, 0..1.

    The cosine of tf-idf (Salton and Buckley 1988, logarithmic tf); NaN where a bag is empty.
    """
    bags = (*left, *right)
    usual = Counter(word for bag in bags for word in bag)
    columns = {word: column for column, word in enumerate(usual)}
    rows = np.zeros((len(bags), max(1, len(columns))))
    for row, bag in zip(rows, bags, strict=True):
        for word, count in bag.items():
            row[columns[word]] = (1 + math.log(count)) * math.log1p(len(bags) / usual[word])
    unit = unit_rows(rows)
    return _cosines(unit[: len(left)], unit[len(left) :])


def _pairs_of(headings: Sequence[str]) -> list[Counter[str]]:
    """The pairs of neighbouring characters of each heading: words, however they are cut."""
    return [
        Counter(heading[i : i + 2] for i in range(max(1, len(heading) - 1)) if heading)
        for heading in headings
    ]


def _centred(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Both without their common mean: short Chinese headings all have like vectors. Zero rows stay."""
    if left.shape[1] != right.shape[1]:  # one report has none
        return left, right
    both = np.concatenate((left, right))
    known = both.any(axis=1)
    if known.any():
        both[known] -= both[known].mean(axis=0)
    unit = unit_rows(both)
    return unit[: len(left)], unit[len(left) :]


def _cosines(left: Floats, right: Floats) -> Floats:
    """`(n, m)`, 0..1, of unit rows; NaN where either row is zero."""
    if left.shape[1] != right.shape[1]:  # one report has no vectors
        return np.full((len(left), len(right)), np.nan)
    cosines: Floats = np.clip(left @ right.T, 0.0, 1.0)
    cosines[~left.any(axis=1)] = np.nan
    cosines[:, ~right.any(axis=1)] = np.nan
    return cosines


def _mean_of_known(one: Floats, other: Floats) -> Floats:
    """The mean of both, or the one that is known, or NaN."""
    mean = (one + other) / 2
    return np.where(np.isnan(one), other, np.where(np.isnan(other), one, mean))

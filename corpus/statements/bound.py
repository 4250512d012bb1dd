"""How does a figure bound what it tells of: 5%左右, 不低于5%, 超3万名, 4.5%—5%?"""

from __future__ import annotations

from typing import Final

from corpus.statements.lexicon import pattern
from corpus.statements.quantities import Quantity
from corpus.statements.statement import Bound

# How far around a figure the words that bound it stand.
_NEAR: Final = 6
# The words behind a figure bind closer than a verb before it: 控制在5%左右 is about it.
_BEHIND: Final = (
    ("about_behind", Bound.ABOUT),
    ("at_least_behind", Bound.AT_LEAST),
    ("at_most_behind", Bound.AT_MOST),
    ("above_behind", Bound.ABOVE),
)
_BEFORE: Final = (
    ("at_least_before", Bound.AT_LEAST),
    ("above_before", Bound.ABOVE),
    ("at_most_before", Bound.AT_MOST),
    ("below_before", Bound.BELOW),
    ("nearly_before", Bound.NEARLY),
    ("about_before", Bound.ABOUT),
)


def bound_of(sentence: str, quantity: Quantity, start: int = 0) -> Bound:
    """How a figure bounds what it tells of; `sentence` begins at `start` of the report's text."""
    if quantity.low != quantity.high:
        return Bound.RANGE
    low, high = quantity.span.start - start, quantity.span.end - start
    before, behind = sentence[max(0, low - _NEAR) : low], sentence[high : high + _NEAR]
    for name, bound in _BEHIND:
        if pattern(name).search(behind):
            return bound
    for name, bound in _BEFORE:
        if pattern(name).search(before):
            return bound
    return Bound.ABOVE if pattern("odd").search(sentence[low:high]) else Bound.EXACT

"""Which heading-number candidates belong together? Sequence checks over all forms at once.

A chain is one series of numbers (一、 二、 三、) in reading order. Reading all forms together
decides which candidates are headings: 三 must follow 二, a series that restarts is a new one, and
when an outer series goes on, every series begun since its last number is over. No form is assumed
to be the outermost: reports number 一、 under （二） as well as （一） under 二、.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.outlines.numbering import Form, Marker

# A number may be lost (a typo, a lost character): this many may be missing before a marker at the
# start of a line.
_MAX_GAP = 2
# Series of one number that still are headings: only where the marker alone is distinctive.
_SINGLE_FORMS = frozenset({Form.CHAPTER, Form.CHINESE, Form.BRACKETED})
# Forms that may be numbered through the whole report, across the sections above them.
_RUNNING_ON = frozenset({Form.BRACKETED, Form.ARABIC})
# Enumerations inside a sentence come in one run; two that are farther apart are two enumerations.
_RUN_IN_REACH = 6000  # characters
_RUN_IN = frozenset({Form.RUN_IN, Form.RUN_IN_MUST, Form.ADVERB})


@dataclass(slots=True)
class Chain:
    """One series. `parent` is the marker it stands under, None at the top."""

    form: Form
    markers: list[Marker] = field(default_factory=list)
    runs_on: bool = False  # goes on counting where the series under the section before ended

    @property
    def last(self) -> Marker:
        return self.markers[-1]


def link(candidates: Iterable[Marker]) -> list[Chain]:
    """The series that the candidates form; candidates that fit into none are dropped.

    `candidates` are in reading order. Returned in the order of their first markers.
    """
    stack: list[Chain] = []  # alive series; each began after the last number of the one below
    chains: list[Chain] = []
    read = list(candidates)
    followed = _followed(read)
    newest: dict[Form, int] = {}  # the value last counted in each form
    for marker in read:
        depth = _continued(stack, marker, followed)
        if depth is not None:
            del stack[depth + 1 :]
            stack[depth].markers.append(marker)
        elif _runs_on(marker, newest):
            chain = Chain(marker.form, [marker], runs_on=True)
            stack.append(chain)
            chains.append(chain)
        elif marker.value == 1 or (marker.value == 2 and marker.line_initial):
            chain = Chain(marker.form, [marker])
            stack.append(chain)
            chains.append(chain)
        else:
            continue
        newest[marker.form] = marker.value
    return [chain for chain in chains if _is_series(chain)]


def _runs_on(marker: Marker, newest: dict[Form, int]) -> bool:
    return (
        marker.line_initial
        and marker.form in _RUNNING_ON
        and marker.value > 1
        and newest.get(marker.form) == marker.value - 1
    )


def _followed(read: list[Marker]) -> frozenset[int]:
    """Where the markers stand whose successor is the next of their form to begin a line."""
    following: dict[Form, int] = {}
    found: set[int] = set()
    for marker in reversed(read):
        if marker.line_initial:
            if following.get(marker.form) == marker.value + 1:
                found.add(marker.start)
            following[marker.form] = marker.value
    return frozenset(found)


def _continued(stack: list[Chain], marker: Marker, followed: frozenset[int]) -> int | None:
    """The depth of the series that `marker` goes on with, the innermost that fits exactly first."""
    for depth in range(len(stack) - 1, -1, -1):
        chain = stack[depth]
        if _goes_with(chain, marker) and _succeeds(chain.last, marker):
            return depth
    if marker.value == 1 or not marker.line_initial:
        return None
    for depth in range(len(stack) - 1, -1, -1):
        chain = stack[depth]
        if chain.form is not marker.form or not chain.last.line_initial:
            continue
        gap = marker.value - chain.last.value - 1
        # A number used twice (四、 … 四、) or lost; a series of its own would have begun with 一.
        if gap == -1 and len(chain.markers) > 1:
            return depth
        if 0 < gap <= _MAX_GAP and (len(chain.markers) > gap or marker.start in followed):
            return depth
    return None


def _goes_with(chain: Chain, marker: Marker) -> bool:
    if chain.form is not marker.form:
        return False
    return marker.form not in _RUN_IN or marker.start - chain.last.start < _RUN_IN_REACH


def _succeeds(last: Marker, marker: Marker) -> bool:
    if marker.form is Form.ADVERB:  # 首先, 其次, 最后: how many come between is open
        return last.value < marker.value
    return last.value == marker.value - 1


def _is_series(chain: Chain) -> bool:
    if len(chain.markers) > 1 or chain.runs_on:
        return True
    only = chain.markers[0]
    return only.line_initial and only.value == 1 and chain.form in _SINGLE_FORMS

"""What a statement is: one thing that a sentence or a table cell says with a figure, or that there is none.

Leaf types; spans are offsets into the report's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.report import Span
from corpus.statements.quantities import Quantity


class Bound(StrEnum):
    """How a figure bounds what it tells of."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    RANGE = "range"

    @property
    def open_above(self) -> bool:
        """Whether it may be more: 5%以上, 超过5%."""
        return self in (Bound.AT_LEAST, Bound.ABOVE)

    @property
    def open_below(self) -> bool:
        """Whether it may be less: 5%以内, 不足5%."""
        return self in (Bound.AT_MOST, Bound.BELOW)


class Aspect(StrEnum):
    """What a figure says of what it measures."""

    LEVEL = "level"  # what there is, what it came to, what was done
    CHANGE = "change"  # how much it grew or fell
    SHARE = "share"  # which part of something it is
    RANK = "rank"
    DIFFERENCE = "difference"  # how far it is from another place's, or a plan's


class Sense(StrEnum):
    """Whether something is reported as done, announced, or approved (a budget)."""

    DONE = "done"
    PLANNED = "planned"
    APPROVED = "approved"


class Scope(StrEnum):
    """Of which part of the report's own domain a figure is."""

    WHOLE = "whole"  # said outright: 全市
    OWN_LEVEL = "own_level"  # the government's own, without those below it: 市本级
    OPEN = "open"  # nothing is said


class Source(StrEnum):
    """Where a figure's time is said, the surest first."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    HEADING = "heading"
    STRETCH = "stretch"  # what a longer passage tells of
    REPORT = "report"  # only by the report's own year
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the year `first` to the year `last`; `part` of a year (Q1, H1, M1-9), empty for whole years.

    `point`: as of a date, or by the end of it (年末, 到2030年), no sum over it.
    """

    first: int
    last: int
    part: str = ""
    point: bool = False

    @property
    def several(self) -> bool:
        """Whether it is several years together."""
        return self.last > self.first

    def years(self) -> frozenset[int]:
        """Its years."""
        return frozenset(range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said.

    `quantity`: the figure; of an explicit nothing (全县无行政复议案件) its value is 0 and its span the words
    that say so. `words`: what it is of, in the report's words, the figure left out; `clause`: all words between
    its pauses. `sign`: 1 up, -1 down, 0 neither. `origin`: what something came from (从48家); `came_to`: what
    it had come to by then; `passed`: a mark that was passed on the way to the figure told next.
    `component`: of a part of what was told before it (其中); `whole`: what the sentence told of before, empty
    where the figure's own words say it. `added`: what came to it in a time (新增), not what there is.
    `against`: what a difference is from (全国). `nothing`: there is none, said in words.
    """

    quantity: Quantity
    sentence: Span
    words: str
    clause: str
    aspect: Aspect
    sign: int
    bound: Bound
    sense: Sense | None
    sense_sure: bool
    period: Period | None
    period_source: Source
    scope: Scope = Scope.OPEN
    component: bool = False
    whole: str = ""
    origin: bool = False
    came_to: bool = False
    passed: bool = False
    added: bool = False
    against: str = ""
    nothing: bool = False

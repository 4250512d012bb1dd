"""What a comparison is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.report import Citation
from corpus.statements.statement import Bound, Statement
from search_api.questions.question import Language


class Status(StrEnum):
    """Whether a report says something on the topic."""

    STATED = "stated"
    NOT_STATED = "not_stated"


class TopicKind(StrEnum):
    """What is asked of each report: a figure, what it says on a theme, or where it has a wording."""

    FIGURE = "figure"
    THEME = "theme"
    PASSAGE = "passage"


class Sort(StrEnum):
    """The order of a table's rows: as the reports were chosen, or by their figures."""

    REPORT = "report"
    HIGHEST = "highest"
    LOWEST = "lowest"


class Relation(StrEnum):
    """How two wordings stand to each other, nearest first."""

    IDENTICAL = "identical"
    CONTAINED = "contained"  # word for word inside a longer sentence
    OTHER_FIGURE = "other_figure"  # the same but for figures, years and names of places
    REWORDED = "reworded"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two wordings stand to each other, and how similar they are, 0..1."""

    relation: Relation
    similarity: float


@dataclass(frozen=True, slots=True)
class Topic:
    """What is compared. `text` is as it was given, `questions` what is put to each report: several where
    the topic names alternatives (A或B), the first that is answered counts. `thing`: it names things and no
    measure of them, so that a report without a figure may still tell of them.
    """

    text: str
    kind: TopicKind
    questions: tuple[str, ...]
    language: Language
    thing: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that can be sorted and drawn beside others of its comparison.

    `low` and `high` are in `unit`, 万 and 亿 multiplied out; equal unless it is a range. `comparable`
    is False if its unit can't be turned into that of most rows; `outlier`: far from the others.
    """

    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    comparable: bool = True
    outlier: bool = False

    @property
    def middle(self) -> Decimal:
        """What it is sorted by."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording; `common`: the other wording has it too."""

    text: str
    common: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What one report says on the topic, or that it doesn't.

    `value`: the figure as it is written, None without one; `statement` the same as it was read, with
    offsets into the report. `citation`: of the sentence that says it,
    None if not stated; its quote is the sentence. `wording`: the quote against the most usual one of
    the table; the pieces together are the quote. `announced`: the figure is a target, where one or none
    was asked for. `mentions`: the sentences that have the topic's
    words, None where they were not counted. `nearest`: what comes closest in a report that doesn't
    state it, for a reader to judge. `relation` is to the passage that was given, where one was.
    """

    report_id: str
    title: str
    region: str
    year: int | None
    status: Status
    value: str | None = None
    statement: Statement | None = None
    measured: Measured | None = None
    citation: Citation | None = None
    announced: bool = False
    wording: tuple[Piece, ...] = ()
    confidence: float = 0.0
    mentions: int | None = None
    reason: str = ""
    nearest: Citation | None = None
    relation: Relation | None = None
    similarity: float | None = None

    @property
    def stated(self) -> bool:
        """Whether the report says it."""
        return self.status is Status.STATED

    @property
    def quote(self) -> str:
        """The sentence that says it, empty if none does."""
        return self.citation.quote if self.citation else ""

    @property
    def name(self) -> str:
        """What people call the report: its place and year."""
        where = self.region or self.title or self.report_id
        return f"{where} {self.year}" if self.year else where


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row for every report that was asked, in the order asked for, and what is to be noticed."""

    topic: Topic
    rows: tuple[Row, ...]
    notices: tuple[str, ...] = ()

    @property
    def stated(self) -> int:
        """How many reports say it."""
        return sum(row.stated for row in self.rows)

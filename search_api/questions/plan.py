"""What is asked, read once: the one thing that travels from a question to its answer.

A question or topic is read into a plan and never rewritten as text. What a plan doesn't say was not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.statements.period import Told
from corpus.statements.statement import Aspect, Period, Scope, Sense
from search_api.questions.question import Question
from search_api.questions.terms import Term


class Operation(StrEnum):
    """Which kind of answer is asked of one report."""

    VALUE = "value"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    YES_NO = "yes_no"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class When:
    """The time asked about. `years` as named; `relative`: counted from what a report calls this year (去年 -1).

    `several`: several years together; `end`: what it came to by the end of them; `before`: what it was before
    them. `period`: named outright (2021-2025), None if it isn't.
    """

    years: frozenset[int] = frozenset()
    relative: frozenset[int] = frozenset()
    several: bool = False
    end: bool = False
    before: bool = False
    period: Period | None = None

    @property
    def named(self) -> bool:
        """Whether any time is asked about."""
        return bool(self.years or self.relative or self.period)

    def asked_years(self, report_year: int | None) -> frozenset[int]:
        """The years asked about, of a report of that year."""
        if report_year is None:
            return self.years
        return self.years | {report_year + late for late in self.relative}

    def years_of(self, told: Told) -> frozenset[int]:
        """The single years asked about, of a report that tells of those.

        Last year is the one before its own; of a report that is written after its year, also that one: people
        ask for it when it is out.
        """
        if told.now is None or told.done is None:
            return self.years
        found = {told.now + late for late in self.relative}
        if -1 in self.relative:
            found.add(told.done)
        return self.years | found


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as it is understood.

    `aspect` None: not said, `aspect_sure`: said outright. `sign`: the way a change is asked to have gone, 0 if it
    isn't said. `kinds` of quantity (none: any), `counters`: what stands behind 多少. `items`: how many a list
    should have; `outright`: a figure is asked for in words (多少), not only named; `noun`: what the question calls
    what it asks for. `indicators`: official terms with a figure.
    """

    question: Question
    operation: Operation
    when: When = When()
    aspect: Aspect | None = None
    aspect_sure: bool = False
    sign: int = 0
    sense: Sense | None = None
    scope: Scope = Scope.OPEN
    kinds: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    indicators: tuple[Term, ...] = ()
    items: int | None = None
    noun: str = ""
    operation_odds: float = 0.0
    outright: bool = False

    @property
    def text(self) -> str:
        """The question as it was asked."""
        return self.question.text

    @property
    def figure(self) -> bool:
        """Whether a figure is asked for."""
        return self.operation is Operation.VALUE

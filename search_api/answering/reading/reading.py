"""What was read in a report: an answer, the sentences that say it, and how sure the reader is."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.report import Span
from corpus.statements.statement import Statement
from search_api.questions.plan import Operation
from search_api.results import Hit


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the report's text that a hit covers."""

    hit: Hit
    span: Span

    @property
    def words(self) -> str:
        """What stands there."""
        start = self.hit.citation.start
        return self.hit.text[self.span.start - start : self.span.end - start]


@dataclass(frozen=True, slots=True)
class Reading:
    """`answer` with the `places` that say it. `silence`: the probability (0..1) that the passages don't say what is
    asked; above `limit` it is no answer. `chance`: the probability that this answer is right. `statement` is the
    answer's, if it is a figure.
    """

    operation: Operation
    answer: str
    places: tuple[Place, ...]
    silence: float
    chance: float
    limit: float
    statement: Statement | None = None

    @property
    def silent(self) -> bool:
        """Whether it is likelier that the reports don't say it."""
        return self.silence > self.limit

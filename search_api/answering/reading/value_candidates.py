"""Which statements may answer a question for a figure? Those of the passages that were found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.statements.statement import Statement
from search_api.results import Hit

# A report's statements by the start of their sentence.
StatementsOf = Callable[[str], Mapping[int, tuple[Statement, ...]]]


@dataclass(frozen=True, slots=True)
class ValueCandidate:
    """A statement of a hit; `row` is its sentence's row in the hit."""

    hit: Hit
    row: int
    statement: Statement

    @property
    def sentence(self) -> str:
        """The sentence that states it."""
        start, span = self.hit.citation.start, self.statement.sentence
        return self.hit.text[span.start - start : span.end - start]


def value_candidates(hits: Sequence[Hit], statements_of: StatementsOf) -> list[ValueCandidate]:
    """All statements of all sentences of the hits, in their order."""
    found: list[ValueCandidate] = []
    for hit in hits:
        known = statements_of(hit.citation.report_id)
        for row, span in enumerate(hit.sentences):
            found += [ValueCandidate(hit, row, each) for each in known.get(span.start, ())]
    return found

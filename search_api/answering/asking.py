"""What a question's candidates are, and with what they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.report import ReportKind
from search_api.answering.asked import Asked
from search_api.answering.figures import Figure
from search_api.answering.frames import Frames
from search_api.answering.wording import Wording
from search_api.questions.terms import Term
from search_api.results import Hit


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report: of which years it may tell."""

    kind: ReportKind
    year: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with all that its candidates are compared with.

    `text` as it was asked; `indicators`: the official terms with figures that it names; `places`: those
    it names that no report is of; `told` and `frames` by report id.
    """

    text: str
    asked: Asked
    wording: Wording
    indicators: tuple[Term, ...]
    places: tuple[str, ...]
    told: Mapping[str, Told]
    frames: Mapping[str, Frames]


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A figure of a hit that may be the answer; `row` is its sentence's row in the hit."""

    hit: Hit
    row: int
    figure: Figure

    @property
    def sentence(self) -> str:
        """The sentence that states it."""
        start, span = self.hit.citation.start, self.figure.sentence
        return self.hit.text[span.start - start : span.end - start]

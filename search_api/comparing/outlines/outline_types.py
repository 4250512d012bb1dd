"""What a comparison of two reports' outlines is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.report import Section


class Place(StrEnum):
    """What became of a section in the other report's outline."""

    MATCHED = "matched"
    MOVED = "moved"  # it is there, under another heading or in another order
    LEFT_ONLY = "left_only"
    RIGHT_ONLY = "right_only"


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section of either report with its counterpart, None where it has none.

    `similarity` of heading and content, 0..1; 0 without a counterpart.
    """

    left: Section | None
    right: Section | None
    place: Place
    similarity: float


@dataclass(frozen=True, slots=True)
class OutlineComparison:
    """The sections of two reports side by side: every section of both is in exactly one pair.

    In the order of the left report; sections only the right one has stand where it has them.
    """

    left: str  # report ids
    right: str
    pairs: tuple[SectionPair, ...]

    def count(self, place: Place) -> int:
        """How many pairs are of that kind."""
        return sum(pair.place is place for pair in self.pairs)

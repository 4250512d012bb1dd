"""What an index hands out: scored passages, sets of passages, facts about reports."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.report import Metadata


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage found. Higher scores are better; lists are ordered by `(-score, key)`."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages of some reports, to search in.

    The passages of one report have consecutive keys, so a selection is a few ranges however many
    passages it holds. `reports` are the store's row numbers of the reports, ascending; `ranges`
    are half-open, ascending and disjoint.
    """

    reports: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and any(start <= key < end for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A report of the index without its text."""

    report_id: str
    metadata: Metadata
    source: str  # the file as the user named it
    characters: int
    passages: int  # passages that can be found, headings not counted
    indexed_at: str  # ISO 8601, UTC

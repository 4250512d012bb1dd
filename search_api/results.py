"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus.report import Citation, Passage, Region, Span
from indexer.types import ReportInfo
from search_api.questions.question import Language
from search_api.retrieval.retrieve import Mode


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search was restricted to; None is no restriction."""

    region: str | None = None
    year: int | None = None
    report_id: str | None = None
    kind: str | None = None


NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, `rank` from 1. Scores are higher for better and compare within one query.

    `citation` cites the whole passage; `sentence` is its best sentence, as offsets into the
    report's text, None where only words were compared. `sentences` are all of the passage's, and
    `likeness` says of each how like the question it is, compared within one query; `cosines` the same of the
    vectors alone, -1..1, which compares between queries too; empty with another model than the default one.
    """

    rank: int
    score: float
    passage_id: str
    text: str
    heading_path: tuple[str, ...]
    citation: Citation
    sentence: Span | None = None
    sentences: tuple[Span, ...] = ()
    likeness: tuple[float, ...] = ()
    cosines: tuple[float, ...] = ()


def citation_of(passage: Passage, info: ReportInfo) -> Citation:
    """The citation of a whole passage."""
    metadata = info.metadata
    return Citation(
        report_id=passage.report_id,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        heading_path=passage.heading_path,
        title=metadata.title,
        region=metadata.region.name if metadata.region else "",
        year=metadata.year,
        source=info.source,
        page=passage.page,
    )


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with how the question was understood and where the time went.

    `stages_ms` are milliseconds by stage; `took_ms` is the whole.
    """

    query: str
    mode: Mode
    took_ms: float
    filters: Filters
    hits: tuple[Hit, ...]
    language: Language
    places: tuple[Region, ...] = ()
    years: tuple[int, ...] = ()
    stages_ms: Mapping[str, float] = field(default_factory=dict)


def unsearched_hit(passage: Passage, info: ReportInfo) -> Hit:
    """A passage that was looked at without a search, as a hit: without likeness to any question."""
    return Hit(
        rank=1,
        score=0.0,
        passage_id=passage.passage_id,
        text=passage.text,
        heading_path=passage.heading_path,
        citation=citation_of(passage, info),
        sentences=passage.sentences,
    )

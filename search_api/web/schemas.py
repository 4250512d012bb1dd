"""The JSON of the HTTP interface. Its fields are fixed: other people's clients rely on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from corpus.report import Citation, Part, Section
from indexer.types import ReportInfo
from search_api.answering.types import Answer, Said
from search_api.engine import MAX_QUERY_CHARACTERS, MAX_TOP_K
from search_api.results import Hit, SearchResult


class CitationOut(BaseModel):
    """Where a quote stands: `quote` is `text[start:end]` of the report, offsets in characters."""

    report_id: str
    title: str
    region: str
    year: int | None
    heading_path: list[str]
    start: int
    end: int
    quote: str
    source: str
    link: str = Field(description="opens the reader at the quote")


class HitOut(BaseModel):
    """A passage found. Scores are higher for better and compare within one query only."""

    rank: int
    score: float
    passage_id: str
    text: str
    heading_path: list[str]
    citation: CitationOut


class HitsOut(BaseModel):
    """The first event of a streamed answer."""

    hits: list[HitOut]


class FiltersOut(BaseModel):
    """What the search was restricted to."""

    region: str | None
    year: int | None
    report_id: str | None
    kind: str | None


class SearchOut(BaseModel):
    """The answer to `GET /api/search`."""

    query: str
    mode: Literal["hybrid", "dense", "lexical"]
    took_ms: float
    filters: FiltersOut
    hits: list[HitOut]


class AskIn(BaseModel):
    """A question. The filters shut other reports out; empty ones are none."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_QUERY_CHARACTERS)
    top_k: int = Field(default=10, ge=1, le=MAX_TOP_K)
    region: str | None = Field(default=None, description="only this place and its parts")
    year: int | None = Field(default=None, description="only reports of this year")
    report_id: str | None = Field(default=None, description="only this report")
    kind: str | None = Field(
        default=None, description="only work_report, rule_of_law, bulletin or other"
    )


class SaidOut(BaseModel):
    """A sentence of an answer with the citation that proves it."""

    text: str
    citation: CitationOut
    proven: bool


class FindingOut(BaseModel):
    """What one report answers."""

    report_id: str
    title: str
    region: str
    year: int | None
    answer: str
    sentences: list[SaidOut]
    confidence: float


class CoverageOut(BaseModel):
    """How many reports were asked, in how many it was found, and in which it was not."""

    reports: int
    found: int
    not_found: list[str]


class AnswerOut(BaseModel):
    """The answer to `POST /api/ask`. `answer` is null if `answered` is false; `reason` says why.

    For a figure `answer` is the figure with its unit; for a list, the items joined by 、; otherwise
    the sentences. `confidence` is the reader's probability of what it says, 0..1.
    """

    question: str
    answered: bool
    answer: str | None
    kind: Literal["figure", "date", "list", "wording", "count"]
    confidence: float
    reason: str | None = None
    reason_code: Literal["no_report", "year_not_covered", "not_stated", "nothing_found"] | None = (
        None
    )
    sentences: list[SaidOut]
    citations: list[CitationOut]
    findings: list[FindingOut] = []
    coverage: CoverageOut | None = None
    notices: list[str] = []
    hits: list[HitOut]


class ReportOut(BaseModel):
    """A report of the index without its text."""

    report_id: str
    title: str
    region: str
    region_code: str
    province: str
    city: str
    county: str
    year: int | None
    kind: str
    issuer: str
    date: str
    url: str
    source: str
    characters: int
    passages: int
    indexed_at: str
    link: str


class ReportsOut(BaseModel):
    """The answer to `GET /api/reports`."""

    reports: list[ReportOut]


class TextOut(BaseModel):
    """The answer to `GET /api/reports/{id}/text`."""

    report_id: str
    text: str


class SectionOut(BaseModel):
    """A section. `part` is only there outside the body: `annex` or `glossary`."""

    section_id: str
    parent_id: str | None
    level: int = Field(description="1 一、 2 （一） 3 1. 4 （1） 5 一是")
    number: str = Field(description="the bare numeral as written, empty for unnumbered sections")
    heading: str
    start: int
    end: int
    part: Literal["annex", "glossary"] | None = None


class OutlineOut(BaseModel):
    """The answer to `GET /api/reports/{id}/outline`."""

    report_id: str
    sections: list[SectionOut]


class ProblemOut(BaseModel):
    """RFC 9457 problem details. `type` is stable: programs may rely on it."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None


class StatusOut(BaseModel):
    """The answer to `/healthz` and `/readyz`."""

    status: str
    reports: int | None = None
    generation: int | None = None


def reader_link(
    report_id: str,
    start: int | None = None,
    end: int | None = None,
    question: str | None = None,
) -> str:
    """The path of the page that shows a report, opened at a span if one is given.

    With a question the page offers the report's other places that answer it.
    """
    path = f"/reports/{quote(report_id, safe='')}"
    asked = f"q={quote(question, safe='')}" if question else ""
    if start is None:
        return f"{path}?{asked}" if asked else path
    return f"{path}?start={start}&end={end}{'&' + asked if asked else ''}#mark"


def citation_out(citation: Citation) -> CitationOut:
    """A citation with the link that opens it."""
    return CitationOut(
        report_id=citation.report_id,
        title=citation.title,
        region=citation.region,
        year=citation.year,
        heading_path=list(citation.heading_path),
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        source=citation.source,
        link=reader_link(citation.report_id, citation.start, citation.end),
    )


def hit_out(hit: Hit) -> HitOut:
    """A hit as JSON."""
    return HitOut(
        rank=hit.rank,
        score=round(hit.score, 6),
        passage_id=hit.passage_id,
        text=hit.text,
        heading_path=list(hit.heading_path),
        citation=citation_out(hit.citation),
    )


def search_out(result: SearchResult) -> SearchOut:
    """A search result as JSON."""
    return SearchOut(
        query=result.query,
        mode=result.mode.value,
        took_ms=round(result.took_ms, 3),
        filters=FiltersOut(
            region=result.filters.region,
            year=result.filters.year,
            report_id=result.filters.report_id,
            kind=result.filters.kind,
        ),
        hits=[hit_out(hit) for hit in result.hits],
    )


def said_out(said: Said) -> SaidOut:
    """A sentence of an answer as JSON."""
    return SaidOut(text=said.text, citation=citation_out(said.citation), proven=said.proven)


def answer_out(answer: Answer) -> AnswerOut:
    """An answer as JSON."""
    coverage = answer.coverage
    return AnswerOut(
        question=answer.question,
        answered=answer.answered,
        answer=answer.answer,
        kind=answer.answering.value,
        confidence=round(answer.confidence, 4),
        reason=answer.reason or None,
        reason_code=answer.why.value if answer.why else None,
        sentences=[said_out(each) for each in answer.said],
        citations=[citation_out(each) for each in answer.citations],
        findings=[
            FindingOut(
                report_id=each.report_id,
                title=each.title,
                region=each.region,
                year=each.year,
                answer=each.answer,
                sentences=[said_out(said) for said in each.said],
                confidence=round(each.confidence, 4),
            )
            for each in answer.findings
        ],
        coverage=CoverageOut(
            reports=coverage.reports, found=coverage.found, not_found=list(coverage.not_found)
        )
        if coverage
        else None,
        notices=list(answer.notices),
        hits=[hit_out(hit) for hit in answer.hits],
    )


def report_out(info: ReportInfo) -> ReportOut:
    """What is known of a report as JSON; what is unknown is empty, an unknown year null."""
    metadata = info.metadata
    region = metadata.region
    return ReportOut(
        report_id=info.report_id,
        title=metadata.title,
        region=region.name if region else "",
        region_code=region.code if region else "",
        province=region.province if region else "",
        city=region.city if region else "",
        county=region.county if region else "",
        year=metadata.year,
        kind=metadata.kind.value,
        issuer=metadata.issuer,
        date=metadata.date,
        url=metadata.url,
        source=info.source,
        characters=info.characters,
        passages=info.passages,
        indexed_at=info.indexed_at,
        link=reader_link(info.report_id),
    )


def section_out(section: Section) -> SectionOut:
    """A section as JSON."""
    out = SectionOut(
        section_id=section.section_id,
        parent_id=section.parent_id,
        level=section.level,
        number=section.number,
        heading=section.heading,
        start=section.start,
        end=section.end,
    )
    # Left unset in the body: what is unset is not written.
    if section.part is Part.ANNEX:
        out.part = "annex"
    elif section.part is Part.GLOSSARY:
        out.part = "glossary"
    return out


def outline_out(report_id: str, sections: Iterable[Section]) -> OutlineOut:
    """A report's outline as JSON. Write it with `exclude_unset`."""
    return OutlineOut(report_id=report_id, sections=[section_out(each) for each in sections])

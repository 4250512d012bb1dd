"""The JSON of a citation, and the address that opens it."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import BaseModel, Field

from corpus.report import Citation


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

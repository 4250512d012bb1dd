"""The JSON of a report: what is known of it, its text, its outline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, Field

from corpus.report import Part, Section
from indexer.types import ReportInfo
from search_api.shapes.citation_shapes import reader_link


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

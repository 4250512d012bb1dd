"""Sections made by hand."""

from __future__ import annotations

from corpus.report import Part, Section


def section(
    section_id: str,
    start: int,
    heading_end: int,
    end: int,
    parent: str | None = None,
    part: Part = Part.BODY,
    number: str = "",
) -> Section:
    return Section(section_id, parent, 1, number, "", "题", start, heading_end, end, part)

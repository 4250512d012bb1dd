"""What a report, its sections, passages and citations are.

The leaf module: everything else imports these types and they import nothing of ours.
All offsets are character offsets (Python `str` indices) into `Report.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` in this range."""
        return text[self.start : self.end]


class Part(StrEnum):
    """Which part of a report a section or passage belongs to."""

    BODY = "body"
    ANNEX = "annex"
    GLOSSARY = "glossary"


class LineKind(StrEnum):
    """What a file format itself says about a line (a Word style, an HTML tag)."""

    TITLE = "title"
    HEADING = "heading"
    TABLE = "table"
    LIST = "list"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class LineHint:
    """A structure hint of the file format for the line that begins at `start`."""

    start: int
    kind: LineKind
    level: int = 0  # 1.. for headings, 0 where the format gives none


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one file (or of one row of a table of reports).

    `text` has `\\n` line ends, no BOM and no NUL; a line is what a person sees as a paragraph or a
    line of the file. `page_starts` are the offsets at which pages begin (PDF only, else empty).
    `fields` are metadata the format carries (HTML meta tags, columns of a table), by our names:
    report_id, title, region, year, kind, issuer, date, url.
    """

    text: str
    hints: tuple[LineHint, ...] = ()
    page_starts: tuple[int, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Region:
    """A place of China's administrative divisions, as they were in the report's year.

    `code` is the six-digit code of GB/T 2260 (`000000` for the whole country).
    """

    name: str  # the full official name: 桑日县, 西藏自治区, 全国
    code: str
    province: str = ""
    city: str = ""
    county: str = ""


class ReportKind(StrEnum):
    """What kind of report it is."""

    WORK_REPORT = "work_report"  # 政府工作报告
    RULE_OF_LAW = "rule_of_law"  # 法治政府建设年度报告
    BULLETIN = "bulletin"  # 公报、统计公报
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Whose report it is, of which year and kind. Unknown text fields are empty."""

    title: str
    region: Region | None = None
    year: int | None = None
    kind: ReportKind = ReportKind.OTHER
    issuer: str = ""
    date: str = ""  # ISO 8601, as precise as the report says: 2026-02-12, 2026-02, 2026
    url: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its whole text as read, and what is known about it.

    `furniture` are the spans of `text` that belong to the web page or print run and not to the
    report (sorted, disjoint). Everything else is the body, annexes and glossaries included.
    """

    report_id: str
    text: str
    metadata: Metadata
    source: str  # the file as the user named it, for people to read
    furniture: tuple[Span, ...] = ()
    hints: tuple[LineHint, ...] = ()
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline.

    `level`: 1 一、 2 （一） 3 1. 4 （1） 5 一是, and 6 for an unnumbered run-in topic phrase; an
    unnumbered heading on its own line has the level it stands in for. `number` is the bare numeral
    as written, empty for unnumbered sections; `label` is the marker as written (`（一）`).
    `start` is where the marker begins, `end` where the section with all its descendants ends.
    `heading_end` is where the heading's own characters end (exclusive).
    Sections are listed in reading order; `section_id` is unique in its report.
    """

    section_id: str
    parent_id: str | None
    level: int
    number: str
    label: str
    heading: str
    start: int
    heading_end: int
    end: int
    part: Part = Part.BODY

    @property
    def title(self) -> str:
        """Marker and heading as a reader would cite them: （一）健全领导组织机构."""
        return self.label + self.heading


class PassageKind(StrEnum):
    """`HEADING` passages hold nothing but headings: kept for coverage, never returned as hits."""

    TEXT = "text"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a report: whole sentences of one section, `text == report[start:end]`."""

    report_id: str
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...]
    section_id: str | None = None
    part: Part = Part.BODY
    kind: PassageKind = PassageKind.TEXT
    page: int | None = None  # 1-based, where the format has pages
    sentences: tuple[Span, ...] = ()  # offsets into the report's text, in order, inside the passage

    @property
    def passage_id(self) -> str:
        """Stable for one text: `report_id:start-end`."""
        return f"{self.report_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report with its outline and passages. The passages partition the report's body."""

    report: Report
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. `quote == report.text[start:end]`, always."""

    report_id: str
    start: int
    end: int
    quote: str
    heading_path: tuple[str, ...]
    title: str
    region: str
    year: int | None
    source: str
    page: int | None = None

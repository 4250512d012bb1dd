"""Small reports for the tests of the parser, and what they look like when parsed."""

from __future__ import annotations

from corpus.furniture import find_furniture
from corpus.outlines.outline import outline
from corpus.parse import parse
from corpus.report import LineHint, Metadata, ParsedReport, Report, Section


def report(text: str, hints: tuple[LineHint, ...] = ()) -> Report:
    return Report(
        report_id="r",
        text=text,
        metadata=Metadata(title="t"),
        source="r.txt",
        furniture=find_furniture(text, hints),
        hints=hints,
    )


def sections(text: str, hints: tuple[LineHint, ...] = ()) -> tuple[Section, ...]:
    return outline(report(text, hints))


def parsed(text: str, hints: tuple[LineHint, ...] = ()) -> ParsedReport:
    return parse(report(text, hints))


def tree(text: str, hints: tuple[LineHint, ...] = ()) -> list[str]:
    """Each section as `>>level label heading`, one `>` a depth; numbered and unnumbered alike."""
    found = sections(text, hints)
    by_id = {section.section_id: section for section in found}

    def depth(section: Section) -> int:
        return 0 if section.parent_id is None else 1 + depth(by_id[section.parent_id])

    return [f"{'>' * depth(s)}{s.level} {s.label}{s.heading}" for s in found]

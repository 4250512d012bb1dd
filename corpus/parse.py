"""How does a report become sections and passages?"""

from __future__ import annotations

from corpus.outlines.outline import outline
from corpus.passages import passages
from corpus.report import ParsedReport, Report

# Part of every file's fingerprint: a report is read again when the parser has changed. Raise it with
# every change that can move a section, a passage or a sentence.
PARSER_VERSION = "3"


def parse(report: Report) -> ParsedReport:
    """The report with its outline and passages."""
    sections = outline(report)
    return ParsedReport(report, sections, passages(report, sections))

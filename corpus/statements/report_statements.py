"""All statements of a report, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.report import Metadata, Passage, PassageKind, Section
from corpus.statements.period import told_by
from corpus.statements.reading import statements
from corpus.statements.statement import Statement
from corpus.statements.stretch import stretches
from corpus.statements.table import TAB, TableHead, head_of, is_row, row_statements
from corpus.statements.timing import Context

# Part of what is stored with every index: raise it with every change that can move or change a statement.
STATEMENTS_VERSION = "6"
# Characters above a table in which its heads are looked for.
_ABOVE: Final = 1_000


def report_statements(
    text: str, metadata: Metadata, sections: tuple[Section, ...], passages: tuple[Passage, ...]
) -> Iterator[Statement]:
    """The statements of a report's passages; those of headings only say nothing."""
    told = told_by(metadata.kind, metadata.year, metadata.title)
    spoken = stretches(text, sections, told)
    head: TableHead | None = None
    last_row_end = -1
    for passage in passages:
        if passage.kind is PassageKind.HEADING:
            continue
        for span in passage.sentences:
            said = span.of(text)
            if is_row(said):
                if head is None or text[last_row_end : span.start].strip():
                    above = text[max(0, span.start - _ABOVE) : span.start].split("\n")[:-1]
                    unit = head.unit if head is not None else ""
                    head = head_of(above, said.count(TAB) + 1, unit)
                last_row_end = span.end
                yield from row_statements(said, span.start, head, passage.heading_path, told)
                continue
            context = Context(passage.heading_path, told, spoken.at(span.start))
            yield from statements(said, span.start, context)

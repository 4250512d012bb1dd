"""What is the section tree of a report?

A joint reading of all levels: number candidates of every form (`numbering`) are linked into series
by their sequence (`chains`), unnumbered headings are found between them (`headings`), annexes and
glossaries are set apart (`parts`), and one pass over all of these in reading order builds the tree
(`section_tree`). Forms: GB/T 9704-2012 §7.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.outlines.glossary import entries
from corpus.outlines.lines import Line, split_lines
from corpus.outlines.numbering import markers
from corpus.outlines.parts import PartStart, is_salutation, part_starts
from corpus.outlines.section_tree import Node, PartReader
from corpus.report import Part, Report, Section, Span

# The title block (title, session, speaker) has at most this many lines before the report begins.
_FRONT_LINES = 15
_FRONT_LINE_MAX = 60
_GLOSSARY_LEVEL = 3


def outline(report: Report) -> tuple[Section, ...]:
    """The sections of a report in reading order.

    Each lies within its parent, siblings do not overlap, and text under no heading (the title
    block, the closing words) belongs to no section.
    """
    text = report.text
    lines = split_lines(text, report.furniture, report.hints)
    if not lines:
        return ()
    nodes: list[Node] = []
    starts = part_starts(text, lines)
    body_end = starts[0].line if starts else len(lines)
    _read_part(text, lines[:body_end], nodes, Part.BODY, None, _front(text, lines[:body_end]))
    for index, start in enumerate(starts):
        end = starts[index + 1].line if index + 1 < len(starts) else len(lines)
        _read_annex(text, lines[start.line : end], start, nodes)
    return _sections(text, nodes)


def _front(text: str, lines: Sequence[Line]) -> int:
    """The number of lines of the title block."""
    for number, line in enumerate(lines[:_FRONT_LINES]):
        words = line.of(text)
        if is_salutation(words):
            return number + 1
        if len(words) > _FRONT_LINE_MAX or next(markers(text, line.start, line.end), None):
            return number
    return 1 if lines and len(lines[0].of(text)) <= _FRONT_LINE_MAX else 0


def _read_annex(text: str, lines: Sequence[Line], start: PartStart, nodes: list[Node]) -> None:
    parent = None
    if start.title_lines:
        title = lines[start.title_lines - 1]
        nodes.append(
            Node(
                level=1,
                number="",
                label="",
                start=lines[0].start,
                heading=Span(title.start, title.end),
                part=start.part,
                parent=None,
                end=lines[-1].end,
            )
        )
        parent = len(nodes) - 1
    content = lines[start.title_lines :]
    if start.part is Part.GLOSSARY:
        _read_glossary(text, content, nodes, parent)
    else:
        _read_part(text, content, nodes, start.part, parent, front=0)


def _read_glossary(text: str, lines: Sequence[Line], nodes: list[Node], parent: int | None) -> None:
    terms = entries(text, lines)
    ends = [term.start for term in terms[1:]] + [lines[-1].end] if terms else []
    for term, end in zip(terms, ends, strict=True):
        nodes.append(
            Node(
                level=_GLOSSARY_LEVEL,
                number=term.number,
                label=term.label,
                start=term.start,
                heading=term.term,
                part=Part.GLOSSARY,
                parent=parent,
                end=end,
            )
        )


def _read_part(
    text: str,
    lines: Sequence[Line],
    nodes: list[Node],
    part: Part,
    parent: int | None,
    front: int,
) -> None:
    if lines:
        PartReader(text, lines, nodes, part, parent, front).read()


def _sections(text: str, nodes: Sequence[Node]) -> tuple[Section, ...]:
    order = sorted(range(len(nodes)), key=lambda index: (nodes[index].start, index))
    name = {index: f"s{position + 1}" for position, index in enumerate(order)}
    made: list[Section] = []
    for index in order:
        node = nodes[index]
        end = node.end if node.end is not None else len(text)
        if node.parent is not None:
            parent_end = nodes[node.parent].end
            end = min(end, parent_end) if parent_end is not None else end
        made.append(
            Section(
                section_id=name[index],
                parent_id=name[node.parent] if node.parent is not None else None,
                level=node.level,
                number=node.number,
                label=node.label,
                heading=_squeeze(node.heading.of(text)),
                start=node.start,
                heading_end=min(node.heading.end, end),
                end=end,
                part=node.part,
            )
        )
    return tuple(_trim(section, text) for section in made)


def _trim(section: Section, text: str) -> Section:
    """The section without trailing white space."""
    end = section.end
    while end > section.start and text[end - 1].isspace():
        end -= 1
    return replace(section, end=end, heading_end=min(section.heading_end, end))


def _squeeze(heading: str) -> str:
    """A heading on one line: broken lines joined, runs of white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", heading)).strip().rstrip("：:，,；;")

"""Which lines make up a block, and what is it to a reader?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.outlines.lines import Line, goes_on, is_table_row, split_lines
from corpus.report import Part, Passage, Section
from search_api.web.reader.block_types import TAB, BlockKind

# Lines of the title block are short and no sentences, but for a remark in brackets.
_FRONT_MAX: Final = 60
_STOPS: Final = ("。", "；", "！")
_REMARK: Final = ("（", "(")
_SENTENCE_ENDS: Final = ("。", "；", ";", "！", "!")
# May follow a heading that stands alone on its line.
AFTER_HEADING: Final = " \t　：:，,；;。.…\u200b\ufeff"
TOP_LEVEL: Final = 2  # the page's own title is the heading of level 1


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one block: from the first one's beginning to the last one's end, as in the file."""

    start: int
    end: int
    first: int  # its first and last characters that are no white space
    last: int
    kind: BlockKind
    level: int
    part: Part
    furniture: bool


def line_blocks(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> list[Lines]:
    """The lines of each block, in order. A line without a character of any passage is furniture."""
    lines = split_lines(text)
    parts = _Parts(passages)
    ordered = sorted(sections, key=lambda each: each.start)
    starts = [each.start for each in ordered]
    levels = _Levels(text, sections)
    front_end = starts[0] if starts else 0
    made: list[Lines] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        part, furniture = parts.of(line)
        here = ordered[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        # A heading may have been broken into several lines.
        until = max((each.heading_end for each in here), default=0)
        last = number
        while last + 1 < len(lines) and (
            lines[last + 1].start < until
            or _joined(text, lines[last], lines[last + 1], parts, starts, (part, furniture))
        ):
            last += 1
        end = lines[last].end
        heading = next((each for each in here if each.start == line.start), None)
        kind, level = BlockKind.PARAGRAPH, 0
        if heading is not None and not furniture and levels.is_heading(heading, end):
            kind, level = BlockKind.HEADING, levels.of(heading)
        elif last == number and _is_row(text, line):
            kind = BlockKind.ROW
        elif not furniture and end <= front_end and _is_front(line.of(text)):
            kind = BlockKind.FRONT
        begin = text.rfind("\n", 0, line.start) + 1
        stop = text.find("\n", end)
        made.append(
            Lines(
                begin,
                stop if stop >= 0 else len(text),
                line.start,
                end,
                kind,
                level,
                part,
                furniture,
            )
        )
        number = last + 1
    return made


def _joined(
    text: str,
    line: Line,
    following: Line,
    parts: _Parts,
    starts: Sequence[int],
    of: tuple[Part, bool],
) -> bool:
    """Whether the next line is the rest of a paragraph that the file broke."""
    at = bisect_left(starts, following.start)
    begins = at < len(starts) and starts[at] == following.start
    return (
        not begins
        and not of[1]
        and parts.of(following) == of
        and not _is_row(text, line)
        and goes_on(text, line, following)
    )


def _is_row(text: str, line: Line) -> bool:
    """A row of a table; prose with spaces in it (`1 9 9 3 年`) is none."""
    words = line.of(text)
    return TAB in words or (is_table_row(line, text) and not any(stop in words for stop in _STOPS))


def _is_front(words: str) -> bool:
    sentence = any(stop in words for stop in _STOPS) and not words.startswith(_REMARK)
    return len(words) <= _FRONT_MAX and not sentence and not words.endswith(("：", ":"))


class _Parts:
    """Of which part is a line, and is it furniture?"""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda each: each.start)
        self._starts = [each.start for each in self._passages]

    def of(self, line: Line) -> tuple[Part, bool]:
        at = bisect_left(self._starts, line.end) - 1
        if at >= 0 and self._passages[at].end > line.start:
            return self._passages[at].part, False
        # A report without any passage is shown as it is rather than as all furniture.
        return Part.BODY, bool(self._passages)


class _Levels:
    """Which sections have a heading of their own, and how deep do these stand?"""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        self._text = text
        self._by_id = {each.section_id: each for each in sections}
        self._known: dict[str, int] = {}

    def is_heading(self, section: Section, end: int) -> bool:
        """Whether its heading is all of the lines that end at `end`, and heads something."""
        if section.part is Part.GLOSSARY and section.number:
            return False  # an entry: its term is set off in the paragraph
        heading = self._text[section.start : section.heading_end]
        if not heading.strip() or self._text[section.heading_end : end].strip(AFTER_HEADING):
            return False
        # An item of a list that is one sentence heads nothing.
        return section.end > end or not self._text[:end].endswith(_SENTENCE_ENDS)

    def of(self, section: Section) -> int:
        """The level in the page: one more than the nearest section above that has a heading."""
        level = TOP_LEVEL
        seen = {section.section_id}
        above = self._by_id.get(section.parent_id or "")
        while above is not None and above.section_id not in seen:
            seen.add(above.section_id)
            if above.section_id in self._known:
                level = self._known[above.section_id] + 1
                break
            above = self._by_id.get(above.parent_id or "")
        self._known[section.section_id] = level
        return level

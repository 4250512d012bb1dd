"""How is a report's text made of lines and paragraphs?

A scraped report breaks lines where the markup changed (`…年平均浓度PM` / `2.5` / `降至…`), so a line is
not always a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.report import LineHint, LineKind, Span

# A line that ends so is finished.
_TERMINAL = tuple("。！？；：…!?;:”’」』）)】》")
# A line that begins so goes on with the one before.
_CONTINUING = re.compile(r"[，。；：！？、％%）)”’》】,.;:!?]|[是为的]：|是[：:]")
# A table that lost its lines: at least this many cells, one of them a bare figure.
_CELLS, _FIGURE = 3, re.compile(r"-?[\d,.]+[%％]?$")
_UNFINISHED = re.compile(r"[，、,（(“‘《—的和与及]$|[A-Za-z]$")
_PAUSING = re.compile(r"[，、,（(“‘《—]$")
_NUMBER_ONLY = re.compile(r"[\d.,%％—\-]+$")
_NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、是要]|第[一二三四五六七八九十]+[部章节，、]|"
    r"\d{1,2}[.．、](?!\d))"
)
_STOP = re.compile(r"[。；]")
_FIGURE_FIRST = re.compile(r"\d[\d.,]*(?:[%％]|[十百千万亿]*[元人个家件亩吨斤户名公])")
_UNIT_FIRST = re.compile(r"[%％]|[十百千万亿]+[元人个家件亩吨斤户名公]")
# A file is wrapped if this share of its lines ends within the ragged margin of its widest line.
# Widths are in columns: a Chinese character has two.
_WRAPPED_LINES, _WRAPPED_SHARE, _RAGGED = 10, 0.35, 4
_NARROWEST, _WIDEST = 40, 200
# Shorter than this, a line without a stop can be a heading; longer, it's prose that was cut.
_HEADING_MAX = 45


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding white space: `text[start:end]`, never empty."""

    start: int
    end: int
    adjacent: bool  # no blank line between this one and the one before
    hint: LineHint | None = None
    full: bool = False  # reaches the width at which the file wraps its lines

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def split_lines(
    text: str, furniture: Sequence[Span] = (), hints: Sequence[LineHint] = ()
) -> list[Line]:
    """The lines of `text` that hold anything but white space and furniture, in order."""
    by_start = {hint.start: hint for hint in hints}
    blocked = iter(furniture)
    block = next(blocked, None)
    lines: list[Line] = []
    raw_lines = text.split("\n")
    width = _wrap_width(raw_lines)
    offset, adjacent = 0, False
    for raw in raw_lines:
        start, end = offset, offset + len(raw)
        offset = end + 1
        hint = by_start.get(start)
        while start < end and _blank(text[start]):
            start += 1
        while end > start and _blank(text[end - 1]):
            end -= 1
        while block is not None and block.end <= start:
            block = next(blocked, None)
        in_furniture = block is not None and block.start <= start and end <= block.end
        if start == end or in_furniture:
            # A line of nothing but a zero-width space is left of markup, no blank line.
            adjacent = adjacent and not in_furniture and "\u200b" in raw
            continue
        full = width is not None and _columns(raw.rstrip()) >= width - _RAGGED
        lines.append(Line(start, end, adjacent, hint or by_start.get(start), full))
        adjacent = True
    return lines


def _wrap_width(raw_lines: Sequence[str]) -> int | None:
    """The width at which all lines of a file were wrapped, None if a line is a paragraph in it."""
    lengths = sorted(_columns(raw.rstrip()) for raw in raw_lines if raw.strip())
    if len(lengths) < _WRAPPED_LINES:
        return None
    widest = lengths[-1]
    at_width = sum(length >= widest - _RAGGED for length in lengths)
    wrapped = _NARROWEST <= widest <= _WIDEST and at_width >= _WRAPPED_SHARE * len(lengths)
    return widest if wrapped else None


def _columns(line: str) -> int:
    """The width of a line in a fixed-width font, paragraphs of any length counted quickly."""
    if len(line) > _WIDEST:
        return len(line)
    return sum(1 if char < "\u1100" else 2 for char in line)


def _blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\ufeff"


def goes_on(text: str, line: Line, following: Line) -> bool:
    """Whether `following` is the rest of a sentence that `line` began."""
    if not following.adjacent or following.hint or line.hint:
        return False
    first, second = line.of(text), following.of(text)
    if first.endswith(_TERMINAL) and not _CONTINUING.match(second):
        return False
    wrapped = line.full and not _NUMBERED.match(second)
    if not first.endswith(_TERMINAL) and (wrapped or _cut_at_figure(first, second)):
        return True
    if _NUMBERED.match(first):  # a heading's last word is no sign: （三）建设目的, （四）推广APP
        return bool(_CONTINUING.match(second) or _PAUSING.search(first))
    if _CONTINUING.match(second) or _UNFINISHED.search(first) or _NUMBER_ONLY.match(first):
        return True
    if _NUMBERED.match(second):
        return False
    if _NUMBER_ONLY.match(second):
        return len(first) > _HEADING_MAX or bool(re.search(r"[A-Za-z\d]$", first))
    return len(first) > _HEADING_MAX


def _cut_at_figure(first: str, second: str) -> bool:
    """Whether a line was broken before a figure or in one: …。经济增长 / 5.5%左右，…, 达到74.4 / 万亿元，…

    Before a figure only if there is a stop inside the line: a heading has none.
    """
    if _STOP.search(first) and _FIGURE_FIRST.match(second):
        return True
    return first[-1:].isdecimal() and bool(_UNIT_FIRST.match(second))


def is_table_row(line: Line, text: str) -> bool:
    """Whether the line is a row of a table: its cells are set off by tabs, or hold bare figures."""
    words = line.of(text)
    if (line.hint is not None and line.hint.kind is LineKind.TABLE) or "\t" in words:
        return True
    cells = words.split()
    return len(cells) >= _CELLS and sum(bool(_FIGURE.match(cell)) for cell in cells) >= 1

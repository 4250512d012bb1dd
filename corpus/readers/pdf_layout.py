"""Which lines of a PDF make one paragraph, and which are not of the text at all?"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.lines import join_wrapped
from corpus.readers.pdf_lines import Line
from corpus.report import LineKind

# Running heads and feet: this share of the page's height at its top and its bottom (the type area
# of GB/T 9704 begins at 12 %)…
_MARGIN = 0.115
# …and on at least this share of the pages (heads of odd and even pages may differ).
_REPEATED_SHARE = 0.3
_SAME_PLACE = 6.0  # points

# In ems.
_RAGGED = 1.6  # a line that ends this close to the right margin is full
_INDENT = 1.2  # a line that begins this far from the left margin is indented
_FIRST_LINE = (1.4, 2.6)  # the first line of a Chinese paragraph: two characters
_CENTRED = 1.0
_LEAST_WIDTH = 12  # a narrower column gives no margins to go by

_LEAST_RIGHT = 0.75  # of the page's width: lines that all end before it show no right margin
_ENOUGH_LINES = 8

_PARAGRAPH_GAP = 1.7  # times the usual distance of lines
_LARGER = 1.12  # times the size of the text: a title
_SAME_SIZE = 1.0  # points

_PAGE_NUMBER = re.compile(
    r"[—–\-－―─·•~～.\s]*(?:\d{1,4}|[ivxlc]{1,6}|[ⅰ-ⅿ]+)[—–\-－―─·•~～.\s]*"
    r"|第?\s*[\d一二三四五六七八九十百]+\s*页\s*[,，/／(（]?\s*(?:共\s*\d+\s*页)?[)）]?"
    r"|\d+\s*[/／]\s*\d+|Page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)]|\d{1,2}[.．、](?!\d)"
    r"|[（(]\d{1,2}[）)]|[①-⑳]|第[一二三四五六七八九十百]{1,5}[章节条部]|附件|附录"
)
_SENTENCE_END = "。！？；：!?;:…”」』）)》"
_LEADING_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order, and its size in points."""

    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `pages`: which pages begin in it, and at which character of `text`."""

    text: str
    kind: LineKind | None = None
    pages: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Margins of a column of text, and the size of its characters, in points."""

    left: float
    right: float
    size: float
    sheet: float  # width of the page

    def fills(self, line: Line, following: Line) -> bool:
        """Whether `line` goes to the right margin, but for a word that did not fit."""
        word = _LEADING_WORD.match(following.text)
        room = _RAGGED * self.size + (len(word[0]) * self.size / 2 if word else 0)
        return line.x1 >= self.right - room

    def centres(self, line: Line) -> bool:
        """Whether `line` stands in the middle, off both margins."""
        middle = (line.x0 + line.x1) / 2
        # A page with little text shows no margins: then the middle of the sheet is to go by.
        off = min(abs(middle - (self.left + self.right) / 2), abs(middle - self.sheet / 2))
        return off <= _CENTRED * self.size and line.x0 - self.left > _INDENT * self.size

    def indents(self, line: Line) -> bool:
        """Whether `line` begins to the right of the margin."""
        return line.x0 - self.left >= _INDENT * self.size

    def begins(self, line: Line) -> bool:
        """Whether `line` is set in by two characters, as first lines are."""
        return _FIRST_LINE[0] <= (line.x0 - self.left) / self.size <= _FIRST_LINE[1]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and lines that repeat at the same place of many pages."""
    places: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line, at_top in _marginal(page):
            places[at_top, _without_digits(line.text)].append((number, line.top))
    needed = max(2, math.ceil(_REPEATED_SHARE * len(pages)))
    running: dict[tuple[bool, str], float] = {}
    for key, found in places.items():
        height = statistics.median_low(top for _, top in found)
        if len({n for n, top in found if abs(top - height) <= _SAME_PLACE}) >= needed:
            running[key] = height
    turned = Counter(text for page in pages for text in {x.text for x in page.lines if x.turned})
    kept: list[Page] = []
    for page in pages:
        dropped = {id(line) for line in page.lines if line.turned and turned[line.text] >= needed}
        marginal = list(_marginal(page))
        # Of a bare number only the outermost line is a page number; others may be of a list.
        top = min((line.top for line, at_top in marginal if at_top), default=0.0)
        end = max((line.bottom for line, at_top in marginal if not at_top), default=page.height)
        for line, at_top in marginal:
            outermost = line.top <= top if at_top else line.bottom >= end
            place = running.get((at_top, _without_digits(line.text)), math.inf)
            if (outermost and _PAGE_NUMBER.fullmatch(line.text.strip())) or (
                abs(place - line.top) <= _SAME_PLACE
            ):
                dropped.add(id(line))
        lines = tuple(line for line in page.lines if id(line) not in dropped)
        kept.append(Page(lines, page.width, page.height))
    return kept


def _marginal(page: Page) -> Iterator[tuple[Line, bool]]:
    """Lines in the margins of a page, and whether it is the upper one."""
    for line in page.lines:
        if line.is_table or line.turned:
            continue
        if line.bottom <= _MARGIN * page.height:
            yield line, True
        elif line.top >= (1 - _MARGIN) * page.height:
            yield line, False


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))


def paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of a document, over the ends of lines, columns and pages."""
    layout = _measure(pages)
    found: list[Paragraph] = []
    before: Line | None = None
    before_frame: _Frame | None = None
    before_page = 0
    in_text = False  # past the head of the document, where its title is
    for number, page in enumerate(pages):
        for position, line in enumerate(page.lines):
            frame = layout.frame(page, number, line)
            kind = None
            if line.is_table:
                kind = LineKind.TABLE
            elif number == 0 and not in_text and _is_title(line, frame, layout.size):
                kind = LineKind.TITLE
            if (
                before is not None
                and before_frame is not None
                and found[-1].kind is kind
                and kind is not LineKind.TABLE
                and not (before_page == number and layout.apart(before, line))
                and _continues(before, before_frame, line, frame, layout.indented)
            ):
                last = found[-1]
                last.text = join_wrapped(last.text, line.text)
                if position == 0:
                    last.pages.append((number, len(last.text.rstrip()) - len(line.text.strip())))
            else:
                last = Paragraph(line.text.strip(), kind, [(number, 0)] if position == 0 else [])
                found.append(last)
            in_text = in_text or (line.size < _LARGER * layout.size and frame.fills(line, line))
            before, before_frame, before_page = line, frame, number
    return found


def _is_title(line: Line, frame: _Frame, size: float) -> bool:
    # 某某县人民政府文件 in large red characters is the issuer's letterhead.
    larger = line.size >= _LARGER * size
    return larger and frame.centres(line) and not line.text.endswith("文件")


def _continues(
    before: Line, before_frame: _Frame, line: Line, frame: _Frame, indented: bool
) -> bool:
    """Whether `line` goes on with the paragraph of `before`."""
    if abs(before.size - line.size) > _SAME_SIZE or before.turned or line.turned:
        return False
    larger = before.size >= _LARGER * frame.size
    if larger and before_frame.centres(before) and frame.centres(line):
        return True  # a title of several lines
    if not before_frame.fills(before, line):
        return False
    if frame.centres(line) and frame.right - line.x1 > _INDENT * frame.size:
        return False
    ended = before.text[-1] in _SENTENCE_END
    if frame.indents(line):
        # In a text whose paragraphs are set in, this is a new one. Else it may be the second line
        # of an item that hangs off its number.
        return not (ended or (indented and frame.begins(line)) or _MARKER.match(line.text))
    # A number at the margin: in a text whose paragraphs are set in it is the middle of one.
    return indented or not (ended and _MARKER.match(line.text))


@dataclass(frozen=True, slots=True)
class _Layout:
    frames: dict[tuple[int, int, int], _Frame]  # by page width, odd or even page, and column
    size: float
    pitch: float  # usual distance of two lines, in points
    indented: bool  # whether first lines of paragraphs are set in

    def frame(self, page: Page, number: int, line: Line) -> _Frame:
        return self.frames[_key(page, number, line)]

    def apart(self, before: Line, line: Line) -> bool:
        """Whether there is more than a line's distance between two lines of one column."""
        pitch = max(self.pitch, max(before.size, line.size) * self.pitch / max(self.size, 1.0))
        return before.column == line.column and line.top - before.top > _PARAGRAPH_GAP * pitch


def _key(page: Page, number: int, line: Line) -> tuple[int, int, int]:
    return round(page.width), number % 2, line.column


def _measure(pages: Sequence[Page]) -> _Layout:
    texts = [x for page in pages for x in page.lines if not x.is_table and not x.turned]
    weights: Counter[float] = Counter()
    for line in texts:
        weights[round(line.size * 2) / 2] += len(line.text)
    size = max(weights, key=lambda s: (weights[s], -s)) if weights else 1.0
    frames = _frames(pages, size)
    distances = [
        after.top - line.top
        for page in pages
        for line, after in pairwise(page.lines)
        if line.column == after.column and after.top > line.top and not line.is_table
        if abs(line.size - size) <= _SAME_SIZE and abs(after.size - size) <= _SAME_SIZE
    ]
    pitch = statistics.median_low(distances) if distances else 2 * size
    return _Layout(frames, size, pitch, _first_lines_are_indented(pages, frames))


def _frames(pages: Sequence[Page], size: float) -> dict[tuple[int, int, int], _Frame]:
    groups: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line in page.lines:
            groups[_key(page, number, line)].append(line)
    frames: dict[tuple[int, int, int], _Frame] = {}
    for key, lines in groups.items():
        width, parity, column = key
        other = groups.get((width, 1 - parity, column), [])
        # A page or two tell little about odd and even pages; then they are taken together.
        seen = lines if len(lines) >= _ENOUGH_LINES else lines + other
        seen = [x for x in seen if not x.is_table and not x.turned] or seen
        frames[key] = _frame_of(seen, size, width, column)
    return frames


def _frame_of(lines: Sequence[Line], size: float, width: int, column: int) -> _Frame:
    buckets = Counter(round(2 * line.x0 / size) for line in lines)
    needed = max(2, len(lines) // 20)
    common = [bucket for bucket, count in buckets.items() if count >= needed]
    first = min(common) if common else min(buckets)
    left = min(line.x0 for line in lines if round(2 * line.x0 / size) == first)
    ends = sorted(line.x1 for line in lines)
    right = ends[min(len(ends) - 1, len(ends) * 19 // 20)]
    if column == 0:
        right = max(right, _LEAST_RIGHT * width)  # a few short lines show no margin
    return _Frame(left, max(right, left + _LEAST_WIDTH * size), size, width)


def _first_lines_are_indented(
    pages: Sequence[Page], frames: dict[tuple[int, int, int], _Frame]
) -> bool:
    """Whether most lines after the end of a paragraph are set in by two characters."""
    indented = total = 0
    for number, page in enumerate(pages):
        for line, after in pairwise(page.lines):
            frame = frames[_key(page, number, line)]
            if line.is_table or after.is_table or frame.fills(line, after) or frame.centres(after):
                continue
            total += 1
            indented += frame.begins(after)
    return total > 0 and indented * 2 >= total

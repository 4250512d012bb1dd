"""Which lines does a page of a PDF show? Characters with places become lines, columns and tables.

Places are in points from the page's upper left corner.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.lines import is_east_asian, is_han, join_wrapped, table_row

# All of the following in ems (multiples of the character size).
_SAME_LINE = 0.4  # distance of the middles of two characters on one line
_WORD_GAP = 0.15  # a wider gap between Latin letters is a blank
_CELL_GAP = 2.0  # a wider gap is kept as a tab: columns of a table without rules
_GUTTER = 1.0  # least gap between two columns of text

# Two columns are believed if this share of at least so many lines leaves the gutter free, and the
# left column's lines fill it as running text does (cells of a table don't).
_GUTTER_SHARE = 0.6
_GUTTER_LINES = 10
_COLUMN_FILLED = 0.75


@dataclass(frozen=True, slots=True)
class Char:
    """One character and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `column` is 0 where text runs over the whole width, else 1 or 2.

    `turned` is text that does not stand upright: a watermark, or a label on its side.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    column: int = 0
    is_table: bool = False
    turned: bool = False


Box = tuple[float, float, float, float]  # x0, top, x1, bottom


def lines_of(chars: Sequence[Char], tables: Sequence[Sequence[Sequence[Box | None]]]) -> list[Line]:
    """Lines of a page in reading order.

    `tables` are the ruled tables, each a list of rows of cell boxes. A row becomes one line with
    its cells apart by tabs; characters of a table that are in no cell stay lines of their own.
    """
    rest = list(chars)
    rows: list[Line] = []
    for table in tables:
        for cells in table:
            line, rest = _row(cells, rest)
            if line is not None:
                rows.append(line)
    lines = [line for group in _in_columns(_clusters(rest)) if (line := _line(*group)) is not None]
    if not rows:
        return lines
    # Reading order is kept; a row comes before the first line that stands below it.
    for row in sorted(rows, key=lambda r: r.top):
        below = (i for i, line in enumerate(lines) if not line.is_table and line.top > row.top)
        lines.insert(next(below, len(lines)), row)
    return lines


def _row(cells: Sequence[Box | None], chars: list[Char]) -> tuple[Line | None, list[Char]]:
    texts: list[str] = []
    taken: list[Char] = []
    for box in cells:
        if box is None:  # part of a merged cell
            texts.append("")
            continue
        inside = [c for c in chars if _inside(c, box)]
        taken.extend(inside)
        cell = ""
        for cluster in _clusters(inside):
            cell = join_wrapped(cell, _joined(cluster))
        texts.append(cell)
    shown = table_row(texts)
    if not shown.strip():
        return None, chars
    used = set(map(id, taken))
    line = replace(_box_of(taken), text=shown, is_table=True)
    return line, [c for c in chars if id(c) not in used]


def _inside(char: Char, box: Box) -> bool:
    x = (char.x0 + char.x1) / 2
    return box[0] <= x <= box[2] and box[1] <= char.middle <= box[3]


def _clusters(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters by line, from top to bottom, each line from left to right."""
    clusters: list[list[Char]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: c.middle):
        if clusters and abs(char.middle - middle) <= _SAME_LINE * max(size, char.size):
            clusters[-1].append(char)
            # The largest character decides where the line is: an index figure stands off it.
            if char.size > size:
                middle, size = char.middle, char.size
        else:
            clusters.append([char])
            middle, size = char.middle, char.size
    return [sorted(cluster, key=lambda c: c.x0) for cluster in clusters]


def _in_columns(clusters: list[list[Char]]) -> Iterator[tuple[list[Char], int]]:
    """Clusters in reading order: between lines of full width, the left column, then the right."""
    gutter = _gutter(clusters)
    if gutter is None:
        yield from ((cluster, 0) for cluster in clusters)
        return
    left: list[list[Char]] = []
    right: list[list[Char]] = []

    def flush() -> Iterator[tuple[list[Char], int]]:
        yield from ((cluster, 1) for cluster in left)
        yield from ((cluster, 2) for cluster in right)
        left.clear()
        right.clear()

    for cluster in clusters:
        if any(c.x0 < gutter < c.x1 for c in cluster) or not _is_free(cluster, gutter):
            yield from flush()
            yield cluster, 0
            continue
        parts = [c for c in cluster if c.x1 <= gutter], [c for c in cluster if c.x0 >= gutter]
        for part, column in zip(parts, (left, right), strict=True):
            if part:
                column.append(part)
    yield from flush()


def _gutter(clusters: list[list[Char]]) -> float | None:
    """Where the gap between two columns of running text is, if there are two."""
    shown = [[c for c in cluster if not c.text.isspace()] for cluster in clusters]
    shown = [cluster for cluster in shown if cluster]
    if len(shown) < _GUTTER_LINES:
        return None
    start = min(c[0].x0 for c in shown)
    end = max(c[-1].x1 for c in shown)
    # The gutter is in the middle third; the candidates are the middles of gaps seen there.
    gaps = [
        (a.x1 + b.x0) / 2
        for cluster in shown
        for a, b in pairwise(cluster)
        if b.x0 - a.x1 >= _GUTTER * a.size
        and start + (end - start) / 3 < (a.x1 + b.x0) / 2 < end - (end - start) / 3
    ]
    if not gaps:
        return None
    middle = statistics.median(gaps)
    split = [
        cluster
        for cluster in shown
        if cluster[0].x1 < middle < cluster[-1].x0 and _is_free(cluster, middle)
    ]
    if len(split) < max(_GUTTER_LINES / 2, _GUTTER_SHARE * len(shown)):
        return None
    widths = [max(c.x1 for c in cluster if c.x1 <= middle) - start for cluster in split]
    return middle if statistics.median(widths) >= _COLUMN_FILLED * (middle - start) else None


def _is_free(cluster: list[Char], x: float) -> bool:
    """Whether no character of a line stands at `x` or close to it."""
    return not any(
        c.x0 - _GUTTER * c.size / 4 < x < c.x1 + _GUTTER * c.size / 4
        for c in cluster
        if not c.text.isspace()
    )


def _line(cluster: list[Char], column: int) -> Line | None:
    text = _joined(cluster)
    return replace(_box_of(cluster), text=text, column=column) if text.strip() else None


def _box_of(chars: Sequence[Char]) -> Line:
    shown = [c for c in chars if not c.text.isspace()]
    return Line(
        "",
        min(c.x0 for c in shown),
        max(c.x1 for c in shown),
        min(c.top for c in shown),
        max(c.bottom for c in shown),
        statistics.median(c.size for c in shown),
    )


def _joined(cluster: Sequence[Char]) -> str:
    """The text of a line: blanks of the layout go, blanks between words stay."""
    written = ""
    before: Char | None = None
    blank = ""  # the blank characters since `before`
    gaps = 0
    for char in cluster:
        if char.text.isspace():
            blank += char.text
            continue
        if before is not None:
            gap = _between(before, char, blank)
            gaps += gap == "\t"
            written += gap
        written += char.text
        before, blank = char, ""
    # Letters spaced out (目      录) are one word.
    pieces = written.split("\t")
    return "".join(pieces) if gaps and all(len(piece) == 1 for piece in pieces) else written


def _between(left: Char, right: Char, blank: str) -> str:
    gap = right.x0 - left.x1
    size = max(left.size, right.size)
    if gap >= _CELL_GAP * size:
        return "\t"
    if "\u3000" in blank:  # set by the writer, not by the layout
        return "\u3000"
    a, b = left.text[-1], right.text[0]
    if is_east_asian(a) or is_east_asian(b):
        # Beside Latin letters a writer's blank stays (使用 govsearch 系统).
        other = b if is_han(a) else a
        latin = (is_han(a) or is_han(b)) and other.isascii() and other.isalpha()
        return " " if blank and latin else ""
    return " " if blank or gap > _WORD_GAP * size else ""

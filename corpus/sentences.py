"""Where are a report's paragraphs and sentences?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.outlines.lines import Line, goes_on, is_table_row
from corpus.report import Span

_STOP = re.compile(r"(?:[。！？!…]|(?<=[^\d\s])\?)+[”’」』）)】》]*|[；;](?=\n)")
_OPEN, _CLOSE = "“‘「『（(《", "”’」』）)》"
# A stop inside quotation marks or brackets ends no sentence, unless they were never closed.
_NESTED_MAX = 160
# Longer than a passage may be, a sentence is cut where it pauses.
LONGEST = 600
_PAUSES = (re.compile(r"[；;]"), re.compile(r"[，,：:、]"))


def paragraphs(text: str, lines: Sequence[Line]) -> list[Span]:
    """The paragraphs made of `lines`, in order: lines that were broken in mid-sentence joined."""
    found: list[Span] = []
    for number, line in enumerate(lines):
        if number and _joined(text, lines[number - 1], line):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(Span(line.start, line.end))
    return found


def _joined(text: str, line: Line, following: Line) -> bool:
    if is_table_row(line, text) or is_table_row(following, text):
        return False
    return goes_on(text, line, following)


def sentences(text: str, paragraph: Span, cuts: Sequence[int] = ()) -> list[Span]:
    """The sentences of a paragraph, in order; `cuts` are offsets at which a sentence also ends.

    Together they hold every character of the paragraph that is not white space between them, and
    none is longer than `LONGEST`.
    """
    inner = sorted({cut for cut in cuts if paragraph.start < cut < paragraph.end})
    bounds = [paragraph.start, *inner, paragraph.end]
    found: list[Span] = []
    for start, end in itertools.pairwise(bounds):
        begin = start
        for stop in _stops(text, start, end):
            found += _strip(text, begin, stop)
            begin = stop
        found += _strip(text, begin, end)
    return [piece for sentence in found for piece in _cut_long(text, sentence)]


def _stops(text: str, start: int, end: int) -> list[int]:
    stops: list[int] = []
    begin, depth_at, scanned = start, 0, start
    for stop in _STOP.finditer(text, start, end):
        for char in text[scanned : stop.start()]:
            depth_at += (char in _OPEN) - (char in _CLOSE and depth_at > 0)
        closed = sum(char in _CLOSE for char in stop.group())
        depth_at = max(0, depth_at - closed)
        scanned = stop.end()
        if depth_at == 0 or stop.end() - begin > _NESTED_MAX:
            stops.append(stop.end())
            begin, depth_at = stop.end(), 0
    return stops


def _strip(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def _cut_long(text: str, sentence: Span) -> list[Span]:
    pieces: list[Span] = []
    start = sentence.start
    while sentence.end - start > LONGEST:
        cut = _pause_before(text, start, start + LONGEST)
        pieces += _strip(text, start, cut)
        start = cut
    return pieces + _strip(text, start, sentence.end)


def _pause_before(text: str, start: int, limit: int) -> int:
    """The last pause in the second half of `text[start:limit]`, or `limit` if there is none."""
    middle = (start + limit) // 2
    for pause in _PAUSES:
        ends = [found.end() for found in pause.finditer(text, middle, limit)]
        if ends:
            return ends[-1]
    return limit

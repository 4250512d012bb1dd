"""Of which time does a stretch of a report tell: of one year, or of several together?

A report says it once and goes on for pages: 五年来，我们…, a heading 2025年工作回顾, 过去一年，…. What follows
belongs to that until the next such words, or the next section of the first level.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.report import Section


class Frame(StrEnum):
    """What a stretch of a report tells of."""

    YEAR = "year"
    YEARS = "years"
    UNKNOWN = "unknown"  # both, or nobody said


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one report: `starts` ascending offsets, each with what begins there."""

    starts: tuple[int, ...]
    kinds: tuple[Frame, ...]

    def at(self, offset: int) -> Frame:
        """The frame that holds an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.kinds[index] if index >= 0 else Frame.UNKNOWN


_SEVERAL: Final = re.compile(
    r"(?:过去|这|近|今后|未来|前)的?[五5三3]年|[五5]年来|[五5]年间|“?十[一二三四五六七]五”?|第[十一二三四五六七]+个五年|20\d\d[—－\-至到]20\d\d年"
)
_ONE: Final = re.compile(
    r"(?:过去|这)的?一年|一年来|(?<!\d)(?:19|20)\d\d年(?![—－\-至到])|今年|本年度|去年|上年"
)
_START: Final = re.compile(
    r"(?m)^[\s　—－·]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?[\s　]*(?P<words>[^\n]{1,24})"
)
# What looks back on five years does so whatever the section is headed: 2015年是收官之年。过去五年，…
_LOOKS_BACK: Final = re.compile(
    r"(?m)(?:^|[。；])[\s　]*(?P<words>(?:过去|这)的?五年(?:来|间)?|五年来)[，,]"
)
_PAUSE: Final = re.compile(r"[，,。；;：:]")


def frames(text: str, sections: Sequence[Section]) -> Frames:
    """Read the frames off the headings and the first words of the paragraphs."""
    marks: dict[int, Frame] = {}
    settled: list[tuple[int, int]] = []
    for section in sections:
        found = _frame(section.heading)
        if section.level == 1:
            marks[section.start] = found or Frame.UNKNOWN
            # What is headed by one year tells of it whatever is remarked inside; a review of five years
            # has its paragraphs on the last one.
            if found is Frame.YEAR:
                settled.append((section.start, section.end))
        elif found is not None and not any(s <= section.start < e for s, e in settled):
            marks[section.start] = found
    for opened in _LOOKS_BACK.finditer(text):
        start = opened.start("words")
        marks.setdefault(start, Frame.YEARS)
        if any(first <= start < last for first, last in settled):
            # To the end of its paragraph: what follows is of the section's year again.
            end = text.find("\n", start)
            marks.setdefault(len(text) if end < 0 else end, Frame.YEAR)
    for line in _START.finditer(text):
        inside = any(start <= line.start() < end for start, end in settled)
        # Only what stands before the first pause opens a stretch: 五年来，
        words = _PAUSE.split(line["words"], maxsplit=1)[0]
        found = _frame(words)
        if inside and found is Frame.YEARS:
            continue  # 2026年重点工作: a remark on the five-year plan inside changes nothing
        if found is not None and found is not Frame.UNKNOWN:
            marks.setdefault(line.start(), found)
    starts = sorted(marks)
    return Frames(tuple(starts), tuple(marks[start] for start in starts))


def _frame(words: str) -> Frame | None:
    several, one = bool(_SEVERAL.search(words)), bool(_ONE.search(words))
    if several and one:
        return Frame.UNKNOWN
    if several:
        return Frame.YEARS
    return Frame.YEAR if one else None

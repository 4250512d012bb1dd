"""Of which time does a stretch of a report tell: of one year, or of several together?

A report says it once and goes on for pages: 五年来，我们…, a heading 2025年工作回顾, 过去一年，…. What follows
belongs to that until the next such words, or the next section of the first level.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Section
from corpus.statements.lexicon import pattern
from corpus.statements.period import Told, periods_in
from corpus.statements.statement import Period

_START: Final = re.compile(
    r"(?m)^[\s　—－·]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?[\s　]*(?P<words>[^\n]{1,24})"
)
# What looks back on years does so whatever the section is headed: 2015年是收官之年。过去五年，…
_LOOKS_BACK: Final = re.compile(
    r"(?m)(?:^|[。；])[\s　]*(?P<words>(?:过去|这)的?[二三四五]年(?:来|间)?|[二三四五]年来)[，,]"
)


# So many characters may stand before the time that a paragraph opens with: 刚刚过去的2025年.
_OPENING: Final = 6


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of one report: `starts` ascending offsets, each with the period that begins there.

    None: nobody said, or both one year and several.
    """

    starts: tuple[int, ...]
    periods: tuple[Period | None, ...]

    def at(self, offset: int) -> Period | None:
        """The period of the stretch that holds an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.periods[index] if index >= 0 else None


def stretches(text: str, sections: Sequence[Section], told: Told) -> Stretches:
    """Read the stretches off the headings and the first words of the paragraphs."""
    marks: dict[int, Period | None] = {}
    settled: list[tuple[int, int, Period]] = []
    for section in sections:
        caption = pattern("caption_heading").search(section.heading)
        found = None if caption else period_of_words(section.heading, told)
        if section.level == 1:
            marks[section.start] = found
            # What is headed by one year tells of it whatever is remarked inside; a review of five years
            # has its paragraphs on the last one.
            if found is not None and not found.several:
                settled.append((section.start, section.end, found))
        elif found is not None and not any(s <= section.start < e for s, e, _ in settled):
            marks[section.start] = found
    for opened in _LOOKS_BACK.finditer(text):
        start = opened.start("words")
        back = period_of_words(opened["words"], told)
        if back is None:
            continue
        marks.setdefault(start, back)
        inside = [period for s, e, period in settled if s <= start < e]
        if inside:
            # To the end of its paragraph: what follows is of the section's year again.
            end = text.find("\n", start)
            marks.setdefault(len(text) if end < 0 else end, inside[0])
    for line in _START.finditer(text):
        inside_settled = any(start <= line.start() < end for start, end, _ in settled)
        # Only what stands before the first pause opens a stretch: 五年来，
        words = pattern("pause").split(line["words"], maxsplit=1)[0]
        found = period_of_words(words, told)
        if found is not None and not _opens(words, told):
            continue
        if found is None or (inside_settled and found.several):
            continue  # 2026年重点工作: a remark on the five-year plan inside changes nothing
        if found.part or found.point or pattern("full_date").search(words):
            continue  # 2026年3月27日 below a title, 2025年末存款余额…: nothing goes on with that
        marks.setdefault(line.start(), found)
    starts = sorted(marks)
    return Stretches(tuple(starts), tuple(marks[start] for start in starts))


def _opens(words: str, told: Told) -> bool:
    """Whether a line opens with its time: a year in the middle of a line that goes on a sentence does not."""
    named = periods_in(words, told)
    return named[0].span.start <= _OPENING or named[-1].span.end == len(words.rstrip())


def period_of_words(words: str, told: Told) -> Period | None:
    """The one time that a heading names; None if it names none, or one year and several together."""
    named = {each.period for each in periods_in(words, told)}
    several = {each for each in named if each.several}
    single = named - several
    if several and single:
        return None
    chosen = several or single
    return next(iter(chosen)) if len(chosen) == 1 else None

"""How far do an item of a series and a paragraph reach?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.outlines.chains import Chain
from corpus.outlines.lines import Line, goes_on
from corpus.outlines.numbering import Marker


def paragraph_end(text: str, lines: Sequence[Line], number: int) -> int:
    """Where the paragraph that line `number` is in ends, lines broken in mid-sentence joined."""
    while number + 1 < len(lines) and goes_on(text, lines[number], lines[number + 1]):
        number += 1
    return lines[number].end


def last_item_end(
    text: str, lines: Sequence[Line], number: int, chain: Chain, marker: Marker
) -> int | None:
    """Where the last item of a series ends, judged by the extent of the items before it.

    What follows a list often does not belong to its last item: the text goes on in the section
    that holds the list. None where the items before it do not tell.
    """
    items = list(pairwise(chain.markers))
    few = chain.form.level < 5 and len(items) < 2
    if chain.form.level == 1 or not items or few:
        return None
    longest = max(_paragraphs(text, lines, one.start, two.start) for one, two in items)
    if longest == 0:
        end = paragraph_end(text, lines, number)
        within = [text[one.end : two.start].rstrip() for one, two in items]
        return _sentence_end(text, marker.end, end) if _all_clauses(within) else end
    if chain.form.level < 5 and longest > 1:
        return None
    return _end_of_paragraphs(text, lines, number, longest)


def _all_clauses(items: Sequence[str]) -> bool:
    """Whether no item holds more than one sentence."""
    return not any(re.search(r"[。！？]", item[:-1]) for item in items)


def _sentence_end(text: str, start: int, limit: int) -> int:
    stop = re.search(r"[。！？][”’」』）)]*", text[start:limit])
    return start + stop.end() if stop else limit


def _end_of_paragraphs(text: str, lines: Sequence[Line], number: int, count: int) -> int:
    """Where the last of `count` paragraphs from line `number` on ends."""
    end = lines[number].end
    for _ in range(count):
        end = paragraph_end(text, lines, number)
        number = _line_after(lines, number, end)
        if number == len(lines):
            break
    return end


def _paragraphs(text: str, lines: Sequence[Line], start: int, end: int) -> int:
    """How many paragraphs end in `[start, end)`: 0 if `start` and `end` are in the same one."""
    number = next(n for n, line in enumerate(lines) if line.end > start)
    count = 0
    while number < len(lines) and lines[number].start < end:
        ending = paragraph_end(text, lines, number)
        if ending <= end:
            count += 1
        number = _line_after(lines, number, ending)
    return count


def _line_after(lines: Sequence[Line], number: int, offset: int) -> int:
    while number < len(lines) and lines[number].start < offset:
        number += 1
    return number

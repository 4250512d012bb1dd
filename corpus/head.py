"""The lines at the top and the end of a report that say whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.report import Span

HEAD_LINES = 40  # lines that may belong to the title block, empty ones not counted
HEAD_CHARACTERS = 6000
TAIL_LINES = 12
LONGEST = 90  # a longer line is prose

# Blanks of every kind, also those without width, which web pages are full of.
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_BODY = re.compile(
    r"(?:尊敬的)?(?:各位代表|各位委员|同志们|主任、各位|主任，各位|主席、各位)|[（(]?[一1][)）]?[、.．](?!\d)|第一部分|第一章"
    r"|现将|根据|按照|为(?:深入)?贯彻|今年以来"
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line without its blanks. `furniture`: it belongs to the page, not to the report."""

    text: str
    furniture: bool


@dataclass(frozen=True, slots=True)
class Head:
    """`top`: the lines down to where the body begins; `tail`: the last lines."""

    top: tuple[HeadLine, ...]
    tail: tuple[HeadLine, ...]

    @property
    def own(self) -> list[str]:
        """The top's lines that are the report's."""
        return [line.text for line in self.top if not line.furniture]

    @property
    def joined(self) -> str:
        """The report's short lines at the top, put together: a session line may be broken."""
        return "".join(line.text for line in self.top if len(line.text) <= LONGEST)


def compact(line: str) -> str:
    """A line without blanks: 政 府 工 作 报 告 is one title."""
    return _BLANK.sub("", line)


def read_head(text: str, furniture: Sequence[Span]) -> Head:
    """The title block of a report and its last lines."""
    top: list[HeadLine] = []
    for line, is_furniture in _lines(text, 0, min(len(text), HEAD_CHARACTERS), furniture):
        begins = not is_furniture and (_BODY.match(line) or (len(line) > LONGEST and "。" in line))
        if (begins and any(not item.furniture for item in top)) or len(top) >= HEAD_LINES:
            break
        top.append(HeadLine(line, is_furniture))
    tail = [
        HeadLine(line, is_furniture)
        for line, is_furniture in _lines(text, max(0, len(text) - 2000), len(text), furniture)
    ]
    return Head(tuple(top), tuple(tail[-TAIL_LINES * 2 :]))


def _lines(text: str, start: int, end: int, furniture: Sequence[Span]) -> list[tuple[str, bool]]:
    found = []
    position = start
    for raw in text[start:end].split("\n"):
        line = compact(raw)
        if line:
            inside = any(span.start <= position < span.end for span in furniture)
            found.append((line, inside))
        position += len(raw) + 1
    return found

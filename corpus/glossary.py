"""Which terms does a glossary explain, and where?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Line
from corpus.report import Span

_ENTRY = re.compile(
    r"(?P<label>[［\[〔【]\s*(?P<note>\d{1,3})\s*[］\]〕】]|(?P<number>\d{1,3})\s*[.．、])\s*"
    r"(?P<term>.{1,60}?)(?=[：:]|——|\s*$)"
)
# A number that jumps farther than this belongs to a definition's own list or a year.
_LARGEST_STEP = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its number; its definition goes on to the next entry."""

    number: str
    label: str
    start: int
    term: Span


def entries(text: str, lines: Sequence[Line]) -> list[Entry]:
    """The numbered terms among `lines`, in order: `11.“双一流”：…`, `［1］一降三减：`.

    Numbers must rise, so that a numbered list within a definition is no term.
    """
    found: list[Entry] = []
    last = 0
    for line in lines:
        entry = _ENTRY.match(line.of(text))
        if entry is None:
            continue
        written = entry["note"] or entry["number"]
        if last < int(written) <= last + _LARGEST_STEP:
            last = int(written)
            term = Span(line.start + entry.start("term"), line.start + entry.end("term"))
            found.append(Entry(written, entry["label"], line.start, term))
    return found

"""Where in a report does a quote stand? Found by its text, whatever the blanks and widths."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from corpus.report import Span


def folded(text: str) -> str:
    """The text in half width and lower case (NFKC), without white space."""
    return fold(text)[0]


def fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset it came from."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        for each in unicodedata.normalize("NFKC", char).lower():
            if not each.isspace():
                characters.append(each)
                offsets.append(offset)
    return "".join(characters), offsets


class QuotedText:
    """A report's text, made ready to find quotes in."""

    def __init__(self, text: str) -> None:
        self._folded, self._offsets = fold(text)

    def find(self, quote: str) -> list[Span]:
        """Every place of a quote as offsets into the text; empty for a quote without characters."""
        wanted = folded(quote)
        found: list[Span] = []
        position = self._folded.find(wanted) if wanted else -1
        while position >= 0:
            last = self._offsets[position + len(wanted) - 1]
            found.append(Span(self._offsets[position], last + 1))
            position = self._folded.find(wanted, position + 1)
        return found

    def trimmed(self, span: Span) -> Span:
        """The place without the blanks at its edges; an empty one if it has nothing else."""
        first = bisect_left(self._offsets, span.start)
        last = bisect_left(self._offsets, span.end) - 1
        if last < first:
            return Span(span.start, span.start)
        return Span(self._offsets[first], self._offsets[last] + 1)

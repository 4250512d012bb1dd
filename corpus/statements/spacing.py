"""Sentences of pages and scans have blanks around their figures (2024 年度, 1812.4 亿元, 13. 1%): read without them.

Offsets are kept, so that every span can be given in the text as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.report import Span

_HAN: Final = r"\u3400-\u9fff"
# Blanks beside a Han character, a figure's unit or a mark; two figures side by side stay apart.
_BLANK: Final = re.compile(
    rf"(?<=[{_HAN}，。；：、（）“”])[ \u3000\xa0]+(?=[{_HAN}\d（“])"
    rf"|(?<=[\d%％])[ \u3000\xa0]+(?=[{_HAN}%％，。；、）])"
    r"|(?<=\d\.)[ \u3000\xa0]+(?=\d{1,2}[ \u3000\xa0]?[%％])"
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without those blanks; `places`: of each of its characters the offset in the original."""

    text: str
    places: tuple[int, ...] | None  # None: nothing was taken out

    def span(self, found: Span) -> Span:
        """The span of the original that a span of the squeezed text stands for."""
        if self.places is None or not len(found):
            return found
        return Span(self.places[found.start], self.places[found.end - 1] + 1)


def squeezed(text: str) -> Squeezed:
    """The text without blanks around its figures."""
    blanks = [Span(*m.span()) for m in _BLANK.finditer(text)]
    if not blanks:
        return Squeezed(text, None)
    places: list[int] = []
    at = 0
    for blank in blanks:
        places += range(at, blank.start)
        at = blank.end
    places += range(at, len(text))
    return Squeezed("".join(text[place] for place in places), tuple(places))

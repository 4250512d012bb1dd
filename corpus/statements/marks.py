"""Which figures count nothing: parts of names and marks, like 5G, 17号线, ［8］, 20万吨级, 两位数?"""

from __future__ import annotations

from typing import Final

from corpus.report import Span
from corpus.statements.lexicon import pattern
from corpus.statements.quantities import Quantity

_OPENED: Final = "[［(（"
_CLOSED: Final = "]］)）"
# 5号线, 2.0版, 3×3
_NUMBERED: Final = "号版"
# 20万吨级航道: what a thing is made for, not how much of it there is.
_GRADE: Final = "级"


def marks_in(said: str) -> list[Span]:
    """Where a sentence has names with numerals in them (两位数, 一方面, 21世纪) and numbers of lists."""
    return [
        Span(*m.span())
        for name in ("numeral_name", "list_mark")
        for m in pattern(name).finditer(said)
    ]


def is_mark(said: str, figure: Quantity, marks: list[Span]) -> bool:
    """Whether it is part of a name or a mark, and counts nothing."""
    low, high = figure.span.start, figure.span.end
    if any(mark.start < high and low < mark.end for mark in marks):
        return True
    behind, before = said[high : high + 1], said[low - 1 : low] if low else ""
    if figure.unit:
        return behind == _GRADE and figure.unit != _GRADE
    return (
        (behind.isascii() and behind.isalpha())
        or (behind != "" and behind in _NUMBERED)
        or (before != "" and behind != "" and before in _OPENED and behind in _CLOSED)
    )

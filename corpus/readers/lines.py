"""Collects the lines of a document with their hints, and joins what a layout broke."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.readers.decoding import normalise
from corpus.report import LineHint, LineKind

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Punctuation of Chinese text: full-width forms, quotes, dashes, the ellipsis.
_FULL_WIDTH = "\u3000-\u3004\u3008-\u303f\uff00-\uffef‘’“”…—·"
_EAST_ASIAN = re.compile(f"[{_HAN}{_FULL_WIDTH}]")
_HAN_ONE = re.compile(f"[{_HAN}]")
# 1,286 or 98.5 broken over the end of a line, marked |.
_BROKEN_FIGURE = re.compile(r"\d\|\d|\d\.\|\d|\d,\|\d{3}(?!\d)|\d\|[.,]\d")

TERMINAL = "。！？；：.!?;:…”」』"


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (not punctuation)."""
    return bool(_HAN_ONE.match(character))


def is_east_asian(character: str) -> bool:
    """Whether it is a Chinese character or full-width punctuation: no blank belongs beside it."""
    return bool(_EAST_ASIAN.match(character))


def han_count(text: str) -> int:
    """Number of Chinese characters in `text`."""
    return len(_HAN_ONE.findall(text))


def join_wrapped(left: str, right: str) -> str:
    """Two pieces of one paragraph that a layout put on two lines, as one line."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left + right
    if (
        is_east_asian(left[-1])
        or is_east_asian(right[0])
        or _BROKEN_FIGURE.search(f"{left[-2:]}|{right[:4]}")
    ):
        return left + right
    return f"{left} {right}"


@dataclass(slots=True)
class LineCollector:
    """Lines in reading order; `text` and `hints` are what a Document takes."""

    lines: list[str] = field(default_factory=list)
    hints: list[LineHint] = field(default_factory=list)
    length: int = 0  # characters of `lines` with their line ends

    def add(self, line: str, kind: LineKind | None = None, level: int = 0) -> None:
        """Append a line (or several, at its `\\n`), each with the hint; empty lines are dropped."""
        for piece in normalise(line).split("\n"):
            shown = piece.strip(" \u00a0\u200b\u3000") if kind is not LineKind.TABLE else piece
            if not shown.strip():
                continue
            if kind is not None:
                self.hints.append(LineHint(self.length, kind, level))
            self.lines.append(shown)
            self.length += len(shown) + 1

    @property
    def text(self) -> str:
        """The lines, each ended by `\\n`."""
        return "".join(f"{line}\n" for line in self.lines)


def table_row(cells: list[str]) -> str:
    """A row of a table as a line: cells separated by tabs, blanks inside a cell made one."""
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")

"""What may a cell of a workbook hold, and how high is a row that shows all of it?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final

from search_api.exporting.axis import text_width

# What Excel takes in a cell, in UTF-16 units.
CELL_LIMIT: Final = 32_767
# What XML 1.0 has no way to write. Of these, vertical tab and form feed part words.
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARTING: Final = re.compile(r"[\x0b\x0c]")
# Excel decodes _x0041_ in a text to A, so that one standing there is written as an escape itself.
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Points a line takes, and the most Excel gives a row; pixels of one unit of a column's width, less
# than it is, as lines are broken at words and not where they are full.
_LINE, _TALLEST, _CHARACTER = 15.0, 409.0, 5.8


def cell_text(text: str) -> str:
    """A text as a cell's, so that Excel shows it as it is; what is too long for a cell is cut."""
    return _ESCAPE_LIKE.sub("_x005F_", _within_limit(legal(text)))


def legal(text: str) -> str:
    """A text without the characters XML does not have."""
    return _ILLEGAL.sub("", _PARTING.sub(" ", text))


def row_height(values: Iterable[object], widths: Iterable[int]) -> float:
    """Points that show all lines of the longest cell: not every program finds it out itself.

    `values` are those of a row's cells, `widths` their columns' in characters.
    """
    lines = max(
        sum(
            max(1, math.ceil(text_width(line) / (width * _CHARACTER)))
            for line in str(value or "").split("\n")
        )
        for value, width in zip(values, widths, strict=True)
    )
    return min(_TALLEST, lines * _LINE)


def _within_limit(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    # Half of a character that takes two units is dropped.
    return units[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"

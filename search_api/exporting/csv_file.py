"""A comparison as CSV (RFC 4180): one row a report. Wordings are not in it: they are no table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from search_api.comparing.comparison_types import Comparison
from search_api.exporting.amounts import plain
from search_api.exporting.parts import COLUMNS, Cell, is_formula_like, record


def comparison_csv(comparison: Comparison) -> str:
    """The table with `COLUMNS` as its first line, the same names in every language.

    A text that a spreadsheet would run as a formula begins with `'`; all else is as in the report.
    """
    records = (record(row) for row in comparison.rows)
    return written(COLUMNS, ([each[name] for name in COLUMNS] for each in records))


def comparison_csv_bytes(comparison: Comparison) -> bytes:
    """The same as a file."""
    return file_bytes(comparison_csv(comparison))


def file_bytes(text: str) -> bytes:
    """UTF-8 with a byte order mark: without it Excel takes Chinese for the system's old encoding."""
    return text.encode("utf-8-sig", errors="replace")


def written(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> str:
    """Lines of CSV under their header."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return file.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, str):
        return f"'{cell}" if is_formula_like(cell) else cell
    return str(cell)

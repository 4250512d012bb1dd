"""Which kind of file is wanted, and what is in it?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from search_api.comparing.comparison_types import Comparison
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.errors import BadRequestError
from search_api.exporting.csv_file import comparison_csv_bytes
from search_api.exporting.html_file import comparison_html
from search_api.exporting.markdown_file import comparison_markdown
from search_api.exporting.xlsx_file import comparison_xlsx


class Format(StrEnum):
    """The files a comparison can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "md"
    HTML = "html"


_BY_ENDING: Final = {
    ".csv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}


def format_of(path: Path, others: Sequence[str] = ()) -> Format:
    """The format a file's ending asks for.

    Raises BadRequestError naming the endings there are; `others` are those the caller writes itself.
    """
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None:
        known = ", ".join((*_BY_ENDING, *others))
        raise BadRequestError("out", f"{path.name!r} ends in none of {known}")
    return found


def rendered(
    comparison: Comparison, format: Format, wording: WordingComparison | None = None
) -> bytes:
    """The whole file. CSV has the table only."""
    if format is Format.CSV:
        return comparison_csv_bytes(comparison)
    if format is Format.XLSX:
        return comparison_xlsx(comparison, wording)
    text = (
        comparison_html(comparison, wording)
        if format is Format.HTML
        else comparison_markdown(comparison, wording)
    )
    # A topic from a command line may hold bytes that are no UTF-8.
    return text.encode("utf-8", errors="replace")

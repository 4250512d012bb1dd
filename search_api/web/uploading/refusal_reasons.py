"""What does a reading library's reason mean for a person, in the page's own words?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_LINE: Final = r"^line (?P<line>\d+): "

# Beginnings of `corpus.readers`' reasons and the names of our words, the first that fits; named
# groups are the values of the words. Tests make such files.
_MEANINGS: Final = tuple(
    (re.compile(pattern, re.DOTALL), f"corpus.why_{name}")
    for pattern, name in (
        (r"^an old Word document", "old_word"),
        (r"^line (?P<line>\d+), column (?P<column>.+): wanted text", "cell_no_text"),
        (_LINE + r"the text of the report is empty", "row_empty"),
        (
            _LINE + r"the id (?P<report>.+) is already that of line (?P<other>\d+)",
            "row_same_id",
        ),
        (_LINE + r"the id .+(limit|take them out|choose another id)$", "row_bad_id"),
        (
            _LINE + r"(?P<cells>\d+) cells where the header has (?P<columns>\d+) columns",
            "row_cells",
        ),
        (_LINE + r"not a valid csv row", "row_quotes"),
        (_LINE + r"no column holds the text", "row_no_text"),
        (r"^line (?P<line>\d+)(, column \d+)?: not ", "row_json"),
        (r"^no column holds the text", "table_no_text"),
        (r"the columns (?P<first>.+?) and (?P<second>.+) both mean", "table_twice"),
        (r"^the table has no rows", "table_no_rows"),
        (r"^page (?P<page>\d+) of the PDF is broken", "broken_page"),
        (r"^unpacks to", "unpacked"),
        (r"^not a Word document \(", "not_word"),
        (r"^not a PDF", "not_pdf"),
        (r"^not a text file but", "other_content"),
        (r"^(an Excel workbook|a PowerPoint file|an OpenDocument file|an archive)", "not_word"),
        (r"password", "password"),
        (r"no text layer|run OCR", "scan"),
        (r"no text|nothing but blanks", "no_text"),
        (r"encoding is not known", "encoding"),
        (r"broken|damaged|declares a document type", "broken"),
        (r"not text", "other_content"),
    )
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The name of the page's words for a reason, and the values to put into them."""

    name: str
    values: Mapping[str, str]


def meaning(reason: str) -> Meaning:
    """What a reason means; `corpus.why_unknown` if there are no words for it."""
    for pattern, name in _MEANINGS:
        if found := pattern.search(reason):
            return Meaning(name, found.groupdict())
    return Meaning("corpus.why_unknown", {})

"""What does a reading library's reason mean for a person, in the page's own words?"""

from __future__ import annotations

from typing import Final

# Words of `corpus.readers`' reasons and the names of ours, the first that fits. Tests make such files.
_MEANINGS: Final = (
    ("an old Word document", "corpus.why_old_word"),
    ("password", "corpus.why_password"),
    ("no text layer", "corpus.why_scan"),
    ("run OCR", "corpus.why_scan"),
    ("no text", "corpus.why_no_text"),
    ("nothing but blanks", "corpus.why_no_text"),
    ("no column holds", "corpus.why_table"),
    ("both mean", "corpus.why_table"),
    ("no rows", "corpus.why_table"),
    ("line ", "corpus.why_table"),
    ("encoding is not known", "corpus.why_encoding"),
    ("broken", "corpus.why_broken"),
    ("damaged", "corpus.why_broken"),
    ("not text", "corpus.why_other_content"),
    ("not a ", "corpus.why_other_content"),
    ("an Excel workbook", "corpus.why_other_content"),
    ("a PowerPoint file", "corpus.why_other_content"),
    ("an OpenDocument file", "corpus.why_other_content"),
    ("an archive without", "corpus.why_other_content"),
)


def meaning(reason: str) -> str:
    """The name of the words for a reason, `corpus.why_unknown` if there are none."""
    return next((name for part, name in _MEANINGS if part in reason), "corpus.why_unknown")

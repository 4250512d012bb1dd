"""How much of judged headings does the outline parser find, and does it find others?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from corpus.report import Part, Section
from eval.errors import JudgementError
from eval.judgements.files import json_lines, string
from eval.measures.answers import normal

# Where a run-in heading ends is a matter of taste; its first characters are not.
_COMPARED: Final = 8

Heading = tuple[int, str, str]  # level, numeral, first characters


def heading(level: int, number: str, text: str) -> Heading:
    """What two headings are compared by."""
    return level, number, normal(text)[:_COMPARED]


def read_outlines(path: Path) -> dict[str, set[Heading]]:
    """Judged headings by report: lines of report, level, number, heading. Raises JudgementError."""
    found: dict[str, set[Heading]] = {}
    for line, row in json_lines(path):
        level = row.get("level")
        if not isinstance(level, int):
            raise JudgementError(path, f"'level' must be a whole number, not {level!r}", line)
        report = string(path, line, row, "report")
        key = heading(level, string(path, line, row, "number"), string(path, line, row, "heading"))
        found.setdefault(report, set()).add(key)
    if not found:
        raise JudgementError(path, "has no headings")
    return found


def numbered(sections: Iterable[Section]) -> set[Heading]:
    """The numbered headings of a report's body."""
    return {
        heading(section.level, section.number, section.heading)
        for section in sections
        if section.number and section.part is Part.BODY
    }


def judge_outlines(path: Path, outline: Callable[[str], Sequence[Section]]) -> dict[str, float]:
    """Precision, recall and F1 over all headings, and the share of reports wholly right.

    `outline` gives a report's sections. Raises JudgementError, UnknownReportError.
    """
    right = wrong = lost = exact = 0
    judged = read_outlines(path)
    for report, gold in judged.items():
        found = numbered(outline(report))
        right += len(found & gold)
        wrong += len(found - gold)
        lost += len(gold - found)
        exact += found == gold
    return {
        "precision": right / (right + wrong) if right + wrong else 0.0,
        "recall": right / (right + lost),
        "F1": 2 * right / (2 * right + wrong + lost),
        "reports exact": exact / len(judged),
    }

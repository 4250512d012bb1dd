"""Judged cells of comparison tables: what does each report state on a topic? `compare.jsonl` of a set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eval.errors import JudgementError
from eval.judgements.files import json_lines, string

CELLS: Final = "compare.jsonl"
STATED, NOT_STATED = "stated", "not_stated"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a report says on a topic: a value in a quoted sentence, or that it doesn't."""

    report_id: str
    topic: str
    status: str
    value: str = ""
    quote: str = ""
    line: int = 0  # of its file, from 1


def has_cells(folder: Path) -> bool:
    """Whether a judged set has cells."""
    return (folder / CELLS).is_file()


def read_cells(folder: Path) -> list[Cell]:
    """The cells of a judged set, those marked `borderline` left out.

    Raises JudgementError: there are none, or naming the line.
    """
    path = folder / CELLS
    if not path.is_file():
        raise JudgementError(path, "is not there: comparisons are judged by it")
    found: dict[tuple[str, str], Cell] = {}
    for line, row in json_lines(path):
        if row.get("borderline") is True:
            continue
        cell = Cell(
            report_id=string(path, line, row, "report"),
            topic=string(path, line, row, "topic"),
            status=status_of(path, line, row.get("status")),
            value=string(path, line, row, "value", ""),
            quote=string(path, line, row, "quote", ""),
            line=line,
        )
        if (cell.report_id, cell.topic) in found:
            raise JudgementError(
                path,
                f"the report {cell.report_id!r} has a cell for {cell.topic!r} already",
                line,
            )
        found[cell.report_id, cell.topic] = cell
    return list(found.values())


def status_of(path: Path, line: int, status: object) -> str:
    """A cell's status. Raises JudgementError if it is none."""
    if status not in (STATED, NOT_STATED):
        raise JudgementError(path, f"'status' is {STATED} or {NOT_STATED}, not {status!r}", line)
    return str(status)

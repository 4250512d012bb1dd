"""Judged cells of comparison tables as questions: what does this report state on that topic?"""

from __future__ import annotations

from pathlib import Path

from eval.judgements.files import json_lines, string
from eval.measures.cells import STATED
from eval.others import CELLS
from eval.types import Query
from search_api.engine import Engine


def questions_of_cells(path: Path, engine: Engine) -> list[Query]:
    """One question a cell of `compare.jsonl` in a judged set's folder; none without that file.

    Borderline cells are left out. Raises JudgementError naming the line, UnknownReportError.
    """
    file = path / CELLS
    if not file.is_file():
        return []
    found: list[Query] = []
    for line, row in json_lines(file):
        if row.get("borderline") is True:
            continue
        report = string(file, line, row, "report")
        stated = string(file, line, row, "status") == STATED
        region = engine.report(report).metadata.region
        place = region.name if region is not None else ""
        found.append(
            Query(
                query_id=f"cell-{line}",
                text=f"{place}{string(file, line, row, 'topic')}是多少？",
                language="zh",
                kind="number" if stated else "unanswerable",
                named=bool(place),
                report_id=report,
                answers=(string(file, line, row, "value"),) if stated else (),
                quotes=(string(file, line, row, "quote"),) if stated else (),
            )
        )
    return found

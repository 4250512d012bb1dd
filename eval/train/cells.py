"""Judged cells of comparison tables as the questions that are put to each report."""

from __future__ import annotations

from pathlib import Path

from eval.judgements.cells import STATED, has_cells, read_cells
from eval.types import UNANSWERABLE, Query
from search_api.comparing.table.rows import questions_for
from search_api.comparing.table.topic import topic_of
from search_api.engine import Engine


def questions_of_cells(folder: Path, engine: Engine) -> list[Query]:
    """The questions of a judged set's cells; none without cells.

    Stated ones that put several questions (A或B, a topic without a year) are left out: nobody said which
    of them the value answers. Raises JudgementError naming the line, UnknownReportError.
    """
    if not has_cells(folder):
        return []
    found: list[Query] = []
    for cell in read_cells(folder):
        topic = topic_of(cell.topic)
        asked = questions_for(topic, engine.report(cell.report_id))
        stated = cell.status == STATED
        if stated and len(asked) > 1:
            continue
        found += [
            Query(
                query_id=f"cell-{cell.line}-{number}",
                text=put.text,
                language=topic.language.value,
                kind="number" if stated else UNANSWERABLE,
                named=False,
                report_id=cell.report_id,
                answers=(cell.value,) if stated else (),
                quotes=(cell.quote,) if stated else (),
            )
            for number, put in enumerate(asked, start=1)
        ]
    return found

"""Judged cells of comparison tables as the questions that are put to each report."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from eval.judgements.cells import STATED, has_cells, read_cells
from eval.types import UNANSWERABLE, Query
from search_api.comparing.table.topic import topic_of


def questions_of_cells(folder: Path, reports: Collection[str]) -> list[Query]:
    """The questions of a judged set's cells of these reports; none without cells.

    Stated ones that put several questions (A或B) are left out: nobody said which of them the value answers.
    Raises JudgementError naming the line.
    """
    if not has_cells(folder):
        return []
    found: list[Query] = []
    for cell in read_cells(folder):
        topic = topic_of(cell.topic)
        stated = cell.status == STATED
        if cell.report_id not in reports or (stated and len(topic.questions) > 1):
            continue
        found += [
            Query(
                query_id=f"cell-{cell.line}-{number}",
                text=text,
                language=topic.language.value,
                kind="number" if stated else UNANSWERABLE,
                named=False,
                report_id=cell.report_id,
                answers=(cell.value,) if stated else (),
                quotes=(cell.quote,) if stated else (),
            )
            for number, text in enumerate(topic.questions, start=1)
        ]
    return found

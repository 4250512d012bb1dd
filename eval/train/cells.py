"""Judged cells of comparison tables as the questions that are put to each report."""

from __future__ import annotations

from pathlib import Path

from eval.judgements.files import json_lines, string
from eval.measures.cells import STATED
from eval.others import CELLS
from eval.types import UNANSWERABLE, Query
from search_api.comparing.rows import questions_for
from search_api.comparing.topic import topic_of
from search_api.engine import Engine


def questions_of_cells(path: Path, engine: Engine) -> list[Query]:
    """The questions of the cells of `compare.jsonl` in a judged set's folder; none without that file.

    Borderline cells are left out, and stated ones of topics that name alternatives: nobody said which
    of them the value is of. Raises JudgementError naming the line, UnknownReportError.
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
        topic = topic_of(string(file, line, row, "topic"))
        asked = questions_for(topic, engine.report(report))
        if stated and len(asked) > 1:
            continue
        found += [
            Query(
                query_id=f"cell-{line}-{number}",
                text=put.text,
                language=topic.language.value,
                kind="number" if stated else UNANSWERABLE,
                named=False,
                report_id=report,
                answers=(string(file, line, row, "value"),) if stated else (),
                quotes=(string(file, line, row, "quote"),) if stated else (),
            )
            for number, put in enumerate(asked, start=1)
        ]
    return found

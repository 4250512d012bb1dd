"""Answers and comparison tables of any system, from files, measured like rankings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.errors import JudgementError
from eval.evaluation import SystemResult
from eval.judgements.cells import Cell, read_cells, status_of
from eval.judgements.files import json_lines, string
from eval.measures.answers import Answer, Cited, measure_answer
from eval.measures.cells import measure_cell
from eval.score import score_system
from eval.tables import query_of
from eval.types import JudgedSet


def judge_answers(path: Path, judged: JudgedSet) -> SystemResult:
    """Measure answers: JSON lines of `query_id` and what `POST /api/ask` gives (`answered`,
    `answer`, `citations` with `report_id` and `quote`).

    Every question must be answered or refused once. Raises JudgementError naming the line.
    """
    queries = {query.query_id: query for query in judged.queries}
    values: dict[str, dict[str, float]] = {}
    for line, row in json_lines(path):
        query_id = string(path, line, row, "query_id")
        if query_id not in queries:
            raise JudgementError(path, f"the query {query_id!r} is not in {judged.path}", line)
        if query_id in values:
            raise JudgementError(path, f"the query {query_id!r} is there twice", line)
        values[query_id] = measure_answer(queries[query_id], _answer(path, line, query_id, row))
    if missing := [query for query in queries if query not in values]:
        raise JudgementError(
            path, f"has no line for {len(missing)} questions, {missing[0]!r} the first"
        )
    return score_system(f"answers {path.stem}", judged.queries, values)


def judge_cells(path: Path, judged: JudgedSet) -> SystemResult:
    """Measure the rows of comparisons: JSON lines of `topic` and a row of `POST /api/compare`
    (`report_id`, `status`, `value`), by the cells in the judged set's `compare.jsonl`.

    Cells marked `borderline` are left out. Raises JudgementError naming the line.
    """
    gold = {(cell.report_id, cell.topic): cell for cell in read_cells(Path(judged.path))}
    given: dict[tuple[str, str], Cell] = {}
    for line, row in json_lines(path):
        cell = _cell(path, line, row)
        if (cell.report_id, cell.topic) in given:
            raise JudgementError(path, "the report and topic have a row already", line)
        given[cell.report_id, cell.topic] = cell
    queries = [query_of(cell) for cell in gold.values()]
    values = {
        query.query_id: measure_cell(cell, given.get(key))
        for query, (key, cell) in zip(queries, gold.items(), strict=True)
    }
    return score_system(f"cells {path.stem}", queries, values)


def _answer(path: Path, line: int, query_id: str, row: dict[str, Any]) -> Answer:
    answered, citations = row.get("answered"), row.get("citations", [])
    if not isinstance(answered, bool):
        raise JudgementError(path, f"'answered' must be true or false, not {answered!r}", line)
    if not isinstance(citations, list) or not all(isinstance(each, dict) for each in citations):
        raise JudgementError(path, "'citations' must be a list of objects", line)
    said = row.get("answer")
    return Answer(
        query_id,
        answered,
        "" if said is None else string(path, line, row, "answer"),
        tuple(
            Cited(string(path, line, each, "report_id"), string(path, line, each, "quote"))
            for each in citations
        ),
    )


def _cell(path: Path, line: int, row: dict[str, Any]) -> Cell:
    return Cell(
        report_id=string(path, line, row, "report_id"),
        topic=string(path, line, row, "topic"),
        status=status_of(path, line, row.get("status")),
        value=string(path, line, row, "value", ""),
    )

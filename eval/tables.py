"""How good are our own comparison tables? Every topic that was judged is compared, cell by cell."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Final

from eval.evaluation import SystemResult
from eval.judgements.cells import Cell, read_cells
from eval.measures.cells import measure_cell
from eval.runner import Asked
from eval.score import score_system
from eval.types import JudgedSet, Query
from search_api.comparing.comparison_types import Row
from search_api.comparing.table.comparison import compare
from search_api.comparing.table.selection import choose
from search_api.engine import Engine

TABLES: Final = "compare"
# What may not get worse unseen.
MEASURES: Final = ("right",)
PROVEN: Final = "proven"


def judge_tables(engine: Engine, judged: JudgedSet, progress: Asked | None = None) -> SystemResult:
    """Compare each judged topic over its judged reports, and measure the cells.

    Beside what `measure_cell` says, `proven`: 1 if the citation of a stated cell is the slice of its
    report that it claims to be. Raises JudgementError: the set has no cells.
    """
    by_topic: dict[str, list[Cell]] = defaultdict(list)
    for cell in read_cells(Path(judged.path)):
        by_topic[cell.topic].append(cell)
    queries: list[Query] = []
    values: dict[str, dict[str, float]] = {}
    latency: dict[str, float] = {}
    for number, (topic, cells) in enumerate(by_topic.items()):
        if progress is not None:
            progress(number, len(by_topic), topic)
        started = time.perf_counter()
        chosen = choose(engine, [cell.report_id for cell in cells])
        rows = {row.report_id: row for row in compare(engine, topic, chosen).rows}
        each = 1000 * (time.perf_counter() - started) / len(cells)
        for cell in cells:
            query = query_of(cell)
            queries.append(query)
            values[query.query_id] = _measured(engine, cell, rows.get(cell.report_id))
            latency[query.query_id] = each
    if progress is not None:
        progress(len(by_topic), len(by_topic), "")
    return score_system(TABLES, queries, values, latency_ms=latency)


def query_of(cell: Cell) -> Query:
    """A cell as one judged question."""
    return Query(
        f"{cell.report_id}/{cell.topic}", cell.topic, kind=cell.status, report_id=cell.report_id
    )


def _measured(engine: Engine, cell: Cell, row: Row | None) -> dict[str, float]:
    given = None
    if row is not None:
        given = Cell(row.report_id, cell.topic, row.status.value, row.value or "")
    found = measure_cell(cell, given)
    if row is not None and row.citation is not None:
        cited = row.citation
        source = engine.text(cited.report_id)
        found[PROVEN] = float(source[cited.start : cited.end] == cited.quote)
    return found

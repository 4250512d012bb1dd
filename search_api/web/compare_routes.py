"""The JSON routes of comparisons. They translate, as `routes` does."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from search_api.comparing.selection import Chosen, choose
from search_api.comparing.table import by_figure, compare
from search_api.comparing.types import Comparison
from search_api.engine import Engine
from search_api.web.compare_schemas import ChoiceIn, CompareIn, CompareOut, compare_out
from search_api.web.problems import RESPONSES
from search_api.web.routes import Shared

router = APIRouter(responses=RESPONSES, tags=["compare"])


@router.post("/api/compare")
def compare_reports(state: Shared, asked: CompareIn) -> CompareOut:
    """What every one of the chosen reports states on a topic, each row proven, or `not_stated`."""
    engine = state.engine()
    comparison = compare(engine, asked.topic, chosen(engine, asked))
    return compare_out(sorted_rows(comparison, asked.sort))


def chosen(engine: Engine, asked: ChoiceIn) -> Chosen:
    """The reports that were chosen. Raises as `choose` does."""
    return choose(engine, asked.report_ids, asked.regions, asked.years, asked.kind)


def sorted_rows(comparison: Comparison, sort: str) -> Comparison:
    """The comparison with its rows in the order asked for."""
    if sort == "report":
        return comparison
    rows = by_figure(comparison.rows, descending=sort.startswith("-"))
    return replace(comparison, rows=tuple(rows))

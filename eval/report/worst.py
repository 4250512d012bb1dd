"""Which questions went worst?"""

from __future__ import annotations

from typing import Final

from eval.evaluation import QueryResult, SystemResult

SHOWN: Final = 20
LEADING: Final = "nDCG@10"


def leading(system: SystemResult) -> str:
    """The measure questions are ordered by: nDCG@10, else the system's first."""
    return LEADING if LEADING in system.measures else next(iter(system.measures), LEADING)


def worst_questions(system: SystemResult, n: int = SHOWN) -> list[QueryResult]:
    """The n questions below 1 with the lowest leading measure, worst first, ties by id."""
    measure = leading(system)
    below = [query for query in system.queries if query.measures.get(measure, 1.0) < 1.0]
    return sorted(below, key=lambda query: (query.measures[measure], query.query_id))[:n]

"""How do values by question become a system's result: means, intervals, tables?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.evaluation import CATEGORIES, Estimate, QueryResult, Shown, SystemResult
from eval.measures.latency import percentiles
from eval.significance import bootstrap
from eval.types import Query

Setting = float | int | str | bool


def score_system(
    system: str,
    queries: Sequence[Query],
    per_query: Mapping[str, Mapping[str, float]],
    *,
    settings: Mapping[str, Setting] | None = None,
    model: str = "",
    latency_ms: Mapping[str, float] | None = None,
    recall_by_depth: Mapping[int, float] | None = None,
    gold: Mapping[str, tuple[str, ...]] | None = None,
    returned: Mapping[str, tuple[Shown, ...]] | None = None,
) -> SystemResult:
    """The result of one system; queries without any measure are left out of it."""
    times = latency_ms or {}
    measured = tuple(
        QueryResult(
            query_id=query.query_id,
            text=query.text,
            language=query.language,
            kind=query.kind,
            named=query.named,
            report_id=query.report_id,
            measures=dict(per_query[query.query_id]),
            latency_ms=times.get(query.query_id),
            gold=(gold or {}).get(query.query_id, ()),
            returned=(returned or {}).get(query.query_id, ()),
        )
        for query in queries
        if per_query.get(query.query_id)
    )
    return SystemResult(
        system=system,
        settings=dict(settings or {}),
        model=model,
        measures=estimates([query.measures for query in measured]),
        tables=_tables(measured),
        recall_by_depth={str(depth): value for depth, value in (recall_by_depth or {}).items()},
        latency_ms=percentiles(times.values()),
        queries=measured,
    )


def estimates(values: Sequence[Mapping[str, float]]) -> dict[str, Estimate]:
    """Per measure its estimate over the questions that have it, in the order they come."""
    names = dict.fromkeys(name for each in values for name in each)
    return {name: bootstrap([each[name] for each in values if name in each]) for name in names}


def _tables(queries: Sequence[QueryResult]) -> dict[str, dict[str, dict[str, Estimate]]]:
    """Per category that tells questions apart, per value, the estimates."""
    tables: dict[str, dict[str, dict[str, Estimate]]] = {}
    for category in CATEGORIES:
        values = sorted({query.categories[category] for query in queries})
        if len(values) > 1 or (values and values[0]):
            tables[category] = {
                value or "not said": estimates(
                    [query.measures for query in queries if query.categories[category] == value]
                )
                for value in values
            }
    return tables

"""Measures of rankings with the field's names, computed by ir-measures (trec_eval underneath).

MacAvaney, Macdonald, Ounis: Streamlining Evaluation with ir-measures, ECIR 2022. nDCG: Järvelin
and Kekäläinen, TOIS 2002; RR: Kantor and Voorhees, 2000; AP: Buckley and Voorhees, SIGIR 2000.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import ir_measures

from corpus.errors import GovsearchError
from eval.types import Qrels, Ranked, Run

DEFAULT_MEASURES: Final = (
    "nDCG@10",
    "R@1",
    "R@5",
    "R@10",
    "R@100",
    "RR@10",
    "AP",
    "Success@1",
    "Success@5",
)
# What is handed on to ir-measures. It parses far more: other names for one measure, whose values
# would be lost, measures whose programs aren't there, and depth 0, at which trec_eval aborts.
_KNOWN: Final = re.compile(r"(nDCG|R|P|RR|AP|Success)@[1-9]\d{0,5}|nDCG|RR|AP", re.ASCII)
# Depths at which the recall curve is drawn.
DEPTHS: Final = (1, 2, 3, 5, 10, 20, 50, 100)

PerQuery = dict[str, dict[str, float]]  # query id -> measure -> value


def judged_queries(qrels: Qrels) -> list[str]:
    """Queries with at least one relevant document. For others no ranking is better than another."""
    return [query for query, grades in qrels.items() if any(g > 0 for g in grades.values())]


def per_query(
    qrels: Qrels,
    run: Run,
    measures: Sequence[str] = DEFAULT_MEASURES,
    *,
    capped: bool = False,
) -> PerQuery:
    """Each measure for each query that has a relevant document; 0 where nothing was retrieved.

    The order of a ranking is what is measured, not its scores: trec_eval would break ties by
    document id. A document that comes again counts where it was first. `capped`: recall at k is
    divided by min(k, relevant documents), so that a perfect ranking has 1 (Thakur et al., BEIR,
    NeurIPS 2021). Raises GovsearchError: unknown measure.
    """
    wanted = {query: dict(qrels[query]) for query in judged_queries(qrels)}
    ranked = {query: _places(run.rankings.get(query, ())) for query in wanted}
    found: PerQuery = {query: dict.fromkeys(measures, 0.0) for query in wanted}
    parsed = {str(_parse(name)): name for name in measures}
    # trec_eval knows no empty ranking: such a query keeps its zeros.
    present = {query: docs for query, docs in ranked.items() if docs}
    if present:
        for metric in ir_measures.iter_calc([_parse(m) for m in measures], wanted, present):
            if metric.query_id in present:
                found[metric.query_id][parsed[str(metric.measure)]] = float(metric.value)
    if capped:
        for query, values in found.items():
            relevant = sum(grade > 0 for grade in wanted[query].values())
            for name in values:
                if name.startswith("R@"):
                    values[name] *= relevant / min(int(name[2:]), relevant)
    return found


def recall_by_depth(qrels: Qrels, run: Run, *, capped: bool = False) -> dict[int, float]:
    """Mean recall at each of DEPTHS; empty when no query has a relevant document."""
    values = per_query(qrels, run, [f"R@{depth}" for depth in DEPTHS], capped=capped)
    if not values:
        return {}
    return {
        depth: sum(each[f"R@{depth}"] for each in values.values()) / len(values) for depth in DEPTHS
    }


def _places(ranking: Sequence[Ranked]) -> dict[str, float]:
    """A score by document that falls from place to place, the first of a repeated one."""
    scores: dict[str, float] = {}
    for place, each in enumerate(ranking):
        # The last place instead would let others move up: repeating a mistake would pay.
        scores.setdefault(each.doc_id, float(-place))
    return scores


def _parse(name: str) -> ir_measures.Measure:
    if not _KNOWN.fullmatch(name):
        raise GovsearchError(
            f"measure: {name!r} is not known; use names such as {', '.join(DEFAULT_MEASURES)}"
        )
    return ir_measures.parse_measure(name)

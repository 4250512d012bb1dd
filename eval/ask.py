"""How good are our own answers? Every question is asked as a person would, one after another."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from eval.errors import JudgementError
from eval.evaluation import SystemResult
from eval.measures.answers import Answer, Cited, measure_answer
from eval.measures.span import exact_match, f1
from eval.runner import Asked
from eval.score import score_system
from eval.types import JudgedSet, Query, Unit
from search_api.answering.answerer import ask
from search_api.answering.types import Answer as OurAnswer
from search_api.engine import Engine

ASK: Final = "ask"
# What may not get worse unseen.
MEASURES: Final = ("exact", "cited", "answered", "refusal recall")
PROVEN: Final = "proven"


def judge_ask(
    engine: Engine,
    judged: JudgedSet,
    document_of: Mapping[str, str],
    progress: Asked | None = None,
) -> SystemResult:
    """Ask all questions and measure the answers.

    Of a set judged by quotes: what `measure_answer` says, and `proven`, 1 if every citation is the
    slice of its report that it claims to be. Of a set of reading comprehension: exact match and F1 of
    the reader alone, which is given the paragraph (`document_of`: report id -> document id). Raises
    JudgementError for a set that knows no answers.
    """
    gold = {document: report for report, document in document_of.items()}
    values: dict[str, dict[str, float]] = {}
    latency: dict[str, float] = {}
    for number, query in enumerate(judged.queries):
        if progress is not None:
            progress(number, len(judged.queries), query.query_id)
        report = None
        if judged.unit is not Unit.EVIDENCE:
            report = _paragraph(judged, query, gold)
        started = time.perf_counter()
        answer = ask(engine, query.text, report_id=report)
        latency[query.query_id] = 1000 * (time.perf_counter() - started)
        if report is None:
            values[query.query_id] = _judged(engine, query, answer)
        else:
            said = answer.answer or ""
            values[query.query_id] = {
                "EM": exact_match(said, query.answers),
                "F1": f1(said, query.answers),
                "answered": float(answer.answered),
            }
    if progress is not None:
        progress(len(judged.queries), len(judged.queries), "")
    return score_system(ASK, judged.queries, values, latency_ms=latency)


def _judged(engine: Engine, query: Query, answer: OurAnswer) -> dict[str, float]:
    citations = answer.citations
    cited = tuple(Cited(each.report_id, each.quote) for each in citations)
    given = Answer(query.query_id, answer.answered, answer.answer or "", cited)
    found = measure_answer(query, given)
    if citations:
        found[PROVEN] = float(
            all(engine.text(c.report_id)[c.start : c.end] == c.quote for c in citations)
        )
    return found


def _paragraph(judged: JudgedSet, query: Query, gold: Mapping[str, str]) -> str:
    """The report that holds a question's paragraph."""
    relevant = [d for d, grade in judged.qrels.get(query.query_id, {}).items() if grade > 0]
    if not query.answers or len(relevant) != 1 or relevant[0] not in gold:
        raise JudgementError(
            judged.path,
            f"--ask: {query.query_id} has no gold answer in one document; answers are judged by "
            "quotes or in SQuAD's layout",
        )
    return gold[relevant[0]]

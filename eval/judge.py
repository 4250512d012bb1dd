"""How good is a system on a judged set? From questions to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.report import Span
from eval.errors import JudgementError
from eval.evaluation import Shown, SystemResult
from eval.judgements.credit import Evidence, evidence_by_query, places_of, shown_pieces
from eval.judgements.quotes import QuotedText
from eval.judgements.spans import FILE
from eval.judgements.trec import PASSAGE_ID, of_reports
from eval.measures.ranking import per_query, recall_by_depth
from eval.measures.wrong_report import wrong_report
from eval.runner import Asked, as_judged, ask_all
from eval.score import score_system
from eval.systems import System, described
from eval.types import JudgedSet, Qrels, Run, Unit
from search_api.engine import Engine
from search_api.results import Hit

WRONG_REPORT = "wrong report"
# Characters of a passage that the list of the worst questions shows.
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """A judged set against one index: what is relevant there.

    `evidence` by query id for sets judged by quotes; `document_of`: report id -> document id for
    collections; `qrels` in the documents of rewritten runs.
    """

    judged: JudgedSet
    evidence: Mapping[str, Evidence]
    document_of: Mapping[str, str]
    qrels: Qrels

    @property
    def capped(self) -> bool:
        """Whether recall is capped: for evidence only, others keep trec_eval's definition."""
        return self.judged.unit is Unit.EVIDENCE


def prepare(judged: JudgedSet, engine: Engine, document_of: Mapping[str, str]) -> Prepared:
    """Find the quotes in the index's reports.

    Raises JudgementError: unknown report, lost quote, a report judged twice under two spellings.
    """
    known = {info.report_id for info in engine.reports()}
    if judged.unit is not Unit.EVIDENCE:
        return Prepared(judged, {}, document_of, of_reports(judged, known))
    path = Path(judged.path) / FILE
    texts: dict[str, QuotedText] = {}
    passages: dict[str, list[Span]] = {}
    for query in judged.queries:
        line = judged.lines.get(query.query_id)
        report = query.report_id
        if report not in known:
            raise JudgementError(
                path,
                f"the report {report!r} is not in the index; index it or give its --data",
                line,
            )
        if report not in texts:
            texts[report] = QuotedText(engine.text(report))
            # A passage of headings only is no hit: nothing is shown there.
            passages[report] = [
                Span(p.start, p.end) for p in engine.index.report_passages(report) if p.sentences
            ]
        for quote, where in zip(query.quotes, places_of(query, texts[report]), strict=True):
            if not where:
                raise JudgementError(
                    path,
                    f"the quote {quote[:40]!r} is not in {report}; another version of the report?",
                    line,
                )
    evidence = evidence_by_query(judged.queries, texts, passages)
    return Prepared(judged, evidence, document_of, {q: e.grades for q, e in evidence.items()})


def judge_system(
    engine: Engine,
    system: System,
    prepared: Prepared,
    progress: Asked | None = None,
) -> tuple[SystemResult, Run]:
    """Ask all questions and measure; also the run as it was, passages by their ids."""
    judged = prepared.judged
    trial = ask_all(
        engine, system, judged, prepared.evidence, prepared.document_of, progress=progress
    )
    values = per_query(prepared.qrels, trial.run, capped=prepared.capped)
    for query in judged.queries:
        wrong = wrong_report(query, trial.first_report[query.query_id])
        if wrong is not None and judged.unit is Unit.EVIDENCE:
            values.setdefault(query.query_id, {})[WRONG_REPORT] = wrong
    result = score_system(
        system.name,
        judged.queries,
        values,
        settings=described(system.settings),
        model=engine.index.encoder_identity,
        latency_ms=trial.latency_ms,
        recall_by_depth=recall_by_depth(prepared.qrels, trial.run, capped=prepared.capped),
        gold=_gold(prepared, values),
        returned={
            query: _shown(hits, prepared, query)
            for query, hits in trial.hits.items()
            if _went_wrong(values.get(query, {}))
        },
    )
    return result, trial.passages


def judge_run(run: Run, prepared: Prepared, path: Path) -> SystemResult:
    """Measure another system's run, whose documents are passages (`report:start-end`) or reports.

    Raises JudgementError: its documents aren't what was judged.
    """
    judged = prepared.judged
    rankings = dict(run.rankings)
    if judged.unit is Unit.EVIDENCE:
        for query, ranking in run.rankings.items():
            found: list[tuple[str, Span, float]] = []
            for each in ranking:
                match = PASSAGE_ID.fullmatch(each.doc_id)
                if match is None:
                    raise JudgementError(
                        path, f"{each.doc_id!r} is no passage; report:start-end is wanted"
                    )
                span = Span(int(match["start"]), int(match["end"]))
                found.append((match["report"], span, each.score))
            evidence = prepared.evidence.get(query)
            if evidence is not None:
                rankings[query] = as_judged(found, Unit.EVIDENCE, evidence, {})
    converted = Run(run.system, rankings)
    values = per_query(prepared.qrels, converted, capped=prepared.capped)
    return score_system(
        run.system,
        judged.queries,
        values,
        recall_by_depth=recall_by_depth(prepared.qrels, converted, capped=prepared.capped),
        gold=_gold(prepared, values),
    )


def _went_wrong(values: Mapping[str, float]) -> bool:
    return any(value < 1.0 for name, value in values.items() if name != WRONG_REPORT)


def _gold(
    prepared: Prepared, values: Mapping[str, Mapping[str, float]]
) -> dict[str, tuple[str, ...]]:
    """What was wanted, for the questions that went wrong."""
    judged = prepared.judged
    if judged.unit is Unit.EVIDENCE:
        return {
            q.query_id: q.quotes for q in judged.queries if _went_wrong(values.get(q.query_id, {}))
        }
    texts = {document.doc_id: document.text[:_SHOWN] for document in judged.documents}
    return {
        query: tuple(
            texts.get(document, document) for document, grade in grades.items() if grade > 0
        )
        for query, grades in prepared.qrels.items()
        if _went_wrong(values.get(query, {}))
    }


def _shown(hits: Sequence[Hit], prepared: Prepared, query_id: str) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            rank=hit.rank,
            report_id=hit.citation.report_id,
            heading_path=hit.heading_path,
            text=hit.text[:_SHOWN],
            relevant=_relevant(hit, prepared, query_id),
        )
        for hit in hits
    )


def _relevant(hit: Hit, prepared: Prepared, query_id: str) -> bool:
    evidence = prepared.evidence.get(query_id)
    if evidence is not None:
        place = Span(hit.citation.start, hit.citation.end)
        return bool(shown_pieces(hit.citation.report_id, place, evidence))
    grades = prepared.qrels.get(query_id, {})
    report = hit.citation.report_id
    document = prepared.document_of.get(report, report)
    return max(grades.get(document, 0), grades.get(hit.passage_id, 0)) > 0

"""How is a system put through a judged set? Questions in, rankings and times out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.report import Span
from eval.judgements.credit import Evidence, credited
from eval.systems import System
from eval.types import JudgedSet, Query, Ranked, Run, Unit
from search_api.engine import Engine
from search_api.results import Hit

# As deep as recall is measured.
DEPTH = 100
# Questions asked before times are taken, of each language: dictionaries are read at the first.
_WARMING = 2

Asked = Callable[[int, int, str], None]  # done, total, name


@dataclass(frozen=True, slots=True)
class Trial:
    """What a system returned for every question of a set.

    `run` has the documents as they are judged (passages rewritten to the evidence they show, or
    gathered to their reports), `passages` is the run as it was: passage ids. `hits` are the first
    ones for people to read, `latency_ms` by query id.
    """

    run: Run
    passages: Run
    hits: Mapping[str, Sequence[Hit]]
    first_report: Mapping[str, str | None]
    latency_ms: Mapping[str, float]


def ask_all(
    engine: Engine,
    system: System,
    judged: JudgedSet,
    evidence: Mapping[str, Evidence],
    document_of: Mapping[str, str],
    depth: int = DEPTH,
    progress: Asked | None = None,
) -> Trial:
    """Ask every question, one after another, as a user would: nothing is batched.

    `evidence`: by query id, for sets judged by quotes; `document_of`: report id -> document id,
    for collections of documents.
    """
    asked = engine.with_settings(system.settings)
    for query in _warming(judged.queries):
        asked.search(query.text, top_k=depth, mode=system.mode)
    rankings: dict[str, list[Ranked]] = {}
    passages: dict[str, list[Ranked]] = {}
    hits: dict[str, Sequence[Hit]] = {}
    first: dict[str, str | None] = {}
    latency: dict[str, float] = {}
    for number, query in enumerate(judged.queries):
        if progress is not None:
            progress(number, len(judged.queries), query.query_id)
        started = time.perf_counter()
        result = asked.search(query.text, top_k=depth, mode=system.mode)
        latency[query.query_id] = 1000 * (time.perf_counter() - started)
        found = result.hits
        first[query.query_id] = found[0].citation.report_id if found else None
        hits[query.query_id] = found[:SHOWN]
        passages[query.query_id] = [Ranked(hit.passage_id, hit.score) for hit in found]
        rankings[query.query_id] = as_judged(
            [
                (hit.citation.report_id, Span(hit.citation.start, hit.citation.end), hit.score)
                for hit in found
            ],
            judged.unit,
            evidence.get(query.query_id),
            document_of,
        )
    if progress is not None:
        progress(len(judged.queries), len(judged.queries), "")
    return Trial(Run(system.name, rankings), Run(system.name, passages), hits, first, latency)


# Passages kept of each question, for the list of the worst.
SHOWN = 5

Found = tuple[str, Span, float]  # report id, where in it, score


def as_judged(
    found: Sequence[Found],
    unit: Unit,
    evidence: Evidence | None,
    document_of: Mapping[str, str],
) -> list[Ranked]:
    """A ranking of passages as a ranking of what was judged."""
    if unit is Unit.EVIDENCE and evidence is not None:
        return credited(found, evidence)
    if unit is Unit.REPORT:
        return by_report(found, document_of)
    return [Ranked(f"{report}:{span.start}-{span.end}", score) for report, span, score in found]


def by_report(found: Iterable[Found], document_of: Mapping[str, str]) -> list[Ranked]:
    """Documents in the order of their best passages."""
    best: dict[str, float] = {}
    for report, _, score in found:
        best.setdefault(document_of.get(report, report), score)
    return [Ranked(doc_id, score) for doc_id, score in best.items()]


def _warming(queries: Sequence[Query]) -> list[Query]:
    by_language: dict[str, list[Query]] = {}
    for query in queries:
        group = by_language.setdefault(query.language, [])
        if len(group) < _WARMING:
            group.append(query)
    return [query for group in by_language.values() for query in group]

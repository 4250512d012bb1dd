"""TREC files: qrels, topics and runs (trec_eval's layouts).

They are split at white space, which report ids may hold: in document ids white space and % are
written as in URLs (%20), and read back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

from eval.errors import JudgementError
from eval.judgements.beir import whole_number
from eval.judgements.files import checksum, identifier, lines_of
from eval.types import JudgedSet, Query, Ranked, Run, Unit

PASSAGE_ID = re.compile(r"(?P<report>.+):(?P<start>\d+)-(?P<end>\d+)")
_RUN_COLUMNS = "query Q0 document rank score tag"


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Query id, (ignored), document id, grade a line. Raises JudgementError naming the line."""
    qrels: dict[str, dict[str, int]] = {}
    for line, text in lines_of(path):
        cells = text.split()
        if len(cells) != 4:
            raise JudgementError(
                path, f"has {len(cells)} columns; wanted are: query 0 document grade", line
            )
        query, _, document, grade = cells
        document = unquote(document)
        grades = qrels.setdefault(query, {})
        if document in grades:
            raise JudgementError(path, f"{query!r} and {document!r} were judged before", line)
        grades[document] = whole_number(path, line, grade)
    if not qrels:
        raise JudgementError(path, "has no judgements")
    return qrels


def read_trec(path: Path, topics: Path) -> JudgedSet:
    """TREC qrels with their questions (id, tab, text a line). Raises JudgementError.

    Documents are passages if all ids look like `report:start-end`, else whole reports.
    """
    qrels = read_qrels(path)
    queries: dict[str, Query] = {}
    lines: dict[str, int] = {}
    for line, text in lines_of(topics):
        name, tab, question = text.partition("\t")
        if not tab or not question.strip():
            raise JudgementError(topics, "is not: id, tab, question", line)
        query_id = identifier(topics, line, name.strip())
        if query_id in queries:
            raise JudgementError(topics, f"the query {query_id!r} is there twice", line)
        queries[query_id] = Query(query_id, question.strip())
        lines[query_id] = line
    if missing := [query for query in qrels if query not in queries]:
        raise JudgementError(path, f"the query {missing[0]!r} is not in {topics}")
    documents = {document for grades in qrels.values() for document in grades}
    passages = all(PASSAGE_ID.fullmatch(document) for document in documents)
    return JudgedSet(
        name=path.stem,
        path=str(path),
        checksum=checksum([path, topics]),
        unit=Unit.PASSAGE if passages else Unit.REPORT,
        queries=tuple(query for query in queries.values() if query.query_id in qrels),
        qrels=qrels,
        lines=lines,
    )


def read_run(path: Path, judged: JudgedSet, known: Collection[str] | None = None) -> Run:
    """A run of another system: query, Q0, document, rank, score, tag a line.

    Ordered by score, then by rank. Raises JudgementError naming the line: wrong columns or
    numbers, a document twice, queries the set doesn't have, documents that aren't `known`.
    """
    asked = {query.query_id for query in judged.queries}
    found: dict[str, dict[str, tuple[float, int]]] = {}
    tag = path.stem
    for line, text in lines_of(path):
        cells = text.split()
        if len(cells) != 6:
            raise JudgementError(
                path, f"has {len(cells)} columns; wanted are: {_RUN_COLUMNS}", line
            )
        query, _, document, rank, score, tag = cells
        document = unquote(document)
        if query not in asked:
            raise JudgementError(
                path,
                f"the query {query!r} is not in {judged.path}: a run for other questions?",
                line,
            )
        if known is not None and document not in known:
            raise JudgementError(
                path,
                f"the document {document!r} is not in the index: a run for another corpus?",
                line,
            )
        ranked = found.setdefault(query, {})
        if document in ranked:
            raise JudgementError(path, f"{document!r} is there twice for {query!r}", line)
        ranked[document] = (_score(path, line, score), whole_number(path, line, rank))
    if not found:
        raise JudgementError(path, "is empty")
    rankings = {
        query: tuple(
            Ranked(document, score)
            for document, (score, _) in sorted(
                ranked.items(), key=lambda item: (-item[1][0], item[1][1])
            )
        )
        for query, ranked in found.items()
    }
    return Run(tag, rankings)


def write_run(run: Run, path: Path) -> None:
    """Write a TREC run, ranks from 1; the tag is the system's name without white space."""
    tag = "_".join(run.system.split())
    lines = [
        f"{query} Q0 {_written(each.doc_id)} {rank} {each.score:.6f} {tag}\n"
        for query, ranking in run.rankings.items()
        for rank, each in enumerate(ranking, start=1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def _written(doc_id: str) -> str:
    return re.sub(r"[\s%]", lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), doc_id)


def _score(path: Path, line: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise JudgementError(path, f"the score {text!r} is not a number", line)
    return value

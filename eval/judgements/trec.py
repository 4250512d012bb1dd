"""TREC files: qrels, topics and runs (trec_eval's layouts).

They are split at white space, which the ids of our reports may hold: in these, white space and %
are written as in URLs (%20). Ids are read as they stand in the file, for they may be anybody's;
what is written so is taken for one of our reports only if the index has it (`written_ids`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from eval.errors import JudgementError
from eval.judgements.beir import whole_number
from eval.judgements.files import checksum, identifier, lines_of
from eval.types import JudgedSet, Qrels, Query, Ranked, Run, Unit

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


def read_run(
    path: Path,
    judged: JudgedSet,
    known: Collection[str] | None = None,
    reports: Iterable[str] = (),
) -> Run:
    """A run of another system: query, Q0, document, rank, score, tag a line.

    Ordered by score, then by rank; `reports` are the ids of the index's. Raises JudgementError
    naming the line: wrong columns or numbers, a document twice, queries the set doesn't have,
    documents that aren't `known`.
    """
    written = written_ids(reports)
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
        document = _meant(document, written)
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
        ranked[document] = (
            _score(path, line, score),
            whole_number(path, line, rank, "rank"),
        )
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


def written_ids(reports: Iterable[str]) -> dict[str, str]:
    """What stands in TREC files for report ids with white space or % -> the report id."""
    return {written: report for report in reports if (written := _written(report)) != report}


def of_reports(judged: JudgedSet, reports: Iterable[str]) -> Qrels:
    """A set's qrels, with the ids of the index's reports where these are meant.

    Raises JudgementError: a report that was judged twice, as it is and as it is written.
    """
    written = written_ids(reports)
    found: dict[str, dict[str, int]] = {}
    for query, grades in judged.qrels.items():
        own = found.setdefault(query, {})
        for document, grade in grades.items():
            meant = _meant(document, written)
            if meant in own:
                raise JudgementError(judged.path, f"{query!r} and {meant!r} were judged twice")
            own[meant] = grade
    return found


def _meant(doc_id: str, written: Mapping[str, str]) -> str:
    """The document that an id in a file means: a report, a passage of one, or what it says."""
    passage = PASSAGE_ID.fullmatch(doc_id)
    if passage is not None and passage["report"] in written:
        return written[passage["report"]] + doc_id[passage.end("report") :]
    return written.get(doc_id, doc_id)


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

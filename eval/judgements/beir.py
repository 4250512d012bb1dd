"""BEIR folders: `corpus.jsonl`, `queries.jsonl`, `qrels/*.tsv`.

Thakur et al.: BEIR, A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval
Models, NeurIPS Datasets and Benchmarks 2021.
"""

from __future__ import annotations

from pathlib import Path

from eval.errors import JudgementError
from eval.judgements.files import checksum, identifier, json_lines, lines_of, string
from eval.types import Document, JudgedSet, Query, Unit

DEFAULT_SPLIT = "test"
_HEADER = ["query-id", "corpus-id", "score"]


def read_beir(folder: Path, split: str | None = None) -> JudgedSet:
    """Read a BEIR folder; queries without judgements in this split are left out, as BEIR does.

    Without a split, that of the only qrels file, else `test`. Raises JudgementError.
    """
    corpus, questions = folder / "corpus.jsonl", folder / "queries.jsonl"
    documents: dict[str, Document] = {}
    for line, row in json_lines(corpus):
        doc_id = identifier(corpus, line, string(corpus, line, row, "_id"))
        if doc_id in documents:
            raise JudgementError(corpus, f"the document {doc_id!r} is there twice", line)
        title = string(corpus, line, row, "title", "")
        text = string(corpus, line, row, "text", "")
        if not text.strip():
            text = title  # an article without an abstract, say; it may be relevant
        if not text.strip():
            raise JudgementError(corpus, f"the document {doc_id!r} has no text and no title", line)
        documents[doc_id] = Document(doc_id, text, title)
    if not documents:
        raise JudgementError(corpus, "has no documents")
    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in json_lines(questions):
        query_id = identifier(questions, line, string(questions, line, row, "_id"))
        if query_id in texts:
            raise JudgementError(questions, f"the query {query_id!r} is there twice", line)
        texts[query_id] = string(questions, line, row, "text")
        if not texts[query_id].strip():
            raise JudgementError(questions, f"the query {query_id!r} has no text", line)
        lines[query_id] = line
    if not texts:
        raise JudgementError(questions, "has no queries")
    path = _split_file(folder, split)
    qrels = _read_qrels(path, texts, documents)
    return JudgedSet(
        name=f"{folder.resolve().name}/{path.stem}",
        path=str(folder),
        checksum=checksum([corpus, questions, path]),
        unit=Unit.REPORT,
        queries=tuple(Query(query, texts[query]) for query in texts if query in qrels),
        qrels=qrels,
        documents=tuple(documents.values()),
        lines=lines,
    )


def _split_file(folder: Path, split: str | None) -> Path:
    found = {file.stem: file for file in sorted((folder / "qrels").glob("*.tsv"))}
    if not found:
        raise JudgementError(folder / "qrels", "has no .tsv file; relevance is read from there")
    if split is None:
        split = next(iter(found)) if len(found) == 1 else DEFAULT_SPLIT
    if split not in found:
        raise JudgementError(
            folder / "qrels", f"has no {split}.tsv; --split is one of {', '.join(found)}"
        )
    return found[split]


def _read_qrels(
    path: Path, queries: dict[str, str], documents: dict[str, Document]
) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, (line, text) in enumerate(lines_of(path)):
        cells = text.split("\t")
        if number == 0 and cells == _HEADER:
            continue
        if len(cells) != len(_HEADER):
            raise JudgementError(
                path, f"has {len(cells)} columns; wanted are {', '.join(_HEADER)} with tabs", line
            )
        query, document, grade = cells
        if query not in queries:
            raise JudgementError(path, f"the query {query!r} is not in queries.jsonl", line)
        if document not in documents:
            raise JudgementError(path, f"the document {document!r} is not in corpus.jsonl", line)
        grades = qrels.setdefault(query, {})
        if document in grades:
            raise JudgementError(path, f"{query!r} and {document!r} were judged before", line)
        grades[document] = whole_number(path, line, grade)
    if not qrels:
        raise JudgementError(path, "has no judgements")
    return qrels


def whole_number(path: Path, line: int, text: str, what: str = "grade") -> int:
    """A grade of relevance, or what the error calls it. Raises JudgementError."""
    try:
        return int(text)
    except ValueError:
        raise JudgementError(path, f"the {what} {text!r} is not a whole number", line) from None

"""Question sets in SQuAD's layout (CMRC 2018, DRCD): each paragraph is a passage to be found.

Rajpurkar et al.: SQuAD, 100,000+ Questions for Machine Comprehension of Text, EMNLP 2016.
Article titles are left out: they would give most questions away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.errors import JudgementError
from eval.judgements.files import checksum, identifier, string, text_of
from eval.types import Document, JudgedSet, Query, Unit


def read_squad(path: Path) -> JudgedSet:
    """Read a .json file; equal paragraphs are one document. Raises JudgementError naming where.

    Questions without a text are left out, and their number noted (CMRC 2018's trial set has two).
    """
    try:
        content = json.loads(text_of(path))
    except json.JSONDecodeError as error:
        raise JudgementError(path, f"is not valid JSON ({error.msg})", error.lineno) from error
    articles = content.get("data") if isinstance(content, dict) else None
    if not isinstance(articles, list):
        raise JudgementError(path, "has no list 'data'; SQuAD's layout is wanted")
    documents: dict[str, Document] = {}
    by_text: dict[str, str] = {}
    queries: dict[str, Query] = {}
    qrels: dict[str, dict[str, int]] = {}
    empty: list[str] = []
    for where, paragraph in _paragraphs(path, articles):
        text = _string(path, where, paragraph, "context")
        if not text.strip():
            raise JudgementError(path, f"{where}.context is empty")
        doc_id = by_text.get(text)
        if doc_id is None:
            doc_id = identifier(path, None, str(paragraph.get("id", where)), f"id of {where}")
            if doc_id in documents:
                raise JudgementError(
                    path, f"{where}: the id {doc_id!r} is that of another paragraph"
                )
            by_text[text] = doc_id
            documents[doc_id] = Document(doc_id, text)
        for place, question in _items(path, where, paragraph, "qas"):
            query_id = identifier(path, None, str(question.get("id", place)), f"id of {place}")
            if query_id in queries:
                raise JudgementError(
                    path, f"{place}: the id {query_id!r} is that of another question"
                )
            asked = _string(path, place, question, "question")
            if not asked.strip():
                empty.append(place)
                continue
            answers = tuple(
                _string(path, spot, answer, "text")
                for spot, answer in _items(path, place, question, "answers")
            )
            queries[query_id] = Query(query_id, asked, answers=tuple(dict.fromkeys(answers)))
            qrels[query_id] = {doc_id: 1}
    if not queries:
        raise JudgementError(path, "has no questions")
    return JudgedSet(
        name=path.stem,
        path=str(path),
        checksum=checksum([path]),
        unit=Unit.REPORT,
        queries=tuple(queries.values()),
        qrels=qrels,
        documents=tuple(documents.values()),
        notes=_left_out(empty),
    )


def _left_out(empty: list[str]) -> tuple[str, ...]:
    if not empty:
        return ()
    return (f"questions without a text are left out: {len(empty)}, the first {empty[0]}",)


def _paragraphs(path: Path, articles: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for number, article in enumerate(articles):
        if not isinstance(article, dict):
            raise JudgementError(path, f"data[{number}] is not an object")
        found.extend(_items(path, f"data[{number}]", article, "paragraphs"))
    return found


def _items(
    path: Path, where: str, holder: dict[str, Any], key: str
) -> list[tuple[str, dict[str, Any]]]:
    items = holder.get(key, [])
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise JudgementError(path, f"{where}.{key} must be a list of objects")
    return [(f"{where}.{key}[{number}]", each) for number, each in enumerate(items)]


def _string(path: Path, where: str, row: dict[str, Any], key: str) -> str:
    try:
        return string(path, None, row, key)
    except JudgementError as error:
        raise JudgementError(path, f"{where}: {str(error).partition(': ')[2]}") from error

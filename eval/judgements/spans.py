"""Our own layout: questions with the sentences that answer them, quoted.

`questions.jsonl`, a question a line: `id`, `report` (its id in the index), `kind` (number, wording,
list, unanswerable, or a word of your own), `question_zh`, `question_en` (either may be empty),
`answers`, `quotes` (sentences of the report), `named` (whether the question names the place).
Quotes are found by their text, so the set survives another way of cutting passages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from eval.errors import JudgementError
from eval.judgements.cells import CELLS, has_cells
from eval.judgements.files import checksum, identifier, json_lines, string, strings
from eval.types import UNANSWERABLE, JudgedSet, Query, Unit

FILE: Final = "questions.jsonl"
LANGUAGES: Final = ("zh", "en")


def read_spans(folder: Path) -> JudgedSet:
    """Read a folder's questions.jsonl: a query for each language a question is asked in.

    Query ids are `ID:zh` and `ID:en`. Raises JudgementError naming the line.
    """
    path = folder / FILE
    queries, lines = read_questions(path)
    return JudgedSet(
        name=folder.resolve().name,
        path=str(folder),
        # Cells that were judged otherwise make another set, as questions do.
        checksum=checksum([path, *([folder / CELLS] if has_cells(folder) else [])]),
        unit=Unit.EVIDENCE,
        queries=tuple(queries),
        lines=lines,
    )


def read_questions(path: Path) -> tuple[list[Query], dict[str, int]]:
    """The queries of a file of questions, and the line of each. Raises JudgementError naming the line."""
    queries: list[Query] = []
    lines: dict[str, int] = {}
    seen: dict[str, int] = {}
    for line, row in json_lines(path):
        name = identifier(path, line, string(path, line, row, "id"))
        if name in seen:
            raise JudgementError(path, f"the id {name!r} is that of line {seen[name]} too", line)
        seen[name] = line
        for query in _queries(path, line, name, row):
            queries.append(query)
            lines[query.query_id] = line
    if not queries:
        raise JudgementError(path, "has no questions; write one a line")
    return queries, lines


def _queries(path: Path, line: int, name: str, row: dict[str, Any]) -> list[Query]:
    kind = string(path, line, row, "kind")
    if not kind.strip():
        raise JudgementError(path, "'kind' is empty", line)
    quotes = strings(path, line, row, "quotes")
    if kind == UNANSWERABLE and quotes:
        raise JudgementError(path, "an unanswerable question has quotes; remove one of them", line)
    if kind != UNANSWERABLE and not quotes:
        raise JudgementError(
            path, f"has no quotes; quote the sentence, or make it {UNANSWERABLE!r}", line
        )
    named = row.get("named")
    if named is not None and not isinstance(named, bool):
        raise JudgementError(path, f"'named' must be true or false, not {named!r}", line)
    asked = {
        language: string(path, line, row, f"question_{language}", "").strip()
        for language in LANGUAGES
    }
    if not any(asked.values()):
        raise JudgementError(path, "has neither 'question_zh' nor 'question_en'", line)
    return [
        Query(
            query_id=f"{name}:{language}",
            text=text,
            language=language,
            kind=kind,
            named=named,
            report_id=string(path, line, row, "report"),
            answers=strings(path, line, row, "answers"),
            quotes=quotes,
        )
        for language, text in asked.items()
        if text
    ]

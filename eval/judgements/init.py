"""How does a table of questions become a judged set? `govsearch eval init`."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from eval.errors import JudgementError
from eval.judgements.files import identifier, text_of
from eval.judgements.quotes import QuotedText, folded
from eval.judgements.spans import FILE
from eval.types import UNANSWERABLE

REQUIRED: Final = ("question", "report", "quote")
OPTIONAL: Final = ("question_en", "kind", "answers", "id", "named")
_ANSWER_BREAK = re.compile(r"[、;；]")
_SENTENCE_END = re.compile(r"(?<=[。！？；\n])")
_YES, _NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")
_NEAREST = 60  # characters of the nearest sentence that a message shows


@dataclass(frozen=True, slots=True)
class NotFound:
    """A quote that is not in its report. `line` counts from 1 in the table."""

    line: int
    question: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class InitSummary:
    """How many questions were written, and what kept others out."""

    written: int
    not_found: tuple[NotFound, ...]


@dataclass(slots=True)
class _Asked:
    line: int
    row: dict[str, str]
    quotes: list[str] = field(default_factory=list)
    complete: bool = True


def init(
    table: Path,
    out: Path,
    texts: Mapping[str, str],
    *,
    places: Mapping[str, Sequence[str]],
    force: bool = False,
) -> InitSummary:
    """Write `questions.jsonl` to the folder `out` from a table (see `govsearch eval init --help`).

    `texts`: the reports' texts by id; `places`: names of their places, to see whether a question
    names one. Questions with a quote that isn't in the report are left out and listed. Raises
    JudgementError: a table that can't be read, an unknown report, a file that is there already.
    """
    target = out / FILE
    if target.exists() and not force:
        raise JudgementError(target, "is there already; --force replaces it")
    asked: dict[tuple[str, str], _Asked] = {}
    not_found: list[NotFound] = []
    ready: dict[str, QuotedText] = {}
    for line, row in _rows(table):
        report, quote = row["report"], row["quote"]
        if report not in texts:
            nearest = difflib.get_close_matches(report, texts, n=3, cutoff=0.3)
            advice = f"; did you mean {', '.join(nearest)}?" if nearest else ""
            raise JudgementError(table, f"no report {report!r} is in the index{advice}", line)
        each = asked.setdefault((row["question"], report), _Asked(line, row))
        if not quote:
            continue
        text = ready.setdefault(report, QuotedText(texts[report]))
        if text.find(quote):
            each.quotes.append(quote)
        else:
            each.complete = False
            reason = f"the quote is not in {report}"
            if near := nearest_sentence(texts[report], quote):
                reason += f"; nearest there: {near!r}"
            not_found.append(NotFound(line, row["question"], quote, reason))
    if not asked:
        raise JudgementError(table, "has no questions; write one a row")
    rows = _numbered(table, [each for each in asked.values() if each.complete], places)
    out.mkdir(parents=True, exist_ok=True)
    target.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return InitSummary(len(rows), tuple(not_found))


def nearest_sentence(text: str, quote: str) -> str:
    """The report's sentence that is most like a quote, cut to 60 characters; "" if none is."""
    sentences: list[tuple[float, str]] = []
    wanted = folded(quote)
    for sentence in _SENTENCE_END.split(text):
        own = folded(sentence)
        matcher = difflib.SequenceMatcher(None, wanted, own, autojunk=False)
        # The quick bound first: exact comparison of every sentence takes seconds.
        if own and matcher.quick_ratio() > 0.5:
            sentences.append((matcher.ratio(), sentence.strip()))
    return max(sentences, default=(0.0, ""))[1][:_NEAREST]


def _rows(table: Path) -> list[tuple[int, dict[str, str]]]:
    content = text_of(table)
    head = content.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(content, newline=""), delimiter="\t" if "\t" in head else ",", strict=True
    )
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip().lower() for cell in cells]
                _check_columns(table, columns)
                continue
            if len(cells) != len(columns):
                raise JudgementError(
                    table, f"has {len(cells)} cells; the header has {len(columns)}", first
                )
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            if not row["question"]:
                raise JudgementError(table, "the question is empty", first)
            rows.append((first, {**dict.fromkeys(OPTIONAL, ""), **row}))
    except csv.Error as error:
        raise JudgementError(table, f"is no valid csv: {error}", reader.line_num) from error
    return rows


def _check_columns(table: Path, columns: Sequence[str]) -> None:
    known = (*REQUIRED, *OPTIONAL)
    if missing := [name for name in REQUIRED if name not in columns]:
        raise JudgementError(
            table, f"has no column {missing[0]!r}; columns are {', '.join(known)}", 1
        )
    if unknown := [name for name in columns if name not in known]:
        raise JudgementError(table, f"the column {unknown[0]!r} is none of {', '.join(known)}", 1)


def _numbered(
    table: Path, asked: Sequence[_Asked], places: Mapping[str, Sequence[str]]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    ids: dict[str, int] = {}
    for number, each in enumerate(asked, start=1):
        row = each.row
        name = identifier(table, each.line, row["id"] or f"q{number:03}")
        if name in ids:
            raise JudgementError(
                table, f"the id {name!r} is that of line {ids[name]} too", each.line
            )
        ids[name] = each.line
        answers = [part.strip() for part in _ANSWER_BREAK.split(row["answers"]) if part.strip()]
        kind = row["kind"] or _kind(answers, each.quotes)
        if (kind == UNANSWERABLE) == bool(each.quotes):
            raise JudgementError(
                table,
                f"{kind!r} with {len(each.quotes)} quotes: an unanswerable question has"
                " none, any other at least one",
                each.line,
            )
        rows.append(
            {
                "id": name,
                "report": row["report"],
                "kind": kind,
                "question_zh": "" if row["question"].isascii() else row["question"],
                "question_en": row["question"] if row["question"].isascii() else row["question_en"],
                "answers": answers,
                "quotes": each.quotes,
                "named": _named(table, each, places.get(row["report"], ())),
            }
        )
    return rows


def _kind(answers: Sequence[str], quotes: Sequence[str]) -> str:
    if not quotes:
        return UNANSWERABLE
    if len(answers) > 1:
        return "list"
    return "number" if any(char.isdigit() for answer in answers for char in answer) else "wording"


def _named(table: Path, asked: _Asked, names: Sequence[str]) -> bool:
    said = asked.row["named"].lower()
    if said in _YES or said in _NO:
        return said in _YES
    if said:
        raise JudgementError(table, f"named is yes or no, not {said!r}", asked.line)
    return any(name in asked.row["question"] for name in names if name)

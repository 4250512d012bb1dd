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
from search_api.questions.question import Language, language_of

REQUIRED: Final = ("question", "report", "quote")
OPTIONAL: Final = ("question_en", "kind", "answers", "id", "named")
_ANSWER_BREAK = re.compile(r"[、;；]")
_SENTENCE_END = re.compile(r"(?<=[。！？；\n])")
_YES, _NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")
_NEAREST = 60  # characters of the nearest sentence that a message shows


@dataclass(frozen=True, slots=True)
class NotFound:
    """A row whose report or quote is not there. `line` counts from 1 in the table."""

    line: int
    question: str
    quote: str
    reason: str

    def __str__(self) -> str:
        """For people: the line, what is wrong, the quote."""
        said = f"line {self.line}: {self.reason}"
        return f"{said}: {self.quote!r}" if self.quote else said


@dataclass(frozen=True, slots=True)
class InitSummary:
    """How many questions were written, and what kept others out."""

    written: int
    not_found: tuple[NotFound, ...]


@dataclass(slots=True)
class _Asked:
    """One question of one report, gathered from all its rows; `line` and `row` are the first."""

    line: int
    row: dict[str, str]
    zh: str
    en: str
    answers: list[str] = field(default_factory=list)
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
    names one. Questions with an unknown report, or with a quote that isn't in the report, are left
    out and listed. Raises JudgementError: a table that can't be read, a row that contradicts
    itself, no question that can be used, a file that is there already.
    """
    target = out / FILE
    if target.exists() and not force:
        raise JudgementError(target, "is there already; --force replaces it")
    rows = _rows(table)
    if not rows:
        raise JudgementError(table, "has no questions; write one a row")
    asked, not_found = _asked(table, rows, texts)
    written = _numbered(table, [each for each in asked if each.complete], places)
    if not written:
        raise JudgementError(
            table, "\n".join(["has no question that can be used:", *map(str, not_found)])
        )
    out.mkdir(parents=True, exist_ok=True)
    target.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written), encoding="utf-8"
    )
    return InitSummary(len(written), tuple(not_found))


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


def _asked(
    table: Path, rows: Sequence[tuple[int, dict[str, str]]], texts: Mapping[str, str]
) -> tuple[list[_Asked], list[NotFound]]:
    """The questions about known reports in the table's order, and the rows that name no text."""
    asked: dict[tuple[str, str], _Asked] = {}
    not_found: list[NotFound] = []
    ready: dict[str, QuotedText] = {}
    for line, row in rows:
        question, report, quote = row["question"], row["report"], row["quote"]
        zh, en = _by_language(table, line, row)
        if report not in texts:
            not_found.append(NotFound(line, question, quote, _unknown(report, texts)))
            continue
        each = asked.setdefault((question, report), _Asked(line, row, zh, en))
        each.en = each.en or en
        answers = (part.strip() for part in _ANSWER_BREAK.split(row["answers"]))
        each.answers += [part for part in answers if part and part not in each.answers]
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
            not_found.append(NotFound(line, question, quote, reason))
    return list(asked.values()), not_found


def _unknown(report: str, texts: Mapping[str, str]) -> str:
    nearest = difflib.get_close_matches(report, texts, n=3, cutoff=0.3)
    advice = f"; did you mean {', '.join(nearest)}?" if nearest else ""
    return f"no report {report!r} is in the index{advice}"


def _by_language(table: Path, line: int, row: Mapping[str, str]) -> tuple[str, str]:
    """The Chinese and the English question of a row, "" where it has none.

    `question` is in the language that search takes it for. If that is English, `question_en` has
    nothing to add: raises JudgementError if it says something else.
    """
    question, english = row["question"], row["question_en"]
    if language_of(question) is Language.ZH:
        return question, english
    if english not in ("", question):
        raise JudgementError(
            table,
            "'question' is English already, and 'question_en' is another; leave one of them empty",
            line,
        )
    return "", question


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
                _check_columns(table, first, columns)
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


def _check_columns(table: Path, line: int, columns: Sequence[str]) -> None:
    known = (*REQUIRED, *OPTIONAL)
    if missing := [name for name in REQUIRED if name not in columns]:
        raise JudgementError(
            table, f"has no column {missing[0]!r}; columns are {', '.join(known)}", line
        )
    if unknown := [name for name in columns if name not in known]:
        raise JudgementError(
            table, f"the column {unknown[0]!r} is none of {', '.join(known)}", line
        )
    if repeated := [name for n, name in enumerate(columns) if name in columns[:n]]:
        raise JudgementError(table, f"the column {repeated[0]!r} is there twice", line)


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
        kind = row["kind"] or _kind(each.answers, each.quotes)
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
                "question_zh": each.zh,
                "question_en": each.en,
                "answers": each.answers,
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

"""What do sentences and table rows state, judged by reading? (`judged/statements/README.md` has the layout.)"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from corpus.report import Span
from eval.errors import JudgementError
from eval.judgements.files import json_lines, string, strings

# The fields that are lists of texts, each of which is right.
LISTED: Final = ("unit", "bound", "aspect", "period", "sense", "scope")
_HASH: Final = 12


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """One statement. `figure` and the pieces of `what` are offsets from its sentence's start; of every field
    each alternative is right.
    """

    figure: Span
    values: tuple[tuple[Decimal, Decimal], ...]
    what: tuple[tuple[Span, ...], ...]
    listed: Mapping[str, tuple[str, ...]]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence or a row of a table, and everything it states. `group`: the file it is from, without `.jsonl`."""

    group: str
    report_id: str
    span: Span
    hash: str
    statements: tuple[JudgedStatement, ...]


def hash_of(sentence: str) -> str:
    """What a sentence is known by without its text."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:_HASH]


def read_statements(folder: Path) -> list[JudgedSentence]:
    """All judged sentences of a folder's `*.jsonl`. Raises JudgementError."""
    found: list[JudgedSentence] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line, row in json_lines(path):
            said = row.get("statements")
            if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
                raise JudgementError(path, "'statements' must be a list of objects", line)
            found.append(
                JudgedSentence(
                    path.stem,
                    string(path, line, row, "report"),
                    _span(path, line, [row.get("start"), row.get("end")]),
                    string(path, line, row, "hash"),
                    tuple(_statement(path, line, each) for each in said),
                )
            )
    if not found:
        raise JudgementError(folder, "has no judged statements (*.jsonl)")
    return found


def _statement(path: Path, line: int, row: dict[str, Any]) -> JudgedStatement:
    what = row.get("what")
    if not isinstance(what, list) or not all(isinstance(each, list) for each in what):
        raise JudgementError(path, "'what' must be a list of lists of spans", line)
    # An empty unit is one: a figure without any. `strings` would refuse it.
    units = row.get("unit")
    if not isinstance(units, list) or not all(isinstance(each, str) for each in units):
        raise JudgementError(path, f"'unit' must be a list of texts, not {units!r}", line)
    rest = {key: strings(path, line, row, key) for key in LISTED if key != "unit"}
    listed = {"unit": tuple(units), **rest}
    empty = [key for key, alternatives in listed.items() if not alternatives]
    if empty:
        raise JudgementError(path, f"{empty[0]!r} is missing", line)
    return JudgedStatement(
        _span(path, line, row.get("figure")),
        tuple(_value(path, line, each) for each in strings(path, line, row, "value")),
        tuple(tuple(_span(path, line, piece) for piece in each) for each in what),
        listed,
        row.get("optional") is True,
    )


def _span(path: Path, line: int, pair: object) -> Span:
    match pair:
        case [int(start), int(end)] if start < end:
            return Span(start, end)
    raise JudgementError(path, f"{pair!r} is no span of two whole numbers, the lesser first", line)


def _value(path: Path, line: int, text: str) -> tuple[Decimal, Decimal]:
    low, _, high = text.partition("..")
    try:
        return Decimal(low), Decimal(high or low)
    except InvalidOperation as error:
        raise JudgementError(path, f"{text!r} is no value", line) from error

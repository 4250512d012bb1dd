"""`govsearch eval agreement`: do questions, comparisons and stored statements say the same of a judged cell?

A reader who asks, one who compares and one who looks through what a report states must get the same figure, or
the same silence. Where they don't, one of the ways is wrong, whatever the judgement says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import typer

from corpus.statements.statement import Statement
from eval.errors import JudgementError
from eval.judgements.cells import NOT_STATED, STATED, Cell, read_cells
from eval.judgements.quotes import QuotedText
from eval.judgements.read import read_judgements
from eval.measures.answers import normal
from eval.measures.cells import measure_cell
from eval.places import SAMPLE_QUESTIONS, open_corpus
from search_api.answering.answerer import ask
from search_api.answering.reasons import called
from search_api.answering.types import Answer
from search_api.cli.terminal_output import print_json, progress_bars
from search_api.comparing.table.comparison import compare
from search_api.comparing.table.selection import choose
from search_api.engine import Engine
from search_api.questions.question import Language, language_of

# The ways to what a report says, and the judged cell itself.
ASKED: Final = "asked"  # the place is named in the question
OF_REPORT: Final = "of the report"  # the report is chosen beside the question
COMPARED: Final = "compared"
STORED: Final = "stored"  # the judged figure is among the report's stored statements
WAYS: Final = (ASKED, OF_REPORT, COMPARED)
_SILENT: Final = "—"


@dataclass(frozen=True, slots=True)
class Way:
    """What one way gives: the figure as it is written, None for silence, and the report that says it.

    `elsewhere`: another report of the same place says it, so that nothing is known of this one.
    """

    value: str | None
    report_id: str = ""
    elsewhere: bool = False

    def agrees(self, other: Way) -> bool:
        """Whether both are silent, or give the same figure."""
        if self.value is None or other.value is None:
            return self.value is other.value
        return normal(self.value) == normal(other.value)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A judged cell and what the ways make of it. `stored` None: the cell states nothing."""

    cell: Cell
    ways: Mapping[str, Way]
    stored: bool | None

    @property
    def agree(self) -> bool:
        """Whether all ways that tell of this report say the same."""
        first = self.ways[COMPARED]
        return all(each.elsewhere or each.agrees(first) for each in self.ways.values())

    def right(self, name: str) -> bool | None:
        """Whether a way gives what was judged; None where it tells of another report of the place."""
        way = self.ways[name]
        if way.elsewhere:
            return None
        if way.report_id not in ("", self.cell.report_id):
            return False
        status = STATED if way.value is not None else NOT_STATED
        given = Cell(self.cell.report_id, self.cell.topic, status, way.value or "")
        return measure_cell(self.cell, given)["right"] == 1.0


@dataclass(slots=True)
class Agreement:
    """All cells that were put; `left_out`: those of reports that the index doesn't have."""

    cells: list[Agreed] = field(default_factory=list)
    left_out: int = 0

    def counts(self) -> dict[str, int]:
        """How many cells agree, how many a way tells of and how many of these are right."""
        found = {
            "cells": len(self.cells),
            "agree": sum(each.agree for each in self.cells),
            "stated": sum(each.stored is not None for each in self.cells),
            STORED: sum(each.stored is True for each in self.cells),
            "left out": self.left_out,
        }
        for way in WAYS:
            known = [right for each in self.cells if (right := each.right(way)) is not None]
            found |= {f"told {way}": len(known), f"right {way}": sum(known)}
        return found


def agreement(
    judgements: Path | None, data: Path | None, *, topics: Path | None, as_json: bool
) -> None:
    """`govsearch eval agreement`: raises GovsearchError."""
    folder = judgements or SAMPLE_QUESTIONS
    cells = read_cells(folder)
    if topics is not None:
        cells = in_other_words(cells, read_topics(topics))
    judged = read_judgements(folder)
    with progress_bars() as progress, open_corpus(judged, data, progress) as engine:
        found = judge_agreement(engine, cells)
    if as_json:
        print_json(
            {"counts": found.counts(), "disagreements": [_as_dict(each) for each in _odd(found)]}
        )
        return
    typer.echo(render(found))


def judge_agreement(engine: Engine, cells: Sequence[Cell]) -> Agreement:
    """Put every cell in all ways; those of reports that the index hasn't are left out."""
    known = {info.report_id for info in engine.reports()}
    found = Agreement(left_out=sum(cell.report_id not in known for cell in cells))
    for cell in cells:
        if cell.report_id in known:
            found.cells.append(_put(engine, cell))
    return found


def _put(engine: Engine, cell: Cell) -> Agreed:
    asked, place = _question(engine, cell)
    return Agreed(
        cell,
        {
            ASKED: _of_answer(engine, ask(engine, asked, region=place), cell),
            OF_REPORT: _of_answer(engine, ask(engine, asked, report_id=cell.report_id), cell),
            COMPARED: _compared(engine, cell),
        },
        _stored(engine, cell),
    )


def _question(engine: Engine, cell: Cell) -> tuple[str, str | None]:
    """The topic with its place, as people ask; the place beside it where English has no name for it."""
    region, language = engine.report(cell.report_id).metadata.region, language_of(cell.topic)
    if region is None:
        return cell.topic, None
    place = called(region, language)
    if language is Language.ZH:
        return f"{place}{cell.topic}", None
    if language_of(place) is Language.ZH:
        return cell.topic, region.name
    return f"{place} {cell.topic}", None


def _compared(engine: Engine, cell: Cell) -> Way:
    (row,) = compare(engine, cell.topic, choose(engine, [cell.report_id])).rows
    return Way(row.value, cell.report_id) if row.stated else Way(None)


def _of_answer(engine: Engine, answer: Answer, cell: Cell) -> Way:
    if answer.answer is None:
        return Way(None)
    for found in answer.findings:
        if found.report_id == cell.report_id:
            return Way(found.answer, found.report_id)
    report = answer.said[0].citation.report_id
    place, own = (engine.report(each).metadata.region for each in (report, cell.report_id))
    return Way(answer.answer, report, report != cell.report_id and place == own)


def _stored(engine: Engine, cell: Cell) -> bool | None:
    """Whether a stored statement of the judged sentence has the judged figure."""
    if cell.status != STATED:
        return None
    text = engine.text(cell.report_id)
    places = QuotedText(text).find(cell.quote)
    stated = [each for group in engine.statements(cell.report_id).values() for each in group]
    return any(
        place.start <= each.quantity.span.start < place.end and _says(text, each, cell.value)
        for place in places
        for each in stated
    )


def _says(text: str, statement: Statement, value: str) -> bool:
    """Whether a statement's figure is the judged one: 下降3.6% is judged, 3.6% with a sign is stored."""
    written = (statement.quantity.span.of(text), statement.quantity.about.of(text))
    return any(normal(each) in normal(value) for each in written)


def read_topics(path: Path) -> dict[str, str]:
    """A table of topics and the same in other words: topic, tab, topic. Raises JudgementError."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        topic, tab, other = line.partition("\t")
        if not tab or not other.strip():
            raise JudgementError(path, "a topic, a tab and the topic in other words", number)
        found[topic.strip()] = other.strip()
    return found


def in_other_words(cells: Sequence[Cell], topics: Mapping[str, str]) -> list[Cell]:
    """The cells whose topics are told in other words, with these."""
    return [
        Cell(each.report_id, topics[each.topic], each.status, each.value, each.quote, each.line)
        for each in cells
        if each.topic in topics
    ]


def render(found: Agreement) -> str:
    """Counts, then each cell on which the ways disagree."""
    counts = found.counts()
    lines = [f"{'all ways agree':<20} {counts['agree']} of {counts['cells']} cells"]
    lines += [
        f"{f'right {way}':<20} {counts[f'right {way}']} of {counts[f'told {way}']}" for way in WAYS
    ]
    lines.append(f"{STORED:<20} {counts[STORED]} of {counts['stated']} that state a figure")
    if found.left_out:
        lines.append(f"left out: {found.left_out} cells of reports that the index doesn't have")
    odd = _odd(found)
    if odd:
        lines += ["", "Not the same in all ways, or not stored:"]
    for each in odd:
        gold = each.cell.value if each.cell.status == STATED else _SILENT
        said = ", ".join(
            f"{way} {each.ways[way].value or _SILENT}"
            for way in WAYS
            if not each.ways[way].elsewhere
        )
        missing = ", not stored" if each.stored is False else ""
        lines.append(f"{each.cell.report_id}  {each.cell.topic}  judged {gold}: {said}{missing}")
    return "\n".join(lines)


def _odd(found: Agreement) -> list[Agreed]:
    return [each for each in found.cells if not each.agree or each.stored is False]


def _as_dict(each: Agreed) -> dict[str, Any]:
    return {
        "report": each.cell.report_id,
        "topic": each.cell.topic,
        "judged": each.cell.value if each.cell.status == STATED else None,
        "ways": {way: asdict(each.ways[way]) for way in WAYS},
        "right": {way: each.right(way) for way in WAYS},
        "stored": each.stored,
    }

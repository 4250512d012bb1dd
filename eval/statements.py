"""`govsearch eval statements`: what sentences state, against what the system reads in an index's reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typer

from corpus.statements.report_statements import report_statements
from corpus.statements.statement import Statement
from eval.judgements.statements import JudgedSentence, hash_of, read_statements
from eval.measures.statements import FIELDS, NAMED, Miss, Tally, measure_sentence
from search_api.cli.terminal_output import print_json
from search_api.engine import Engine, data_folder, open_index

JUDGED: Final = Path(str(files("eval").joinpath("judged", "statements")))
ALL: Final = "all"
# How much of the text is shown before and behind a figure that went wrong.
_AROUND: Final = 24


@dataclass(slots=True)
class Judged:
    """What came of it: counts by file of judgements and over all, and what went wrong.

    `no_report`, `other_text`: judged sentences left out because the index hasn't their report, or other text there.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    no_report: int = 0
    other_text: int = 0


def statements(judgements: Path | None, data: Path | None, *, misses: bool, as_json: bool) -> None:
    """`govsearch eval statements`: raises GovsearchError."""
    sentences = read_statements(judgements or JUDGED)
    with open_index(data_folder(data)) as engine:
        judged = judge_statements(engine, sentences)
        shown = _shown(engine, judged.misses) if misses or as_json else []
    if as_json:
        print_json(_as_dict(judged, shown))
        return
    typer.echo(render(judged))
    for each in shown if misses else ():
        typer.echo(
            f"{each['report']} {each['at']} {each['field']}: {each['labelled'] or '-'} -> "
            f"{each['given'] or '-'}    {each['text']}"
        )


def judge_statements(engine: Engine, sentences: Sequence[JudgedSentence]) -> Judged:
    """Compare the system's statements with the judged ones, report by report."""
    known = {info.report_id for info in engine.reports()}
    judged = Judged()
    read: dict[str, list[Statement]] = {}
    for sentence in sentences:
        report = sentence.report_id
        if report not in known:
            judged.no_report += 1
            continue
        text = engine.text(report)
        if hash_of(sentence.span.of(text)) != sentence.hash:
            judged.other_text += 1
            continue
        if report not in read:
            read[report] = list(_read(engine, report))
        tally, misses = measure_sentence(text, sentence, read[report])
        for group in (sentence.group, ALL):
            judged.tallies.setdefault(group, Tally()).add(tally)
        judged.misses += misses
    return judged


def render(judged: Judged) -> str:
    """A table, a line a measure and a column a file of judgements."""
    groups = sorted(judged.tallies, key=lambda group: (group == ALL, group))
    tallies = [judged.tallies[group] for group in groups]
    lines = ["".join(f"{head:<14}" for head in ("", *groups)).rstrip()]

    def line(name: str, cells: Sequence[str]) -> None:
        lines.append("".join(f"{each:<14}" for each in (name, *cells)).rstrip())

    line("sentences", [str(each.sentences) for each in tallies])
    line("labelled", [str(each.labelled) for each in tallies])
    line("missed", [str(each.missed) for each in tallies])
    line("made up", [str(each.made_up) for each in tallies])
    for name in FIELDS:
        line(name, [_share(each.right[name], each.matched) for each in tallies])
        if name == "what":
            line(f"  {NAMED}", [_share(each.right[NAMED], each.matched) for each in tallies])
    line("whole record", [_share(each.whole, each.labelled) for each in tallies])
    lines.append("")
    lines.append("Fields are of the statements that are there, whole records of all labelled.")
    lines.append(
        "named: what it is of is named, maybe beside other things; right is named without them."
    )
    if judged.no_report or judged.other_text:
        lines.append(
            f"Left out: {judged.no_report} sentences of reports that the index doesn't have, "
            f"{judged.other_text} whose text is another there."
        )
    return "\n".join(lines)


def _read(engine: Engine, report: str) -> Sequence[Statement]:
    info = engine.report(report)
    return tuple(
        report_statements(
            engine.text(report), info.metadata, engine.outline(report), engine.passages(report)
        )
    )


def _shown(engine: Engine, misses: Sequence[Miss]) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = []
    for each in misses:
        text, at = engine.text(each.report_id), each.figure
        before = text[max(0, at.start - _AROUND) : at.start]
        marked = f"{before}[{at.of(text)}]{text[at.end : at.end + _AROUND]}"
        shown.append(
            {
                "group": each.group,
                "report": each.report_id,
                "at": str(at.start),
                "field": each.field,
                "labelled": each.labelled,
                "given": each.given,
                "text": " ".join(marked.split()),
            }
        )
    return shown


def _as_dict(judged: Judged, shown: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {
        "groups": {
            group: {
                "sentences": each.sentences,
                "labelled": each.labelled,
                "matched": each.matched,
                "missed": each.missed,
                "made_up": each.made_up,
                "whole": each.whole,
                "right": {name: each.right[name] for name in (*FIELDS, NAMED)},
            }
            for group, each in judged.tallies.items()
        },
        "no_report": judged.no_report,
        "other_text": judged.other_text,
        "misses": list(shown),
    }


def _share(right: int, of: int) -> str:
    return f"{right / of:.3f} {right}/{of}" if of else "-"

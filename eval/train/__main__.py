"""What the readers ship with is learned here.

`python -m eval.train operations QUESTIONS.jsonl …`: which kind of answer a question wants.
`python -m eval.train values QUESTIONS.jsonl … --data INDEX`: which figure answers.
`python -m eval.train spans QUESTIONS.jsonl … --data INDEX`: which sentence answers, which name, which date.
`python -m eval.train lexicon PARALLEL.tsv`: the Chinese words of English phrases, from aligned sentences.

Questions are files in the layout of `questions.jsonl`, or folders with one (and cells). Reports that are to stay
unseen are left out with `--without`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Annotated, Final

import typer

from corpus.places.regions import load_gazetteer
from eval.judgements.spans import FILE, read_questions
from eval.train.cells import questions_of_cells
from eval.train.lexicon import learn, read_pairs, table
from eval.train.operations import OPERATION_OF_KIND, Form, fit_operations
from eval.train.spans import fit_spans, sentence_examples, span_examples
from eval.train.values import (
    MADE_WEIGHT,
    PENALTY,
    REFUSED,
    Outcome,
    examples,
    fit,
    left_out,
    limits_of,
)
from eval.types import Query
from search_api import open_index
from search_api.answering.reading.sentence_reader import MODEL as SENTENCE_MODEL
from search_api.answering.reading.span_reader import MODELS as NAMES_AND_DATES
from search_api.answering.reading.value_features import FEATURES
from search_api.answering.reading.value_reader import MODEL
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.questions.operation import MODEL_FILE, form_features
from search_api.questions.plan import Operation
from search_api.questions.question import Language, language_of, understand
from search_api.retrieval.learned import NAME

_DATA = Path(__file__).parents[2] / "search_api" / "data"
VALUES = _DATA / f"{MODEL}.json"
OPERATIONS = _DATA / MODEL_FILE
WORDS = _DATA / NAME
# The readers of words, and the kind of judged question each learns from; none: every kind told in words.
SPAN_MODELS: Final = {
    SENTENCE_MODEL: "",
    NAMES_AND_DATES[Operation.NAME]: "name",
    NAMES_AND_DATES[Operation.DATE]: "date",
}
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Sets = Annotated[list[Path], typer.Argument(metavar="QUESTIONS")]
Without = Annotated[
    list[str] | None, typer.Option(help="A report whose questions are not learned from.")
]


@app.callback()
def models() -> None:
    """Make what the reader ships with."""


@app.command()
def operations(
    sets: Sets,
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = OPERATIONS,
    without: Without = None,
) -> None:
    """Learn which kind of answer a question wants, from questions whose kind is known."""
    gazetteer = load_gazetteer()
    models = {}
    for language in Language:
        forms = [
            Form(
                form_features(understand(query.text, gazetteer, ())),
                OPERATION_OF_KIND[query.kind],
                query.report_id,
            )
            for query in _queries(sets, without)
            if query.kind in OPERATION_OF_KIND and language_of(query.text) is language
        ]
        model = fit_operations(forms)
        models[language.value] = {"biases": model.biases, "weights": model.weights}
        typer.echo(f"{language.value}: {len(forms)} questions")
    _write(out, {"models": models})


@app.command()
def values(
    sets: Sets,
    data: Annotated[Path, typer.Option(help="The index of their reports.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = VALUES,
    without: Without = None,
) -> None:
    """Learn which figure answers, from judged questions with quotes, and from judged cells."""
    models = {}
    with open_index(data) as engine:
        queries = _queries(sets, without)
        known = {info.report_id for info in engine.reports()} - set(without or ())
        for folder in sets:
            if folder.is_dir():
                queries += [q for q in questions_of_cells(folder, known) if q.report_id in known]
        for language in Language:
            own = [each for each in queries if language_of(each.text) is language]
            given = examples(engine, own, DEFAULT_ANSWERS)
            outcomes = left_out(given)
            limits = limits_of(outcomes, REFUSED[language.value])
            model = fit(given)
            models[language.value] = {
                "weights": dict(zip(FEATURES, model.weights, strict=True)),
                "nothing": model.nothing,
                "limit": limits[False],
                "limit_outright": limits[True],
                "learned": {"questions": len(given), "penalty": PENALTY, "made": MADE_WEIGHT},
            }
            typer.echo(f"{language.value}, reports left out in turn, limits {limits}:")
            for line in summary(outcomes, limits):
                typer.echo("  " + line)
    _write(out, {"models": models})


@app.command()
def spans(
    sets: Sets,
    data: Annotated[Path, typer.Option(help="The index of their reports.")],
    folder: Annotated[Path, typer.Option(help="Where the weights are written.")] = _DATA,
    without: Without = None,
) -> None:
    """Learn which sentence answers, and which name or date in it."""
    with open_index(data) as engine:
        queries = _queries(sets, without)
        for name, kind in SPAN_MODELS.items():
            models = {}
            for language in Language:
                own = [each for each in queries if language_of(each.text) is language]
                given = (
                    span_examples(engine, own, DEFAULT_ANSWERS, kind)
                    if kind
                    else sentence_examples(engine, own, DEFAULT_ANSWERS)
                )
                model = fit_spans(given, kind)
                models[language.value] = {
                    "weights": dict(zip(model.features, model.weights, strict=True)),
                    "nothing": model.nothing,
                    "limit": model.limit,
                    "learned": {"questions": len(given)},
                }
                typer.echo(f"{name}, {language.value}: {len(given)} questions")
            _write(folder / f"{name}.json", {"models": models})


def _queries(sets: list[Path], without: list[str] | None) -> list[Query]:
    """The questions of files, or of folders' files, but for those on reports that stay unseen."""
    unseen = set(without or ())
    files = [each / FILE if each.is_dir() else each for each in sets]
    return [
        query
        for file in files
        for query in read_questions(file)[0]
        if query.report_id not in unseen
    ]


def _write(out: Path, stored: dict[str, object]) -> None:
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"written: {out}")


@app.command()
def lexicon(
    parallel: Annotated[Path, typer.Argument(metavar="PARALLEL.tsv")],
    out: Annotated[Path, typer.Option(help="Where the words are written.")] = WORDS,
    without: Annotated[
        list[int] | None, typer.Option(help="Leave a year out, to measure with its report.")
    ] = None,
) -> None:
    """Learn the Chinese words of English phrases, from a table with the columns year, zh, en."""
    try:
        rows = read_pairs(parallel, without or ())
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if not rows:
        raise typer.BadParameter(f"{parallel.name} has no sentences")
    lines = learn((chinese, english) for _, chinese, english in rows)
    out.write_text(table(lines, {year for year, _, _ in rows}), encoding="utf-8")
    typer.echo(f"{len(lines)} phrases of {len(rows)} sentences; written: {out}")


def summary(outcomes: list[Outcome], limits: dict[bool, float]) -> list[str]:
    """One line a kind: how many have the right figure first, are answered, and rightly."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups[each.query.kind].append(each)
    return [
        f"{kind:12} {len(group):4} asked, {sum(o.right for o in group):4} right figure first, "
        f"{sum(o.silence <= limits[o.outright] for o in group):4} answered, "
        f"{sum(o.right and o.silence <= limits[o.outright] for o in group):4} rightly"
        for kind, group in sorted(groups.items())
    ]


if __name__ == "__main__":
    app()

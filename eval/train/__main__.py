"""`python -m eval.train figures JUDGED [JUDGED ...] --data INDEX [--data INDEX ...]`,
`python -m eval.train lexicon PARALLEL.tsv`

The first learns the weights of the reader of figures from judged sets, one index each (one for all if only one
is given), says how it does on reports it has not seen, and writes the weights. The second learns the
Chinese words of English phrases from aligned sentences.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer

from eval.judgements.read import read_judgements
from eval.train.cells import questions_of_cells
from eval.train.figures import MADE_WEIGHT, PENALTY, Example, Outcome, examples, fit, left_out
from eval.train.lexicon import learn, read_pairs, table
from search_api import open_index
from search_api.answering.match import FEATURES
from search_api.answering.reader import FIGURES
from search_api.answering.settings import DEFAULT_ANSWERS
from search_api.retrieval.learned import NAME

_DATA = Path(__file__).parents[2] / "search_api" / "data"
SHIPPED = _DATA / f"{FIGURES}.json"
WORDS = _DATA / NAME
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def models() -> None:
    """Make what the reader ships with."""


@app.command()
def figures(
    sets: Annotated[list[Path], typer.Argument(metavar="JUDGED")],
    data: Annotated[list[Path], typer.Option(help="The index of each judged set.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = SHIPPED,
    silence: Annotated[
        float, typer.Option(help="Refuse above this probability.")
    ] = DEFAULT_ANSWERS.silence,
) -> None:
    """Learn which figure answers, from judged questions with quotes, and from judged cells."""
    if len(data) not in (1, len(sets)):
        raise typer.BadParameter(f"{len(sets)} judged sets need one --data or {len(sets)}")
    given: list[Example] = []
    for path, folder in zip(sets, data * len(sets) if len(data) == 1 else data, strict=True):
        with open_index(folder) as engine:
            given += examples(engine, read_judgements(path).queries, DEFAULT_ANSWERS)
            cells = questions_of_cells(path, engine)
            given += examples(engine, cells, DEFAULT_ANSWERS, within_report=True)
    typer.echo(f"{len(given)} questions for figures; each report judged without its own questions:")
    for line in summary(left_out(given, silence)):
        typer.echo("  " + line)
    model = fit(given)
    stored = {
        "weights": dict(zip(FEATURES, model.weights, strict=True)),
        "nothing": model.nothing,
        "learned": {"questions": len(given), "penalty": PENALTY, "made_weight": MADE_WEIGHT},
    }
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


def summary(outcomes: list[Outcome]) -> list[str]:
    """One line a language and kind: how many were answered, and rightly."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups[each.query.language, each.query.kind].append(each)
    return [
        f"{language} {kind:12} {len(group):3} asked, {sum(o.answered for o in group):3} answered, "
        f"{sum(o.right for o in group):3} rightly"
        for (language, kind), group in sorted(groups.items())
    ]


if __name__ == "__main__":
    app()

"""`govsearch eval`: judging a system on questions with known answers. The work is in `eval/*`.

The whole command line starts here, because imports point one way: `search_api` knows nothing of
`eval`. Commands import what they need when they run.
"""

# ruff: noqa: PLC0415 - see above
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.options import Data, Judgements, Settings, Split, Systems, Topics
from search_api.cli.command_line import app, main
from search_api.cli.options import Json

__all__ = ["app", "main"]

evaluation = typer.Typer(
    name="eval",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Judge the system on questions with known answers, yours or the samples'.\n\n"
        "\b\n"
        "  govsearch eval run                          the samples' questions on the samples\n"
        "  govsearch eval init questions.csv --out my  make a judged set of your own\n"
        "  govsearch eval run my --data DIR            judge your index with it\n"
        "  govsearch eval compare A.json B.json        what a change did, and if it is chance\n"
        "  govsearch eval gate --baseline A.json       fail if it got worse\n"
        "  govsearch eval statements --data DIR        what sentences state, field by field\n"
        "  govsearch eval agreement --data DIR         do all ways to a figure say the same\n\n"
        "Exit status: 0 done, 1 worse than the baseline (gate) or reports or quotes not "
        "found (init), 2 bad input."
    ),
)
app.add_typer(evaluation, name="eval")


@evaluation.command()
def init(
    table: Annotated[Path, typer.Argument(metavar="CSV", show_default=False)],
    out: Annotated[Path, typer.Option(help="The folder to write questions.jsonl to.")],
    data: Data = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing one.")] = False,
    as_json: Json = False,
) -> None:
    """Make a judged set from a table of questions, and say which quotes the reports don't have.

    The table (csv, tab or comma) has the columns question, report and quote, and may have
    question_en, kind (number, list, wording, unanswerable), answers (separated by 、 or ;), id and
    named (yes or no). A question with several quotes has several rows, whose answers are joined; one
    without a quote is one that the report doesn't answer. A question without Chinese characters is
    English and needs no question_en. Quotes are found by their text, so a judged set survives
    another way of cutting passages.

    \b
    Examples:
      govsearch eval init questions.csv --out judged/mine
      govsearch eval init questions.csv --out judged/mine --data data/counties --force

    Exit status: 0, 1 if some reports or quotes were not found (the other questions are written),
    2 for bad input, or if no question is left.
    """
    from eval import commands

    commands.init(table, out, data, force=force, as_json=as_json)


@evaluation.command()
def run(
    judgements: Judgements = None,
    data: Data = None,
    system: Systems = None,
    settings: Settings = None,
    runs: Annotated[
        list[Path] | None,
        typer.Option("--run", help="A TREC run of another system, to stand beside ours."),
    ] = None,
    answers: Annotated[
        list[Path] | None,
        typer.Option(help="Answers to the questions, as JSON lines, to be judged too."),
    ] = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask",
            help="Judge our own answers too; of SQuAD sets the reader alone, given the paragraph.",
        ),
    ] = False,
    tables: Annotated[
        bool,
        typer.Option(
            "--compare", help="Judge our own comparison tables too, by the set's compare.jsonl."
        ),
    ] = False,
    cells: Annotated[
        list[Path] | None,
        typer.Option(help="Rows of comparisons, as JSON lines, to be judged by compare.jsonl."),
    ] = None,
    topics: Topics = None,
    split: Split = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write result.json, report.md, report.html and a TREC run a system to this folder. "
            "[default: a new one in evaluations in the index folder, which the page of serve shows; "
            "of the samples and of collections in the cache nothing is written]",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask every question of a judged set and measure what comes back.

    Judgements that bring their own texts (BEIR, SQuAD) are indexed first, into --data or the user's
    cache; indexing them again costs a hash. With ours, and with TREC qrels, the index in --data is
    asked; with none given, the samples are indexed into the cache and asked.

    \b
    Examples:
      govsearch eval run
      govsearch eval run judged/mine --out results/today
      govsearch eval run judged/mine --system hybrid --system hybrid:fusion=rrf
      govsearch eval run cmrc2018_dev.json --system lexical --system dense --system hybrid
      govsearch eval run judged/mine --run other-system.trec
      govsearch eval run judged/mine --ask --compare

    Exit status: 0, 2 for bad input.
    """
    from eval import commands

    commands.run(
        judgements,
        data,
        systems=system or [],
        settings=settings or [],
        runs=runs or [],
        answers=answers or [],
        cells=cells or [],
        ask=ask,
        tables=tables,
        topics=topics,
        split=split,
        out=out,
        as_json=as_json,
    )


@evaluation.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A.json", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="B.json", show_default=False)],
    system_before: Annotated[
        str | None, typer.Option("--system-a", help="Which system of A. [default: the first]")
    ] = None,
    system_after: Annotated[
        str | None,
        typer.Option(
            "--system-b", help="Which system of B. [default: that of A's name, else the first]"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare two results: differences with intervals, and whether they may be chance.

    Both must be of the same judged set and the same corpus.

    \b
    Examples:
      govsearch eval compare before/result.json after/result.json

    Exit status: 0, 2 for bad input.
    """
    from eval import commands

    commands.compare(before, after, system_before, system_after, as_json=as_json)


@evaluation.command()
def gate(
    judgements: Judgements = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            help="A result of eval run. [default: that of the samples]", show_default=False
        ),
    ] = None,
    data: Data = None,
    system: Annotated[
        str | None,
        typer.Option(help="The system to judge. [default: hybrid+rerank]", show_default=False),
    ] = None,
    settings: Settings = None,
    update: Annotated[
        bool,
        typer.Option("--update", help="Write the result as the new baseline instead of comparing."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Judge the system again and fail if it is significantly worse than a baseline.

    Search is judged, and answers and comparison tables if the baseline has them. A loss counts when a paired
    randomisation test makes chance unlikely (p < .05), in all questions or in those of one language.

    \b
    Examples:
      govsearch eval gate
      govsearch eval gate judged/mine --baseline results/release/result.json
      govsearch eval gate judged/mine --baseline baseline.json --update

    Exit status: 0, 1 for a significant loss, 2 for bad input.
    """
    from eval import commands

    commands.gate(
        judgements, baseline, data, system, settings or [], update=update, as_json=as_json
    )


@evaluation.command()
def statements(
    judgements: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="A folder of judged statements (*.jsonl). [default: those that come with it]",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List everything that is wrong, with its text.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Compare what sentences and table rows state with what the system reads in them, field by field.

    Judged sentences whose report the index doesn't have, or has with other text, are left out and counted.

    Exit status: 0, 2 for bad input.
    """
    from eval.statements import statements as judge

    judge(judgements, data, misses=misses, as_json=as_json)


@evaluation.command()
def agreement(
    judgements: Annotated[
        Path | None,
        typer.Argument(
            metavar="[JUDGED]",
            help="A folder with questions.jsonl and compare.jsonl. [default: the samples']",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    topics: Annotated[
        Path | None,
        typer.Option(
            help="A table of topics and the same in other words (topic, tab, topic): these are put "
            "instead, to see if English topics get what Chinese ones do.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put every judged cell as a question, as a comparison and to the stored statements, and say where they differ.

    A question that names only the place may be answered by another of its reports: then it says nothing of
    this one, and isn't compared.

    Exit status: 0, 2 for bad input.
    """
    from eval.agreement import agreement as compare_ways

    compare_ways(judgements, data, topics=topics, as_json=as_json)


if __name__ == "__main__":
    main()

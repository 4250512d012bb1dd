"""What the commands of `govsearch eval` do: read, ask, measure, write."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import typer

from corpus.errors import GovsearchError
from eval.ask import ASK, judge_ask
from eval.collection import document_ids
from eval.compare import compare as compare_results
from eval.compare import render_comparison
from eval.evaluation import (
    Evaluation,
    JudgementsStamp,
    SystemResult,
    read_evaluation,
    slim,
    write_evaluation,
)
from eval.gate import gate as check_gate
from eval.gate import has_answers, has_tables
from eval.judge import judge_run, judge_system, prepare
from eval.judgements.cells import has_cells
from eval.judgements.init import init as init_judged
from eval.judgements.read import read_judgements
from eval.judgements.trec import read_run, write_run
from eval.measures.outline import judge_outlines
from eval.others import judge_answers, judge_cells
from eval.places import (
    SAMPLE_BASELINE,
    SAMPLE_QUESTIONS,
    corpus_stamp,
    kept_in,
    open_corpus,
)
from eval.report import html, markdown
from eval.runner import Asked
from eval.systems import DEFAULT_SYSTEM, parse_system
from eval.tables import TABLES, judge_tables
from eval.types import JudgedSet, Run, Unit
from search_api.cli.terminal_output import notify, print_json, progress_bars
from search_api.engine import Engine, data_folder, open_index
from search_api.questions.question import short_name


def init(table: Path, out: Path, data: Path | None, *, force: bool, as_json: bool) -> None:
    """`govsearch eval init`: raises typer.Exit(1) if reports or quotes were not found,
    GovsearchError.
    """
    with open_index(data_folder(data)) as engine:
        texts = {info.report_id: engine.text(info.report_id) for info in engine.reports()}
        places = {
            info.report_id: (region.name, short_name(region.name))
            for info in engine.reports()
            if (region := info.metadata.region) is not None
        }
    summary = init_judged(table, out, texts, places=places, force=force)
    if as_json:
        print_json(asdict(summary))
    else:
        typer.echo(f"{summary.written} questions written to {out}")
        for each in summary.not_found:
            notify(f"{table}: {each}")
    if summary.not_found:
        raise typer.Exit(1)


def run(
    judgements: Path | None,
    data: Path | None,
    *,
    systems: Sequence[str],
    settings: Sequence[str],
    runs: Sequence[Path],
    answers: Sequence[Path],
    cells: Sequence[Path],
    ask: bool,
    tables: bool,
    topics: Path | None,
    split: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """`govsearch eval run`: raises GovsearchError."""
    chosen = [parse_system(spec, settings) for spec in systems or (DEFAULT_SYSTEM,)]
    if len({each.name for each in chosen}) < len(chosen):
        raise GovsearchError("--system: the same system is named twice")
    judged = _read(judgements, topics=topics, split=split)
    with progress_bars() as progress, open_corpus(judged, data, progress) as engine:
        prepared = prepare(judged, engine, document_ids(judged.documents))
        reports = [info.report_id for info in engine.reports()]
        external = [
            (path, read_run(path, judged, _known(judged, engine), reports)) for path in runs
        ]
        judged_runs: list[Run] = []
        results: list[SystemResult] = []
        for system in chosen:
            with asking(system.name) as asked:
                result, returned = judge_system(engine, system, prepared, asked)
            results.append(result)
            judged_runs.append(returned)
        results += [judge_run(other, prepared, path) for path, other in external]
        if ask:
            with asking(ASK) as asked:
                results.append(judge_ask(engine, judged, prepared.document_of, asked))
        if tables:
            with asking(TABLES) as asked:
                results.append(judge_tables(engine, judged, asked))
        results += [judge_answers(path, judged) for path in answers]
        results += [judge_cells(path, judged) for path in cells]
        evaluation = _stamped(judged, engine, results)
    if as_json:
        print_json(evaluation.model_dump(mode="json"))
    else:
        typer.echo(markdown.summary(evaluation))
    if out is None and (kept := kept_in(judged, data)) is not None:
        out = kept / datetime.fromisoformat(evaluation.created).strftime("%Y%m%dT%H%M%SZ")
    if out is not None:
        _write(evaluation, judged_runs, out)
        notify(f"written to {out}: result.json, report.md, report.html, *.trec")


def compare(
    before: Path,
    after: Path,
    system_before: str | None,
    system_after: str | None,
    *,
    as_json: bool,
) -> None:
    """`govsearch eval compare`: raises GovsearchError."""
    comparison = compare_results(
        read_evaluation(before), read_evaluation(after), system_before, system_after
    )
    if as_json:
        print_json(asdict(comparison))
    else:
        typer.echo(render_comparison(comparison))


def gate(
    judgements: Path | None,
    baseline: Path | None,
    data: Path | None,
    system: str | None,
    settings: Sequence[str],
    *,
    update: bool,
    as_json: bool,
) -> None:
    """`govsearch eval gate`: raises typer.Exit(1) for a significant loss, GovsearchError."""
    if baseline is None:
        if judgements is not None:
            raise GovsearchError("--baseline: give the result.json of an earlier eval run")
        baseline = SAMPLE_BASELINE
    before = None if update else read_evaluation(baseline)  # before minutes are spent
    judged = _read(judgements)
    asked_for = parse_system(system or DEFAULT_SYSTEM, settings)
    with progress_bars() as progress, open_corpus(judged, data, progress) as engine:
        prepared = prepare(judged, engine, document_ids(judged.documents))
        with asking(asked_for.name) as asked:
            results = [judge_system(engine, asked_for, prepared, asked)[0]]
        # Answers are judged where a baseline of them is there, or is to be.
        if judged.unit is Unit.EVIDENCE and (before is None or has_answers(before)):
            with asking(ASK) as asked:
                results.append(judge_ask(engine, judged, prepared.document_of, asked))
        # So are comparison tables.
        if has_cells(Path(judged.path)) and (before is None or has_tables(before)):
            with asking(TABLES) as asked:
                results.append(judge_tables(engine, judged, asked))
        now = _stamped(judged, engine, results)
    if before is None:
        write_evaluation(slim(now), baseline)
        typer.echo(f"baseline written to {baseline}")
        return
    found = check_gate(before, now)
    if as_json:
        print_json(asdict(found))
    else:
        for each in found.checked:
            change = each.difference
            typer.echo(
                f"{'LOSS' if each in found.losses else 'ok':<5} {each.where:<14} {each.measure:<14}"
                f" {change.mean:+.4f} ({change.low:+.4f} to {change.high:+.4f}), p {change.p:.3f}"
            )
        typer.echo("passed" if found.passed else "failed: significantly worse than the baseline")
    if not found.passed:
        raise typer.Exit(1)


@contextmanager
def asking(system: str) -> Iterator[Asked]:
    """A progress bar over the questions of one system on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    # rich takes a tenth of a second to import, only a terminal needs it.
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(transient=True) as bars:
        task = bars.add_task(system)

        def show(done: int, total: int, name: str) -> None:
            bars.update(task, completed=done, total=total, description=f"{system} {name}")

        yield show


def _read(
    judgements: Path | None, *, topics: Path | None = None, split: str | None = None
) -> JudgedSet:
    """The judgements, else the samples'; says what of them was left out."""
    judged = read_judgements(judgements or SAMPLE_QUESTIONS, topics=topics, split=split)
    for note in judged.notes:
        notify(f"{judged.path}: {note}")
    return judged


def _known(judged: JudgedSet, engine: Engine) -> set[str] | None:
    """The documents a run may name; None where passages are cut as the other system likes."""
    if judged.unit is Unit.EVIDENCE:
        return None
    if judged.documents:
        return {document.doc_id for document in judged.documents}
    if judged.unit is Unit.REPORT:
        return {info.report_id for info in engine.reports()}
    return None


def _stamped(judged: JudgedSet, engine: Engine, results: Sequence[SystemResult]) -> Evaluation:
    outlines = Path(judged.path) / "outline.jsonl"
    return Evaluation(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("govsearch"),
        commit=_commit(),
        command=shlex.join(["govsearch", *sys.argv[1:]]),
        judgements=JudgementsStamp(
            name=judged.name,
            path=judged.path,
            checksum=judged.checksum,
            queries=len(judged.queries),
        ),
        corpus=corpus_stamp(engine),
        systems=tuple(results),
        outline=judge_outlines(outlines, engine.outline) if outlines.is_file() else {},
    )


def _write(evaluation: Evaluation, runs: Sequence[Run], out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_evaluation(evaluation, out / "result.json")
        (out / "report.md").write_text(markdown.render(evaluation), encoding="utf-8")
        (out / "report.html").write_text(html.render(evaluation), encoding="utf-8")
        for each in runs:
            name = "".join(
                char if char.isalnum() or char in "+=._-" else "_" for char in each.system
            )
            write_run(each, out / f"{name}.trec")
    except OSError as error:
        raise GovsearchError(f"--out: {out} can't be written: {error.strerror}") from error


def _commit() -> str:
    """The commit the code is of, with + if files were changed; "" outside a checkout."""
    root = Path(__file__).resolve().parents[1]
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        return commit + ("+" if _git(root, "status", "--porcelain", "-uno") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""  # installed from a package, or git isn't there: the version says what it is


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

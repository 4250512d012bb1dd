"""The command `compare`: the table, the wording, the outlines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import typer

from search_api.cli.comparison_output import (
    show_coverage,
    show_notices,
    show_outlines,
    show_table,
    show_wording,
)
from search_api.cli.terminal_output import notify, print_json
from search_api.comparing.comparison_types import Comparison, Sort
from search_api.comparing.outlines.outline_comparison import compare_outlines
from search_api.comparing.outlines.outline_types import OutlineComparison
from search_api.comparing.table.comparison import compare, in_order
from search_api.comparing.table.selection import Chosen, choose, years_of
from search_api.comparing.wording.wording_comparison import compare_wording
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.engine import Engine, checked_question, data_folder, open_index
from search_api.errors import BadRequestError

_CSV: Final = ".csv"
_JSON: Final = ".json"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports were asked for on the command line."""

    report_ids: list[str] | None
    regions: list[str] | None
    years: str | None
    kind: str | None

    def of(self, engine: Engine) -> Chosen:
        """The reports. Raises as `choose` and `years_of` do."""
        years = None if self.years is None else years_of(self.years)
        return choose(engine, self.report_ids or None, self.regions or None, years, self.kind)


def refuse_both() -> NoReturn:
    """`govsearch compare --wording --outline`."""
    raise BadRequestError("wording", "--wording and --outline are two comparisons: choose one")


def compare_table(
    topic: str | None,
    data: Path | None,
    choice: Choice,
    *,
    sort: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """`govsearch compare TOPIC`: raises typer.Exit(1) if no report states it, GovsearchError."""
    if topic is None:
        raise BadRequestError("TOPIC", "say what is compared, or use --wording or --outline")
    checked_question(topic, "TOPIC")  # before an index is opened for nothing
    write = _writer(out)
    with open_index(data_folder(data)) as engine:
        comparison = in_order(compare(engine, topic, choice.of(engine)), Sort(sort))
        if write is not None:
            write(comparison, None)
        if as_json:
            print_json(_table_json(comparison))
        elif write is None:
            show_table(engine, comparison)
        else:
            show_coverage(comparison)
    if not comparison.stated:
        raise typer.Exit(1)


def compare_wordings(
    topic: str | None,
    data: Path | None,
    choice: Choice,
    *,
    sort: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """`govsearch compare --wording`: raises typer.Exit(1) if no report has the topic.

    A file has the table too, in the order of `sort`.
    """
    if topic is not None:
        checked_question(topic, "TOPIC")
    if out is not None and out.suffix.lower() == _CSV:
        raise BadRequestError(
            "out",
            "CSV has the table only: name a .xlsx, .md, .html or .json, or leave --wording out",
        )
    if topic is None and out is not None and out.suffix.lower() != _JSON:
        raise BadRequestError("out", "whole reports are written as .json only; or name a TOPIC")
    write = _writer(out)
    with open_index(data_folder(data)) as engine:
        chosen = choice.of(engine)
        words = compare_wording(engine, topic, chosen)
        if write is not None:
            table = None if topic is None else compare(engine, topic, chosen)
            write(in_order(table, Sort(sort)) if table else None, words)
        if as_json:
            print_json(_wording_json(words))
        elif write is None:
            show_wording(engine, words)
        else:
            show_notices(words)
    if len(words.silent) == len(words.reports):
        raise typer.Exit(1)


def compare_outline(
    topic: str | None, data: Path | None, choice: Choice, *, out: Path | None, as_json: bool
) -> None:
    """`govsearch compare --outline`."""
    if topic is not None:
        raise BadRequestError("TOPIC", "outlines are compared whole: leave the topic out")
    if out is not None and out.suffix.lower() not in (".csv", ".md", _JSON):
        raise BadRequestError("out", f"{out.name!r}: outlines are written as .csv, .md or .json")
    with open_index(data_folder(data)) as engine:
        reports = choice.of(engine).reports
        if len(reports) != 2:
            raise BadRequestError(
                "report", f"outlines of two reports are compared, not of {len(reports)}"
            )
        compared = compare_outlines(engine, reports[0].report_id, reports[1].report_id)
        if out is not None:
            _write(out, _outline_bytes(compared, out.suffix.lower()))
        if as_json:
            print_json(_outline_json(compared))
        elif out is None:
            show_outlines(compared)


Write = Callable[[Comparison | None, WordingComparison | None], None]


def _writer(out: Path | None) -> Write | None:
    """What writes the file; a bad name is refused before anything is compared."""
    if out is None:
        return None
    if out.suffix.lower() == _JSON:

        def write_json(comparison: Comparison | None, words: WordingComparison | None) -> None:
            value = _wording_json(words) if words is not None else _table_json(comparison)
            text = json.dumps(value, ensure_ascii=False, indent=2)
            _write(out, (text + "\n").encode("utf-8"))

        return write_json
    # openpyxl and jinja2 take a while to import; only files need them.
    from search_api.exporting.files import format_of, rendered  # noqa: PLC0415

    format = format_of(out, [_JSON])

    def write_file(comparison: Comparison | None, words: WordingComparison | None) -> None:
        if comparison is not None:
            _write(out, rendered(comparison, format, words))

    return write_file


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise BadRequestError(
            "out", f"{out}: {problem}. Name a file in a folder that is there"
        ) from error
    notify(f"written: {out}")


def _outline_bytes(compared: OutlineComparison, ending: str) -> bytes:
    from search_api.exporting.csv_file import file_bytes  # noqa: PLC0415
    from search_api.exporting.outline_file import (  # noqa: PLC0415
        outline_csv,
        outline_markdown,
    )

    if ending == ".csv":
        return file_bytes(outline_csv(compared))
    if ending == ".md":
        return outline_markdown(compared).encode("utf-8")
    return (json.dumps(_outline_json(compared), ensure_ascii=False, indent=2) + "\n").encode()


# pydantic is slow to import; only JSON needs it.
def _table_json(comparison: Comparison | None) -> Any:
    from search_api.shapes.comparison_shapes import compare_out  # noqa: PLC0415

    return None if comparison is None else compare_out(comparison).model_dump(mode="json")


def _wording_json(words: WordingComparison) -> Any:
    from search_api.shapes.wording_shapes import wording_out  # noqa: PLC0415

    return wording_out(words).model_dump(mode="json")


def _outline_json(compared: OutlineComparison) -> Any:
    from search_api.shapes.wording_shapes import outline_comparison_out  # noqa: PLC0415

    return outline_comparison_out(compared).model_dump(mode="json", exclude_unset=True)

"""How comparisons look in a terminal."""

from __future__ import annotations

from typing import Final

import typer

from corpus.report import Citation
from search_api.cli.terminal_output import line_of, notify
from search_api.comparing.comparison_types import Comparison, Piece, Row
from search_api.comparing.outlines.outline_types import OutlineComparison, Place
from search_api.comparing.wording.wording_types import Revision, WordingComparison
from search_api.engine import Engine
from search_api.exporting.amounts import change_text
from search_api.questions.question import Language

# How long the longest bar of a table is.
_BAR: Final = 24
# Of a long list the first ones are shown, and told how many more there are; --json and --out have all.
_SHOWN: Final = 12
_MEMBERS: Final = 4
# What is left of each list, in Chinese and in English.
_REST: Final = {
    "phrases": ("个共用词语", "shared phrases"),
    "groups": ("组共同表述", "shared wordings"),
    "sentences": ("句", "sentences"),
    "particular": ("句独有表述", "particular sentences"),
    "changed": ("句改动", "changed sentences"),
    "new": ("句新增", "new sentences"),
    "dropped": ("句删去", "dropped sentences"),
}
_SIGNS: Final = {Place.MATCHED: "=", Place.MOVED: "~", Place.LEFT_ONLY: "<", Place.RIGHT_ONLY: ">"}


def show_coverage(comparison: Comparison) -> None:
    """How many of the reports state it, and what is to be noticed, on the error output."""
    chinese = comparison.topic.language is Language.ZH
    asked, stated = len(comparison.rows), comparison.stated
    notify(
        f"{asked}份报告中有{stated}份说明。"
        if chinese
        else f"Stated in {stated} of {asked} reports."
    )
    for notice in comparison.notices:
        notify(notice)


def show_table(engine: Engine, comparison: Comparison) -> None:
    """Every row: the figure with a bar, the sentence and its place; or why there is none."""
    show_coverage(comparison)
    widest = max(
        (
            abs(float(row.measured.middle))
            for row in comparison.rows
            if row.measured is not None and row.measured.comparable
        ),
        default=0.0,
    )
    for row in comparison.rows:
        _show_row(engine, comparison, row, widest)


def _show_row(engine: Engine, comparison: Comparison, row: Row, widest: float) -> None:
    chinese = comparison.topic.language is Language.ZH
    if not row.stated:
        missing = "未说明" if chinese else "not stated"
        typer.echo(f"{typer.style(row.name, bold=True)}  — {missing}: {row.reason}")
        if row.nearest is not None:
            nearest = "最接近" if chinese else "nearest"
            typer.echo(typer.style(f"   {nearest}: {_one_line(row.nearest.quote)}", dim=True))
        typer.echo()
        return
    marks = []
    if row.announced:
        marks.append("目标" if chinese else "target")
    if row.measured is not None and row.measured.outlier:
        marks.append("离群" if chinese else "outlier")
    if row.measured is not None and not row.measured.comparable:
        marks.append("单位不同" if chinese else "another unit")
    if row.mentions:
        marks.append(f"{row.mentions}句" if chinese else f"{row.mentions} sentences")
    shown = "  ".join(part for part in (row.value or "", *marks) if part)
    bar = ""
    if widest and row.measured is not None and row.measured.comparable:
        bar = "  " + "▇" * max(1, round(_BAR * abs(float(row.measured.middle)) / widest))
    typer.echo(f"{typer.style(row.name, bold=True)}  {shown}{bar}")
    if row.citation is not None:
        typer.echo(f"   “{_one_line(row.citation.quote)}”")
        typer.echo(typer.style(f"   {_where(engine, row.citation)}", dim=True))
    typer.echo()


def show_notices(words: WordingComparison) -> None:
    """What is to be noticed, and who says nothing of it, on the error output."""
    for notice in words.notices:
        notify(notice)
    if words.silent:
        names = "、".join(words.silent)
        chinese = _language(words) is Language.ZH
        notify(f"没有说到的报告：{names}" if chinese else f"Reports that don't say it: {names}")


def show_wording(engine: Engine, words: WordingComparison) -> None:
    """What is usual, what is one report's own, and what a place changed."""
    language = _language(words)
    show_notices(words)
    for each in words.phrases[:_SHOWN]:
        typer.echo(f"{each.reports}/{each.of}  {each.phrase}")
    _show_rest(len(words.phrases) - _SHOWN, "phrases", language)
    if words.phrases:
        typer.echo()
    # Of whole reports there are hundreds of both; what a place changed says most of them.
    shown = _SHOWN if words.topic is not None or not words.revisions else 0
    for group in words.groups[:shown]:
        typer.echo(
            typer.style(f"{group.reports}/{group.of}  {_one_line(group.wording)}", bold=True)
        )
        others = [m for n, m in enumerate(group.members) if n != group.typical]
        for member in others[:_MEMBERS]:
            typer.echo(f"   {member.citation.report_id}: {_marked(member.pieces)}")
        _show_rest(len(others) - _MEMBERS, "sentences", language, indent="   ")
        typer.echo()
    _show_rest(len(words.groups) - shown, "groups", language)
    for own in words.particular[:shown]:
        named = "、".join(own.phrases)
        title = typer.style(own.citation.report_id, bold=True)
        typer.echo(f"{title}  {named}" if named else title)
        typer.echo(f"   “{_one_line(own.citation.quote)}”")
        typer.echo(typer.style(f"   {_where(engine, own.citation)}", dim=True))
        typer.echo()
    _show_rest(len(words.particular) - shown, "particular", language)
    for revision in words.revisions:
        _show_revision(revision, language)


def _language(words: WordingComparison) -> Language:
    """The topic's; of whole reports, the reports' own."""
    return words.topic.language if words.topic is not None else Language.ZH


def _show_rest(left: int, what: str, language: Language, indent: str = "") -> None:
    """That a list was cut, by how many, and where all of it is."""
    if left <= 0:
        return
    zh, en = _REST[what]
    told = (
        f"……另有{left}{zh}，用 --json 或 --out 可看全部"
        if language is Language.ZH
        else f"... {left} more of the {en}: --json or --out has all"
    )
    typer.echo(indent + typer.style(told, dim=True))


def _show_revision(revision: Revision, language: Language) -> None:
    chinese = language is Language.ZH
    counts = (
        f"未变{revision.kept}句，改动{len(revision.changed)}句，新增{len(revision.new)}句，"
        f"删去{len(revision.dropped)}句"
        if chinese
        else f"{revision.kept} kept, {len(revision.changed)} changed, {len(revision.new)} new, "
        f"{len(revision.dropped)} dropped"
    )
    typer.echo(typer.style(f"{revision.earlier} → {revision.later}: {counts}", bold=True))
    for changed in revision.changed[:_SHOWN]:
        typer.echo(f"   - {_marked(changed.before_pieces)}")
        typer.echo(f"   + {_marked(changed.after_pieces)}")
        for figure in changed.figures:
            typer.echo(f"       {change_text(figure, language)}")
    _show_rest(len(revision.changed) - _SHOWN, "changed", language, indent="   ")
    for sign, what, sentences in (
        ("+", "new", revision.new),
        ("-", "dropped", revision.dropped),
    ):
        for citation in sentences[:_SHOWN]:
            typer.echo(f"   {sign} {_one_line(citation.quote)}")
        _show_rest(len(sentences) - _SHOWN, what, language, indent="   ")
    typer.echo()


def show_outlines(compared: OutlineComparison) -> None:
    """Both outlines side by side: = matched, ~ moved, < and > only on that side."""
    counts = ", ".join(f"{compared.count(place)} {place.value}" for place in Place)
    notify(f"{compared.left} | {compared.right}: {counts}")
    for pair in compared.pairs:
        left = pair.left.title if pair.left else "—"
        right = pair.right.title if pair.right else "—"
        levels = [section.level for section in (pair.left, pair.right) if section is not None]
        typer.echo(
            f"{_SIGNS[pair.place]} {'  ' * (levels[0] - 1)}{_one_line(left)}  |  {_one_line(right)}"
        )


def _marked(pieces: tuple[Piece, ...]) -> str:
    """What is one's own in brackets, and bold on a terminal."""
    shown = (
        piece.text if piece.common else typer.style(f"[{piece.text}]", bold=True)
        for piece in pieces
    )
    return _one_line("".join(shown))


def _where(engine: Engine, citation: Citation) -> str:
    line = line_of(engine.text(citation.report_id), citation.start)
    page = f", page {citation.page}" if citation.page else ""
    headings = " › ".join(citation.heading_path)
    source = (
        f"{citation.source}, text line {line}{page}, characters {citation.start}-{citation.end}"
    )
    return f"{headings} · {source}" if headings else source


def _one_line(text: str) -> str:
    return " ".join(text.split())

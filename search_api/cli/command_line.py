"""The command line: which commands are there, in the order in which help lists them?

What a command takes is in `*_commands`, what it does in `*_command`. Commands import what they need
when they run: `govsearch --help` and `govsearch outline` must not wait for an index's libraries, nor
`govsearch search` for a web framework.
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from corpus.errors import GovsearchError
from search_api.cli.question_commands import ask, compare, search
from search_api.cli.report_commands import (
    index,
    list_reports,
    outline,
    rebuild,
    remove,
    statements,
    verify,
)
from search_api.cli.service_commands import demo, serve
from search_api.cli.terminal_output import print_error


class ErrorsForPeople(TyperGroup):
    """Prints errors a person can act on as `error: ...` with exit status 2, without traceback."""

    # Any: the context's class is private to typer.
    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except GovsearchError as error:
            print_error(str(error))
            ctx.exit(2)


app = typer.Typer(
    name="govsearch",
    cls=ErrorsForPeople,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Search Chinese government reports and prove every answer with a citation.\n\n"
        "\b\n"
        "  govsearch index reports/                    make an index of a folder\n"
        "  govsearch ask 调整了多少个人民调解组织       the answer, with its proof\n"
        "  govsearch search 调整了多少个人民调解组织    the passages\n"
        "  govsearch compare 森林覆盖率                what every report states, side by side\n"
        "  govsearch serve                             the same over HTTP, with a page\n\n"
        "Exit status: 0 done, 1 nothing found, 2 bad input."
    ),
)

app.command()(index)
app.command()(remove)
app.command("list")(list_reports)
app.command()(verify)
app.command()(rebuild)
app.command()(outline)
app.command()(statements)
app.command()(search)
app.command()(ask)
app.command()(compare)
app.command()(serve)
app.command()(demo)


def main() -> None:
    """The `govsearch` command."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese text must come out whole whatever the locale says; a file name that is no valid
        # text is escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()

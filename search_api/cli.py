"""The command line: names, options and help of every command. The work is done in `cli_*`.

Commands import what they need when they run: `govsearch --help` and `govsearch outline` must not
wait for an index's libraries, nor `govsearch search` for a web framework.
"""

# ruff: noqa: PLC0415 - see above
from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from corpus.errors import GovsearchError
from search_api.cli_output import print_error


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


class ModeName(StrEnum):
    """What finds the candidates (`search_api.retrieval.retrieve.Mode`, which is slow to import)."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


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

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="GOVSEARCH_DATA",
        show_envvar=True,
        help="The index folder.  [default: govsearch in the user's data directory]",
        show_default=False,
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        envvar="GOVSEARCH_LLM_URL",
        show_envvar=True,
        show_default=False,
        help="Base URL of an OpenAI-compatible language model that writes the answers; they are "
        "proven all the same. Its key is read from GOVSEARCH_LLM_KEY.",
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option(
        "--llm-model",
        envvar="GOVSEARCH_LLM_MODEL",
        show_envvar=True,
        show_default=False,
        help="The name of that language model.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", show_default=False)],
    data: Data = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="Embedding model: bundled, a sentence-transformers name or a folder. "
            "[default: that of the index, bundled for a new one]",
            show_default=False,
        ),
    ] = None,
    query_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a question.")
    ] = None,
    passage_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a passage.")
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Base URL of an OpenAI-compatible embeddings server that has the model. "
            "Its key is read from GOVSEARCH_EMBEDDINGS_KEY."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Add reports to the index, or bring it up to date.

    PATH is a file or a folder (searched recursively): txt, md, html, docx, pdf, csv, jsonl. Files
    that haven't changed cost a hash. Files that can't be read are skipped and named with the
    reason in the summary; the others are indexed. Reports whose files are gone are named too and
    stay until they are removed.

    \b
    Examples:
      govsearch index reports/
      govsearch index 桑日县-2025.docx --data data/counties
      govsearch index reports/ --model intfloat/multilingual-e5-small
      govsearch index reports/ --model bge-m3 --endpoint http://127.0.0.1:8080/v1

    Exit status: 0 when reports are in the index, even if some files were skipped (the summary on
    the error output says so), 1 when none is, 2 for bad input.
    """
    from search_api import cli_index

    cli_index.index(paths, data, model, query_prompt, passage_prompt, endpoint, as_json)


@app.command()
def remove(
    report_ids: Annotated[list[str], typer.Argument(metavar="REPORT_ID", show_default=False)],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Remove reports from the index with every trace: text, passages, vectors, words.

    \b
    Examples:
      govsearch remove 桑日县-2025
      govsearch list --json | jq -r '.reports[].report_id' | xargs govsearch remove

    Exit status: 0, or 2 if one of them isn't in the index (none is removed then).
    """
    from search_api import cli_index

    cli_index.remove(report_ids, data, as_json)


@app.command("list")
def list_reports(data: Data = None, as_json: Json = False) -> None:
    """List the reports of the index.

    \b
    Examples:
      govsearch list
      govsearch list --json --data data/counties

    Exit status: 0, 1 if there are none, 2 if there is no index.
    """
    from search_api import cli_index

    cli_index.list_reports(data, as_json)


@app.command()
def verify(data: Data = None, as_json: Json = False) -> None:
    """Check that the index is whole: texts, offsets, passages, vectors and words agree.

    \b
    Examples:
      govsearch verify
      govsearch verify --data data/counties --json

    Exit status: 0 when all is well, 1 when something is wrong, 2 if there is no index.
    """
    from search_api import cli_index

    cli_index.verify(data, as_json)


@app.command()
def rebuild(
    data: Data = None,
    model: Annotated[
        str | None,
        typer.Option(help="Embed everything again with this model.", show_default=False),
    ] = None,
    query_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a question.")
    ] = None,
    passage_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a passage.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Base URL of an embeddings server that has the model.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the vector and word indexes again from the stored reports.

    \b
    Examples:
      govsearch rebuild
      govsearch rebuild --model intfloat/multilingual-e5-small

    Exit status: 0, or 2 if there is no index.
    """
    from search_api import cli_index

    cli_index.rebuild(data, model, query_prompt, passage_prompt, endpoint, as_json)


@app.command()
def outline(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Print the section tree of a report file, with line numbers. Needs no index.

    \b
    Examples:
      govsearch outline 桑日县-2025.docx
      govsearch outline reports.csv --json

    With --json one report is printed as the HTTP interface does; a table with several reports
    gives a list of them.

    Exit status: 0, 1 if there are no sections, 2 if the file can't be read.
    """
    from search_api import cli_outline

    cli_outline.outline(file, as_json)


@app.command()
def search(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    data: Data = None,
    top_k: Annotated[int, typer.Option("--top-k", "-k", help="How many passages.")] = 5,
    region: Annotated[
        str | None, typer.Option(help="Only this place and its parts: a name or a code.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Only reports of this year.")] = None,
    report_id: Annotated[str | None, typer.Option("--report", help="Only this report.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only work_report, rule_of_law, bulletin or other.")
    ] = None,
    mode: Annotated[ModeName, typer.Option(help="Vectors, words, or both.")] = ModeName.HYBRID,
    reranker: Annotated[
        str | None,
        typer.Option(
            help="A cross-encoder that reads the first passages again: a hub name or a folder."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find the passages that answer a question, each with its exact source.

    Ask in Chinese or English. A place or a year named in the question brings its reports forward;
    the options shut all others out.

    \b
    Examples:
      govsearch search 调整了多少个人民调解组织
      govsearch search "how many mediation organizations were adjusted"
      govsearch search 城镇新增就业 --region 浙江 --year 2026 -k 3

    Exit status: 0, 1 if nothing is found, 2 for bad input.
    """
    from search_api import cli_search

    cli_search.search(
        question,
        data,
        top_k=top_k,
        region=region,
        year=year,
        report_id=report_id,
        kind=kind,
        mode=mode.value,
        reranker=reranker,
        as_json=as_json,
    )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    data: Data = None,
    region: Annotated[
        str | None, typer.Option(help="Only this place and its parts: a name or a code.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Only reports of this year.")] = None,
    report_id: Annotated[str | None, typer.Option("--report", help="Only this report.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only work_report, rule_of_law, bulletin or other.")
    ] = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    as_json: Json = False,
) -> None:
    """Answer a question: the figure, the items or the sentences, with the place that proves it.

    Every sentence of an answer is quoted from a report, and every figure stands in it. What the
    reports don't say is refused with the reason, and the nearest passages are shown. A question
    without a place that several reports answer is answered report by report; questions to all
    reports (哪些省提到…, 几个省的目标在5%以上, 哪个省最高) say in how many it was found.

    \b
    Examples:
      govsearch ask 调整了多少个人民调解组织
      govsearch ask "how many mediation organizations were adjusted"
      govsearch ask 哪些省提到古树保护
      govsearch ask 森林覆盖率是多少 --region 浙江 --json

    Exit status: 0, 1 if the reports don't say it, 2 for bad input.
    """
    from search_api import cli_ask

    cli_ask.ask_question(
        question,
        data,
        region=region,
        year=year,
        report_id=report_id,
        kind=kind,
        llm_url=llm_url,
        llm_model=llm_model,
        as_json=as_json,
    )


class SortName(StrEnum):
    """The order of rows (`search_api.comparing.types.Sort`, which is slow to import)."""

    REPORT = "report"
    HIGHEST = "highest"
    LOWEST = "lowest"


@app.command()
def compare(
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", show_default=False)] = None,
    data: Data = None,
    report_ids: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="ID", help="This report; may be given several times."),
    ] = None,
    regions: Annotated[
        list[str] | None,
        typer.Option(
            "--region",
            metavar="PLACE",
            help="This place and its parts; may be given several times.",
        ),
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="Reports of these years: 2025, 2019-2025, 2019,2021-2025.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="national, provincial, city or county reports; or work_report, rule_of_law, bulletin."
        ),
    ] = None,
    sort: Annotated[SortName, typer.Option(help="As chosen, or by figure.")] = SortName.REPORT,
    wording: Annotated[
        bool,
        typer.Option(
            "--wording",
            help="Compare the wording: what is usual, what is one report's own, what changed over "
            "the years. Without TOPIC all that two reports say.",
        ),
    ] = False,
    outlines: Annotated[
        bool, typer.Option("--outline", help="Compare the outlines of two reports; no TOPIC.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Write a file: .csv, .xlsx, .md, .html (with the plot) or .json."),
    ] = None,
    as_json: Json = False,
) -> None:
    """What does every report state on a topic, or that it doesn't: a complete table.

    TOPIC is an indicator (2026年经济增长目标), a heading or a theme (优化营商环境), or a pasted passage
    to find elsewhere. Each report is searched on its own, so none is missed; each figure is proven by
    its sentence, and another year's figure or a five-year total doesn't count. Without --report,
    --region, --years or --kind all reports are compared.

    \b
    Examples:
      govsearch compare 森林覆盖率 --sort highest
      govsearch compare 国内生产总值增长预期目标 --kind national --years 2013-2025 --out gdp.html
      govsearch compare 优化营商环境 --kind provincial --wording
      govsearch compare --wording --report 国务院-2024 --report 国务院-2025
      govsearch compare --outline --report 云栎县-2025 --report 霜溪县-2025

    Exit status: 0, 1 if no report states it, 2 for bad input.
    """
    from search_api import cli_compare

    chosen = cli_compare.Choice(report_ids, regions, years, kind)
    if outlines and wording:
        cli_compare.refuse_both()
    elif outlines:
        cli_compare.compare_outline(topic, data, chosen, out=out, as_json=as_json)
    elif wording:
        cli_compare.compare_wordings(topic, data, chosen, sort=sort.value, out=out, as_json=as_json)
    else:
        cli_compare.compare_table(topic, data, chosen, sort=sort.value, out=out, as_json=as_json)


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    reranker: Annotated[
        str | None,
        typer.Option(
            help="A cross-encoder that reads the first passages again: a hub name or a folder."
        ),
    ] = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    results: Annotated[
        Path | None,
        typer.Option(
            help="Where evaluations lie that the page shows. [default: evaluations in the index "
            "folder, where eval run writes them]",
            show_default=False,
        ),
    ] = None,
    allow_upload: Annotated[
        bool,
        typer.Option(
            "--allow-upload",
            help="Let whoever reaches the address add and remove reports. An index is made if the "
            "folder is empty.",
        ),
    ] = False,
    allowed_hosts: Annotated[
        list[str] | None,
        typer.Option(
            "--allowed-host",
            help="A name by which the page is opened to add and remove reports, beside its address, "
            "localhost and this machine's own name. May be repeated.",
        ),
    ] = None,
) -> None:
    """Serve the index over HTTP: a page to search and read, and the JSON interface.

    \b
    Examples:
      govsearch serve
      govsearch serve --data data/counties --host 0.0.0.0 --port 8080
      govsearch serve --data data/new --allow-upload

    Reports added to or removed from the index meanwhile are served without a restart.

    Warning: with --allow-upload everybody who can reach the address may add and remove reports,
    without a password. Keep to 127.0.0.1 (the default) unless all of them may. Uploaded files are
    kept in the folder uploads in the index folder.
    """
    from search_api import cli_serve

    cli_serve.serve(
        data,
        host,
        port,
        reranker,
        llm_url,
        llm_model,
        results=results,
        allow_upload=allow_upload,
        allowed_hosts=allowed_hosts or (),
    )


@app.command()
def demo(
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Index the sample reports and ask a sample question.

    \b
    Examples:
      govsearch demo --data data/demo

    Quick when the samples are indexed already. Exit status as for index and search.
    """
    from search_api import cli_demo

    cli_demo.demo(data, as_json)


def main() -> None:
    """The `govsearch` command."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese text must come out whole whatever the locale says; a file name that is no valid
        # text is escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()

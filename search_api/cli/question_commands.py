"""Options and help of the commands that ask the reports: `search`, `ask`, `compare`.

They import what they need when they run, as `command_line` says.
"""

# ruff: noqa: PLC0415 - see above
from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from search_api.cli.options import Data, Json, LlmModel, LlmUrl


class ModeName(StrEnum):
    """What finds the candidates (`search_api.retrieval.retrieve.Mode`, which is slow to import)."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


class SortName(StrEnum):
    """The order of rows (`search_api.comparing.comparison_types.Sort`, which is slow to import)."""

    REPORT = "report"
    HIGHEST = "highest"
    LOWEST = "lowest"


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
    from search_api.cli import search_command

    search_command.search(
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
    from search_api.cli import ask_command

    ask_command.ask_question(
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
    from search_api.cli import compare_command

    chosen = compare_command.Choice(report_ids, regions, years, kind)
    if outlines and wording:
        compare_command.refuse_both()
    elif outlines:
        compare_command.compare_outline(topic, data, chosen, out=out, as_json=as_json)
    elif wording:
        compare_command.compare_wordings(
            topic, data, chosen, sort=sort.value, out=out, as_json=as_json
        )
    else:
        compare_command.compare_table(
            topic, data, chosen, sort=sort.value, out=out, as_json=as_json
        )

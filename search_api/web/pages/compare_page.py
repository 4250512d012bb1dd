"""The page that compares what several reports say on one topic, or the outlines of two."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from corpus.errors import GovsearchError
from corpus.report import Citation, Section
from indexer.errors import UnknownReportError
from indexer.types import ReportInfo
from search_api.comparing.comparison_types import Sort
from search_api.comparing.outlines.outline_comparison import compare_outlines
from search_api.comparing.outlines.outline_types import OutlineComparison
from search_api.comparing.table.comparison import in_order
from search_api.comparing.table.selection import Chosen
from search_api.engine import MAX_QUERY_CHARACTERS, Engine
from search_api.errors import (
    BadRequestError,
    UnknownChoiceError,
    UnknownRegionError,
    UnknownYearError,
)
from search_api.exporting.csv_file import file_bytes
from search_api.exporting.files import Format, rendered
from search_api.exporting.outline_file import outline_csv, outline_markdown
from search_api.exporting.shown import helpers
from search_api.questions.question import Language
from search_api.shapes.citation_shapes import reader_link
from search_api.web.compare_routes import as_file
from search_api.web.pages.compare_asked import (
    MOST_REPORTS,
    TooManyReportsError,
    asked_in,
    checked,
)
from search_api.web.pages.compare_form import form_of
from search_api.web.pages.compare_shown import shown
from search_api.web.pages.language import chosen_language
from search_api.web.pages.layout import render, report_name, streamed
from search_api.web.routes import Shared

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

# A plot of more rows fills several screens: it is folded, and opened by whoever wants it.
PLOT_ROWS: Final = 30
_OUTLINE_FORMATS: Final = (Format.CSV, Format.MARKDOWN)


@router.get("/compare")
def compare_page(request: Request, state: Shared) -> Response:
    """The form; below it the comparison, if the address asks for one."""
    engine = state.engine()
    asked = asked_in(request)
    language = chosen_language(request)
    values: dict[str, object] = {
        "asked": asked,
        "form": form_of(engine, asked),
        "problem": None,
        "most_characters": MAX_QUERY_CHARACTERS,
        "most_reports": MOST_REPORTS,
        "plot_rows": PLOT_ROWS,
        "sorts": tuple(Sort),
        "info_link": reader_link,
        **helpers(language, _link_to),
    }
    if asked.topic is None and not asked.is_of_outlines:
        values |= {"examples": state.topics(engine, language), "reports": len(engine.reports())}
        return render(request, "compare_start.html", values, here="compare")
    try:
        chosen = checked(engine, asked)
    except (BadRequestError, UnknownReportError) as error:
        values |= {
            "problem": error,
            "problem_name": problem_name(error),
            "nearest": _nearest(error),
        }
        return render(
            request,
            "compare.html",
            values,
            here="compare",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    if asked.is_of_outlines:
        return _outline_page(request, engine, chosen, values)
    values["reports"] = len(chosen.reports)
    values["compare"] = lambda: shown(state, engine, asked, chosen, language)
    return streamed(request, "compare.html", values, here="compare")


@router.get("/compare/export")
def export_page(
    request: Request, state: Shared, format: Annotated[Format, Query(description="of the file")]
) -> Response:
    """The comparison of the same address as a file; its wordings too, where the format has room."""
    engine = state.engine()
    asked = asked_in(request)
    chosen = checked(engine, asked)
    if asked.is_of_outlines:
        return _outline_file(engine, chosen, format, chosen_language(request))
    topic = asked.topic or ""
    comparison = in_order(state.comparisons.table(engine, topic, chosen), asked.order)
    with_wording = asked.wording and format is not Format.CSV
    wording = state.comparisons.wording(engine, topic, chosen) if with_wording else None
    return as_file(rendered(comparison, format, wording), comparison.topic.text, format)


def problem_name(error: GovsearchError) -> str:
    """The name of the words that say what is wrong; empty where there are only the error's own."""
    match error:
        case UnknownRegionError():
            return "compare.unknown_region"
        case UnknownYearError():
            return "compare.unknown_year"
        case UnknownReportError():
            return "compare.unknown_report"
        case UnknownChoiceError():
            return f"compare.unknown_{error.field}"
        case TooManyReportsError():
            return "compare.too_many"
        case BadRequestError():
            return _PROBLEMS.get(error.field, "")
    return ""


# By the field of a BadRequestError that `checked` raises.
_PROBLEMS: Final = {
    "topic": "compare.bad_topic",
    "from": "compare.bad_years",
    "to": "compare.bad_years",
    "kind": "compare.no_kind",
    "report_ids": "compare.none_fit",
    "report": "compare.two_for_outlines",
    "wording": "compare.two_for_wording",
}


def _nearest(error: GovsearchError) -> tuple[str, ...]:
    return (
        tuple(error.nearest) if isinstance(error, UnknownRegionError | UnknownReportError) else ()
    )


def _link_to(citation: Citation) -> str:
    return reader_link(citation.report_id, citation.start, citation.end)


def _outline_page(
    request: Request, engine: Engine, chosen: Chosen, values: dict[str, object]
) -> Response:
    left, right = chosen.reports
    status = HTTPStatus.OK
    try:
        values |= {"outlines": compare_outlines(engine, left.report_id, right.report_id)}
    except BadRequestError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        values |= {"problem": error, "problem_name": "compare.no_sections", "nearest": ()}
    values |= {
        "left": left,
        "right": right,
        "title_of": _title_of,
        "section_link": _section_link,
    }
    return render(request, "compare.html", values, here="compare", status=status)


def _section_link(info: ReportInfo, section: Section) -> str:
    return reader_link(info.report_id, section.start, section.heading_end)


def _title_of(info: ReportInfo) -> str:
    """What people call a report: its place and year."""
    year = info.metadata.year
    return f"{report_name(info)} {year}" if year else report_name(info)


def _outline_file(engine: Engine, chosen: Chosen, format: Format, language: Language) -> Response:
    if format not in _OUTLINE_FORMATS:
        raise BadRequestError("format", f"outlines are written as {', '.join(_OUTLINE_FORMATS)}")
    left, right = chosen.reports
    compared: OutlineComparison = compare_outlines(engine, left.report_id, right.report_id)
    names = {info.report_id: _title_of(info) for info in chosen.reports}
    content = (
        file_bytes(outline_csv(compared))
        if format is Format.CSV
        else outline_markdown(compared, language, names).encode("utf-8")
    )
    return as_file(content, " - ".join(names.values()), format)

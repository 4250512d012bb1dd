"""The routes of comparisons. They translate, as `routes` does."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from search_api.comparing.comparison_types import Comparison
from search_api.comparing.outlines.outline_comparison import compare_outlines
from search_api.comparing.table.comparison import in_order
from search_api.comparing.table.selection import Chosen, choose
from search_api.engine import Engine
from search_api.errors import BadRequestError
from search_api.exporting.files import Format, rendered
from search_api.shapes.comparison_shapes import ChoiceIn, CompareIn, CompareOut, compare_out
from search_api.shapes.wording_shapes import (
    OutlineCompareIn,
    OutlineCompareOut,
    WordingIn,
    WordingOut,
    outline_comparison_out,
    wording_out,
)
from search_api.web.problems import RESPONSES
from search_api.web.routes import Shared
from search_api.web.state import State

router = APIRouter(responses=RESPONSES, tags=["compare"])
_NAME_CHARACTERS: Final = 40
# What some system doesn't take in the name of a file, and what nobody sees (marks of direction).
_NO_FILE_NAME: Final = re.compile(
    r'[\s\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+'
)
_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
}
# The file has its style inline, and nothing else: it is made to be kept and sent on.
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@router.post("/api/compare")
def compare_reports(state: Shared, asked: CompareIn) -> CompareOut:
    """What every one of the chosen reports states on a topic, each row proven, or `not_stated`."""
    return compare_out(_compared(state, state.engine(), asked))


@router.post(
    "/api/compare/export",
    response_class=Response,
    responses={
        200: {
            "description": "the file",
            "content": {media: {} for media in _MEDIA_TYPES.values()},
        }
    },
)
def export(
    state: Shared,
    asked: CompareIn,
    format: Annotated[Format, Query(description="of the file")],
    wording: Annotated[
        bool, Query(description="with the compared wordings; CSV can't have them")
    ] = False,
) -> Response:
    """The same comparison as a file: CSV, Excel, Markdown, or one HTML page with the plot."""
    if wording and format is Format.CSV:
        raise BadRequestError(
            "wording", "CSV has the table only: ask for xlsx, md or html, or leave wording out"
        )
    engine = state.engine()
    comparison = _compared(state, engine, asked)
    chosen = _chosen(engine, asked)
    words = state.comparisons.wording(engine, asked.topic, chosen) if wording else None
    return as_file(rendered(comparison, format, words), comparison.topic.text, format)


def as_file(content: bytes, name: str, format: Format) -> Response:
    """A file to be kept, called by the beginning of a name that people understand."""
    readable = _NO_FILE_NAME.sub(" ", name).strip()[:_NAME_CHARACTERS].strip()
    encoded = quote(f"{readable}.{format.value}", safe="")
    return Response(
        content,
        media_type=_MEDIA_TYPES[format],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{encoded}",
            "Content-Security-Policy": FILE_POLICY,
        },
    )


@router.post("/api/compare/wording")
def compare_wordings(state: Shared, asked: WordingIn) -> WordingOut:
    """What is usual wording, what is one report's own, and what a place changed over the years.

    Without a topic all that the reports say is compared: meant for two reports of one place.
    """
    engine = state.engine()
    return wording_out(state.comparisons.wording(engine, asked.topic, _chosen(engine, asked)))


@router.post("/api/compare/outline", response_model_exclude_unset=True)
def compare_two_outlines(state: Shared, asked: OutlineCompareIn) -> OutlineCompareOut:
    """The outlines of two reports side by side: sections matched, moved, or in one of them only."""
    return outline_comparison_out(compare_outlines(state.engine(), asked.left, asked.right))


def _compared(state: State, engine: Engine, asked: CompareIn) -> Comparison:
    table = state.comparisons.table(engine, asked.topic, _chosen(engine, asked))
    return in_order(table, asked.sort)


def _chosen(engine: Engine, asked: ChoiceIn) -> Chosen:
    return choose(engine, asked.report_ids, asked.regions, asked.years, asked.kind)

"""The pages for people: a search form with its hits, and a report opened at a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from corpus.report import Section, Span
from search_api.errors import BadRequestError
from search_api.results import Hit
from search_api.web.routes import Shared
from search_api.web.schemas import reader_link

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_HITS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report's text, with the anchors of the sections that begin at it."""

    text: str
    marked: bool = False
    first_marked: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as the page shows it: the words before, of and after its best sentence."""

    hit: Hit
    before: str
    sentence: str
    after: str
    link: str


def templates() -> Environment:
    """The page templates; everything put into them is escaped."""
    return Environment(
        loader=PackageLoader("search_api.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def pieces(text: str, sections: Sequence[Section], mark: Span | None) -> list[Piece]:
    """Cut a text where sections begin and where the marked span begins and ends."""
    anchors: dict[int, list[str]] = {}
    for section in sections:
        anchors.setdefault(section.start, []).append(anchor(section))
    edges = {0, len(text), *anchors}
    if mark is not None:
        edges |= {mark.start, mark.end}
    cut: list[Piece] = []
    for start, end in pairwise(sorted(edges)):
        marked = mark is not None and mark.start <= start < mark.end
        first = mark is not None and start == mark.start and marked
        cut.append(Piece(text[start:end], marked, first, tuple(anchors.get(start, ()))))
    return cut


def anchor(section: Section) -> str:
    """The id of a section's anchor in the page."""
    return f"s-{section.section_id}"


def shown(hit: Hit) -> ShownHit:
    """Cut a hit's text at its best sentence."""
    start = hit.citation.start
    sentence = hit.sentence or Span(start, start)
    low, high = sentence.start - start, sentence.end - start
    return ShownHit(
        hit=hit,
        before=hit.text[:low],
        sentence=hit.text[low:high],
        after=hit.text[high:],
        link=reader_link(hit.citation.report_id, start, hit.citation.end),
    )


def _render(request: Request, name: str, **values: object) -> HTMLResponse:
    environment: Environment = request.app.state.templates
    return HTMLResponse(environment.get_template(name).render(**values))


@router.get("/")
def search_page(
    request: Request,
    state: Shared,
    q: str = "",
    region: str = "",
    year: str = "",
) -> HTMLResponse:
    """The search form, and the hits once something is asked."""
    engine = state.engine()
    infos = engine.reports()
    hits: list[ShownHit] = []
    problem = ""
    if q.strip():
        try:
            result = engine.search(
                q,
                top_k=_HITS_SHOWN,
                region=region or None,
                year=_number(year),
            )
        except BadRequestError as error:
            problem = str(error)
        else:
            state.observe(result.stages_ms)
            hits = [shown(hit) for hit in result.hits]
    return _render(
        request,
        "search.html",
        q=q,
        region=region,
        year=year,
        hits=hits,
        problem=problem,
        reports=[(info, reader_link(info.report_id)) for info in infos],
        regions=sorted({i.metadata.region.name for i in infos if i.metadata.region}),
        years=sorted({i.metadata.year for i in infos if i.metadata.year}, reverse=True),
    )


@router.get("/reports/{report_id:path}")
def reader_page(
    request: Request,
    state: Shared,
    report_id: str,
    start: Annotated[int | None, Query(ge=0)] = None,
    end: Annotated[int | None, Query(ge=0)] = None,
) -> HTMLResponse:
    """A report's whole text with a cited span marked, and its outline at the side."""
    engine = state.engine()
    info = engine.report(report_id)
    text = engine.text(report_id)
    mark = _mark(start, end, len(text))
    sections = engine.outline(report_id)
    return _render(
        request,
        "report.html",
        info=info,
        sections=[(section, anchor(section)) for section in sections],
        pieces=pieces(text, sections, mark),
    )


def _mark(start: int | None, end: int | None, length: int) -> Span | None:
    if start is None or end is None:
        return None
    if not start < end <= length:
        raise BadRequestError("end", f"{start}-{end} is no span of a text of {length} characters")
    return Span(start, end)


def _number(year: str) -> int | None:
    if not year.strip():
        return None
    if not year.strip().isdecimal():
        raise BadRequestError("year", f"{year!r} is not a year")
    return int(year)

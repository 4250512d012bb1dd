"""The page that shows a report as it reads, opened at a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.report import Passage, Section, Span
from indexer.types import ReportInfo
from search_api.engine import MAX_QUERY_CHARACTERS, Engine
from search_api.errors import BadRequestError
from search_api.results import Filters, Hit
from search_api.shapes.citation_shapes import reader_link
from search_api.web.marked import matches, words_of
from search_api.web.pages.language import Say, chosen_language, say_in
from search_api.web.pages.layout import render, web_address
from search_api.web.reader.block_types import Notes
from search_api.web.reader.blocks import blocks, groups
from search_api.web.reader.literal import literal_places
from search_api.web.reader.outline_tree import outline_tree
from search_api.web.reader.references import (
    Cited,
    Reference,
    file_name,
    heading_path,
    reference,
    text_fragment,
)
from search_api.web.reader.term_places import entry_anchor, explained
from search_api.web.routes import Shared
from search_api.web.state import State

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

# Places of one report that are offered for a question, best first.
PLACES: Final = 10
# No text is longer than a number of so many digits; more of them would be slow to read.
_DIGITS_MAX: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Where a report answers a question, in the order of its text.

    `number` (from 1) is the place that is shown, None if another is; `words` stand in the text.
    `literal`: the places say the very words; else they are those nearest to them.
    """

    links: tuple[str, ...]
    number: int | None
    previous: str | None
    next: str | None
    words: frozenset[str]
    best: Span | None
    literal: bool


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """The cited span as a reference, with its permanent link and its place in the source."""

    reference: Reference
    link: str
    in_source: str | None


@router.get("/reports/{report_id:path}")
def reader_page(
    request: Request,
    state: Shared,
    report_id: str,
    start: str = "",
    end: str = "",
    q: str = "",
) -> HTMLResponse:
    """A report's whole text with a cited span marked, its outline, and other places for a question."""
    engine = state.engine()
    info = engine.report(report_id)
    text = engine.text(report_id)
    problem: BadRequestError | None = None
    mark: Span | None = None
    found: Found | None = None
    try:
        mark = _mark(start, end, len(text))
    except BadRequestError as error:
        problem = error
    if q.strip():
        try:
            found = _found(state, engine, report_id, text, q, mark)
        except BadRequestError as error:
            problem = problem or error
    if mark is None and problem is None and found is not None:
        mark = found.best
    sections, passages = engine.outline(report_id), engine.passages(report_id)
    glossary = explained(text, sections, passages)
    notes = Notes(
        mark,
        matches(text, found.words) if found is not None else (),
        glossary.places,
        {each.start: (entry_anchor(each),) for each in glossary.entries},
        [each.term for each in glossary.entries if each.explanation],
    )
    say = say_in(chosen_language(request))
    shown = blocks(text, sections, passages, notes)
    values = {
        "info": info,
        "asked": (start[:_DIGITS_MAX], end[:_DIGITS_MAX]),
        "q": q.strip(),
        "longest_question": MAX_QUERY_CHARACTERS,
        "path": reader_link(report_id),
        "problem": problem,
        "file": file_name(info.source),
        "source_address": web_address(info.metadata.url),
        "groups": groups(shown),
        # The citation stands below the last block that holds some of it; above all if none does.
        "cite_after": max((each.start for each in shown if each.marked), default=-1),
        "outline": outline_tree(sections, mark.start if mark is not None else None),
        "found": found,
        "citation": _citation(request, info, text, sections, passages, mark, say)
        if mark is not None
        else None,
    }
    return render(request, "report.html", values, status=422 if problem is not None else 200)


def _mark(start: str, end: str, length: int) -> Span | None:
    """The span an address cites, None if it cites none. Raises BadRequestError."""
    first, last = start.strip(), end.strip()
    if not first and not last:
        return None
    for field, value in (("start", first), ("end", last)):
        if not (value.isdecimal() and len(value) <= _DIGITS_MAX):
            raise BadRequestError(field, f"{value[:_DIGITS_MAX]!r} is no offset into a text")
    span = Span(int(first), int(last))
    if not span.start < span.end <= length:
        raise BadRequestError(
            "end", f"{span.start}-{span.end} is no span of a text of {length} characters"
        )
    return span


def _found(
    state: State, engine: Engine, report_id: str, text: str, q: str, mark: Span | None
) -> Found:
    """The places of the report that say the words, else those a search in it alone finds.

    Raises BadRequestError.
    """
    consulted = engine.consult(q, Filters(report_id=report_id), top_k=PLACES)
    state.observe(consulted.result.stages_ms)
    nearest = [_place(hit) for hit in consulted.result.hits]
    literal = literal_places(text, q, engine.passages(report_id))
    # Of the places with the very words the one that the search thinks best is shown first.
    best_first = [each for each in nearest if each in literal] + literal if literal else nearest
    best = best_first[0] if best_first else None
    shown = mark if mark is not None else best
    ordered = sorted(set(best_first))
    links = tuple(reader_link(report_id, each.start, each.end, q.strip()) for each in ordered)
    at = _shown_place(ordered, shown)
    before = [n for n, each in enumerate(ordered) if shown is not None and each.start < shown.start]
    after = [n for n, each in enumerate(ordered) if shown is not None and each.start > shown.start]
    if at is not None:
        before, after = list(range(at)), list(range(at + 1, len(ordered)))
    return Found(
        links=links,
        number=at + 1 if at is not None else None,
        previous=links[before[-1]] if before else None,
        next=links[after[0]] if after else None,
        words=words_of(consulted.query),
        best=best,
        literal=bool(literal),
    )


def _place(hit: Hit) -> Span:
    """The best sentence of a hit, else its passage."""
    return hit.sentence or Span(hit.citation.start, hit.citation.end)


def _shown_place(places: Sequence[Span], shown: Span | None) -> int | None:
    """The place that is shown, or that overlaps what is shown (a citation may be of more or less)."""
    if shown is None:
        return None
    if shown in places:
        return places.index(shown)
    overlapping = (
        n for n, each in enumerate(places) if each.start < shown.end and shown.start < each.end
    )
    return next(overlapping, None)


def _citation(
    request: Request,
    info: ReportInfo,
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    mark: Span,
    say: Say,
) -> ShownCitation:
    source = web_address(info.metadata.url)
    quote = mark.of(text)
    page = next((each.page for each in passages if each.start <= mark.start < each.end), None)
    cited = Cited(
        info.metadata,
        heading_path(sections, mark),
        mark,
        quote,
        file_name(info.source),
        source or "",
        page,
    )
    return ShownCitation(
        reference(cited, say, datetime.now(UTC).date()),
        str(request.base_url).rstrip("/") + reader_link(info.report_id, mark.start, mark.end),
        text_fragment(source, quote) if source is not None else None,
    )

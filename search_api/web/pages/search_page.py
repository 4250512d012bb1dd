"""The page that asks: one box, the answer with its proof, the passages, the filters."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from corpus.report import Span
from search_api.answering.answerer import ask
from search_api.answering.types import Answer, Answering, Finding, Said
from search_api.engine import MAX_QUERY_CHARACTERS, MAX_TOP_K, Consulted, Engine, checked_mode
from search_api.errors import BadRequestError, UnknownRegionError, UnknownYearError
from search_api.questions.question import Language
from search_api.results import Filters, Hit
from search_api.retrieval.retrieve import Mode
from search_api.shapes.citation_shapes import reader_link
from search_api.web.facets import kinds, places, years
from search_api.web.marked import Stretch, find_all, matches, stretches, words_of
from search_api.web.pages.language import Say, chosen_language, say_in
from search_api.web.pages.layout import Value, address, render, streamed, web_address
from search_api.web.reader.references import Cited, file_name, reference
from search_api.web.routes import Shared
from search_api.web.state import State

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_log = logging.getLogger("govsearch")

HITS_SHOWN: Final = 10
MORE_HITS: Final = 20
# Of hits further down only the best sentence is shown: nobody reads ninety passages.
WHOLE_PASSAGES: Final = 10
# Findings of single reports shown before "all of them".
FINDINGS_SHOWN: Final = 8
# A longer question is not carried into the reader's address: a hundred links would carry it.
LONGEST_CARRIED: Final = 32
# No year and no number of passages has more; thousands of digits are refused by `int` itself.
_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it was typed; None where a field is empty."""

    q: str
    region: str | None = None
    year: str | None = None
    kind: str | None = None
    mode: str | None = None
    top_k: int = HITS_SHOWN

    def address(self, **changed: Value) -> str:
        """The address of the same with something changed; shared addresses say only what matters."""
        values: dict[str, Value] = {
            "q": self.q,
            "region": self.region,
            "year": self.year,
            "kind": self.kind,
            "mode": self.mode,
        }
        return address("/", values | changed)

    @property
    def carried(self) -> str | None:
        """The question for the reader's address."""
        return self.q if len(self.q) <= LONGEST_CARRIED else None

    @property
    def filters(self) -> Filters:
        """The filters as the engine takes them. Raises BadRequestError."""
        return Filters(region=self.region, year=_year(self.year), kind=self.kind)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as the page shows it: its text in stretches, and the address of its place."""

    hit: Hit
    stretches: tuple[Stretch, ...]
    link: str
    whole: bool


@dataclass(frozen=True, slots=True)
class ShownSaid:
    """A sentence of an answer in stretches, the figure or the names marked; `reference` cites it in words."""

    said: Said
    stretches: tuple[Stretch, ...]
    link: str
    reference: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a sentence is shown with: the question, the reports it may be of, and the page's words."""

    engine: Engine
    asked: Asked
    say: Say


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What one report answers; `value` is the figure or the names, None if the sentence is the answer."""

    finding: Finding
    value: str | None
    said: tuple[ShownSaid, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that stands below the question. `answer` is None where answering failed; the log says why.

    `headline`: the answer in a few words, None if it is the sentences themselves, or each report's own.
    """

    answer: Answer | None
    headline: str | None
    said: tuple[ShownSaid, ...]
    findings: tuple[ShownFinding, ...]
    hits: tuple[ShownHit, ...]


@router.get("/")
def search_page(
    request: Request,
    state: Shared,
    q: str = "",
    region: str = "",
    year: str = "",
    kind: str = "",
    mode: str = "",
    top_k: str = "",
) -> Response:
    """The question with its answer and passages; without one, what can be asked."""
    engine = state.engine()
    asked = Asked(
        q.strip(), _given(region), _given(year), _given(kind), _given(mode), _count(top_k)
    )
    values: dict[str, object] = {"asked": asked, "problem": None, "nearest": ()}
    language = chosen_language(request)
    say = say_in(language)
    if not asked.q:
        values |= _start(state, engine) | {"examples": state.examples(engine, language)}
        return render(request, "start.html", values, here="search")
    try:
        # What is wrong with the question shows here, while a status can still be sent.
        consulted = engine.consult(
            asked.q, asked.filters, top_k=asked.top_k, mode=asked.mode or Mode.HYBRID
        )
    except BadRequestError as error:
        values |= {"problem": error, "told": _told(error, asked, say), "flush": ""}
        values |= {"nearest": error.nearest if isinstance(error, UnknownRegionError) else ()}
        return render(request, "search.html", values, here="search", status=422)
    state.observe(consulted.result.stages_ms)
    values |= {
        "facets": _facets(engine, asked),
        "findings_shown": FINDINGS_SHOWN,
        "took_ms": round(consulted.result.took_ms),
        "topic": consulted.question.topic,
        "find": cache(lambda: _outcome(state, engine, asked, consulted, language)),
        "more": min(asked.top_k + MORE_HITS, MAX_TOP_K) if asked.top_k < MAX_TOP_K else None,
    }
    return streamed(request, "search.html", values, here="search")


def _told(error: BadRequestError, asked: Asked, say: Say) -> str:
    """The problem in the page's language where it is a usual one, else as the engine says it."""
    match error:
        case UnknownRegionError():
            return say("search.unknown_region", value=asked.region)
        case UnknownYearError():
            return say("search.unknown_year", value=asked.year)
    given = {"year": asked.year, "kind": asked.kind, "mode": asked.mode}
    if error.field in given:
        return say(f"search.bad_{error.field}", value=given[error.field])
    if error.field == "q":
        return say("search.bad_question", count=len(asked.q), most=MAX_QUERY_CHARACTERS)
    return str(error)


def _start(state: State, engine: Engine) -> dict[str, object]:
    infos = engine.reports()
    known = [info.metadata.year for info in infos if info.metadata.year is not None]
    return {
        "reports": len(infos),
        "places": len({info.metadata.region for info in infos if info.metadata.region}),
        "first_year": min(known, default=None),
        "last_year": max(known, default=None),
        "may_upload": state.uploads is not None,
    }


def _facets(engine: Engine, asked: Asked) -> Mapping[str, object]:
    """What each filter offers beside the others as they are: how many reports are left then."""
    filters = asked.filters
    everywhere = places(engine.selected(replace(filters, region=None)))
    known = (place.name_of(asked.region or "") for place in everywhere)
    return {
        "places": everywhere,
        "region": next(filter(None, known), asked.region),
        "years": years(engine.selected(replace(filters, year=None))),
        "kinds": kinds(engine.selected(replace(filters, kind=None))),
        "modes": tuple(Mode),
    }


def _outcome(
    state: State, engine: Engine, asked: Asked, consulted: Consulted, language: Language
) -> Outcome:
    """The answer, its reasons told in a language, and the passages it was looked for in."""
    frame = _Frame(engine, asked, say_in(language))
    hits = consulted.result.hits
    try:
        answer = ask(
            engine,
            asked.q,
            top_k=asked.top_k,
            model=state.language_model,
            told_in=language,
            region=asked.filters.region,
            year=asked.filters.year,
            kind=asked.filters.kind,
        )
    except Exception:  # noqa: BLE001 - it is logged, and the page says that there is no answer
        # The status is sent already; the passages are there all the same.
        _log.exception("no answer to %r", asked.q)
        return Outcome(None, None, (), (), _shown_hits(hits, asked, consulted))
    if checked_mode(asked.mode or Mode.HYBRID) is Mode.HYBRID:
        # It may have understood more of the question (this year's of several reports).
        hits = answer.hits
    return Outcome(
        answer=answer,
        headline=_headline(answer),
        said=tuple(_shown_said(each, answer, frame) for each in answer.said),
        findings=tuple(
            ShownFinding(
                each,
                None if each.answer in (said.text for said in each.said) else each.answer,
                tuple(_shown_said(said, each, frame) for said in each.said),
            )
            for each in answer.findings
        ),
        hits=_shown_hits(hits, asked, consulted),
    )


def _headline(answer: Answer) -> str | None:
    if answer.answering is Answering.WORDING:
        return None
    # Over reports there is one answer (so many, the most, the sum); else each report has its own.
    return None if answer.findings and answer.answering is not Answering.COUNT else answer.answer


def _shown_said(said: Said, answered: Answer | Finding, frame: _Frame) -> ShownSaid:
    citation = said.citation
    metadata = frame.engine.report(citation.report_id).metadata
    cited = Cited(
        metadata,
        citation.heading_path,
        Span(citation.start, citation.end),
        citation.quote,
        file_name(citation.source),
        web_address(metadata.url) or "",
        citation.page,
    )
    return ShownSaid(
        said,
        stretches(said.text, _spans(answered, said)),
        reader_link(citation.report_id, citation.start, citation.end, frame.asked.carried),
        reference(cited, frame.say, datetime.now(UTC).date()).cited,
    )


def _spans(answered: Answer | Finding, said: Said) -> list[Span]:
    """Where a sentence says the answer: the figure at its own place, the names of a list each."""
    citation = said.citation
    quantity = answered.quantity
    if quantity is not None and said.text == citation.quote:
        about = Span(quantity.about.start - citation.start, quantity.about.end - citation.start)
        if about.start >= 0 and about.of(said.text) == answered.answer:
            return [about]
    if answered.answer is None or answered.answer == said.text:
        return []
    return find_all(said.text, answered.answer.split("、"))


def _shown_hits(hits: Sequence[Hit], asked: Asked, consulted: Consulted) -> tuple[ShownHit, ...]:
    words = words_of(consulted.query)
    return tuple(
        _shown_hit(hit, words, asked.carried, whole=number < WHOLE_PASSAGES)
        for number, hit in enumerate(hits)
    )


def _shown_hit(hit: Hit, words: frozenset[str], question: str | None, *, whole: bool) -> ShownHit:
    citation = hit.citation
    start = citation.start
    best = hit.sentence
    said = Span(best.start - start, best.end - start) if best is not None else None
    text = hit.text
    if not whole and said is not None:
        text, said = said.of(text), None
    place = best or Span(citation.start, citation.end)
    link = reader_link(citation.report_id, place.start, place.end, question)
    return ShownHit(hit, stretches(text, matches(text, words), said), link, whole)


def _given(value: str) -> str | None:
    """An empty field of a form is no filter; digits may be full-width."""
    return unicodedata.normalize("NFKC", value).strip() or None


def _year(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isdecimal() or len(value) > _DIGITS:
        raise BadRequestError("year", f"{value!r} is not a year")
    return int(value)


def _count(value: str) -> int:
    """How many passages; what is no number from 1 to the most is the usual number."""
    given = _given(value) or ""
    number = int(given) if given.isdecimal() and len(given) <= _DIGITS else 0
    return number if 1 <= number <= MAX_TOP_K else HITS_SHOWN

"""A reading becomes sentences with citations, proven; or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from search_api.answering import reasons
from search_api.answering.proof import citation_flaws, figure_flaws
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.types import ANSWERING, Answer, Languages, Said, Why
from search_api.engine import Consulted, Engine
from search_api.results import Hit


class UnprovenError(RuntimeError):
    """An extractive answer failed its own proof: a defect of ours, never shown as an answer."""


def prove(engine: Engine, answer: str, said: Sequence[Said], hits: Sequence[Hit]) -> None:
    """Raises UnprovenError unless citations and figures of an extractive answer hold."""
    retrieved = [(h.citation.report_id, h.citation.start, h.citation.end) for h in hits]
    citations = [each.citation for each in said]
    flaws = citation_flaws(citations, engine.text, retrieved)
    flaws += figure_flaws(answer, [each.quote for each in citations])
    if flaws:
        raise UnprovenError("; ".join(each.problem for each in flaws))


def words_of(place: Place) -> str:
    """The words of a place and of the headings it stands under."""
    return place.words + "".join(place.hit.heading_path)


def says_years(reading: Reading, years: Collection[int]) -> bool:
    """Whether what was read names one of the years itself."""
    said = "".join(words_of(place) for place in reading.places)
    return any(f"{year}年" in said for year in years)


def said_at(place: Place) -> Said:
    whole = place.hit.citation
    start, end = place.span.start, place.span.end
    quote = whole.quote[start - whole.start : end - whole.start]
    return Said(quote, replace(whole, start=start, end=end, quote=quote))


def refused(
    consulted: Consulted,
    languages: Languages,
    hits: Sequence[Hit],
    why: Why,
    reason: str,
    confidence: float = 1.0,
) -> Answer:
    return Answer(
        question=consulted.result.query,
        language=languages.question,
        answering=ANSWERING[consulted.plan.operation],
        answer=None,
        said=(),
        hits=tuple(hits),
        confidence=confidence,
        why=why,
        reason=reason or reasons.nothing_found(languages.told),
    )

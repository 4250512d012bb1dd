"""One question, one proven answer: search, choose the reports that can answer, read, prove."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Citation, Region
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.asked import Asked, asked_for
from search_api.answering.frames import frames
from search_api.answering.match import Asking, Told
from search_api.answering.proof import citation_flaws, figure_flaws
from search_api.answering.reader import Place, Reading, read
from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.answering.types import Answer, Said, Why
from search_api.answering.wording import Wording, wording
from search_api.engine import Consulted, Engine
from search_api.results import Hit
from search_api.retrieval.expectation import years_told
from search_api.retrieval.question import Language, affinity, same, short_name
from search_api.retrieval.terms import Term

_GDP: Final = "地区生产总值"


class UnprovenError(RuntimeError):
    """An extractive answer failed its own proof: a defect of ours, never shown as an answer."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The hits that may answer, and the reports the question is put to."""

    hits: tuple[Hit, ...]
    reports: tuple[ReportInfo, ...]


def ask(
    engine: Engine,
    question: str,
    *,
    top_k: int = 10,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
    settings: AnswerSettings = DEFAULT_ANSWERS,
) -> Answer:
    """Answer a question from the reports, or say why they don't.

    `region`, `year` and `report_id` shut out other reports, as in `Engine.search`, and it raises
    what that raises. The answer cites only passages that were retrieved, and every figure in it
    stands in a sentence it cites.
    """
    consulted = engine.consult(
        question,
        top_k=max(top_k, settings.hits),
        region=region,
        year=year,
        report_id=report_id,
    )
    asked = asked_for(consulted.question, consulted.expected)
    hits = consulted.result.hits
    if not hits:
        return _refused(consulted, asked, hits, Why.NOTHING_FOUND, top_k, "")
    scope = scope_of(engine, consulted, region, year, report_id)
    missing = _places_without_report(engine, consulted)
    uncovered = _uncovered_years(consulted, scope)
    reading = read(scope.hits[: settings.read], asking(engine, consulted))
    language = consulted.question.language
    if reading is not None and missing and not _says(reading, missing):
        reason = reasons.no_report([each.name for each in missing], language)
        return _refused(consulted, asked, hits, Why.NO_REPORT, top_k, reason)
    if uncovered and (reading is None or not _says_years(reading, uncovered)):
        told = {y for info in scope.reports for y in _told_years(info)}
        reason = reasons.year_not_covered(uncovered, told, language)
        return _refused(consulted, asked, hits, Why.YEAR_NOT_COVERED, top_k, reason)
    if reading is None or reading.silence > settings.silence:
        titles = list(dict.fromkeys(hit.citation.title for hit in scope.hits))
        reason = reasons.not_stated(titles, language)
        silence = 1.0 if reading is None else reading.silence
        return _refused(consulted, asked, scope.hits, Why.NOT_STATED, top_k, reason, silence)
    answer = Answer(
        question=question,
        language=language,
        answering=reading.answering,
        answer=reading.answer,
        said=tuple(_said(place) for place in reading.places),
        hits=hits[:top_k],
        confidence=1.0 - reading.silence,
    )
    prove(engine, answer, hits)
    return answer


def prove(engine: Engine, answer: Answer, hits: Sequence[Hit]) -> None:
    """Raises UnprovenError unless citations and figures of an extractive answer hold."""
    retrieved = [(h.citation.report_id, h.citation.start, h.citation.end) for h in hits]
    flaws = citation_flaws(answer.citations, engine.text, retrieved)
    quotes = [each.quote for each in answer.citations]
    flaws += figure_flaws(answer.answer or "", quotes)
    if flaws:
        raise UnprovenError("; ".join(each.problem for each in flaws))


def asking(engine: Engine, consulted: Consulted) -> Asking:
    """All that the candidates of a question are compared with."""
    question = consulted.question
    return Asking(
        text=question.text,
        asked=asked_for(question, consulted.expected),
        wording=_wording(consulted),
        vector=_vector(engine, consulted),
        encode=engine.encoder.encode_passages,
        indicators=_indicators(consulted),
        places=_inner_places(engine, consulted),
        told={info.report_id: _told(info) for info in engine.reports()},
        frames={
            report_id: frames(engine.text(report_id), engine.outline(report_id))
            for report_id in {hit.citation.report_id for hit in consulted.result.hits}
        },
    )


def _indicators(consulted: Consulted) -> tuple[Term, ...]:
    """The indicators that are asked about; GDP beside another one is what that is compared with."""
    named = [term for term in consulted.query.official if term.indicator]
    others = tuple(term for term in named if term.name != _GDP)
    return others or tuple(named)


def _inner_places(engine: Engine, consulted: Consulted) -> tuple[str, ...]:
    """The places the question names that lie inside a report's place: 成都 in a report of 四川省.

    In the question's words; from English, the Chinese short names.
    """
    question = consulted.question
    regions = [info.metadata.region for info in engine.reports() if info.metadata.region]
    found: list[str] = []
    for mention in engine.gazetteer.find(question.text):
        meant = (mention.region, *mention.candidates)
        own = any(
            same(region, place) or engine.gazetteer.within(region, place)
            for region in regions
            for place in meant
        )
        if not own and set(meant) & set(question.places):
            chinese = question.language is Language.ZH
            found.append(
                mention.span.of(question.text) if chinese else short_name(mention.region.name)
            )
    return tuple(dict.fromkeys(found))


def _wording(consulted: Consulted) -> Wording:
    sentences = [
        hit.text[span.start - hit.citation.start : span.end - hit.citation.start]
        for hit in consulted.result.hits
        for span in hit.sentences
    ]
    return wording(consulted.query.groups, sentences)


def _vector(engine: Engine, consulted: Consulted) -> NDArray[np.float32]:
    mean = engine.encoder.encode_queries(consulted.query.texts).mean(axis=0)
    unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def _told(info: ReportInfo) -> Told:
    return Told(info.metadata.kind, info.metadata.year)


def _told_years(info: ReportInfo) -> frozenset[int]:
    year = info.metadata.year
    return frozenset() if year is None else years_told(info.metadata.kind, year, None)


def scope_of(
    engine: Engine,
    consulted: Consulted,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
) -> Scope:
    """Only the reports nearest to the places that are named, if there are any; else all of them.

    A county's own report comes before its province's.
    """
    hits = consulted.result.hits
    places = consulted.question.places
    infos = tuple(
        info
        for info in engine.reports()
        if (report_id is None or info.report_id == report_id)
        and (year is None or info.metadata.year == year)
    )
    if places:
        near = {i: affinity(i.metadata.region, places, engine.gazetteer) for i in infos}
        best = max(near.values(), default=0.0)
        own = tuple(info for info in infos if near[info] == best > 0)
        ids = {info.report_id for info in own}
        kept = tuple(hit for hit in hits if hit.citation.report_id in ids)
        if own:
            return Scope(kept, own)
    return Scope(hits, infos)


def _places_without_report(engine: Engine, consulted: Consulted) -> list[Region]:
    """Places the question names that no report of the index is of, or lies in, or holds."""
    regions = [info.metadata.region for info in engine.reports()]
    missing: list[Region] = []
    for mention in engine.gazetteer.find(consulted.question.text):
        meant = (mention.region, *mention.candidates)
        if any(affinity(region, meant, engine.gazetteer) > 0 for region in regions):
            continue
        if mention.region.code != "000000":
            missing.append(mention.region)
    return missing


def _says(reading: Reading, places: Sequence[Region]) -> bool:
    """Whether what was read names all of the places itself."""
    said = "".join(_words(place) for place in reading.places)
    return all(short_name(place.name) in said for place in places)


def _uncovered_years(consulted: Consulted, scope: Scope) -> frozenset[int]:
    years = frozenset(consulted.question.years)
    told: set[int] = set()
    for info in scope.reports:
        told |= _told_years(info)
    return years if told and years and not years & told else frozenset()


def _says_years(reading: Reading, years: Collection[int]) -> bool:
    said = "".join(_words(place) for place in reading.places)
    return any(f"{year}年" in said for year in years)


def _words(place: Place) -> str:
    start = place.hit.citation.start
    sentence = place.hit.text[place.span.start - start : place.span.end - start]
    return sentence + "".join(place.hit.heading_path)


def _said(place: Place) -> Said:
    whole = place.hit.citation
    start, end = place.span.start, place.span.end
    quote = whole.quote[start - whole.start : end - whole.start]
    citation = Citation(
        report_id=whole.report_id,
        start=start,
        end=end,
        quote=quote,
        heading_path=whole.heading_path,
        title=whole.title,
        region=whole.region,
        year=whole.year,
        source=whole.source,
        page=whole.page,
    )
    return Said(quote, citation)


def _refused(
    consulted: Consulted,
    asked: Asked,
    hits: Sequence[Hit],
    why: Why,
    top_k: int,
    reason: str,
    confidence: float = 1.0,
) -> Answer:
    language = consulted.question.language
    return Answer(
        question=consulted.result.query,
        language=language,
        answering=asked.answering,
        answer=None,
        said=(),
        hits=tuple(hits[:top_k]),
        confidence=confidence,
        why=why,
        reason=reason or reasons.nothing_found(language),
    )

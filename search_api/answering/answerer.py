"""One question, one proven answer: search, choose the reports that can answer, read, prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus.report import Region
from search_api.answering import reasons
from search_api.answering.aggregate import Over, aggregate
from search_api.answering.asked import Asked, as_question, asked_for
from search_api.answering.by_report import by_report, over_all_reports, several_answer
from search_api.answering.context import (
    Scope,
    asking,
    implied_year,
    missing_places,
    scope_of,
    uncovered_years,
    years_covered,
)
from search_api.answering.language_model import LanguageModel
from search_api.answering.reader import Reading, read
from search_api.answering.saying import prove, refused, said_at, says_years, words_of
from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.answering.types import Answer, Event, Found, Why
from search_api.answering.with_model import translated_question, written_answer
from search_api.engine import Consulted, Engine
from search_api.retrieval.question import Language, language_of, short_name

# Reasons that no language model has a say in: what is not there can't be written about.
_SETTLED: Final = (Why.NO_REPORT, Why.YEAR_NOT_COVERED, Why.NOTHING_FOUND)


def ask(
    engine: Engine,
    question: str,
    *,
    top_k: int = 10,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
    kind: str | None = None,
    settings: AnswerSettings = DEFAULT_ANSWERS,
    model: LanguageModel | None = None,
) -> Answer:
    """Answer a question from the reports, or say why they don't.

    `region`, `year`, `report_id` and `kind` shut out other reports, as in `Engine.search`, and it raises
    what that raises. The answer cites only passages that were retrieved, and every figure in it
    stands in a sentence it cites. With a language model the answer is in its words, as far as they
    are proven; else, and whenever it fails, in the reports' own.
    """
    events = stream(
        engine,
        question,
        top_k=top_k,
        region=region,
        year=year,
        report_id=report_id,
        kind=kind,
        settings=settings,
        model=model,
    )
    # The last event is the answer.
    return [event for event in events if isinstance(event, Answer)][-1]


def stream(
    engine: Engine,
    question: str,
    *,
    top_k: int = 10,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
    kind: str | None = None,
    settings: AnswerSettings = DEFAULT_ANSWERS,
    model: LanguageModel | None = None,
) -> Iterator[Event]:
    """What `ask` does, step by step: what was found, each proven sentence, at last the answer.

    A sentence is handed out when its proof is done, so nothing unproven is ever on its way. Raises
    what `ask` raises, before the first event.
    """
    language = language_of(question)
    translated = translated_question(model, question) if language is Language.EN else None
    wanted = as_question(translated or question, language_of(translated or question))
    depth = max(top_k, settings.hits)
    consulted = engine.consult(
        wanted, top_k=depth, region=region, year=year, report_id=report_id, kind=kind
    )
    if year is None and report_id is None:
        year = implied_year(engine, consulted, region, kind)
        if year is not None:
            consulted = engine.consult(wanted, top_k=depth, region=region, year=year, kind=kind)
    extractive, scope = _extractive(
        engine,
        consulted,
        language,
        settings,
        region=region,
        year=year,
        report_id=report_id,
        kind=kind,
    )
    extractive = replace(extractive, question=question, hits=extractive.hits[:top_k])
    yield Found(extractive.hits)
    if model is None or extractive.findings or extractive.why in _SETTLED:
        yield from extractive.said
        yield extractive
        return
    yield from written_answer(engine, model, question, extractive, scope, settings)


def _extractive(
    engine: Engine,
    consulted: Consulted,
    language: Language,
    settings: AnswerSettings,
    *,
    region: str | None,
    year: int | None,
    report_id: str | None,
    kind: str | None,
) -> tuple[Answer, Scope]:
    """The answer in the reports' own words, and the reports it could have come from."""
    asked = asked_for(consulted.question, consulted.expected)
    hits = consulted.result.hits
    scope = scope_of(engine, consulted, region, year, report_id, kind)
    if not hits:
        return refused(consulted, language, asked, hits, Why.NOTHING_FOUND, ""), scope
    over = aggregate(consulted.question.text, consulted.question.language)
    if over is not None and over.over is Over.EACH and consulted.question.places:
        over = None  # 某省各县: the province's own report tells of its counties
    if over is not None and len(scope.reports) > 1:
        return over_all_reports(engine, consulted, language, over, scope, settings), scope
    return _from_one(engine, consulted, language, asked, scope, settings), scope


def _from_one(
    engine: Engine,
    consulted: Consulted,
    language: Language,
    asked: Asked,
    scope: Scope,
    settings: AnswerSettings,
) -> Answer:
    """The answer of the report that fits best; of several, if they answer as well."""
    hits = consulted.result.hits
    compared = asking(engine, consulted)
    reading = read(scope.hits[: settings.read], compared)
    missing = missing_places(engine, consulted)
    if reading is not None and missing and not _says(reading, missing):
        reason = reasons.no_report([each.name for each in missing], language)
        return refused(consulted, language, asked, hits, Why.NO_REPORT, reason)
    years = uncovered_years(consulted, scope)
    if years and (reading is None or not says_years(reading, years)):
        reason = reasons.year_not_covered(years, years_covered(scope), language)
        return refused(consulted, language, asked, hits, Why.YEAR_NOT_COVERED, reason)
    if reading is None or reading.silence > settings.silence:
        titles = list(dict.fromkeys(hit.citation.title for hit in scope.hits))
        reason = reasons.not_stated(titles, language)
        silence = 1.0 if reading is None else reading.silence
        return refused(consulted, language, asked, scope.hits, Why.NOT_STATED, reason, silence)
    if several_answer(engine, consulted, compared, reading, scope, settings):
        return by_report(engine, consulted, language, compared, reading, scope, settings)
    answer = Answer(
        question=consulted.result.query,
        language=language,
        answering=reading.answering,
        answer=reading.answer,
        said=tuple(said_at(place) for place in reading.places),
        hits=hits,
        confidence=1.0 - reading.silence,
        quantity=reading.quantity,
    )
    prove(engine, answer.answer or "", answer.said, answer.hits)
    return answer


def _says(reading: Reading, places: Sequence[Region]) -> bool:
    """Whether what was read names all of the places itself."""
    said = "".join(words_of(place) for place in reading.places)
    return all(short_name(place.name) in said for place in places)

"""One question, one proven answer: search, choose the reports that can answer, read, prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus.report import Region
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.cell import Cell, cell, cell_in, first_cell
from search_api.answering.reading.reader import read
from search_api.answering.reading.reading import Reading
from search_api.answering.saying import prove, refused, said_at, says_years, words_of
from search_api.answering.scope import (
    Scope,
    compared_with,
    implied_year,
    missing_places,
    one_place,
    only_parts,
    scope_of,
    uncovered_years,
    whose,
    years_covered,
)
from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.answering.several.aggregate import Over, aggregate, asks_for_provinces
from search_api.answering.several.place_answers import OfPlace, each_place, together
from search_api.answering.several.report_answers import by_report, over_all_reports, several_answer
from search_api.answering.types import ANSWERING, Answer, Event, Found, Languages, Why
from search_api.answering.written.language_model import LanguageModel
from search_api.answering.written.model_answer import translated_question, written_answer
from search_api.engine import Consulted, Engine
from search_api.questions.alternatives import alternatives
from search_api.questions.plan import Operation
from search_api.questions.question import Language, language_of, short_name
from search_api.results import Filters

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
    told_in: Language | None = None,
) -> Answer:
    """Answer a question from the reports, or say why they don't.

    `region`, `year`, `report_id` and `kind` shut out other reports, as in `Engine.search`, and it raises
    what that raises. The answer cites only passages that were retrieved, and every figure in it
    stands in a sentence it cites. With a language model the answer is in its words, as far as they
    are proven; else, and whenever it fails, in the reports' own. Reason and notices are told in
    `told_in`, else in the question's language.
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
        told_in=told_in,
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
    told_in: Language | None = None,
) -> Iterator[Event]:
    """What `ask` does, step by step: what was found, each proven sentence, at last the answer.

    A sentence is handed out when its proof is done, so nothing unproven is ever on its way. Raises
    what `ask` raises, before the first event.
    """
    language = language_of(question)
    languages = Languages(language, told_in or language)
    translated = translated_question(model, question) if language is Language.EN else None
    wanted = translated or question
    filters = Filters(region, year, report_id, kind)
    consulted, filters = _consulted(engine, wanted, max(top_k, settings.hits), filters)
    extractive, scope = _extractive(engine, consulted, languages, settings, filters)
    extractive = replace(extractive, question=question, hits=extractive.hits[:top_k])
    yield Found(extractive.hits)
    if model is None or extractive.findings or extractive.why in _SETTLED:
        yield from extractive.said
        yield extractive
        return
    yield from written_answer(engine, model, question, extractive, scope, settings, languages.told)


def _consulted(
    engine: Engine, wanted: str, depth: int, filters: Filters
) -> tuple[Consulted, Filters]:
    """What a search finds; with the year, where 今年 is that of a place's newest report."""
    consulted = engine.consult(wanted, filters, top_k=depth)
    if filters.year is None and filters.report_id is None:
        year = implied_year(engine, consulted)
        if year is not None:
            filters = replace(filters, year=year)
            consulted = engine.consult(wanted, filters, top_k=depth)
    return consulted, filters


def _extractive(
    engine: Engine,
    consulted: Consulted,
    languages: Languages,
    settings: AnswerSettings,
    filters: Filters,
) -> tuple[Answer, Scope]:
    """The answer in the reports' own words, and the reports it could have come from."""
    question = consulted.question
    hits = consulted.result.hits
    scope = scope_of(engine, consulted)
    if not hits:
        return refused(consulted, languages, hits, Why.NOTHING_FOUND, ""), scope
    over = aggregate(question.text, question.language)
    if over is not None and over.over is Over.EACH and question.places:
        over = None  # 某省各县: the province's own report tells of its counties
    if over is not None and len(scope.reports) > 1:
        return over_all_reports(engine, consulted, languages, over, scope, settings), scope
    # A filter says which reports are meant.
    filtered = filters.region is not None or filters.report_id is not None
    places = () if filtered else each_place(engine, consulted)
    if places:
        answers = [_of_place(engine, each, languages, settings, filters) for each in places]
        return together(consulted, languages, places, answers), scope
    return _from_one(engine, consulted, languages, scope, settings), scope


def _of_place(
    engine: Engine,
    place: OfPlace,
    languages: Languages,
    settings: AnswerSettings,
    filters: Filters,
) -> Answer:
    """The answer of one of several places."""
    consulted, filters = _consulted(engine, place.question, settings.hits, filters)
    scope = scope_of(engine, consulted)
    return _from_one(engine, consulted, languages, scope, settings)


def _from_one(
    engine: Engine,
    consulted: Consulted,
    languages: Languages,
    scope: Scope,
    settings: AnswerSettings,
) -> Answer:
    """The answer of the report that fits best; of several, if they answer as well."""
    hits = consulted.result.hits
    told = languages.told
    compared = compared_with(engine, consulted)
    if len(scope.reports) == 1:
        info = scope.reports[0]
        found = _cell_of(engine, consulted, info, settings)
        reading = found.reading or found.doubted
        scope = replace(scope, hits=found.hits)
    else:
        reading = read(scope.hits[: settings.read], compared, engine.statements).reading
    missing = missing_places(engine, consulted)
    larger = only_parts(engine, consulted)
    if larger or (missing and (reading is None or not _says(reading, missing))):
        missing = list(dict.fromkeys((*larger, *missing)))
        reason = reasons.no_report([reasons.called(each, told) for each in missing], told)
        return refused(consulted, languages, hits, Why.NO_REPORT, reason)
    years = uncovered_years(consulted, scope)
    if years and (reading is None or not says_years(reading, years)):
        place = whose(engine, scope)
        of_place = reasons.called(place, told) if place is not None else ""
        reason = reasons.year_not_covered(years, years_covered(scope), told, of_place)
        return refused(consulted, languages, hits, Why.YEAR_NOT_COVERED, reason)
    if reading is not None and len(scope.reports) > 1:
        found = _cell_of_several(engine, consulted, reading, scope, settings)
        reading = found.reading or found.doubted
        scope = replace(scope, hits=tuple(dict.fromkeys((*scope.hits, *found.hits))))
    if reading is not None and (
        _lacks_provinces(engine, consulted, reading) or _of_other_years(engine, consulted, reading)
    ):
        reading = None
    if reading is None or reading.silent:
        titles = list(dict.fromkeys(hit.citation.title for hit in scope.hits))
        reason = reasons.not_stated(titles, told)
        silence = 1.0 if reading is None else reading.silence
        return refused(consulted, languages, scope.hits, Why.NOT_STATED, reason, silence)
    if several_answer(engine, consulted, compared, reading, scope, settings):
        return by_report(engine, consulted, languages, compared, reading, scope, settings)
    answer = Answer(
        question=consulted.result.query,
        language=languages.question,
        answering=ANSWERING[reading.operation],
        answer=reading.answer,
        said=tuple(said_at(place) for place in reading.places),
        hits=hits,
        confidence=reading.chance,
        statement=reading.statement,
    )
    prove(engine, answer.answer or "", answer.said, scope.hits)
    return answer


def _cell_of_several(
    engine: Engine, consulted: Consulted, reading: Reading, scope: Scope, settings: AnswerSettings
) -> Cell:
    """The cell of the report that fits best, asked on its own as a comparison would; if it is silent, that of the
    newest other one of the same place that is not.
    """
    best = engine.report(reading.places[0].hit.citation.report_id)
    found = cell(engine, consulted.plan, best, settings)
    figure = consulted.plan.operation is Operation.VALUE
    if found.stated or not figure or not consulted.question.places or not one_place(scope.reports):
        return found
    others = sorted(
        (info for info in scope.reports if info.report_id != best.report_id),
        key=lambda info: -(info.metadata.year or 0),
    )
    for info in others[: settings.others]:
        other = cell(engine, consulted.plan, info, settings)
        if other.stated:
            return other
    return found


def _cell_of(
    engine: Engine, consulted: Consulted, info: ReportInfo, settings: AnswerSettings
) -> Cell:
    """What the one report that is asked says; of alternatives (A或B) the first that it states."""
    question, filters = consulted.question, Filters(report_id=info.report_id)
    several = alternatives(question.placeless or question.text, question.language)
    if consulted.plan.operation is Operation.VALUE and len(several) > 1:
        plans = [engine.plan(each, filters, Operation.VALUE) for each in several]
        return first_cell(engine, plans, info, settings)
    # The search may have been in other reports too.
    if consulted.result.filters.report_id == info.report_id:
        return cell_in(engine, consulted, info, settings)
    return cell(engine, consulted.plan, info, settings)


def _lacks_provinces(engine: Engine, consulted: Consulted, reading: Reading) -> bool:
    """Whether provinces are asked for by name (哪些省) and what was read names none."""
    question = consulted.question
    if not asks_for_provinces(question.text, question.language):
        return False
    return not engine.places_in(reading.answer)


def _of_other_years(engine: Engine, consulted: Consulted, reading: Reading) -> bool:
    """Whether a figure or names stand in a report of other years than those asked about.

    A report may look back further than its own years, if it says so itself. Sentences are shown with
    their report's year, and say by themselves of when they are.
    """
    if reading.operation in (Operation.WORDS, Operation.YES_NO):
        return False
    report = engine.report(reading.places[0].hit.citation.report_id)
    years = uncovered_years(consulted, Scope((), (report,)))
    return bool(years) and not says_years(reading, years)


def _says(reading: Reading, places: Sequence[Region]) -> bool:
    """Whether what was read names all of the places itself."""
    said = "".join(words_of(place) for place in reading.places)
    return all(short_name(place.name) in said for place in places)

"""One question, one proven answer: search, choose the reports that can answer, read, prove."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus.quantities import DATE, quantities
from corpus.report import Citation, Passage, Region
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.aggregate import Aggregate, Over, aggregate
from search_api.answering.asked import Answering, Asked, as_question, asked_for
from search_api.answering.context import (
    Scope,
    asking,
    implied_year,
    missing_places,
    scope_of,
    uncovered_years,
    years_covered,
)
from search_api.answering.language_model import LanguageModel, LanguageModelError
from search_api.answering.match import Asking
from search_api.answering.over_reports import (
    coverage_of,
    findings_of,
    fulfilling,
    name_of,
    of_level,
    total,
)
from search_api.answering.proof import citation_flaws, figure_flaws
from search_api.answering.reader import Place, Reading, read
from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.answering.types import Answer, Finding, Found, Said, Why
from search_api.answering.wording import Wording
from search_api.answering.written import (
    NOT_FOUND,
    check,
    english_numbers,
    messages,
    sentences_of,
    shown,
    translation_messages,
    usable_translation,
)
from search_api.engine import Consulted, Engine
from search_api.results import Hit
from search_api.retrieval.characters import characters
from search_api.retrieval.question import Language, language_of, short_name

_log = logging.getLogger("govsearch")
# Reasons that no language model has a say in: what is not there can't be written about.
_SETTLED: Final = (Why.NO_REPORT, Why.YEAR_NOT_COVERED, Why.NOTHING_FOUND)

Event = Found | Said | Answer


class UnprovenError(RuntimeError):
    """An extractive answer failed its own proof: a defect of ours, never shown as an answer."""


def ask(
    engine: Engine,
    question: str,
    *,
    top_k: int = 10,
    region: str | None = None,
    year: int | None = None,
    report_id: str | None = None,
    settings: AnswerSettings = DEFAULT_ANSWERS,
    model: LanguageModel | None = None,
) -> Answer:
    """Answer a question from the reports, or say why they don't.

    `region`, `year` and `report_id` shut out other reports, as in `Engine.search`, and it raises
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
    settings: AnswerSettings = DEFAULT_ANSWERS,
    model: LanguageModel | None = None,
) -> Iterator[Event]:
    """What `ask` does, step by step: what was found, each proven sentence, at last the answer.

    A sentence is handed out when its proof is done, so nothing unproven is ever on its way. Raises
    what `ask` raises, before the first event.
    """
    language = language_of(question)
    translated = _translated(model, question) if language is Language.EN else None
    wanted = as_question(translated or question, language_of(translated or question))
    depth = max(top_k, settings.hits)
    consulted = engine.consult(wanted, top_k=depth, region=region, year=year, report_id=report_id)
    if year is None and report_id is None:
        year = implied_year(engine, consulted, region)
        if year is not None:
            consulted = engine.consult(wanted, top_k=depth, region=region, year=year)
    extractive, scope = _extractive(
        engine, consulted, language, settings, region=region, year=year, report_id=report_id
    )
    extractive = replace(extractive, question=question, hits=extractive.hits[:top_k])
    yield Found(extractive.hits)
    if model is None or extractive.findings or extractive.why in _SETTLED:
        yield from extractive.said
        yield extractive
        return
    yield from _written(engine, model, question, extractive, scope, settings)


def _extractive(
    engine: Engine,
    consulted: Consulted,
    language: Language,
    settings: AnswerSettings,
    *,
    region: str | None,
    year: int | None,
    report_id: str | None,
) -> tuple[Answer, Scope]:
    """The answer in the reports' own words, and the reports it could have come from."""
    asked = asked_for(consulted.question, consulted.expected)
    hits = consulted.result.hits
    scope = scope_of(engine, consulted, region, year, report_id)
    if not hits:
        return _refused(consulted, language, asked, hits, Why.NOTHING_FOUND, ""), scope
    over = aggregate(consulted.question.text, consulted.question.language)
    if over is not None and over.over is Over.EACH and consulted.question.places:
        over = None  # 某省各县: the province's own report tells of its counties
    if over is not None and len(scope.reports) > 1:
        return _over_reports(engine, consulted, language, over, scope, settings), scope
    return _from_one(engine, consulted, language, asked, scope, settings), scope


def _translated(model: LanguageModel | None, question: str) -> str | None:
    """An English question in Chinese by the language model; None if it can't be used.

    Search has a bridge of its own, so that a failure costs quality and nothing else.
    """
    if model is None:
        return None
    try:
        chinese = model.complete(translation_messages(question)).strip()
    except LanguageModelError as error:
        _log.warning("the question is not translated by the language model: %s", error)
        return None
    return chinese if usable_translation(question, chinese) else None


def _written(
    engine: Engine,
    model: LanguageModel,
    question: str,
    extractive: Answer,
    scope: Scope,
    settings: AnswerSettings,
) -> Iterator[Event]:
    """The answer in the language model's words, as far as they are proven; else the extractive one."""
    language = extractive.language
    passages = shown(scope.hits[: settings.shown])
    places = [info.metadata.region.name for info in engine.reports() if info.metadata.region]
    told = {
        info.report_id: years_covered(Scope((), (info,)))
        for info in engine.reports()
        if info.metadata.year is not None
    }
    said: list[Said] = []
    texts: list[str] = []
    dropped = 0
    silent = failed = False
    try:
        for sentence in sentences_of(model.stream(messages(question, passages, language))):
            if NOT_FOUND in sentence:
                silent = True
                continue
            checked = check(sentence, passages, language, places, told)
            if checked.flaws:
                dropped += 1
                problems = "; ".join(each.problem for each in checked.flaws)
                _log.info("a sentence of the language model is dropped: %s", problems)
                continue
            texts.append(checked.text)
            said.extend(checked.said)
            yield from checked.said
    except LanguageModelError as error:
        _log.warning("falling back to the extractive answer: %s", error)
        failed = True
    notices = list(extractive.notices)
    if dropped:
        notices.append(reasons.model_unproven(dropped, language))
    if failed or not texts:
        if extractive.answered:
            # Sentences were dropped, the model found nothing, or it failed.
            quiet = silent and not failed and not dropped
            notices.append(
                reasons.model_silent(language) if quiet else reasons.model_failed(language)
            )
            yield from extractive.said
        yield replace(extractive, notices=tuple(notices))
        return
    prove(engine, "", said, scope.hits)
    answer, differs = _in_short(extractive, texts)
    if differs:
        notices.append(reasons.model_differs(extractive.answer or "", language))
    yield replace(
        extractive,
        answer=answer,
        said=tuple(said),
        why=None,
        reason="",
        notices=tuple(notices),
    )


def _in_short(extractive: Answer, texts: Sequence[str]) -> tuple[str, bool]:
    """The answer itself, and whether the reader's own is another figure.

    For a figure it is the figure; the model's sentences stand beside it.
    """
    text = "".join(texts) if extractive.language is Language.ZH else " ".join(texts)
    if extractive.answering is not Answering.FIGURE:
        return text, False
    claimed = [each for each in quantities(text) if each.unit and each.kind != DATE]
    own = [each for each in quantities(extractive.answer or "") if each.unit]
    agreed = any(each.same_as(own[0]) for each in claimed) if own else False
    if own and extractive.language is Language.EN:
        # English has other words for units: the value tells.
        agreed = any(value in (own[0].low, own[0].high) for _, value, _ in english_numbers(text))
    if agreed:
        return extractive.answer or text, False
    if not claimed:
        return text, False
    return claimed[0].span.of(text), bool(own)


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
        return _refused(consulted, language, asked, hits, Why.NO_REPORT, reason)
    years = uncovered_years(consulted, scope)
    if years and (reading is None or not _says_years(reading, years)):
        reason = reasons.year_not_covered(years, years_covered(scope), language)
        return _refused(consulted, language, asked, hits, Why.YEAR_NOT_COVERED, reason)
    if reading is None or reading.silence > settings.silence:
        titles = list(dict.fromkeys(hit.citation.title for hit in scope.hits))
        reason = reasons.not_stated(titles, language)
        silence = 1.0 if reading is None else reading.silence
        return _refused(consulted, language, asked, scope.hits, Why.NOT_STATED, reason, silence)
    if _several_answer(engine, consulted, compared, reading, scope, settings):
        return _by_report(engine, consulted, language, compared, reading, scope, settings)
    answer = Answer(
        question=consulted.result.query,
        language=language,
        answering=reading.answering,
        answer=reading.answer,
        said=tuple(_said(place) for place in reading.places),
        hits=hits,
        confidence=1.0 - reading.silence,
    )
    prove(engine, answer.answer or "", answer.said, answer.hits)
    return answer


def _several_answer(
    engine: Engine,
    consulted: Consulted,
    compared: Asking,
    reading: Reading,
    scope: Scope,
    settings: AnswerSettings,
) -> bool:
    """Whether other reports answer as well as the one that fits best, each read on its own.

    As well: just as surely, in a sentence that has as much of the question's wording. What only one
    report can know (a project, a campaign) is in the wording, and the others lack it.
    """
    question = consulted.question
    if reading.answering is not Answering.FIGURE or len(scope.reports) < 2:
        return False
    if question.places and question.years:
        return False  # it was said which report is meant
    best = reading.places[0].hit.citation.report_id
    others = dict.fromkeys(
        hit.citation.report_id for hit in scope.hits if hit.citation.report_id != best
    )
    answered = as_well = 0
    for report_id in list(others)[: settings.others]:
        found = _finding(engine, engine.report(report_id), question.text, settings)
        if found is None:
            continue
        answered += 1
        as_well += found.confidence >= settings.also and _says_as_much(
            found, reading, compared.wording, settings
        )
    return as_well > 0 and 2 * as_well >= answered


def _says_as_much(
    found: Finding, best: Reading, wording: Wording, settings: AnswerSettings
) -> bool:
    """Whether a report's sentence has as much of the question's wording as the best one."""
    citation = found.said[0].citation
    said = characters(citation.quote + "".join(citation.heading_path))
    other = characters(_words(best.places[0]))
    enough = settings.as_much * wording.share_of(other)
    return wording.covers(said, other) and wording.share_of(said) >= enough


def _by_report(
    engine: Engine,
    consulted: Consulted,
    language: Language,
    compared: Asking,
    reading: Reading,
    scope: Scope,
    settings: AnswerSettings,
) -> Answer:
    """The answers of all reports, since no place was named and several answer."""
    question = consulted.question.text
    reports = scope.reports[: settings.most_reports]
    findings = [
        each
        for each in findings_of(reports, lambda info: _finding(engine, info, question, settings))
        if _says_as_much(each, reading, compared.wording, settings)
    ]
    names = [name_of(each, findings, language) for each in findings]
    pairs = [f"{name}：{each.answer}" for name, each in zip(names, findings, strict=True)]
    coverage = coverage_of(reports, findings)
    return Answer(
        question=consulted.result.query,
        language=language,
        answering=Answering.FIGURE,
        answer="；".join(pairs),
        said=tuple(said for each in findings for said in each.said),
        hits=consulted.result.hits,
        confidence=min((each.confidence for each in findings), default=0.0),
        findings=tuple(findings),
        coverage=coverage,
        notices=(reasons.several(coverage, language),),
    )


def _over_reports(
    engine: Engine,
    consulted: Consulted,
    language: Language,
    over: Aggregate,
    scope: Scope,
    settings: AnswerSettings,
) -> Answer:
    """The answer to a question that is put to all reports."""
    asked_about = of_level(scope.reports, over.level)
    reports = asked_about[: settings.most_reports]
    if over.mention:
        groups = engine.consult(over.question, top_k=1).query.groups
        every = findings_of(reports, lambda info: _mention(engine, info, groups))
    else:
        every = findings_of(reports, lambda info: _finding(engine, info, over.question, settings))
    coverage = coverage_of(reports, every)
    chosen = fulfilling(over, every)
    names = [name_of(each, every, language) for each in chosen]
    if over.silent:
        silent = [info for info in reports if info.report_id in set(coverage.not_found)]
        names = [_report_name(info) for info in silent]
    shown = every if over.silent else chosen
    answer = _aggregated(over, chosen, names)
    if answer is None:
        titles = [info.metadata.title or info.report_id for info in reports]
        reason = reasons.not_stated(titles, language)
        asked = Asked(Answering.COUNT, consulted.expected)
        hits = consulted.result.hits
        refused = _refused(consulted, language, asked, hits, Why.NOT_STATED, reason)
        return replace(refused, coverage=coverage)
    notices = [reasons.covered(coverage, language)]
    if len(asked_about) > len(reports):
        notices.append(reasons.cut(len(reports), len(asked_about), language))
    return Answer(
        question=consulted.result.query,
        language=language,
        answering=Answering.COUNT,
        answer=answer,
        said=tuple(said for each in shown for said in each.said),
        hits=consulted.result.hits,
        confidence=min((each.confidence for each in every), default=1.0),
        findings=tuple(shown),
        coverage=coverage,
        notices=tuple(notices),
    )


def _aggregated(over: Aggregate, chosen: Sequence[Finding], names: Sequence[str]) -> str | None:
    """The answer over reports; None if no report says anything, or figures don't add up."""
    listed = "、".join(names)
    if over.silent:
        return f"{len(names)}：{listed}" if names else "0"
    if over.over is Over.COUNT:
        return f"{len(names)}：{listed}" if names else "0"
    if not chosen:
        return None
    if over.over is Over.SUM:
        return total(chosen)
    if over.over is Over.WHICH and over.limit is None:
        return listed
    return "；".join(f"{name}：{each.answer}" for name, each in zip(names, chosen, strict=True))


def _finding(
    engine: Engine, info: ReportInfo, question: str, settings: AnswerSettings
) -> Finding | None:
    """What one report answers; None if it doesn't."""
    consulted = engine.consult(question, top_k=settings.hits, report_id=info.report_id)
    hits = consulted.result.hits
    if not hits:
        return None
    scope = Scope(hits, (info,))
    if uncovered_years(consulted, scope):
        return None
    reading = read(hits[: settings.read], asking(engine, consulted))
    if reading is None or reading.silence > settings.silence:
        return None
    said = tuple(_said(place) for place in reading.places)
    prove(engine, reading.answer, said, hits)
    return _found(info, reading.answer, said, 1.0 - reading.silence)


def _mention(engine: Engine, info: ReportInfo, groups: Sequence[Collection[str]]) -> Finding | None:
    """The first sentence of a report that has all the words; every sentence is looked at."""
    for passage in engine.passages(info.report_id):
        for span in passage.sentences:
            sentence = passage.text[span.start - passage.start : span.end - passage.start]
            if groups and all(any(word in sentence for word in group) for group in groups):
                place = Place(_whole(info, passage), span)
                said = _said(place)
                prove(engine, said.text, (said,), (place.hit,))
                return _found(info, said.text, (said,), 1.0)
    return None


def _whole(info: ReportInfo, passage: Passage) -> Hit:
    """A passage that was looked at without a search, as a hit."""
    metadata = info.metadata
    citation = Citation(
        report_id=info.report_id,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        heading_path=passage.heading_path,
        title=metadata.title,
        region=metadata.region.name if metadata.region else "",
        year=metadata.year,
        source=info.source,
        page=passage.page,
    )
    return Hit(
        rank=1,
        score=0.0,
        passage_id=passage.passage_id,
        text=passage.text,
        heading_path=passage.heading_path,
        citation=citation,
        sentences=passage.sentences,
    )


def _found(info: ReportInfo, answer: str, said: tuple[Said, ...], confidence: float) -> Finding:
    metadata = info.metadata
    return Finding(
        report_id=info.report_id,
        title=metadata.title,
        region=metadata.region.name if metadata.region else "",
        year=metadata.year,
        answer=answer,
        said=said,
        confidence=confidence,
    )


def _report_name(info: ReportInfo) -> str:
    metadata = info.metadata
    return metadata.region.name if metadata.region else metadata.title or info.report_id


def prove(engine: Engine, answer: str, said: Sequence[Said], hits: Sequence[Hit]) -> None:
    """Raises UnprovenError unless citations and figures of an extractive answer hold."""
    retrieved = [(h.citation.report_id, h.citation.start, h.citation.end) for h in hits]
    citations = [each.citation for each in said]
    flaws = citation_flaws(citations, engine.text, retrieved)
    flaws += figure_flaws(answer, [each.quote for each in citations])
    if flaws:
        raise UnprovenError("; ".join(each.problem for each in flaws))


def _says(reading: Reading, places: Sequence[Region]) -> bool:
    """Whether what was read names all of the places itself."""
    said = "".join(_words(place) for place in reading.places)
    return all(short_name(place.name) in said for place in places)


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
    return Said(quote, replace(whole, start=start, end=end, quote=quote))


def _refused(
    consulted: Consulted,
    language: Language,
    asked: Asked,
    hits: Sequence[Hit],
    why: Why,
    reason: str,
    confidence: float = 1.0,
) -> Answer:
    return Answer(
        question=consulted.result.query,
        language=language,
        answering=asked.answering,
        answer=None,
        said=(),
        hits=tuple(hits),
        confidence=confidence,
        why=why,
        reason=reason or reasons.nothing_found(language),
    )

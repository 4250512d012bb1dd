"""Answers of several reports: each is searched and read on its own, then they are put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.report import Passage
from corpus.statements.statement import Statement
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.cell import Cell, cell
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.value_features import Compared
from search_api.answering.reading.wording import Wording
from search_api.answering.saying import prove, refused, said_at, words_of
from search_api.answering.scope import Scope, one_place
from search_api.answering.settings import AnswerSettings
from search_api.answering.several.aggregate import Aggregate, Over
from search_api.answering.several.report_figures import (
    coverage_of,
    findings_of,
    fulfilling,
    name_of,
    of_level,
    total,
)
from search_api.answering.types import Answer, Answering, Coverage, Finding, Languages, Said, Why
from search_api.engine import Consulted, Engine
from search_api.questions.plan import Operation, Plan
from search_api.results import Hit, citation_of
from search_api.retrieval.characters import characters


def several_answer(
    engine: Engine,
    consulted: Consulted,
    compared: Compared,
    reading: Reading,
    scope: Scope,
    settings: AnswerSettings,
) -> bool:
    """Whether other reports answer as well as the one that fits best, each read on its own.

    As well: just as surely, in a sentence that has as much of the question's wording. What only one
    report can know (a project, a campaign) is in the wording, and the others lack it.
    """
    question = consulted.question
    if reading.operation is not Operation.VALUE or len(scope.reports) < 2:
        return False
    if question.places and consulted.plan.when.years:
        return False  # it was said which report is meant
    best = reading.places[0].hit.citation.report_id
    others = dict.fromkeys(
        hit.citation.report_id for hit in scope.hits if hit.citation.report_id != best
    )
    answered = as_well = 0
    for report_id in list(others)[: settings.others]:
        found = finding(engine, engine.report(report_id), consulted.plan, settings)
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
    other = characters(words_of(best.places[0]))
    enough = settings.as_much * wording.share_of(other)
    return wording.covers(said, other) and wording.share_of(said) >= enough


def by_report(
    engine: Engine,
    consulted: Consulted,
    languages: Languages,
    compared: Compared,
    reading: Reading,
    scope: Scope,
    settings: AnswerSettings,
) -> Answer:
    """The answers of all reports, since no place (or of one place no year) was named and several answer."""
    plan = consulted.plan
    reports = scope.reports[: settings.most_reports]
    findings = [
        each
        for each in findings_of(reports, lambda info: finding(engine, info, plan, settings))
        if _says_as_much(each, reading, compared.wording, settings)
    ]
    names = [name_of(each, findings, languages.question) for each in findings]
    pairs = [f"{name}：{each.answer}" for name, each in zip(names, findings, strict=True)]
    coverage = coverage_of(reports, findings)
    return Answer(
        question=consulted.result.query,
        language=languages.question,
        answering=Answering.FIGURE,
        answer="；".join(pairs),
        said=tuple(said for each in findings for said in each.said),
        hits=consulted.result.hits,
        confidence=min((each.confidence for each in findings), default=0.0),
        findings=tuple(findings),
        coverage=coverage,
        notices=(_left_open(consulted, reports, coverage, languages),),
    )


def _left_open(
    consulted: Consulted,
    reports: Sequence[ReportInfo],
    coverage: Coverage,
    languages: Languages,
) -> str:
    """Why several reports answer: no place was named, or no year; where several were, only how many."""
    if len(consulted.question.places) > 1:
        return reasons.covered(coverage, languages.told)
    return reasons.several(coverage, languages.told, place=one_place(reports) is not None)


def over_all_reports(
    engine: Engine,
    consulted: Consulted,
    languages: Languages,
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
        plan = engine.plan(over.question, consulted.result.filters, Operation.VALUE)
        every = findings_of(reports, lambda info: finding(engine, info, plan, settings))
    coverage = coverage_of(reports, every)
    chosen = fulfilling(over, every)
    names = [name_of(each, every, languages.question) for each in chosen]
    if over.silent:
        silent = [info for info in reports if info.report_id in set(coverage.not_found)]
        names = [_report_name(info) for info in silent]
    shown = every if over.silent else chosen
    answer = _aggregated(over, chosen, names)
    if answer is None:
        titles = [info.metadata.title or info.report_id for info in reports]
        reason = reasons.not_stated(titles, languages.told)
        if every and over.limit is not None:
            reason = reasons.none_fulfils(coverage, languages.told)
        hits = consulted.result.hits
        refusal = refused(consulted, languages, hits, Why.NOT_STATED, reason)
        return replace(refusal, answering=Answering.COUNT, coverage=coverage)
    notices = [reasons.covered(coverage, languages.told)]
    if len(asked_about) > len(reports):
        notices.append(reasons.cut(len(reports), len(asked_about), languages.told))
    return Answer(
        question=consulted.result.query,
        language=languages.question,
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
    if over.over is Over.WHICH and over.limit is None and not over.stated:
        return listed
    return "；".join(f"{name}：{each.answer}" for name, each in zip(names, chosen, strict=True))


def finding(
    engine: Engine, info: ReportInfo, plan: Plan, settings: AnswerSettings
) -> Finding | None:
    """What one report answers, searched and read on its own; None if it doesn't."""
    return finding_of(engine, cell(engine, plan, info, settings))


def finding_of(engine: Engine, found: Cell) -> Finding | None:
    """A cell as a finding, proven; None if the report is silent."""
    reading = found.reading
    if reading is None:
        return None
    said = tuple(said_at(place) for place in reading.places)
    prove(engine, reading.answer, said, found.hits)
    return _found(found.info, reading.answer, said, reading.chance, reading.statement)


def _mention(engine: Engine, info: ReportInfo, groups: Sequence[Collection[str]]) -> Finding | None:
    """The first sentence of a report that has all the words; every sentence is looked at."""
    for passage in engine.passages(info.report_id):
        for span in passage.sentences:
            sentence = passage.text[span.start - passage.start : span.end - passage.start]
            if groups and all(any(word in sentence for word in group) for group in groups):
                place = Place(_whole(info, passage), span)
                said = said_at(place)
                prove(engine, said.text, (said,), (place.hit,))
                return _found(info, said.text, (said,), 1.0)
    return None


def _whole(info: ReportInfo, passage: Passage) -> Hit:
    """A passage that was looked at without a search, as a hit."""
    return Hit(
        rank=1,
        score=0.0,
        passage_id=passage.passage_id,
        text=passage.text,
        heading_path=passage.heading_path,
        citation=citation_of(passage, info),
        sentences=passage.sentences,
    )


def _found(
    info: ReportInfo,
    answer: str,
    said: tuple[Said, ...],
    confidence: float,
    statement: Statement | None = None,
) -> Finding:
    metadata = info.metadata
    return Finding(
        report_id=info.report_id,
        title=metadata.title,
        region=metadata.region.name if metadata.region else "",
        year=metadata.year,
        answer=answer,
        said=said,
        confidence=confidence,
        statement=statement,
    )


def _report_name(info: ReportInfo) -> str:
    metadata = info.metadata
    return metadata.region.name if metadata.region else metadata.title or info.report_id

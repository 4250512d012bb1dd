"""What does one report say on a topic? A figure, or the sentences on a theme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.report import Citation, Passage, ReportKind, Span
from corpus.statements.quantities import Quantity
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.asked import asked_for
from search_api.answering.by_report import finding_in
from search_api.answering.context import Scope, uncovered_years, years_covered
from search_api.answering.settings import AnswerSettings
from search_api.answering.times import asks_of_several_years
from search_api.answering.types import Finding
from search_api.comparing.comparison_types import Row, Status, Topic
from search_api.comparing.table import notices
from search_api.comparing.table.theme_sentences import is_heading, mentions, theme_words
from search_api.engine import Consulted, Engine
from search_api.questions.question import Language, Question, years_in
from search_api.results import Hit, citation_of
from search_api.retrieval.expectation import Sense, expect, sense_score, years_told

# Hits of a theme whose order is trusted more than reading order.
_RANKED: Final = 10


def blank_row(info: ReportInfo) -> Row:
    """A row that says whose it is, and nothing yet."""
    metadata = info.metadata
    return Row(
        report_id=info.report_id,
        title=metadata.title,
        region=metadata.region.name if metadata.region else "",
        year=metadata.year,
        status=Status.NOT_STATED,
    )


def figure_row(engine: Engine, topic: Topic, info: ReportInfo, settings: AnswerSettings) -> Row:
    """The figure of a report, read and refused as an answer to a question would be."""
    row = blank_row(info)
    silent: Row | None = None
    for put in questions_for(topic, info):
        consulted = engine.consult(put.text, top_k=settings.hits, report_id=info.report_id)
        found = finding_in(engine, info, consulted, settings, topic=True)
        if found is not None and found.quantity is not None:
            stated = _stated(row, found, found.quantity)
            return replace(stated, announced=put.announced or is_announced(stated))
        # Of several questions the first is the one that is meant most.
        silent = silent or not_stated(engine, row, consulted, info, topic)
    if topic.thing:
        return theme_row(engine, replace(topic, questions=(topic.text,)), info)
    return silent or row


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to one report; `announced`: for a target, not for a result."""

    text: str
    announced: bool = False


def questions_for(topic: Topic, info: ReportInfo) -> list[Put]:
    """What is put to a report: each of the topic's questions, of the year that is meant.

    A report tells of many years. A topic without one asks for what had been reached when the report was
    given; if it doesn't say that, or the topic names a target, for what it announces of its year. A
    change (增速) that is announced is not taken for one that happened.
    """
    year = info.metadata.year
    asked: list[Put] = []
    for text in topic.questions:
        question = Question(text, topic.language, text)
        expected = expect(question)
        named = years_in(text) or expected.relative or asks_of_several_years(text)
        if year is None or named or info.metadata.kind is ReportKind.OTHER:
            asked.append(Put(text, expected.sense is Sense.PLANNED))
            continue
        senses = [expected.sense or Sense.DONE]
        if expected.sense is None and not asked_for(question, expected).change:
            senses.append(Sense.PLANNED)
        for sense in senses:
            (meant,) = years_told(info.metadata.kind, year, sense)
            put = _of_year(text, meant, topic.language)
            asked.append(Put(put, sense is Sense.PLANNED))
    return asked


def is_announced(row: Row) -> bool:
    """Whether the sentence says that its figure is a target: its headings, or its own words."""
    if row.citation is None:
        return False
    headed = sense_score(row.citation.heading_path, "")
    if headed:
        return headed > 0
    later = row.year is not None and any(int(each) > row.year for each in _BY.findall(row.quote))
    return later or bool(_TARGET.search(row.quote))


_TARGET: Final = re.compile(r"预期目标|主要目标|力争|确保|今年.{0,12}(?:拟|要|将)")
# 到2030年: a target, if the report is of an earlier year.
_BY: Final = re.compile(r"到(20\d\d)年")


def _of_year(question: str, year: int, language: Language) -> str:
    if language is Language.ZH:
        return f"{year}年{question}"
    return f"{question.rstrip('?')} in {year}?"


def _stated(row: Row, found: Finding, quantity: Quantity) -> Row:
    return replace(
        row,
        status=Status.STATED,
        value=found.answer,
        quantity=quantity,
        citation=found.said[0].citation,
        confidence=found.confidence,
    )


def theme_row(engine: Engine, topic: Topic, info: ReportInfo) -> Row:
    """The sentence that says most on a theme, and how many do.

    Every sentence of the report is looked at: those have the theme that have all its words, in any
    spelling the table of official terms knows, or stand under a heading that has them.
    """
    row = blank_row(info)
    consulted = engine.consult(topic.questions[0], top_k=_RANKED, report_id=info.report_id)
    if uncovered_years(consulted, Scope(consulted.result.hits, (info,))):
        return not_stated(engine, row, consulted, info, topic)
    rank = {hit.passage_id: hit.rank for hit in consulted.result.hits}
    found = mentions(engine.passages(info.report_id), theme_words(consulted.query.groups))
    places = found.sentences or found.under or found.headings
    if not places:
        return not_stated(engine, row, consulted, info, topic)
    best = min(places, key=lambda each: (rank.get(each.passage.passage_id, _RANKED + 1), each.span))
    return replace(
        row,
        status=Status.STATED,
        citation=sentence_citation(best.passage, best.span, info),
        confidence=1.0,
        mentions=len(found.sentences),
    )


def not_stated(
    engine: Engine, row: Row, consulted: Consulted, info: ReportInfo, topic: Topic
) -> Row:
    """The row of a report that doesn't state it: why, and what comes nearest."""
    hits = consulted.result.hits
    scope = Scope(hits, (info,))
    text = engine.text(info.report_id)
    years = [year for year in uncovered_years(consulted, scope) if f"{year}年" not in text]
    reason = (
        reasons.year_not_covered(years, years_covered(scope), topic.language)
        if years
        else notices.not_stated(topic.language)
    )
    return replace(row, reason=reason, nearest=_nearest(hits))


def sentence_citation(passage: Passage, span: Span, info: ReportInfo) -> Citation:
    """The citation of one sentence of a passage."""
    whole = citation_of(passage, info)
    quote = whole.quote[span.start - whole.start : span.end - whole.start]
    return replace(whole, start=span.start, end=span.end, quote=quote)


def _nearest(hits: Sequence[Hit]) -> Citation | None:
    """The likest sentence of the best passage that is no heading; the passage where none is known."""
    if not hits:
        return None
    best = hits[0]
    whole = best.citation
    told = [
        (like, span)
        for like, span in zip(best.likeness, best.sentences, strict=True)
        if not is_heading(
            best.text[span.start - whole.start : span.end - whole.start],
            (*whole.heading_path, whole.title),
        )
    ]
    if not told:
        return whole
    _, span = max(told, key=lambda each: (each[0], -each[1].start))
    quote = best.text[span.start - whole.start : span.end - whole.start]
    return replace(whole, start=span.start, end=span.end, quote=quote)

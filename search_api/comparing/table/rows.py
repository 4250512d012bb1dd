"""What does one report say on a topic? A figure, or the sentences on a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.report import Citation, Passage, Span
from corpus.statements.statement import Sense, Statement
from indexer.types import ReportInfo
from search_api.answering import reasons
from search_api.answering.cell import Cell, Silence, first_cell
from search_api.answering.saying import said_at
from search_api.answering.scope import Scope, uncovered_years, years_covered
from search_api.answering.settings import AnswerSettings
from search_api.answering.several.report_answers import finding_of
from search_api.answering.types import Finding
from search_api.comparing.comparison_types import Row, Status, Topic
from search_api.comparing.table import notices
from search_api.comparing.table.theme_sentences import is_heading, mentions, theme_words
from search_api.engine import Engine
from search_api.questions.plan import Operation, Plan
from search_api.results import Filters, Hit, citation_of

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
    """The figure of a report, read and refused as an answer to a question would be: the same cell."""
    row = blank_row(info)
    filters = Filters(report_id=info.report_id)
    plans = [engine.plan(text, filters, Operation.VALUE) for text in topic.questions]
    found = first_cell(engine, plans, info, settings)
    finding = finding_of(engine, found)
    if finding is not None and finding.statement is not None:
        return _stated(row, finding, finding.statement)
    if topic.thing:
        return theme_row(engine, replace(topic, questions=(topic.text,)), info)
    return not_stated(row, found, topic)


def _stated(row: Row, found: Finding, statement: Statement) -> Row:
    return replace(
        row,
        status=Status.STATED,
        value=found.answer,
        statement=statement,
        citation=found.said[0].citation,
        confidence=found.confidence,
        announced=statement.sense is Sense.PLANNED,
    )


def theme_row(engine: Engine, topic: Topic, info: ReportInfo) -> Row:
    """The sentence that says most on a theme, and how many do.

    Every sentence of the report is looked at: those have the theme that have all its words, in any
    spelling the table of official terms knows, or stand under a heading that has them.
    """
    row = blank_row(info)
    filters = Filters(report_id=info.report_id)
    consulted = engine.consult(topic.questions[0], filters, top_k=_RANKED)
    if uncovered_years(consulted, Scope(consulted.result.hits, (info,))):
        return silent_row(row, consulted.plan, consulted.result.hits, info, topic)
    rank = {hit.passage_id: hit.rank for hit in consulted.result.hits}
    found = mentions(engine.passages(info.report_id), theme_words(consulted.query.groups))
    places = found.sentences or found.under or found.headings
    if not places:
        return silent_row(row, consulted.plan, consulted.result.hits, info, topic)
    best = min(places, key=lambda each: (rank.get(each.passage.passage_id, _RANKED + 1), each.span))
    return replace(
        row,
        status=Status.STATED,
        citation=sentence_citation(best.passage, best.span, info),
        confidence=1.0,
        mentions=len(found.sentences),
    )


def not_stated(row: Row, found: Cell, topic: Topic) -> Row:
    """The row of a report that doesn't state it: which kind of silence, and what comes nearest."""
    if found.silence in (None, Silence.NOT_STATED) or found.nearest is None:
        return silent_row(row, found.plan, found.hits, found.info, topic)
    reason = notices.silence(found.silence, topic.language)
    return replace(row, reason=reason, nearest=said_at(found.nearest).citation)


def silent_row(row: Row, plan: Plan, hits: tuple[Hit, ...], info: ReportInfo, topic: Topic) -> Row:
    """The same where nothing is known but the passages that were looked at."""
    told = years_covered(Scope(hits, (info,)))
    years = plan.when.years if told and not plan.when.years & told else frozenset()
    said = {year for year in years for hit in hits if f"{year}年" in hit.text}
    reason = (
        reasons.year_not_covered(years, told, topic.language)
        if years - said
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

"""Learns which sentence answers, and which name or date in it: the weights of `search_api/data/sentence_reader.json`,
`name_reader.json` and `date_reader.json`, a model a language.

As figures are learned (`values`), but no sign of a weight is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from eval.measures.answers import FIGURE_SLACK, normal
from eval.train.choices import Example, fit_choices, without_gold
from eval.types import Query
from search_api.answering.reading.choice_model import ChoiceModel
from search_api.answering.reading.sentence_features import FEATURES as SENTENCE
from search_api.answering.reading.sentence_features import (
    RELATIVE,
    sentence_candidates,
    sentence_features,
)
from search_api.answering.reading.span_candidates import span_candidates
from search_api.answering.reading.span_features import FEATURES as SPAN
from search_api.answering.reading.span_features import span_features
from search_api.answering.scope import compared_with, frame_hits
from search_api.answering.settings import AnswerSettings
from search_api.engine import Engine
from search_api.questions.plan import Operation
from search_api.results import Filters

# The kinds of judged questions whose sentence is learned from.
TOLD: Final = ("wording", "yesno", "name", "list", "date")
OPERATIONS: Final = {"name": Operation.NAME, "date": Operation.DATE}
DATE: Final = "date"
PENALTY: Final = 1.0
# Questions with an answer that the limit of silence may refuse.
_LOST: Final = 0.05
# What a question without its gold sentences counts.
MADE_WEIGHT: Final = 0.3
_RELATIVE: Final = tuple(SENTENCE.index(name) for name in RELATIVE)
# Of a span the words may be a little longer than the answer: the sentence reads so.
_SLACK: Final = {"name": 6, "date": FIGURE_SLACK}


def sentence_examples(
    engine: Engine, queries: Iterable[Query], settings: AnswerSettings
) -> list[Example]:
    """Questions told in words, each asked of its own report: which sentence is quoted?"""
    known = {info.report_id for info in engine.reports()}
    found: list[Example] = []
    for query in queries:
        if query.kind not in TOLD or query.report_id not in known:
            continue
        filters = Filters(report_id=query.report_id)
        consulted = engine.consult(query.text, filters, top_k=settings.hits)
        frames = frame_hits(engine, consulted.plan, query.report_id)
        candidates = sentence_candidates(consulted.result.hits[: settings.read], frames)
        if candidates:
            found.append(
                Example(
                    query=query,
                    rows=sentence_features(candidates, compared_with(engine, consulted)),
                    right=np.array([_is_quoted(query, each.text) for each in candidates]),
                    said=tuple(each.text for each in candidates),
                    sentences=tuple(each.span.start for each in candidates),
                )
            )
    return found


def span_examples(
    engine: Engine, queries: Iterable[Query], settings: AnswerSettings, kind: str
) -> list[Example]:
    """Questions for a name or a date (`kind`), each asked of its own report: which words are the answer?"""
    known = {info.report_id for info in engine.reports()}
    operation = OPERATIONS[kind]
    found: list[Example] = []
    for query in queries:
        if query.kind != kind or query.report_id not in known:
            continue
        filters = Filters(report_id=query.report_id)
        plan = engine.plan(query.text, filters, operation)
        consulted = engine.consult(plan, filters, top_k=settings.hits)
        compared = compared_with(engine, consulted)
        frames = frame_hits(engine, plan, query.report_id)
        sentences = sentence_candidates(consulted.result.hits[: settings.read], frames)
        candidates = span_candidates(sentences, operation)
        if not candidates:
            continue
        of = sentence_features(sentences, compared)
        found.append(
            Example(
                query=query,
                rows=span_features(candidates, of, compared),
                right=np.array(
                    [
                        _is_answer(query, each.text, kind) and _is_quoted(query, each.sentence.text)
                        for each in candidates
                    ]
                ),
                said=tuple(each.text for each in candidates),
                sentences=tuple(each.sentence.span.start for each in candidates),
            )
        )
    return found


def fit_spans(given: list[Example], kind: str) -> ChoiceModel:
    """The weights that make the right choices most probable; `kind` of question, empty for sentences.

    Only dates are few enough in a report that their silence can be learned: its limit refuses one in twenty of
    the questions that are answered. That of names and sentences is told by how much of the question they say.
    """
    known = [each for each in given if each.right.any()]
    if kind != DATE:
        return fit_choices(known, SPAN if kind else SENTENCE, PENALTY)
    made = [two for one in known for two in without_gold(one, _RELATIVE, MADE_WEIGHT)]
    model = fit_choices([*known, *made], SPAN, PENALTY)
    silences = [model.chances(model.scores(each.rows))[0] for each in known]
    return replace(model, limit=round(float(np.quantile(silences, 1 - _LOST)), 3))


def _is_quoted(query: Query, sentence: str) -> bool:
    said = normal(sentence)
    return any(quote in said or said in quote for quote in map(normal, query.quotes))


def _is_answer(query: Query, words: str, kind: str) -> bool:
    said = normal(words)
    return any(
        gold in said and len(said) <= len(gold) + _SLACK[kind]
        for gold in map(normal, query.answers)
    )

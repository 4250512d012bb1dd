"""Learns which figure answers: the weights of `search_api/data/value_reader.json`, a model a language.

A conditional logit (McFadden 1974) over the statements of the passages that were found in a question's own report,
"the report doesn't say it" being one more choice. What a feature can mean has one direction only (a wrong unit never
helps), so weights have fixed signs; the rest of the freedom is held by an L2 penalty. Every question with an answer
serves a second time as one without: its gold sentences and the gold figure are taken out of what was found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.statements.statement import Aspect
from eval.measures.answers import normal
from eval.train.choices import Example, fit_choices, without_gold
from eval.types import UNANSWERABLE, Query
from search_api.answering.reading.choice_model import ChoiceModel
from search_api.answering.reading.rulings import ruled_out
from search_api.answering.reading.value_candidates import ValueCandidate, value_candidates
from search_api.answering.reading.value_features import AGAINST, FEATURES, RELATIVE, value_features
from search_api.answering.reading.value_reader import said
from search_api.answering.scope import compared_with, told_of
from search_api.answering.settings import AnswerSettings
from search_api.engine import Engine
from search_api.questions.plan import Operation
from search_api.results import Filters

NUMBER: Final = "number"
# Places in a ranking are judged as names.
NAME: Final = "name"
# Chosen by leaving reports out: 1 and .1 were worse by one to three questions.
PENALTY: Final = 0.3
# What a question without its gold sentences counts, beside one that people wrote.
MADE_WEIGHT: Final = 0.3
# Of the unanswerable so many are to be refused: the limit of silence is set there, on reports left out.
REFUSED: Final = {"zh": 0.88, "en": 0.80}
FOLDS: Final = 5
# In how many steps limits of silence are tried.
LIMIT_STEPS: Final = 50
RELATIVE_COLUMNS: Final = tuple(FEATURES.index(name) for name in RELATIVE)
_CHANGES: Final = re.compile("增长|下降|提高|增加|减少")


def examples(engine: Engine, queries: Iterable[Query], settings: AnswerSettings) -> list[Example]:
    """Ask questions for figures, each of its own report, and compare what was found with the gold answers.

    Those of reports that the index doesn't have, or that no statement can answer, are left out.
    """
    known = {info.report_id for info in engine.reports()}
    found: list[Example] = []
    for query in queries:
        if query.report_id not in known:
            continue
        filters = Filters(report_id=query.report_id)
        plan = engine.plan(query.text, filters, Operation.VALUE)
        ranked = query.kind == NAME and plan.aspect is Aspect.RANK
        if not ranked and query.kind not in (NUMBER, UNANSWERABLE):
            continue
        consulted = engine.consult(plan, filters, top_k=settings.hits)
        told = told_of(engine.report(query.report_id))
        candidates = [
            each
            for each in value_candidates(consulted.result.hits[: settings.read], engine.statements)
            if not ruled_out(each.statement, plan, told)
        ]
        if candidates:
            found.append(
                Example(
                    query=query,
                    outright=plan.outright,
                    rows=value_features(candidates, compared_with(engine, consulted)),
                    right=np.array([_is_right(query, each) for each in candidates]),
                    said=tuple(said(each) for each in candidates),
                    sentences=tuple(each.statement.sentence.start for each in candidates),
                )
            )
    return found


def fit(given: Sequence[Example]) -> ChoiceModel:
    """The weights that make the right choices most probable."""
    every = [
        each
        for one in given
        for each in (one, *without_gold(one, RELATIVE_COLUMNS, MADE_WEIGHT))
        # A question whose answer was not found teaches nothing about choosing.
        if one.query.kind == UNANSWERABLE or one.right.any()
    ]
    return fit_choices(
        every,
        FEATURES,
        PENALTY,
        never_for=AGAINST,
        never_against=frozenset(FEATURES) - AGAINST,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model makes of a question: is its best figure right, and how probable is silence?"""

    query: Query
    right: bool
    silence: float
    outright: bool


def judged(model: ChoiceModel, given: Example) -> Outcome:
    """What a model makes of a question."""
    scores = model.scores(given.rows)
    silence, _ = model.chances(scores)
    right = bool(given.right[int(scores.argmax())])
    return Outcome(given.query, right, silence, given.outright)


def left_out(given: Sequence[Example]) -> list[Outcome]:
    """Every question judged by weights that were learned without its report, in folds over reports."""
    reports = sorted({each.query.report_id for each in given})
    random.Random(0).shuffle(reports)
    found: list[Outcome] = []
    for fold in range(min(FOLDS, len(reports))):
        out = set(reports[fold::FOLDS])
        model = fit([each for each in given if each.query.report_id not in out])
        found += [judged(model, each) for each in given if each.query.report_id in out]
    return found


def limits_of(outcomes: Sequence[Outcome], refused: float) -> dict[bool, float]:
    """The silences above which to refuse, for questions asked in words (True) and for bare phrases: of all pairs that
    refuse at least this share of the unanswerable, the one by which most figures are given rightly.
    """
    forms = {
        outright: [each for each in outcomes if each.outright is outright]
        for outright in (False, True)
    }
    unanswerable = sum(each.query.kind == UNANSWERABLE for each in outcomes)
    choices = {outright: _limits(group) for outright, group in forms.items()}
    pairs = [
        (rightly + rightly_too, -limit - limit_too, {False: limit, True: limit_too})
        for limit, answered, rightly in choices[False]
        for limit_too, answered_too, rightly_too in choices[True]
        if answered + answered_too <= (1 - refused) * unanswerable
    ]
    # Of pairs as good the one that says less.
    return max(pairs, key=lambda each: each[:2])[2]


def _limits(outcomes: Sequence[Outcome]) -> list[tuple[float, int, int]]:
    """Limits in steps, each with how many unanswerable questions it answers and how many others rightly.

    None is above a half: what is likelier not said than said isn't answered.
    """
    return [
        (
            limit,
            sum(each.silence <= limit for each in outcomes if each.query.kind == UNANSWERABLE),
            sum(each.silence <= limit and each.right for each in outcomes),
        )
        for limit in (step / LIMIT_STEPS for step in range(LIMIT_STEPS // 2 + 1))
    ]


def _is_right(query: Query, candidate: ValueCandidate) -> bool:
    """Whether it is a gold figure in a gold sentence."""
    if query.kind == UNANSWERABLE:
        return False
    start, quantity = candidate.hit.citation.start, candidate.statement.quantity
    written = {
        normal(candidate.hit.text[span.start - start : span.end - start])
        for span in (quantity.span, quantity.about)
    }
    golds = {normal(each) for each in query.answers}
    bare = {_CHANGES.sub("", each) for each in golds}
    if not (written & (golds | bare) or any(gold in each for each in written for gold in golds)):
        return False
    sentence = normal(candidate.sentence)
    return any(quote in sentence or sentence in quote for quote in map(normal, query.quotes))

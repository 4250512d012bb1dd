"""Which name or which date answers? The words of the sentences that were found, weighed against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search_api.answering.reading.choice_model import load_choice_model
from search_api.answering.reading.reading import Place, Reading
from search_api.answering.reading.sentence_features import sentence_candidates, sentence_features
from search_api.answering.reading.sentence_reader import LIMIT, silence_of
from search_api.answering.reading.span_candidates import (
    PERSON,
    SIGNED,
    SpanCandidate,
    span_candidates,
)
from search_api.answering.reading.span_features import FEATURES, span_features
from search_api.answering.reading.value_features import Compared
from search_api.questions.plan import Operation, Plan
from search_api.questions.words import pattern
from search_api.results import Hit

MODELS: Final = {Operation.NAME: "name_reader", Operation.DATE: "date_reader"}
_EDGES: Final = "“”‘’《》「」"


def read_span(hits: Sequence[Hit], frames: Sequence[Hit], compared: Compared) -> Reading | None:
    """The name or the date that answers; None where there is none. `frames`: a report's beginning and end."""
    plan = compared.plan
    sentences = sentence_candidates(hits, frames)
    candidates = _possible(span_candidates(sentences, plan.operation), plan)
    if not candidates:
        return None
    model = load_choice_model(MODELS[plan.operation], plan.question.language, FEATURES)
    rows = span_features(candidates, sentence_features(sentences, compared), compared)
    silence, chances = model.chances(model.scores(rows))
    dated = plan.operation is Operation.DATE
    best = int(chances.argmax())
    chosen = candidates[best]
    # The same words elsewhere, with more or fewer characters at their edges, are the same answer.
    bare = chosen.text.strip(_EDGES)
    same = sum(
        float(chance)
        for each, chance in zip(candidates, chances, strict=True)
        if bare in each.text or each.text.strip(_EDGES) in bare
    )
    return Reading(
        operation=plan.operation,
        answer=chosen.text,
        places=(Place(chosen.sentence.hit, chosen.sentence.span),),
        silence=silence if dated else silence_of(chosen.sentence, compared),
        chance=min(1.0, same),
        limit=model.limit if dated else LIMIT,
    )


def _possible(candidates: Sequence[SpanCandidate], plan: Plan) -> Sequence[SpanCandidate]:
    """Those that can be the answer: who holds an office, or gave the report, is a person."""
    if not pattern("asks_signer").search(plan.text):
        return candidates
    for form in (SIGNED, PERSON):
        found = [each for each in candidates if each.form == form]
        if found:
            return found
    return candidates

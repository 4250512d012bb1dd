"""How well do words of a sentence fit a question for a name or a date? Each feature is defined once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.statements.lexicon import pattern as statement_pattern
from corpus.statements.quantities import DATE, half_width, quantities
from indexer.tokenizer import tagged
from search_api.answering.reading.sentence_features import FEATURES as SENTENCE
from search_api.answering.reading.sentence_features import quoted_terms
from search_api.answering.reading.span_candidates import LONGEST, PERSON, SIGNED, SpanCandidate
from search_api.answering.reading.value_features import Compared
from search_api.questions.words import pattern
from search_api.retrieval.characters import characters

OWN: Final = (
    # how it goes with the question's words around it
    "clause", "before", "behind", "asked_itself", "apart", "slot_left", "slot_right",
    # what it is
    "quoted", "item", "run", "whole_clause", "trimmed", "counted", "person_name", "ordinal", "person", "place",
    "rank", "short", "long", "most", "not_most",
    "called", "called_kind", "wants_person", "wants_place", "not_person", "not_place", "not_ordinal",
    # of a date
    "day", "year_only", "not_day", "not_year", "range", "iso", "worded",
)  # fmt: skip
# A span is as good as its sentence, and as its own words.
FEATURES: Final = (*SENTENCE, *OWN)
# How far from the words the question asks for a slot is compared: 由谁担任, 由县长担任.
_SLOT: Final = 3
_NEAR: Final = 10


def span_features(
    candidates: Sequence[SpanCandidate], sentences: NDArray[np.float64], compared: Compared
) -> NDArray[np.float64]:
    """Features of candidates, `(n, len(FEATURES))`; `sentences`: those of the sentences they were read from."""
    rows = np.zeros((len(candidates), len(OWN)))
    for row, each in enumerate(candidates):
        values = _around(each, compared) | _kind(each, compared)
        rows[row] = [values.get(name, 0.0) for name in OWN]
    return np.hstack([sentences[[each.of for each in candidates]], rows])


def _around(candidate: SpanCandidate, compared: Compared) -> dict[str, float]:
    """How much of the question stands around the words, and how much they are of it themselves."""
    text, wording = candidate.sentence.text, compared.wording
    start = candidate.span.start - candidate.sentence.span.start
    end = candidate.span.end - candidate.sentence.span.start
    pauses = [m.start() for m in statement_pattern("pause").finditer(text)]
    first = max((p + 1 for p in pauses if p < start), default=0)
    last = min((p for p in pauses if p >= end), default=len(text))
    own = characters(candidate.text)
    near = characters(text[first:start] + text[end:last])
    before = characters(text[max(first, start - _NEAR) : start])
    behind = characters(text[end : min(last, end + _NEAR)])
    return {
        "clause": wording.share_of(near),
        "before": wording.share_of(before),
        "behind": wording.share_of(behind),
        "asked_itself": len(own & wording.letters) / max(1, len(own)),
        "apart": float(not near & wording.letters),
        **_slot(compared.plan.text, text[:start], text[end:]),
    }


def _slot(question: str, before: str, behind: str) -> dict[str, float]:
    """How the words stand where the question has its 谁 or 什么: how many characters beside it are the same."""
    asked = pattern("slot").search(question)
    if asked is None:
        return {}
    left, right = question[: asked.start()], question[asked.end() :]
    same_left = next(
        (n for n in range(_SLOT, 0, -1) if left[-n:] and before.endswith(left[-n:])), 0
    )
    same_right = next(
        (n for n in range(_SLOT, 0, -1) if right[:n] and behind.startswith(right[:n])), 0
    )
    return {"slot_left": same_left / _SLOT, "slot_right": same_right / _SLOT}


def _extreme(candidate: SpanCandidate, question: str) -> dict[str, float]:
    """Whether the figure behind the words is the highest of its sentence, where the highest is asked for."""
    lowest = pattern("asks_least").search(question) is not None
    if not lowest and pattern("asks_most").search(question) is None:
        return {}
    said = half_width(candidate.sentence.text)
    figures = [each for each in quantities(said) if each.kind != DATE]
    end = candidate.span.end - candidate.sentence.span.start
    own = next((each for each in figures if end <= each.span.start <= end + _SLOT * _SLOT), None)
    if own is None:
        return {"not_most": 1.0}
    others = [each.low for each in figures if each.unit == own.unit]
    best = min(others) if lowest else max(others)
    return {"most" if own.low == best else "not_most": 1.0}


def _kind(candidate: SpanCandidate, compared: Compared) -> dict[str, float]:
    """What the words are, and whether that is what is asked for."""
    question, text, form = compared.plan.text, candidate.text, candidate.form
    person = pattern("asks_person").search(question) is not None
    place = pattern("asks_place").search(question) is not None
    ordinal = pattern("asks_ordinal").search(question) is not None
    day = pattern("asks_day").search(question) is not None
    year = pattern("asks_year").search(question) is not None
    tags = _tags(text)
    is_person = "nr" in tags or form in (PERSON, SIGNED)
    is_place = "ns" in tags or text.endswith(("市", "县", "省", "区", "州", "镇", "乡"))
    called = asked_noun(question)
    named = bool(called) and text.rstrip("”》’」").endswith(called[-2:])
    terms = quoted_terms(question)
    has_day = bool(re.search(r"\d{1,2}日|-\d{1,2}-", text))
    return _extreme(candidate, question) | {
        "trimmed": float(form == "trimmed"),
        "counted": float(form == "counted"),
        "person_name": float(form in (PERSON, SIGNED)),
        "worded": float(form == "worded"),
        "quoted": float(form == "quoted"),
        "item": float(form == "item"),
        "run": float(form == "run"),
        "whole_clause": float(form == "clause"),
        "ordinal": float(form == "ordinal"),
        "rank": float(form == "rank"),
        "person": float(is_person),
        "place": float(is_place),
        "short": float(len(text) < 4),
        "long": len(text) / LONGEST,
        "called": float(named),
        "called_kind": float(bool(called) and called[-1] == text.rstrip("”》’」")[-1:]),
        "wants_person": float(person and is_person),
        "wants_place": float(place and is_place),
        "not_person": float(person and not is_person),
        "not_place": float(place and not is_place),
        "not_ordinal": float(ordinal and form not in ("ordinal", "rank")),
        "asked_term": float(any(term in text for term in terms)),
        "day": float(day and has_day),
        "not_day": float(day and not has_day),
        "year_only": float(year and not has_day and "月" not in text),
        "not_year": float(year and (has_day or "月" in text)),
        "range": float(form == "range"),
        "iso": float(form == "iso"),
    }


@lru_cache(maxsize=8192)
def _tags(text: str) -> frozenset[str]:
    return frozenset(kind for _, kind in tagged(text))


@lru_cache(maxsize=256)
def asked_noun(question: str) -> str:
    """What a question calls what it asks for: 学院 of 哪所学院升格为大学, empty if it doesn't."""
    found = pattern("called").search(question)
    return (found["noun"] or found["noun2"] or "") if found else ""

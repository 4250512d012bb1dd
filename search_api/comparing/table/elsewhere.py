"""Where do other reports have a wording that was pasted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from corpus.report import Span
from corpus.sentences import sentences
from indexer.types import ReportInfo
from search_api.comparing.comparison_types import Likeness, Relation, Row, Status, Topic
from search_api.comparing.likeness.similarity import Prepared, likeness, prepare
from search_api.comparing.table import notices
from search_api.comparing.table.report_sentences import Sentence, nearest_spans, sentences_of
from search_api.comparing.table.rows import blank_row
from search_api.comparing.table.theme_sentences import places_of
from search_api.comparing.table.windows import Sought, inside, letter_pairs, may_hold, sought
from search_api.engine import Engine

# Sentences of each report, nearest by their vectors, that are compared with each pasted one.
_NEAREST: Final = 20


def passage_rows(engine: Engine, topic: Topic, reports: Sequence[ReportInfo]) -> list[Row]:
    """Per report the sentence nearest to any of the pasted ones; stated if it says the same."""
    asked = pasted(engine, topic)
    return [_row(engine, topic, info, asked) for info in reports]


def pasted(engine: Engine, topic: Topic) -> list[Prepared]:
    """The sentences of a pasted text, ready to be compared."""
    return prepare(_sentences(topic.text), engine.phrase_vectors, engine.places_in)


def sentences_like(engine: Engine, info: ReportInfo, asked: Sequence[Prepared]) -> list[Sentence]:
    """The sentences of a report that say what any of the pasted ones says, in order."""
    return [
        sentence
        for sentence, like in _compared(engine, info, asked)
        if like.relation is not Relation.DIFFERENT
    ]


def _row(engine: Engine, topic: Topic, info: ReportInfo, asked: Sequence[Prepared]) -> Row:
    row = blank_row(info)
    found = _compared(engine, info, asked)
    if not found:
        return replace(row, reason=notices.not_there(topic.language))
    sentence, like = max(found, key=lambda each: _order(each[1]))
    if like.relation is Relation.DIFFERENT:
        return replace(
            row,
            reason=notices.not_there(topic.language),
            nearest=sentence.citation,
            similarity=like.similarity,
        )
    return replace(
        row,
        status=Status.STATED,
        citation=sentence.citation,
        confidence=like.similarity,
        relation=like.relation,
        similarity=like.similarity,
    )


def _compared(
    engine: Engine, info: ReportInfo, asked: Sequence[Prepared]
) -> list[tuple[Sentence, Likeness]]:
    """The sentences that come into question, each with how it stands to the nearest pasted one."""
    looked_for = [(wording, sought(wording)) for wording in asked]
    wanted = nearest_spans(engine, info, np.stack([each.vector for each in asked]), _NEAREST)
    for place in places_of(engine.passages(info.report_id)):
        pairs = letter_pairs(place.text)
        if any(may_hold(pairs, part) for _, part in looked_for):
            wanted.add(place.span)
    return [
        (sentence, _likest(engine, looked_for, sentence))
        for sentence in sentences_of(engine, info, wanted)
    ]


def _likest(
    engine: Engine, looked_for: Sequence[tuple[Prepared, Sought]], sentence: Sentence
) -> Likeness:
    """How a sentence stands to the nearest of the pasted ones."""
    pairs = letter_pairs(sentence.text)
    return max((_like(engine, our, part, sentence, pairs) for our, part in looked_for), key=_order)


def _like(
    engine: Engine, our: Prepared, part: Sought, sentence: Sentence, pairs: frozenset[str]
) -> Likeness:
    """How a sentence, with its `letter_pairs`, stands to a pasted one, as a whole or with a part of it."""
    whole = likeness(our, sentence.prepared)
    if whole.relation in (Relation.IDENTICAL, Relation.OTHER_FIGURE):
        return whole
    inner = inside(sentence.text, part, engine.places_in) if may_hold(pairs, part) else None
    return inner or whole


def _order(like: Likeness) -> tuple[bool, float]:
    """What says the same comes before what only looks alike (other figures of another indicator)."""
    return like.relation is not Relation.DIFFERENT, like.similarity


def _sentences(text: str) -> list[str]:
    """The sentences of a pasted text that have words."""
    cut = [
        span.of(line) for line in text.splitlines() for span in sentences(line, Span(0, len(line)))
    ]
    return [each for each in cut if any(map(str.isalnum, each))] or [text]

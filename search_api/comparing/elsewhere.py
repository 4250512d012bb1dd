"""Where do other reports have a wording that was pasted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Passage, Span
from corpus.sentences import sentences
from indexer.types import ReportInfo
from search_api.comparing import notices
from search_api.comparing.rows import blank_row, sentence_citation
from search_api.comparing.similarity import Prepared, likeness, prepare
from search_api.comparing.types import Likeness, Relation, Row, Status, Topic
from search_api.engine import Engine

# Passages of each report whose sentences are compared with the pasted ones.
_PASSAGES = 5


def passage_rows(engine: Engine, topic: Topic, reports: Sequence[ReportInfo]) -> list[Row]:
    """Per report the sentence nearest to any of the pasted ones; stated if it says the same."""
    asked = prepare(_sentences(topic.text), engine.encoder.encode_passages, engine.places_in)
    return [_row(engine, topic, info, asked) for info in reports]


def _row(engine: Engine, topic: Topic, info: ReportInfo, asked: Sequence[Prepared]) -> Row:
    found: dict[tuple[int, int], Passage] = {}
    by_id = {passage.passage_id: passage for passage in engine.passages(info.report_id)}
    for wording in asked:
        hits = engine.search(wording.text, top_k=_PASSAGES, report_id=info.report_id).hits
        for hit in hits:
            passage = by_id[hit.passage_id]
            found.update(((span.start, span.end), passage) for span in passage.sentences)
    spans = sorted(found)
    texts = [
        found[span].text[span[0] - found[span].start : span[1] - found[span].start]
        for span in spans
    ]
    theirs = prepare(texts, engine.encoder.encode_passages, engine.places_in)
    row = blank_row(info)
    best: tuple[Likeness, tuple[int, int]] | None = None
    for span, their in zip(spans, theirs, strict=True):
        for our in asked:
            like = likeness(our, their)
            if best is None or like.similarity > best[0].similarity:
                best = (like, span)
    if best is None:
        return replace(row, reason=notices.not_there(topic.language))
    like, span = best
    citation = sentence_citation(found[span], Span(*span), info)
    if like.relation is Relation.DIFFERENT:
        return replace(
            row,
            reason=notices.not_there(topic.language),
            nearest=citation,
            similarity=like.similarity,
        )
    return replace(
        row,
        status=Status.STATED,
        citation=citation,
        confidence=like.similarity,
        relation=like.relation,
        similarity=like.similarity,
    )


def _sentences(text: str) -> list[str]:
    """The sentences of a pasted text that have words."""
    cut = [
        span.of(line) for line in text.splitlines() for span in sentences(line, Span(0, len(line)))
    ]
    return [each for each in cut if any(map(str.isalnum, each))] or [text]

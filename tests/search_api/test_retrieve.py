"""Parts of retrieval that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.report import Part, Passage, Span
from indexer.types import Scored
from search_api.retrieval.retrieve import (
    Candidate,
    Mode,
    _best_sentences,
    _fuse,
    _mean_direction,
    _score,
    _scores,
    _without_overlaps,
)
from search_api.retrieval.settings import RetrievalSettings
from search_api.retrieval.timing import Stopwatch

SETTINGS = RetrievalSettings(
    dense_weight=0.5,
    lexical_weight=0.5,
    sentence_weight=1.0,
    character_weight=0.5,
    year_weight=0.1,
    annex_weight=-0.1,
)


def passage(start: int, end: int, text: str = "", part: Part = Part.BODY) -> Passage:
    return Passage("r", start, end, text or "字" * (end - start), (), part=part)


def test_fusion_by_mode() -> None:
    dense, lexical = {1: 0.9, 2: 0.7}, {2: 8.0, 3: 4.0}
    assert _fuse(dense, lexical, Mode.HYBRID, SETTINGS) == pytest.approx({1: 0.5, 2: 0.5, 3: 0.0})
    assert _fuse(dense, {}, Mode.DENSE, SETTINGS) == {1: 1.0, 2: 0.0}
    assert _fuse({}, lexical, Mode.LEXICAL, SETTINGS) == {2: 1.0, 3: 0.0}


def test_score_adds_sentences_characters_year_and_part() -> None:
    spans = {1: (0.9, Span(0, 2)), 2: (0.5, Span(2, 4)), 3: (0.7, Span(4, 6))}
    found = _score(
        {1: 0.5, 2: 0.4, 3: 0.3},
        [passage(0, 2), passage(2, 4, "2025年"), passage(4, 6, part=Part.ANNEX)],
        spans,
        {1: 0.2, 2: 0.6, 3: 0.4},
        [2025],
        SETTINGS,
    )
    # 1: .5 + 1 + 0; 2: .4 + 0 + .5 + .1 for the year; 3: .3 + .5 + .25 - .1 for the annex
    assert [each.score for each in found] == pytest.approx([1.5, 1.0, 0.95])
    assert [each.sentence for each in found] == [Span(0, 2), Span(2, 4), Span(4, 6)]


def test_best_sentence_is_the_nearest() -> None:
    whole = Passage("r", 10, 20, "字" * 10, (), sentences=(Span(10, 14), Span(14, 20)))
    empty = passage(20, 22)
    rows = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    query = np.array([0.0, 1.0], dtype=np.float32)
    none = np.empty((0, 2), dtype=np.float32)
    best = _best_sentences([7, 8], [whole, empty], [rows, none], query)
    assert best.keys() == {7}
    assert best[7][0] == pytest.approx(0.8)
    assert best[7][1] == Span(14, 20)


def test_mean_direction_has_unit_length() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    assert _mean_direction(rows) == pytest.approx([0.5**0.5, 0.5**0.5])
    assert _mean_direction(rows[:1]) == pytest.approx([1.0, 0.0])


def test_overlapping_passages_are_shown_once() -> None:
    found = [
        Candidate(1, passage(0, 10), 3.0),
        Candidate(2, passage(5, 15), 2.0),
        Candidate(3, passage(10, 20), 1.0),
    ]
    assert [each.key for each in _without_overlaps(found)] == [1, 3]


def test_scores() -> None:
    assert _scores([Scored(3, 0.5), Scored(1, 0.25)]) == {3: 0.5, 1: 0.25}


def test_stopwatch_books_every_moment_once() -> None:
    watch = Stopwatch()
    watch.lap("one")
    watch.lap("two")
    watch.lap("one")
    assert list(watch.ms) == ["one", "two"]
    assert 0 <= sum(watch.ms.values()) <= watch.total

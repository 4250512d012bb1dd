"""Parts of retrieval that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from corpus.report import Part, Passage, Span
from indexer.types import Scored
from search_api.questions.plan import Operation, Plan
from search_api.questions.question import Language, Question
from search_api.retrieval.retrieve import (
    Candidate,
    Mode,
    _fuse,
    _Likeness,
    _likeness,
    _mean_direction,
    _read_together,
    _reranked,
    _score,
    _scores,
    _without_overlaps,
)
from search_api.retrieval.settings import Fusion, RetrievalSettings
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


def test_fusion_by_rank() -> None:
    dense, lexical = {1: 0.9, 2: 0.7, 4: 0.1}, {2: 8.0, 3: 4.0}
    by_rank = replace(SETTINGS, fusion=Fusion.RRF)
    # 2: 1/62 + 1/61, 1: 1/61, 3: 1/62, 4: 1/63; scaled to 0..1
    low, high = 1 / 63, 1 / 62 + 1 / 61
    expected = {
        key: (score - low) / (high - low)
        for key, score in ((1, 1 / 61), (2, high), (3, 1 / 62), (4, low))
    }
    assert _fuse(dense, lexical, Mode.HYBRID, by_rank) == pytest.approx(expected)


def test_score_adds_sentences_characters_year_and_part() -> None:
    passages = [
        Passage("r", 0, 2, "字字", (), sentences=(Span(0, 2),)),
        Passage("r", 2, 7, "2025年", (), sentences=(Span(2, 7),)),
        Passage("r", 7, 9, "字字", (), part=Part.ANNEX, sentences=(Span(7, 9),)),
    ]
    likeness = [
        _Likeness([0.0], [0.9], 0.9, 0.2),
        _Likeness([0.0], [0.5], 0.5, 0.6),
        _Likeness([0.0], [0.7], 0.7, 0.4),
    ]
    found = _score({1: 0.5, 2: 0.4, 3: 0.3}, passages, likeness, [2025], SETTINGS)
    # 1: .5 + 1 + 0; 2: .4 + 0 + .5 + .1 for the year; 3: .3 + .5 + .25 - .1 for the annex
    assert [each.score for each in found] == pytest.approx([1.5, 1.0, 0.95])
    assert [each.sentence for each in found] == [Span(0, 2), Span(2, 7), Span(7, 9)]
    assert [each.cosines for each in found] == [(0.9,), (0.5,), (0.7,)]


def test_likeness_scales_between_the_best_sentences_of_passages() -> None:
    two = Passage("r", 10, 20, "字" * 10, (), sentences=(Span(10, 14), Span(14, 20)))
    one = Passage("r", 20, 22, "字字", (), sentences=(Span(20, 22),))
    none = passage(22, 24)
    cosines = [np.array(row, dtype=np.float32) for row in ([0.25, 0.75], [0.5], [])]
    found = _likeness(cosines, [[1.0, 0.0], [0.5], []], [two, one, none], SETTINGS)
    # best cosines .75 and .5 become 1 and 0: .25 becomes -1; half of the overlap is added
    assert found[0].sentences == pytest.approx([-0.5, 1.0])
    assert found[1].sentences == pytest.approx([0.25])
    assert (found[0].best_cosine, found[0].best_overlap) == (0.75, 1.0)
    assert (found[2].sentences, found[2].best_cosine, found[2].best_overlap) == ([], None, None)


def test_likeness_of_words_alone_shows_no_sentence() -> None:
    one = Passage("r", 0, 2, "字字", (), sentences=(Span(0, 2),))
    likeness = _likeness(None, [[0.5]], [one], SETTINGS)
    (found,) = _score({1: 0.5}, [one], likeness, [], SETTINGS)
    assert found.sentence is None
    assert found.score == pytest.approx(1.0)  # the only one: its overlap is scaled to 1


def test_the_sentence_with_the_figure_comes_first() -> None:
    text = "深化商事制度改革。新登记企业12家。"
    both = Passage("r", 0, 17, text, (), sentences=(Span(0, 9), Span(9, 17)))
    candidate = Candidate(1, both, 1.0, Span(0, 9))
    likeness = [_Likeness([0.2, 0.1], [0.9, 0.8], 0.9, None)]
    settings = replace(SETTINGS, figure_weight=0.3)
    asked = Question("新登记企业", Language.ZH, "新登记企业")
    counted = Plan(asked, Operation.VALUE, counters=frozenset("家"))
    (found,) = _reranked([candidate], likeness, counted, {}, settings)
    # .1 + .3 for the figure instead of .2
    assert found.score == pytest.approx(1.2)
    assert found.sentence == Span(9, 17)
    (same,) = _reranked([candidate], likeness, Plan(asked, Operation.WORDS), {}, settings)
    assert same == candidate


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


class Favours:
    """A reranker that likes texts with one word."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.seen: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.seen = list(texts)
        return [float(self.word in text) for text in texts]


def test_a_reranker_reads_the_first_and_loses_none() -> None:
    found = [
        Candidate(1, passage(0, 2, "甲甲"), 3.0),
        Candidate(2, passage(2, 4, "乙乙"), 2.5),
        Candidate(3, passage(4, 6, "丙丙"), 2.4),
    ]
    reranker = Favours("乙")
    again = _read_together(found, "?", reranker, replace(SETTINGS, reranked=2))
    # The best of two: 3 + 1 against 2.5 + 1 + 1; the third keeps its score and stays behind.
    assert [(each.key, each.score) for each in again] == [(1, 4.0), (2, 4.5), (3, 2.4)]
    assert reranker.seen == ["甲甲", "乙乙"]

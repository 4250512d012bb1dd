"""Ranking again by what an answer looks like: values worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Passage, Span
from corpus.statements.statement import Sense
from search_api.questions.plan import Operation, Plan, When
from search_api.questions.question import Language, Question
from search_api.retrieval.rerank import rerank, year_match, years_of
from search_api.retrieval.settings import RetrievalSettings

SETTINGS = RetrievalSettings(figure_weight=0.3, sense_weight=0.1, heading_year_weight=0.25)
ASKED = Question("图书室", Language.ZH, "图书室")
WORDS = Plan(ASKED, Operation.WORDS)
COUNTED = Plan(ASKED, Operation.VALUE, counters=frozenset("个"))
LAST_YEAR = replace(WORDS, when=When(relative=frozenset({-1})))


def passage(*sentences: str, headings: tuple[str, ...] = ()) -> Passage:
    text = "".join(sentences)
    spans, start = [], 100
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence)
    return Passage("r", 100, start, text, headings, sentences=tuple(spans))


def test_the_sentence_with_the_figure_is_the_best() -> None:
    (found,) = rerank(
        [passage("图书室很好。", "图书室12个。")], [[0.9, 0.8]], COUNTED, {}, SETTINGS
    )
    assert found.sentence == 1
    assert found.bonus == pytest.approx(0.8 + 0.3 - 0.9)


def test_a_much_likelier_sentence_stays_the_best() -> None:
    (found,) = rerank([passage("图书室很好。", "路灯12个。")], [[0.9, 0.1]], COUNTED, {}, SETTINGS)
    assert (found.sentence, found.bonus) == (0, 0.0)


def test_headings_of_the_year_and_of_another() -> None:
    expected = replace(WORDS, sense=Sense.DONE, when=When(frozenset({2023})))
    this, other = rerank(
        [
            passage("图书室。", headings=("一、2023年工作回顾",)),
            passage("图书室。", headings=("二、2024年工作安排",)),
        ],
        [[0.5], [0.5]],
        expected,
        {"r": 2024},
        SETTINGS,
    )
    assert this.bonus == pytest.approx(0.25 + 0.1)
    assert other.bonus == pytest.approx(-0.25 - 0.1)


def test_a_passage_without_sentences() -> None:
    (found,) = rerank([passage()], [[]], COUNTED, {}, SETTINGS)
    assert (found.sentence, found.bonus) == (None, 0.0)


def test_this_year_is_the_reports() -> None:
    assert years_of(["今年工作安排"], 2024) == {2024}
    assert years_of(["今年工作安排"], None) == frozenset()
    assert years_of(["2019-2023年"], 2024) == {2019, 2023}
    assert year_match(LAST_YEAR, ["2023年回顾"], 2024) == 1.0
    assert year_match(LAST_YEAR, ["2023年回顾"], None) == 0.0


@given(
    st.lists(st.floats(-1, 2), min_size=1, max_size=4),
    st.sampled_from([WORDS, COUNTED, replace(WORDS, sense=Sense.PLANNED)]),
)
def test_the_bonus_is_bounded_by_the_weights(likeness: list[float], expected: Plan) -> None:
    sentences = ["图书室12个。", "将建图书室。", "建成了图书室。", "图书室。"][: len(likeness)]
    (found,) = rerank([passage(*sentences)], [likeness], expected, {}, SETTINGS)
    assert found.sentence is not None
    assert -0.1 - 1e-9 <= found.bonus <= 0.3 + 0.1 + 1e-9

"""Which figure answers, and what came near. All sentences are invented."""

from __future__ import annotations

import pytest

from search_api.answering.reading.value_reader import ValuesRead, read_values, said
from search_api.questions.plan import Operation
from search_api.results import Hit
from tests.search_api.plan_support import candidates_of, compared, hit, plan

DONE, PLANNED = "一、2025年工作回顾", "二、2026年工作安排"


def read(question: str, *hits: Hit) -> ValuesRead:
    statements = {
        start: tuple(each.statement for each in candidates_of(*hits) if each.statement.sentence.start == start)
        for found in hits
        for start in [span.start for span in found.sentences]
    }  # fmt: skip
    asked = plan(question, Operation.VALUE)
    return read_values(hits, compared(asked, *hits), lambda report_id: statements)


def test_the_figure_that_is_asked_for() -> None:
    found = hit(("新建公路40公里，修缮古桥9座，栽树900棵。",), DONE, likeness=(1.0,))
    reading = read("修缮古桥多少座？", found).reading
    assert reading is not None
    assert (reading.operation, reading.answer) == (Operation.VALUE, "9座")
    assert not reading.silent
    assert [each.words for each in reading.places] == [found.text]
    assert reading.statement is not None
    assert reading.statement.quantity.unit == "座"


def test_no_figure_is_no_reading() -> None:
    assert read("修缮古桥多少座？", hit(("古桥修缮有序推进。",), DONE)) == ValuesRead(None)
    assert read("修缮古桥多少座？") == ValuesRead(None)


def test_what_came_near_is_told_with_its_reason() -> None:
    found = read("2025年茶叶产量多少吨？", hit(("2019年茶叶产量8吨。",), DONE, likeness=(1.0,)))
    assert found.reading is None
    assert found.other is not None
    assert said(found.other) == "8吨"
    assert found.reason == "time"


def test_what_fits_better_than_what_can_not_be_is_not_disturbed() -> None:
    sentences = ("2025年茶叶产量12吨。", "2019年茶农8人。")
    found = read("2025年茶叶产量多少吨？", hit(sentences, DONE, likeness=(1.0, 0.1)))
    assert found.reading is not None
    assert found.reading.answer == "12吨"
    assert found.other is None


def test_what_was_reached_comes_before_what_is_announced() -> None:
    done = hit(("茶叶产量12吨。",), DONE, likeness=(0.9,))
    planned = hit(("茶叶产量15吨。",), PLANNED, likeness=(1.0,), rank=2, start=100)
    for question, answer in (
        ("茶叶产量是多少？", "12吨"),
        ("2026年茶叶产量目标是多少？", "15吨"),
    ):
        reading = read(question, done, planned).reading
        assert reading is not None
        assert reading.answer == answer


def test_a_figure_that_is_said_twice_is_as_sure_as_both() -> None:
    once = hit(("全年茶叶产量12吨。", "栽树900棵。"), DONE, likeness=(1.0, 0.2))
    again = hit(("茶叶产量达到12吨。",), DONE, likeness=(0.9,), rank=2, start=100)
    alone, both = (
        read("茶叶产量多少吨？", once).reading,
        read("茶叶产量多少吨？", once, again).reading,
    )
    assert alone is not None
    assert both is not None
    assert both.chance == pytest.approx(1 - both.silence, abs=0.05)
    assert both.chance <= 1


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("茶叶产值下降3%。", "下降3%"),
        ("茶叶产值增长3%。", "3%"),
        ("茶叶产值降至3亿元。", "3亿元"),  # what it came to
        ("茶叶产值增长5%左右。", "5%左右"),
    ],
)
def test_an_answer_says_that_it_fell(sentence: str, answer: str) -> None:
    (candidate,) = candidates_of(hit((sentence,), DONE))
    assert said(candidate) == answer

"""What a question for a name or a date leaves open. All questions are invented."""

from __future__ import annotations

import pytest

from search_api.answering.reading.gap import gap_of


@pytest.mark.parametrize(
    ("question", "subject", "object_"),
    [
        ("哪个镇建成了茶叶市场？", True, False),
        ("茶叶市场建在哪里？", False, True),
        ("茶叶市场去年由谁负责建成并管理？", False, False),
        ("全县首个茶叶市场", False, False),
        ("Which town opened a tea market?", False, False),
    ],
)
def test_where_the_gap_is(question: str, subject: bool, object_: bool) -> None:
    gap = gap_of(question)
    assert (gap.subject, gap.object) == (subject, object_)


def test_what_stands_beside_it() -> None:
    gap = gap_of("茶叶市场由谁负责？")
    assert (gap.left, gap.right) == ("茶叶市场由", "负责？")


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("哪所学院升格为大学？", "学院"),
        ("师范学校要改成什么学院？", "学院"),
        ("茶叶市场建在哪里？", ""),
    ],
)
def test_what_the_thing_is_called(question: str, noun: str) -> None:
    assert gap_of(question).noun == noun


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which town opened a tea market?", True),
        ("What college was founded?", True),
        ("What was founded?", False),
        ("Who gave the report?", False),
    ],
)
def test_an_english_question_may_begin_with_it(question: str, first: bool) -> None:
    assert gap_of(question).noun_first is first


def test_kinds_of_things() -> None:
    assert gap_of("县长是谁？").person
    assert gap_of("哪个县增长最快？").place
    assert gap_of("第几届茶博会？").ordinal
    assert gap_of("哪个县增长最快？").most
    assert gap_of("哪个县增长最慢？").least
    assert not gap_of("哪个县增长最慢？").most

"""Our own answers, measured."""

from __future__ import annotations

import pytest

from eval.ask import ASK, PROVEN, judge_ask
from eval.errors import JudgementError
from eval.types import JudgedSet, Query, Unit
from search_api.engine import Engine

SENTENCE = "全年调整充实了31个人民调解组织的调解员。"


def number(query_id: str, text: str, *answers: str, quote: str = SENTENCE) -> Query:
    return Query(
        query_id,
        text,
        language="zh",
        kind="number" if answers else "unanswerable",
        report_id="云溪县-2025",
        answers=answers,
        quotes=(quote,) if answers else (),
    )


RIGHT = number("q1", "云溪县调整了多少个人民调解组织？", "31个")
WRONG = number("q2", "云溪县新设流动调解室几个？", "3个", quote="新设流动调解室2个。")
NONE = number("q3", "云溪县2019年调整了多少个人民调解组织？")


def test_answers_are_measured_by_quotes(asked_engine: Engine) -> None:
    told: list[str] = []
    result = judge_ask(
        asked_engine,
        JudgedSet("set", "set", "", Unit.EVIDENCE, (RIGHT, WRONG, NONE)),
        {},
        lambda done, total, name: told.append(name),
    )
    assert result.system == ASK
    values = {each.query_id: each.measures for each in result.queries}
    assert values["q1"] == {"answered": 1.0, "cited": 1.0, "exact": 1.0, PROVEN: 1.0}
    assert values["q2"] == {"answered": 1.0, "cited": 1.0, "exact": 0.0, PROVEN: 1.0}
    assert values["q3"] == {"refusal precision": 1.0, "refusal recall": 1.0}
    assert result.measures["exact"].mean == 0.5
    assert told == ["q1", "q2", "q3", ""]


def test_a_reader_is_given_the_paragraph(asked_engine: Engine) -> None:
    query = Query("s1", "新设流动调解室几个？", answers=("9个", "九个"))
    paragraphs = JudgedSet("squad", "f.json", "", Unit.REPORT, (query,), {"s1": {"d": 1}})
    result = judge_ask(asked_engine, paragraphs, {"石桥县/2025 甲.乙": "d"})
    assert result.queries[0].measures == {"EM": 1.0, "F1": 1.0, "answered": 1.0}


def test_sets_without_answers_are_refused(asked_engine: Engine) -> None:
    query = Query("t1", "新设流动调解室几个？")
    with pytest.raises(JudgementError, match="t1"):
        judge_ask(
            asked_engine, JudgedSet("trec", "q", "", Unit.REPORT, (query,), {"t1": {"d": 1}}), {}
        )

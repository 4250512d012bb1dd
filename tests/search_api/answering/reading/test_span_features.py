"""How well words fit a question for a name: what single features say, and what is read. All is invented."""

from __future__ import annotations

import pytest

from search_api.answering.reading.sentence_features import sentence_candidates, sentence_features
from search_api.answering.reading.span_candidates import span_candidates
from search_api.answering.reading.span_features import FEATURES, span_features
from search_api.answering.reading.span_reader import read_span
from search_api.questions.plan import Operation
from tests.search_api.plan_support import compared, hit, plan


def features(question: str, sentence: str) -> dict[str, dict[str, float]]:
    """Per candidate of the sentence its features, as it was first found."""
    found = hit((sentence,))
    with_plan = compared(plan(question, Operation.NAME), found)
    sentences = sentence_candidates([found])
    candidates = span_candidates(sentences, Operation.NAME)
    rows = span_features(candidates, sentence_features(sentences, with_plan), with_plan)
    result: dict[str, dict[str, float]] = {}
    for each, row in zip(candidates, rows, strict=True):
        result.setdefault(each.text, dict(zip(FEATURES, map(float, row), strict=True)))
    return result


def test_a_subject_opens_its_clause() -> None:
    found = features("哪家茶厂获得质量奖？", "雾岭茶厂获得质量奖。")
    name, prize = found["雾岭茶厂"], found["质量奖"]
    assert (name["subject"], name["opens"], name["verb_behind"]) == (1, 1, 1)
    assert (prize["subject"], prize["closes"], prize["verb_before"]) == (0, 1, 1)
    assert (name["nothing_new"], prize["nothing_new"]) == (0, 1)
    assert (name["called"], prize["called"]) == (1, 0)


def test_an_object_closes_it() -> None:
    found = features("质量奖颁给了谁？", "质量奖颁给了雾岭茶厂。")
    assert found["雾岭茶厂"]["object"] == 1
    assert found["雾岭茶厂"]["slot_left"] == 1


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("哪种茶产量增长最快？", "白茶"),
        ("哪种茶产量增长最慢？", "黑茶"),
        # What fell most is the lowest, too.
        ("哪种茶产量下降最多？", "黑茶"),
    ],
)
def test_the_highest_of_a_row(question: str, name: str) -> None:
    # The level of 红茶 is no growth.
    sentence = "红茶产量90吨，增长6%；白茶产量12吨，增长8%；黑茶产量20吨，下降3%。"
    found = features(question, sentence)
    assert [each for each in ("红茶", "白茶", "黑茶") if found[each]["most"]] == [name]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("哪家茶厂荣获省质量奖？", "雾岭茶厂荣获省质量奖。", "雾岭茶厂"),
        ("茶叶质量检查由谁负责？", "茶叶质量检查由市场监督管理局负责。", "市场监督管理局"),
        ("县长是谁？", "县长　苏景澄", "苏景澄"),
        ("举办了第几届茶博会？", "成功举办第三届茶博会。", "第三届"),
    ],
)
def test_a_name_is_read(question: str, sentence: str, answer: str) -> None:
    found = hit((sentence, "全年茶叶市场运行平稳。"), likeness=(1.0, 0.2))
    reading = read_span([found], (), compared(plan(question, Operation.NAME), found))
    assert reading is not None
    assert reading.answer == answer

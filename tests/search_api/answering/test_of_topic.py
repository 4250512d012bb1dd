"""Whether a figure can be that of a topic, named as reports name it."""

from __future__ import annotations

import pytest

from corpus.report import ReportKind
from search_api.answering.of_topic import is_of_topic, of_its_time
from tests.search_api.answering.figure_support import asked_of


def fitting(question: str, sentence: str, *headings: str) -> list[str]:
    """The figures that can be the topic's."""
    candidates, asking = asked_of(question, sentence, *headings)
    return [
        each.figure.quantity.span.of(sentence)
        for each in of_its_time(candidates, asking)
        if is_of_topic(each, asking)
    ]


@pytest.mark.parametrize(
    ("question", "sentence", "figures"),
    [
        # of another indicator
        (
            "2025年社会消费品零售总额增速是多少？",
            "工业投资增长9%，社会消费品零售总额增长6%。",
            ["6%"],
        ),
        # what came to it, where all there is is asked for
        ("2025年公路里程是多少？", "新增公路里程40公里，公路里程达到900公里。", ["900公里"]),
        ("2025年新增公路里程是多少？", "新增公路里程40公里。", ["40公里"]),
        # a word of the topic that is only said of a later figure
        ("2025年行政复议案件办结数是多少？", "收到行政复议申请15件，办结11件。", ["11件"]),
        # neither its words nor its clause are of the topic
        ("2025年进出口总额是多少？", "进出口总额稳定，游客达到70亿元。", []),
        ("2025年棉花产量是多少？", "棉花播种面积30万亩、总产量9万吨。", ["9万吨"]),
        # a unit of another kind
        ("2025年棉花产量是多少？", "棉花产量完成年计划的103%、达到9万吨。", ["9万吨"]),
        # a change of a level
        ("2025年森林覆盖率是多少？", "森林覆盖率达到41%，提高2个百分点。", ["41%"]),
        # how far it is from another's
        ("2025年工业增加值增速是多少？", "工业增加值增速高于上年0.7个百分点。", []),
        # a step on the way
        (
            "2025年地区生产总值总量是多少？",
            "地区生产总值跨越3个百亿元台阶、达到620亿元。",
            ["620亿元"],
        ),
        # what the sentence doesn't tell of at all
        ("2025年铁路投资是多少？", "水利投资达到30亿元。", []),
    ],
)
def test_what_can_be_the_topics(question: str, sentence: str, figures: list[str]) -> None:
    assert fitting(question, sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "heading", "figures"),
    [
        ("新增就业3万人。", "一、2025年工作回顾", ["3万人"]),
        ("新增就业3万人。", "二、2026年工作安排", []),
        ("五年来，新增就业累计15万人。", "一、2025年工作回顾", []),
        ("平均每年新增就业3万人。", "一、工作回顾", []),
        # The wording alone (新增, 推动) is no sure sign of another year.
        ("推动新增就业3万人。", "促进就业", ["3万人"]),
    ],
)
def test_only_the_year_asked_about(sentence: str, heading: str, figures: list[str]) -> None:
    assert fitting("2025年新增就业人数是多少？", sentence, heading) == figures


def test_a_report_of_one_year_tells_of_it_whatever_its_words() -> None:
    candidates, asking = asked_of(
        "2026年普法经费是多少？",
        "推进普法，安排普法经费30万元。",
        "主要做法",
        kind=ReportKind.RULE_OF_LAW,
    )
    assert len(of_its_time(candidates, asking)) == 1


@pytest.mark.parametrize(
    ("heading", "figures"),
    [("“十五五”时期发展目标", ["5%"]), ("“十四五”时期主要成就", [])],
)
def test_the_plan_that_is_named(heading: str, figures: list[str]) -> None:
    question = "“十五五”时期地区生产总值年均增长目标是多少？"
    assert fitting(question, "地区生产总值年均增长5%。", heading) == figures

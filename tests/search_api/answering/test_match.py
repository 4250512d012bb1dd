"""How well a figure fits a question: what single features say."""

from __future__ import annotations

import pytest

from tests.search_api.answering.figure_support import features


def test_a_change_is_no_answer_to_a_rate() -> None:
    found = features("2025年森林覆盖率是多少？", "森林覆盖率达到41%，提高2%。")
    assert found["41%"]["no_change"] == 0.0
    assert found["2%"]["no_change"] == 2.0


def test_a_percentage_is_no_answer_where_things_are_counted() -> None:
    found = features("2025年新增就业多少人？", "新增就业完成年计划的118%，共3万人。")
    assert found["118%"]["wrong_unit"] == 2.0
    assert found["3万人"]["wrong_unit"] == 0.0


@pytest.mark.parametrize(
    ("sentence", "figure", "wrong"),
    [
        ("五年来，新增就业累计15万人。", "15万人", 2.0),
        ("新增就业3万人。", "3万人", 0.0),
        ("PM2.5年均浓度为20微克/立方米。", "20微克/立方米", 0.0),  # one year's mean, and no 5年
        ("PM2.5年平均浓度降至20微克/立方米。", "20微克/立方米", 0.0),
    ],
)
def test_sums_over_years_are_no_answer_for_one(sentence: str, figure: str, wrong: float) -> None:
    assert features("2025年新增就业多少人？", sentence)[figure]["wrong_period"] == wrong


def test_a_rate_after_five_years_is_that_of_the_last() -> None:
    heading = "一、“十四五”时期工作回顾"
    rate = features("2025年城镇化率是多少？", "城镇化率由50%提高到57%。", heading)["57%"]
    assert rate["wrong_period"] == 0.0
    people = features("2025年新增就业多少人？", "新增就业15万人。", heading)["15万人"]
    assert people["wrong_period"] == 2.0


def test_the_year_named_beside_a_figure_counts_more_than_its_section() -> None:
    sentence = "公路里程从2020年的300公里增加到2025年的420公里。"
    found = features("2025年公路里程有多少公里？", sentence, "一、“十四五”时期工作回顾")
    assert found["420公里"]["wrong_year"] == found["420公里"]["wrong_period"] == 0.0
    assert found["300公里"]["wrong_year"] == 1.0

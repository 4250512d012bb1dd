"""Which words of a sentence go with each of its figures."""

from __future__ import annotations

import pytest

from corpus.statements.clause import names_something, wordings
from corpus.statements.quantities import quantities
from tests.corpus.statements.said import words_of


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        # Each figure of an enumeration has its own words.
        (
            "梳理办事清单43项，其中甲类事项20项、乙类事项76项。",
            ["梳理办事清单", "其中甲类事项", "乙类事项"],
        ),
        # A piece that names nothing goes on with the subject.
        ("成交金额达到8.9亿元、增长4.4%。", ["成交金额达到", "成交金额达到增长"]),
        ("公路里程900公里，居全省第3位。", ["公路里程", "公路里程居全省"]),
        ("茶园开工12处、完工9处。", ["茶园开工", "茶园开工完工"]),
        # Under which conditions something is said names nothing.
        ("水产收入5亿元，加上养殖补贴，总收入8亿元。", ["水产收入", "水产收入总收入"]),
        ("茶农收入2万元，扣除价格因素，实际增长4%。", ["茶农收入", "茶农收入实际增长"]),
        # Rows of figures are dealt to rows of names.
        ("甲类机构、乙类机构分别有71家、48家。", ["甲类机构分别有", "乙类机构分别有"]),
        ("公用经费和一般支出分别压减11%、19%。", ["公用经费分别压减", "一般支出分别压减"]),
        ("城乡居民收入分别增长4%、6%。", ["城镇居民收入分别增长", "农村居民收入分别增长"]),
        ("城镇、农村居民收入分别增长4%、6%。", ["城镇居民收入分别增长", "农村居民收入分别增长"]),
        (
            "旅客和货邮吞吐量分别达到800万人次、12万吨。",  # of several kinds
            ["旅客吞吐量分别达到", "货邮吞吐量分别达到"],
        ),
        (
            "财政用于教育、卫生的支出分别为7亿元、3亿元。",
            ["财政用于教育的支出分别为", "财政用于卫生的支出分别为"],
        ),
        (
            "甲镇收入3万元，乙镇收入4万元，扣除价格因素，实际增长5%和6%。",
            ["甲镇收入", "乙镇收入", "甲镇收入", "乙镇收入"],
        ),
        # One figure is said of both.
        ("城乡居民收入增长5%。", ["城乡居民收入增长"]),
        # Pairs of a figure and its name.
        ("吸引30个科研项目和1200名科研人员。", ["吸引科研项目", "科研人员"]),
    ],
)
def test_words(sentence: str, words: list[str]) -> None:
    assert words_of(sentence) == words


def test_a_heading_leads_a_sentence_that_names_nothing() -> None:
    assert words_of("达到95家。", "培育高新企业") == ["培育高新企业达到"]


def test_what_a_part_is_of() -> None:
    sentence = "存款余额500亿元，其中住户存款300亿元。"
    whole, part = wordings(sentence, quantities(sentence))
    assert (whole.whole, part.whole) == ("", "存款余额")


def test_a_part_in_a_sentence_of_its_own_goes_on_with_the_whole() -> None:
    sentence = "存款余额500亿元。其中：住户存款300亿元。贷款余额400亿元。"
    assert [each.whole for each in wordings(sentence, quantities(sentence))] == ["", "存款余额", ""]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("茶叶产量", True),
        ("比上年增长", False),
        ("2025年末", False),
        ("上半年增长", False),
        ("压减", False),
        ("", False),
    ],
)
def test_what_names_something(words: str, named: bool) -> None:
    assert names_something(words) is named

"""What sentences state."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from corpus.statements.reading import statements
from corpus.statements.statement import Aspect, Bound, Period, Scope, Sense
from corpus.statements.timing import Context
from tests.corpus.statements.said import BULLETIN, WORK, stated


@pytest.mark.parametrize(
    ("sentence", "said", "words"),
    [
        ("全区无行政诉讼败诉案件。", "无", "行政诉讼败诉案件"),
        ("全年未发生重大火灾事故。", "未发生", "重大火灾事故"),
    ],
)
def test_nothing_is_stated_in_words(sentence: str, said: str, words: str) -> None:
    made = stated(sentence)[said]
    assert made.nothing
    assert (made.quantity.low, made.words, made.period) == (Decimal(0), words, Period(2025, 2025))


@pytest.mark.parametrize("sentence", ["规模并没有扩大。", "全年无3级以上火灾2起。", "无。"])
def test_no_nothing(sentence: str) -> None:
    assert not any(each.nothing for each in stated(sentence).values())


@pytest.mark.parametrize(
    ("sentence", "figure", "aspect", "sign"),
    [
        ("消费价格比上年微降0.2%。", "0.2%", Aspect.CHANGE, -1),
        ("执法人员41名，比上年增加6名。", "6名", Aspect.CHANGE, 1),
        ("工业增速达到5%。", "5%", Aspect.CHANGE, 1),
        ("能耗降幅为3%。", "3%", Aspect.CHANGE, -1),
        ("标准提高到1000元。", "1000元", Aspect.LEVEL, 0),
        ("新增2家上市企业。", "2家", Aspect.LEVEL, 0),
        ("城乡居民收入比为2.27:1。", "2.27:1", Aspect.LEVEL, 0),
        ("完成预算的82.9%。", "82.9%", Aspect.SHARE, 0),
        ("工业占地区生产总值比重为30%。", "30%", Aspect.SHARE, 0),
        ("农业对GDP的贡献率为15.9%。", "15.9%", Aspect.SHARE, 0),
        ("综合实力居全国首位。", "首位", Aspect.RANK, 0),
        ("增速高于全省0.7个百分点。", "0.7个百分点", Aspect.DIFFERENCE, 1),
        ("投资比年初计划少了近5亿元。", "5亿元", Aspect.DIFFERENCE, -1),
        ("支出比上年预算减少4亿元。", "4亿元", Aspect.CHANGE, -1),
    ],
)
def test_aspects(sentence: str, figure: str, aspect: Aspect, sign: int) -> None:
    made = stated(sentence)[figure]
    assert (made.aspect, made.sign) == (aspect, sign)


def test_from_one_to_the_other_and_past_a_mark() -> None:
    found = stated("甲类机构、乙类机构分别从71家、48家增加到107家、63家。")
    assert [each.origin for each in found.values()] == [True, True, False, False]
    assert ["甲类机构" in each.words for each in found.values()] == [True, False, True, False]
    found = stated("全县收入突破3000万元、达到3212万元。")
    assert [each.passed for each in found.values()] == [True, False]
    assert found["3000万元"].bound is Bound.ABOVE


def test_parts_of_a_whole_until_the_sentence_stops() -> None:
    found = stated("税收70亿元，增长4%，其中：增值税30亿元；所得税9亿元。契税2亿元。")
    assert {said: each.component for said, each in found.items()} == {
        "70亿元": False, "4%": False, "30亿元": True, "9亿元": True, "2亿元": False}  # fmt: skip
    assert found["9亿元"].whole == "税收"


def test_scopes() -> None:
    found = stated("市本级教育支出8亿元，全市教育支出30亿元。")
    assert (found["8亿元"].scope, found["30亿元"].scope) == (Scope.OWN_LEVEL, Scope.WHOLE)
    assert stated("全年全地区累计发放贷款12.5亿元。")["12.5亿元"].scope is Scope.WHOLE
    assert stated("教育支出8亿元。", "（二）市本级支出")["8亿元"].scope is Scope.OWN_LEVEL
    assert stated("教育支出8亿元。")["8亿元"].scope is Scope.OPEN


def test_an_approved_budget_and_its_outcome() -> None:
    found = stated("年初预算为20亿元，实际完成16.58亿元，完成预算的82.9%。")
    assert [each.sense for each in found.values()] == [Sense.APPROVED, Sense.DONE, Sense.DONE]


def test_plans_under_their_heading() -> None:
    made = stated("新增就业5万人以上。", "二、2026年工作安排", told=WORK)["5万人"]
    assert (made.sense, made.period, made.bound) == (
        Sense.PLANNED, Period(2026, 2026), Bound.AT_LEAST)  # fmt: skip
    assert made.added


def test_figures_with_blanks_and_old_points() -> None:
    sentence = "2024 年度收入 1812.4 亿元，增长13. 1%。"
    found = stated(sentence)
    assert list(found) == ["1812.4 亿元", "13. 1%"]
    assert found["13. 1%"].quantity.low == Decimal("13.1")
    assert stated("全年增长19·5％。")["19·5％"].quantity.low == Decimal("19.5")


def test_dates_are_no_statements() -> None:
    assert list(stated("2025年3月开工，建成40公里。")) == ["40公里"]


TEXTS = st.text(
    alphabet="全市本级收入增长下降其中无未年末一二三十亿万元家个%％.。，、；：:()（）第到从至2025 \t\n—–月季度",
    max_size=60,
)
CONTEXTS = st.sampled_from(
    [
        Context((), BULLETIN),
        Context(("二、2026年工作安排",), WORK),
        Context(("一、回顾",), WORK, Period(2021, 2025)),
    ]
)


@given(TEXTS, st.integers(min_value=0, max_value=500), CONTEXTS)
def test_spans_lie_in_their_sentence_in_order(text: str, start: int, context: Context) -> None:
    found = statements(text, start, context)
    for each in found:
        assert each.sentence == Span(start, start + len(text))
        span = each.quantity.span
        assert start <= span.start < span.end <= start + len(text)
        if not each.nothing:
            assert any(
                char.isdigit() or char in "一二三十首"
                for char in text[span.start - start : span.end - start]
            )
    counted = [each.quantity.span for each in found if not each.nothing]
    assert counted == sorted(counted)
    # What stands around a sentence tells only by its context.
    assert [each.words for each in statements(text, 0, context)] == [each.words for each in found]


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for each in statements(text, 0, Context((), BULLETIN)):
        assert 0 <= each.quantity.span.start < each.quantity.span.end <= len(text)

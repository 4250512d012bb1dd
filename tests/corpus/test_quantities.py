"""Figures of texts: values, units, kinds, ranges, dates, and what is no figure."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import half_width, kinds_of, number, quantities, units_of


@pytest.mark.parametrize(
    ("text", "said", "value", "unit", "kind"),
    [
        ("调整充实了54个调解组织", "54个", "54", "个", "count"),
        ("累计832万辆次", "832万辆次", "8320000", "辆次", "count"),
        ("完成投资1.22万亿元", "1.22万亿元", "1220000000000", "元", "money"),
        ("减税7,640万元", "7,640万元", "76400000", "元", "money"),
        ("增长５．２％", "５．２％", "5.2", "%", "percent"),
        ("提高0.6个百分点", "0.6个百分点", "0.6", "个百分点", "percent"),
        ("占百分之五点三", "百分之五点三", "5.3", "%", "percent"),
        ("排名全国第2位", "第2位", "2", "位", "rank"),
        ("产煤二十三万吨", "二十三万吨", "230000", "吨", "mass"),
        ("标准为178元/月", "178元/月", "178", "元/月", "money"),
        ("算力达15万P", "15万P", "150000", "P", "computing"),
        ("浓度29微克/立方米", "29微克/立方米", "29", "微克/立方米", "concentration"),
        ("面积260平米", "260平米", "260", "平方米", "area"),
        ("5000余人参加", "5000余人", "5000", "人", "people"),
    ],
)
def test_one_figure(text: str, said: str, value: str, unit: str, kind: str) -> None:
    (found,) = quantities(text)
    assert found.span.of(text) == said
    assert (found.low, found.high) == (Decimal(value), Decimal(value))
    assert (found.unit, found.kind) == (unit, kind)


@pytest.mark.parametrize(
    ("text", "said", "low", "high"),
    [
        ("增长4.5%—5%", "4.5%—5%", "4.5", "5"),
        ("扶持3到5个", "3到5个", "3", "5"),
        ("带动3.5万至4万人", "3.5万至4万人", "35000", "40000"),
        ("新增2—3万户", "2—3万户", "20000", "30000"),
    ],
)
def test_ranges(text: str, said: str, low: str, high: str) -> None:
    (found,) = quantities(text)
    assert found.span.of(text) == said
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("吸纳超3万名毕业生", "超3万名"),
        ("增长5%左右", "5%左右"),
        ("建成不少于50户以上", "不少于50户以上"),
        ("达到54个", "54个"),
    ],
)
def test_what_bounds_a_figure_is_about_it(text: str, about: str) -> None:
    (found,) = quantities(text)
    assert found.about.of(text) == about


@pytest.mark.parametrize(
    "text", ["PM2.5污染", "第八届大会", "第二产业", "出台一批政策", "迈出一步", "“十四五”时期", ""]
)
def test_no_figures(text: str) -> None:
    assert quantities(text) == []


def test_dates_are_their_year_and_no_counts() -> None:
    text = "2025年3月开工，2026年底建成40公里"
    first, second, length = quantities(text)
    assert [each.kind for each in (first, second)] == ["date", "date"]
    assert (first.span.of(text), first.low) == ("2025年3月", Decimal(2025))
    assert (second.span.of(text), second.low) == ("2026年底", Decimal(2026))
    assert length.unit == "公里"


def test_same_as_compares_value_and_unit() -> None:
    short, long, other = (quantities(each)[0] for each in ("1.2万元", "12000元", "1.2万人"))
    assert short.same_as(long)
    assert not short.same_as(other)


def test_kinds_and_units() -> None:
    assert {"people", "rank"} == kinds_of("位")
    assert kinds_of("没有这个") == frozenset()
    assert {"平方米", "平米"} <= units_of("area")
    assert units_of("没有这个") == frozenset()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("1,234.5", "1234.5"),
        ("一万二千", "12000"),
        ("二〇二五", "2025"),
        ("三点六", "3.6"),
        ("十", "10"),
    ],
)
def test_numerals(numeral: str, value: str) -> None:
    assert number(numeral) == Decimal(value)


@pytest.mark.parametrize("numeral", ["", "甲", "3甲"])
def test_what_is_no_numeral(numeral: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        number(numeral)


@given(
    st.text(
        alphabet="0123456789.,，、—到至万亿百千十一二三个元人%％第位年月超近以上百分之点",
        max_size=40,
    )
)
def test_spans_are_in_order_and_disjoint(text: str) -> None:
    found = quantities(text)
    for each in found:
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert each.about.start <= each.span.start
        assert each.span.end <= each.about.end <= len(text)
        assert each.low <= each.high
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_is_found_with_its_value(value: int) -> None:
    (found,) = quantities(f"共有{value}个")
    assert found.low == value


@given(st.text(max_size=30))
def test_half_width_keeps_offsets(text: str) -> None:
    assert len(half_width(text)) == len(text)

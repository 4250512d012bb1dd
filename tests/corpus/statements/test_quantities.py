"""Figures of texts: values, units, kinds, ranges, dates, and what is no figure."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.statements.numerals import number
from corpus.statements.quantities import half_width, kinds_of, quantities, units_of


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
        # 亿 and 万 in one Chinese numeral: 3 * 10^8 + 475 * 10^4
        ("产量三亿零四百七十五万吨", "三亿零四百七十五万吨", "304750000", "吨", "mass"),
        ("达到四亿零七百多万吨", "四亿零七百多万吨", "407000000", "吨", "mass"),
        ("亏损四十多亿元", "四十多亿元", "4000000000", "元", "money"),
        ("社员一亿六千五百五十二万余人", "一亿六千五百五十二万余人", "165520000", "人", "people"),
        ("出资五点五万美元", "五点五万美元", "55000", "美元", "money"),
        ("投资一点二万亿元", "一点二万亿元", "1200000000000", "元", "money"),
        # the 千 of 千瓦 behind a whole numeral multiplies all of it
        ("容量三百万千瓦", "三百万千瓦", "3000000000", "瓦", "energy"),
        ("机组七万二千五百千瓦", "七万二千五百千瓦", "72500000", "瓦", "energy"),
        # full-width thousands
        ("粮食３，６８０亿斤", "３，６８０亿斤", "368000000000", "斤", "mass"),
        ("货运３３，２１２万吨", "３３，２１２万吨", "332120000", "吨", "mass"),
        (
            "收入２７，２０３，３１９，０００元",
            "２７，２０３，３１９，０００元",
            "27203319000",
            "元",
            "money",
        ),
        ("共１，２３４．５公里", "１，２３４．５公里", "1234.5", "公里", "length"),
        # the same between half-width digits, where a unit or zeros show it
        ("货运33，212万吨", "33，212万吨", "332120000", "吨", "mass"),
        ("增产4，900多万吨", "4，900多万吨", "49000000", "吨", "mass"),
        ("收入27，203，319，000元", "27，203，319，000元", "27203319000", "元", "money"),
        ("共1，234.5公里", "1，234.5公里", "1234.5", "公里", "length"),
        ("粮食３，680亿斤", "３，680亿斤", "368000000000", "斤", "mass"),
        ("下降1，200%", "1，200%", "1200", "%", "percent"),
        ("热量7，000大卡", "7，000", "7000", "", ""),
        # shares in words
        ("降到千分之三", "千分之三", "3", "‰", "percent"),
        ("降到千分之五点一左右", "千分之五点一", "5.1", "‰", "percent"),
        # several multipliers in one Arabic figure
        ("人口1亿2千万人", "1亿2千万人", "120000000", "人", "people"),
        ("投资3亿5000万元", "3亿5000万元", "350000000", "元", "money"),
        ("捐款1亿7千5百万美元", "1亿7千5百万美元", "175000000", "美元", "money"),
        ("经费6千6百多万美元", "6千6百多万美元", "66000000", "美元", "money"),
        ("人口1亿3千多万。", "1亿3千多万", "130000000", "", ""),
        ("面积18万6433平方公里", "18万6433平方公里", "186433", "平方公里", "area"),
        ("人口1亿2345万6789人", "1亿2345万6789人", "123456789", "人", "people"),
        ("里程2万5千公里", "2万5千公里", "25000", "公里", "length"),
        # a unit as it is spoken
        ("浓度28.5微克每立方米", "28.5微克每立方米", "28.5", "微克/立方米", "concentration"),
        ("浓度5毫克每升", "5毫克每升", "5", "毫克/升", "concentration"),
        ("时速80公里每小时", "80公里每小时", "80", "公里/小时", "length"),
        ("历时二十年", "二十年", "20", "年", "time"),
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
        ("带动1万至1万2千人", "1万至1万2千人", "10000", "12000"),
        ("增长百分之五至百分之六", "百分之五至百分之六", "5", "6"),
        ("增长百分之五到六。", "百分之五到六", "5", "6"),
        ("增产百分之十到二十左右", "百分之十到二十", "10", "20"),
        ("控制在千分之三至千分之四点五", "千分之三至千分之四点五", "3", "4.5"),
        ("招收1，200—1，500人", "1，200—1，500人", "1200", "1500"),
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
    ("text", "said"),
    [
        ("由百分之四十到一九五七年的百分之五十", ["百分之四十", "一九五七年", "百分之五十"]),
        ("由百分之五到六万吨", ["百分之五", "六万吨"]),
        ("由百分之五到六个省", ["百分之五", "六个"]),
        ("由百分之五到千分之六", ["百分之五", "千分之六"]),
        ("３６８０，１２３亿斤", ["３６８０", "１２３亿斤"]),
        # a pause, not a thousands separator
        ("名列第1，700家入选", ["第1", "700家"]),
        ("约占1/10，438万名", ["1", "10", "438万名"]),
        ("到2025，100个", ["2025", "100个"]),
        ("在1957，1958年", ["1957", "1958年"]),
        ("增长5%，200人", ["5%", "200人"]),
        ("提高5.2，300个", ["5.2", "300个"]),
        ("全年，300吨", ["300吨"]),
        ("投资5亿，2024年", ["5亿", "2024年"]),
        ("投资5亿2024年", ["5亿", "2024年"]),
        ("一九八一、一九八二两年", ["一九八二", "两年"]),
    ],
)
def test_figures_that_stay_apart(text: str, said: list[str]) -> None:
    assert [each.span.of(text) for each in quantities(text)] == said


@pytest.mark.parametrize(
    "text",
    [
        "二百分之一",
        "PM2.5污染",
        "第八届大会",
        "第二产业",
        "出台一批政策",
        "迈出一步",
        "“十四五”时期",
        "",
    ],
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


@pytest.mark.parametrize(
    ("text", "said", "year"),
    [
        ("在一九五二年建成", "一九五二年", 1952),
        ("到二〇二五年底", "二〇二五年底", 2025),
        ("比一九八○年增长", "一九八○年", 1980),
        ("一九五八年度计划", "一九五八年度", 1958),
        ("一九五五年上半年", "一九五五年上半年", 1955),
        ("一九四九年十月一日", "一九四九年十月一日", 1949),
        ("二零零九年7月6日", "二零零九年7月6日", 2009),
    ],
)
def test_years_in_chinese_digits_are_dates(text: str, said: str, year: int) -> None:
    (found,) = quantities(text)
    assert found.span.of(text) == said
    assert (found.low, found.high) == (Decimal(year), Decimal(year))
    assert (found.unit, found.kind) == ("", "date")


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
        ("十二万", "120000"),
        ("一千五百万", "15000000"),
        ("三千二百亿", "320000000000"),
        ("三亿零四百七十五万", "304750000"),
        ("一千三百六十九亿一千四百万", "136914000000"),
        ("三亿二千三百八十万九千六百八十四", "323809684"),
        ("一万二千亿", "1200000000000"),  # (10000 + 2000) * 10^8
        ("三万亿", "3000000000000"),
        ("二百万亿", "200000000000000"),
        ("三亿零十万", "300100000"),
        ("四百十一", "411"),
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
        alphabet="0123456789.,，、—到至万亿百千十一二三零两个元人瓦%％第位年月日超近以上百千分之点多余每/３０",
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("共3，68亿斤", ["3"]),
        ("共３，６８０５亿斤", ["３"]),
        ("共3,68亿斤", ["3"]),
        ("在3，680之间", ["3"]),
    ],
)
def test_what_a_comma_cut_off_is_no_figure(text: str, said: list[str]) -> None:
    assert [each.span.of(text) for each in quantities(text)] == said


@given(st.integers(min_value=1000, max_value=10**12), st.sampled_from(["", "万", "多万"]))
def test_thousands_read_the_same_with_any_comma(value: int, many: str) -> None:
    (plain,) = quantities(f"产量{value}{many}吨")
    half = f"{value:,}{many}吨"
    wide = half.replace(",", "，")
    for said in (half, wide, wide.translate({ord(str(d)): 0xFF10 + d for d in range(10)})):
        (found,) = quantities(f"产量{said}，")
        assert (found.low, found.unit) == (plain.low, plain.unit)
        assert found.span.of(f"产量{said}，") == said


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_is_found_with_its_value(value: int) -> None:
    (found,) = quantities(f"共有{value}个")
    assert found.low == value


def _spelled(value: int) -> str:
    """A Chinese numeral below 10^12, as 《出版物上数字用法》 and schools write it."""
    if value < 10**4:
        return _spelled_section(value)
    base, name = (10**8, "亿") if value >= 10**8 else (10**4, "万")
    high, low = divmod(value, base)
    if not low:
        return f"{_spelled(high)}{name}"
    zero = "零" if low < base // 10 else ""
    return f"{_spelled(high)}{name}{zero}{_spelled(low)}"


def _spelled_section(value: int) -> str:
    """0 to 9999: every digit with its place, zeros between others once."""
    digits = "零一二三四五六七八九"
    said = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += f"{digits[digit]}{name}"
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零") or "零"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"),
        (10, "一十"),
        (1005, "一千零五"),
        (10_500, "一万零五百"),
        (304_750_000, "三亿零四百七十五万"),
        (100_000_001, "一亿零一"),
        (120_034_005_600, "一千二百亿三千四百万五千六百"),
    ],
)
def test_the_reference_writer(value: int, said: str) -> None:
    assert _spelled(value) == said


@given(
    st.integers(min_value=0, max_value=10**12 - 1)
    | st.builds(  # many zeros
        lambda digit, place, rest: (digit * 10**place + rest) % 10**12,
        st.integers(1, 9999),
        st.integers(0, 11),
        st.integers(0, 9999),
    )
)
def test_a_chinese_numeral_reads_back(value: int) -> None:
    said = _spelled(value)
    short = said.removeprefix("一") if said.startswith("一十") else said  # 十二万
    assert number(said) == number(short) == value
    (found,) = quantities(f"共有{said}吨")
    assert found.low == value
    assert found.unit == "吨"


@given(st.text(alphabet="０１２３９，．,.10亿斤%％第", max_size=20))
def test_half_width_changes_nothing_when_repeated(text: str) -> None:
    assert half_width(half_width(text)) == half_width(text)
    assert len(half_width(text)) == len(text)


@given(st.text(max_size=30))
def test_half_width_keeps_offsets(text: str) -> None:
    assert len(half_width(text)) == len(text)

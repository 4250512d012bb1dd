"""Figures of several reports in one unit: what compares, which is far off, the order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from corpus.statements.bound import bound_of
from corpus.statements.quantities import Quantity, quantities
from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import (
    Comparison,
    Measured,
    Row,
    Sort,
    Status,
    Topic,
    TopicKind,
)
from search_api.comparing.table.comparison import in_order
from search_api.comparing.table.measured import measured
from search_api.questions.question import Language

EXACT, RANGE = Bound.EXACT, Bound.RANGE


def figure(sentence: str) -> tuple[Quantity, Bound]:
    """The only figure of a sentence, with what bounds it."""
    (quantity,) = quantities(sentence)
    return quantity, bound_of(sentence, quantity)


def table(*sentences: str) -> list[Measured]:
    """The figures of sentences in one unit."""
    made = [each for each in measured([figure(sentence) for sentence in sentences]) if each]
    assert len(made) == len(sentences)
    return made


def values(*sentences: str) -> list[tuple[str, str]]:
    """Low value and unit as text, so that 3.0 or 3E+4 in place of 3 or 30000 doesn't pass."""
    return [(str(each.low), each.unit) for each in table(*sentences)]


def test_ten_thousands_are_multiplied_out() -> None:
    assert values("3.2万吨", "8000吨", "1.05亿吨", "12万吨") == [
        ("32000", "吨"),
        ("8000", "吨"),
        ("105000000", "吨"),
        ("120000", "吨"),
    ]


def test_ranges() -> None:
    (made,) = table("增长5%—5.5%")
    assert (made.low, made.high, made.middle) == (Decimal(5), Decimal("5.5"), Decimal("5.25"))
    assert made.bound is RANGE
    # 万 behind the second number holds for both: 1..3万亩 is 10,000..30,000.
    (acres,) = table("新建茶园1—3万亩")
    assert (acres.low, acres.high, acres.unit) == (Decimal(10_000), Decimal(30_000), "亩")
    assert acres.middle == Decimal(20_000)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        # 1吨 = 2000斤: 3万斤 = 15吨; 500公斤 = half a ton.
        (("12吨", "3万斤", "20吨", "500公斤"), [("12", "吨"), ("15", "吨"), ("20", "吨"), ("0.5", "吨")]),
        # The unit most rows use: 2吨 = 4000斤.
        (("2吨", "600斤", "900斤"), [("4000", "斤"), ("600", "斤"), ("900", "斤")]),
        # 1公顷 = 15亩, 1平方公里 = 1500亩.
        (("300亩", "20公顷", "450亩", "2平方公里"), [("300", "亩"), ("300", "亩"), ("450", "亩"), ("3000", "亩")]),
        # 1000亩 / 15 is no whole number of hectares, 450亩 is.
        (("7公顷", "450亩", "9公顷"), [("7", "公顷"), ("30", "公顷"), ("9", "公顷")]),
        # Multiplied, then divided: 540 / 60 is 9, where 540 x (1 / 60) is 9.000000000000000000000000002.
        (("2小时", "540分钟", "3小时"), [("2", "小时"), ("9", "小时"), ("3", "小时")]),
        # Of equally many the first.
        (("3公里", "500米"), [("3", "公里"), ("0.5", "公里")]),
        (("500米", "3公里"), [("500", "米"), ("3000", "米")]),
        # 12人 and 12名 count people; 5‰ are 0.5%.
        (("12人", "15名", "9人"), [("12", "人"), ("15", "人"), ("9", "人")]),
        (("增长5%", "增长5‰", "增长6.5%"), [("5", "%"), ("0.5", "%"), ("6.5", "%")]),
    ],
)  # fmt: skip
def test_one_unit(sentences: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert values(*sentences) == expected
    assert all(each.comparable for each in table(*sentences))


def test_decimals_are_exact() -> None:
    # In binary floating point 0.1 + 0.2 and 4.35 * 100 are off.
    (made,) = table("4.35万亩")
    assert str(made.low) == "43500"
    (middle,) = table("0.1%—0.2%")
    assert str(middle.middle) == "0.15"


def test_units_that_measure_other_things_dont_compare() -> None:
    first, second, third = table("3万吨", "增长5%", "4万吨")
    assert (first.comparable, second.comparable, third.comparable) == (True, False, True)
    assert (second.low, second.unit) == (Decimal(5), "%")
    # A change in percent is not one in points.
    assert [each.comparable for each in table("5%", "6%", "提高2个百分点")] == [True, True, False]
    assert [each.comparable for each in table("5亿元", "6亿元", "7亿美元")] == [True, True, False]


def test_most_rows_decide_not_the_first() -> None:
    made = table("增长5%", "3万吨", "400斤")
    assert [each.comparable for each in made] == [False, True, True]
    assert [each.unit for each in made] == ["%", "吨", "吨"]


def test_reports_without_a_figure_keep_their_place() -> None:
    assert measured([]) == []
    assert measured([None, None]) == [None, None]
    made = measured([None, figure("3吨"), None])
    assert made[0] is made[2] is None
    assert made[1] == Measured(Decimal(3), Decimal(3), "吨", EXACT)


def test_a_figure_of_any_size() -> None:
    (made,) = table("1" + "亿" * 5 + "元")
    assert made.low == Decimal(10) ** 40
    assert "E" not in str(made.low)


def outliers(*sentences: str) -> list[bool]:
    return [each.outlier for each in table(*sentences)]


def test_far_from_the_others() -> None:
    # Median 12, deviations 2 1 0 1 6, their median 1: 0.6745 * 6 / 1 = 4.05 is above 3.5.
    assert outliers("10家", "11家", "12家", "13家", "18家") == [False] * 4 + [True]
    # 0.6745 * 5 / 1 = 3.37 is not.
    assert outliers("10家", "11家", "12家", "13家", "17家") == [False] * 5
    # To the other side: 12 - 6.
    assert outliers("6家", "11家", "12家", "13家", "14家") == [True] + [False] * 4


def test_too_few_or_too_equal_for_an_outlier() -> None:
    assert outliers("10家", "11家", "12家", "900家") == [False] * 4
    assert outliers("5家", "5家", "5家", "5家", "900家") == [False] * 5


def test_outliers_in_the_unit_of_the_table() -> None:
    # 24000斤 are 12吨: nothing is far off. 240000斤 are 120吨.
    near = ("10吨", "11吨", "24000斤", "13吨", "14吨")
    assert outliers(*near) == [False] * 5
    assert outliers("10吨", "11吨", "240000斤", "13吨", "14吨") == [
        False,
        False,
        True,
        False,
        False,
    ]
    # A range is where its middle is: 12.
    assert outliers("10吨", "11吨", "2—22吨", "13吨", "14吨") == [False] * 5


def test_what_doesnt_compare_is_no_outlier_and_makes_none() -> None:
    assert outliers("10吨", "11吨", "12吨", "13吨", "900%") == [False] * 5
    # Four figures compare: too few, the fifth doesn't count.
    assert outliers("10吨", "11吨", "12吨", "900吨", "1%") == [False] * 5


WORTH = {"吨": Decimal(1), "斤": Decimal("0.0005"), "公斤": Decimal("0.001")}
FIGURES = st.lists(
    st.none()
    | st.tuples(
        st.integers(0, 10**9).map(lambda hundredths: Decimal(hundredths) / 100),
        st.sampled_from(["吨", "斤", "公斤", "%"]),
    ),
    max_size=12,
)
Given = Sequence[tuple[Decimal, str] | None]


def quantity_of(value: Decimal, unit: str) -> Quantity:
    span = Span(0, 1)
    return Quantity(span, span, value, value, unit, "")


def rows_of(given_figures: Given) -> list[Row]:
    """A row a figure, named by its place."""
    made = measured([each and (quantity_of(*each), EXACT) for each in given_figures])
    return [
        Row(str(place), "", "", None, Status.STATED, measured=each)
        for place, each in enumerate(made)
    ]


@given(FIGURES)
def test_no_figure_is_lost_and_none_is_changed(given_figures: Given) -> None:
    rows = rows_of(given_figures)
    assert len(rows) == len(given_figures)
    for row, each in zip(rows, given_figures, strict=True):
        if each is None:
            assert row.measured is None
            continue
        assert row.measured is not None
        value, unit = each
        made = row.measured
        if made.comparable and unit != "%":
            assert made.low * WORTH[made.unit] == value * WORTH[unit]
        else:
            assert (made.low, made.unit) == (value, unit)


def ordered_by(sort: Sort, rows: Sequence[Row]) -> list[Row]:
    topic = Topic("茶叶产量", TopicKind.FIGURE, ("茶叶产量是多少？",), Language.ZH)
    return list(in_order(Comparison(topic, tuple(rows)), sort).rows)


@given(FIGURES, st.sampled_from([Sort.HIGHEST, Sort.LOWEST]))
def test_sorting_keeps_every_row_and_the_order_of_equals(given_figures: Given, sort: Sort) -> None:
    rows = rows_of(given_figures)
    ordered = ordered_by(sort, rows)
    assert sorted(row.report_id for row in ordered) == sorted(row.report_id for row in rows)
    ahead = [row for row in ordered if row.measured and row.measured.comparable]
    behind = ordered[len(ahead) :]
    # Those that don't compare stand last, as they stood.
    assert ordered[: len(ahead)] == ahead
    assert [int(row.report_id) for row in behind] == sorted(int(row.report_id) for row in behind)
    places = [(row.measured.middle, int(row.report_id)) for row in ahead if row.measured]
    sign = -1 if sort is Sort.HIGHEST else 1
    assert places == sorted(places, key=lambda each: (sign * each[0], each[1]))


def test_sorted_by_the_middle_of_ranges() -> None:
    sentences = ("增长6%", "增长5%—9%", "增长5%", "提高2个百分点", "增长6%")
    rows = [
        Row(str(place), "", "", None, Status.STATED, measured=each)
        for place, each in enumerate(table(*sentences))
    ]
    # 7 is the middle of 5..9; both 6 stay as they were; points don't compare.
    assert [row.report_id for row in ordered_by(Sort.HIGHEST, rows)] == ["1", "0", "4", "2", "3"]
    assert [row.report_id for row in ordered_by(Sort.LOWEST, rows)] == ["2", "0", "4", "1", "3"]
    assert ordered_by(Sort.REPORT, rows) == rows

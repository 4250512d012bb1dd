"""Where figures lie in the plots."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Row
from search_api.exporting.axis import Side, axis, fitted, from_zero, text_width
from search_api.exporting.plot import (
    OFF,
    ROW,
    TOP,
    Mark,
    RowPlot,
    Style,
    bounds_in,
    row_plot,
)
from search_api.exporting.plot_years import year_plot
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import comparison, row, silent, topic, usual


def decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["4.5", "7"], False),  # .64 of the greatest
        (["4", "8"], True),  # just half
        (["4.1", "8"], False),
        (["0", "8"], True),
        (["-8", "-3"], True),
        (["-8", "-5"], False),
        (["-1", "8"], False),
        (["0", "0"], False),
    ],
)
def test_lengths_from_zero_only_where_they_differ_enough(values: list[str], wanted: bool) -> None:
    assert from_zero(decimals(*values)) is wanted


@pytest.mark.parametrize(
    ("values", "zero", "ticks"),
    [
        (["4.6", "6.9"], False, ["4.5", "5.0", "5.5", "6.0", "6.5", "7.0"]),
        # On a tick itself a dot would lie on the frame: one more tick.
        (["5", "7"], False, ["4.5", "5.0", "5.5", "6.0", "6.5", "7.0", "7.5"]),
        (["30", "930"], True, ["0", "200", "400", "600", "800", "1000"]),
        (["-9", "-2"], True, ["-10", "-8", "-6", "-4", "-2", "0"]),
        (["5", "5"], False, ["4.4", "4.6", "4.8", "5.0", "5.2", "5.4", "5.6"]),
        (["0", "0"], False, ["-1.5", "-1.0", "-0.5", "0", "0.5", "1.0", "1.5"]),
    ],
)
def test_ticks_are_round_and_hold_all_values(
    values: list[str], zero: bool, ticks: list[str]
) -> None:
    assert list(axis(decimals(*values), 5, zero=zero).ticks) == decimals(*ticks)


@given(
    st.lists(st.decimals(-(10**12), 10**12, allow_nan=False, places=3), min_size=1, max_size=9),
    st.integers(2, 9),
)
def test_every_value_is_on_its_axis(values: list[Decimal], wanted: int) -> None:
    line = axis(values, wanted, zero=from_zero(values))
    assert all(0 <= line.share(value) <= 1 for value in values)
    assert 2 <= len(line.ticks) <= wanted + 4
    if from_zero(values):
        assert 0 in line.ticks


def test_names_are_cut_visibly_to_the_room_there_is() -> None:
    assert fitted("云溪县", text_width("云溪县")) == "云溪县"
    # The sign itself is as wide as a character.
    assert fitted("云溪石桥", text_width("云溪石桥") - 1) == "云溪…"


def test_close_figures_are_dots_with_ranges() -> None:
    plot = row_plot(
        comparison(
            row("云溪县", "41.5%", "41.5", unit="%"),
            row("石桥县", "42%—42.5%", "42", "42.5", unit="%", bound=Bound.RANGE),
            row("青禾县", "43%左右", "43", unit="%", bound=Bound.ABOUT),
        )
    )
    assert plot is not None
    assert plot.style is Style.DOT
    assert plot.zero is None
    marks = [each.mark for each in plot.rows if each.mark]
    span = float(plot.right - plot.left)
    first, last = Decimal(plot.ticks[0].label), Decimal(plot.ticks[-1].label)

    def at(value: str) -> float:
        return plot.left + span * float((Decimal(value) - first) / (last - first))

    assert [mark.low for mark in marks] == pytest.approx([at("41.5"), at("42"), at("43")])
    assert [mark.high for mark in marks] == pytest.approx([at("41.5"), at("42.5"), at("43")])
    assert [mark.bound for mark in marks] == [Bound.EXACT, Bound.RANGE, Bound.ABOUT]


def test_figures_far_apart_are_bars_from_zero() -> None:
    first, second, third, *others = usual().rows
    assert third.measured is not None
    third = replace(third, measured=replace(third.measured, outlier=False))
    plot = row_plot(comparison(first, second, third, *others))
    assert plot is not None
    assert plot.style is Style.BAR
    assert plot.zero == pytest.approx(plot.left)
    ranged, bounded, farthest, *_ = marks_of(plot)
    unit = farthest.high - plot.left
    assert (bounded.high - plot.left) / unit == pytest.approx(20 / 90)
    assert (ranged.near - plot.left) / unit == pytest.approx(12 / 90)
    assert (ranged.far - plot.left) / unit == pytest.approx(15 / 90)
    assert not plot.off_scale


def marks_of(plot: RowPlot) -> list[Mark]:
    return [each.mark for each in plot.rows if each.mark]


def of_place(place: str, value: str, *, outlier: bool = False) -> Row:
    return row(place, f"{value}吨", value, outlier=outlier)


def test_an_outlier_does_not_squash_the_others() -> None:
    usual_rows = [of_place("云溪县", "4"), of_place("石桥县", "7"), of_place("青禾县", "10")]
    plot = row_plot(comparison(*usual_rows, of_place("双河县", "9000", outlier=True)))
    assert plot is not None
    assert (plot.style, plot.unit) == (Style.BAR, "吨")
    first, second, third, far = marks_of(plot)
    # The axis ends at 10, as it would without the outlier.
    assert [tick.label for tick in plot.ticks][-1] == "10"
    assert third.high == pytest.approx(plot.right)
    assert (first.high - plot.left) / (plot.right - plot.left) == pytest.approx(0.4)
    assert far.high == pytest.approx(plot.right)
    assert [each.side for each in (first, second, third, far)] == [Side.WITHIN] * 3 + [Side.ABOVE]
    assert plot.off_scale
    assert plot.rows[-1].text == "9000吨 ◆"


def test_an_outlier_below_the_dots_is_drawn_inside_of_the_axis() -> None:
    rows = [of_place("云溪县", "71"), of_place("石桥县", "72"), of_place("青禾县", "73")]
    plot = row_plot(comparison(*rows, of_place("双河县", "2", outlier=True)))
    assert plot is not None
    assert plot.style is Style.DOT
    far = marks_of(plot)[-1]
    assert (far.low, far.high, far.side) == (plot.left + OFF, plot.left + OFF, Side.BELOW)


def test_an_outlier_that_the_axis_has_room_for_is_drawn_where_it_is() -> None:
    # Bars from 0 to 10, 0.5 is on them.
    rows = [of_place("云溪县", "5"), of_place("石桥县", "10")]
    plot = row_plot(comparison(*rows, of_place("双河县", "0.5", outlier=True)))
    assert plot is not None
    far = marks_of(plot)[-1]
    assert (far.high - plot.left) / (plot.right - plot.left) == pytest.approx(0.05)
    assert (far.side, plot.off_scale) == (Side.WITHIN, False)


def test_outliers_alone_have_an_axis() -> None:
    rows = [of_place("云溪县", "4", outlier=True), of_place("石桥县", "8", outlier=True)]
    plot = row_plot(comparison(*rows))
    assert plot is not None
    assert not plot.off_scale


def test_bars_of_negative_figures_begin_at_zero_on_the_right() -> None:
    plot = row_plot(
        comparison(
            row("云溪县", "-8%", "-8", unit="%"),
            row("石桥县", "-4%—-2%", "-4", "-2", unit="%", bound=Bound.RANGE),
        )
    )
    assert plot is not None
    assert plot.style is Style.BAR
    mark = plot.rows[1].mark
    assert mark is not None
    assert mark.start == pytest.approx(plot.right)
    assert mark.low < mark.high < mark.start
    assert (mark.near, mark.far) == (mark.high, mark.low)


def test_every_report_has_a_line_in_the_tables_order() -> None:
    plot = row_plot(usual())
    assert plot is not None
    assert [(each.name, each.text, each.mark is None) for each in plot.rows] == [
        ("云溪县 2025", "12—15吨", False),
        ("石桥县 2025", "20吨以上", False),
        ("青禾县 2025", "90吨 ◆", False),
        ("双河县 2025", "3户（单位不同）", True),
        ("白塔县 2025", "未说明", True),
    ]
    assert [each.y for each in plot.rows] == [TOP + ROW * (n + 0.5) for n in range(5)]
    assert (
        plot.description
        == "最低 12—15吨 (云溪县 2025); 最高 90吨 (青禾县 2025); 未说明: 白塔县 2025"
    )
    assert bounds_in(usual()) == {
        "exact": True,
        "about": False,
        "nearly": False,
        "at_least": True,
        "at_most": False,
        "above": False,
        "below": False,
        "range": True,
        "outlier": True,
    }


@pytest.mark.parametrize(
    ("language", "unit", "tick"),
    [(Language.ZH, "万吨", "30"), (Language.EN, "吨", "300,000")],
)
def test_large_figures_have_a_scale(language: Language, unit: str, tick: str) -> None:
    plot = row_plot(
        comparison(
            row("云溪县", "30万吨", "300000"),
            row("石桥县", "9万吨", "90000"),
            asked=topic("truffles", language=language),
        )
    )
    assert plot is not None
    assert plot.unit == unit
    assert tick in [each.label for each in plot.ticks]


@pytest.mark.parametrize("width", [350, 920])
def test_names_and_figures_stay_within_the_drawing(width: int) -> None:
    long = "云溪县石桥镇松露产业发展促进中心示范区"
    plot = row_plot(comparison(row(long, "5吨", "5"), row("石桥县", "9吨", "9")), width)
    assert plot is not None
    assert plot.left < plot.right < plot.values < width
    assert text_width(plot.rows[0].label) <= plot.left
    if width == 350:
        assert plot.rows[0].label.endswith("…")
    assert plot.rows[0].name.startswith(long)


def test_one_figure_is_no_plot() -> None:
    other = row("双河县", "3户", "3", unit="户", comparable=False)
    assert row_plot(comparison(row("云溪县", "5吨", "5"), other, silent())) is None


def series(*rows: Row) -> list[str]:
    plot = year_plot(comparison(*rows))
    return [] if plot is None else list(plot.lines)


def of_year(year: int, value: str = "5") -> Row:
    return row("云溪县", f"{value}吨", value, year=year)


def test_line_over_the_years_is_in_time_order_with_gaps() -> None:
    plot = year_plot(
        comparison(
            of_year(2020, "8"),
            of_year(2019, "10"),
            silent("云溪县", 2021),
            # No report of 2022.
            of_year(2023, "7"),
            of_year(2024, "6"),
            row("云溪县", "3户", "3", unit="户", comparable=False, year=2025),
        )
    )
    assert plot is not None
    assert [point.name for point in plot.points] == [
        "云溪县 2019",
        "云溪县 2020",
        "云溪县 2023",
        "云溪县 2024",
    ]
    step = (plot.right - plot.left) / 6
    assert [point.x for point in plot.points] == pytest.approx(
        [plot.left + step * n for n in (0, 1, 4, 5)]
    )
    assert [len(line.split()) for line in plot.lines] == [2, 2]
    assert [(each.year, each.text) for each in plot.absent] == [
        (2021, "未说明"),
        (2025, "3户（单位不同）"),
    ]
    heights = [point.middle for point in plot.points]
    assert heights == sorted(heights), "10, 8, 7, 6: lower and lower"
    assert [tick.label for tick in plot.x_ticks] == [str(year) for year in range(2019, 2026)]


def test_an_outlier_of_the_years_is_beyond_the_axis_and_has_its_figure() -> None:
    far = row("云溪县", "9000吨", "9000", year=2021, outlier=True)
    low = row("云溪县", "-9000吨", "-9000", year=2022, outlier=True)
    rows = [of_year(2019, "71"), of_year(2020, "72"), far, low, of_year(2023, "73")]
    for width in (350, 920):
        plot = year_plot(comparison(*rows, of_year(2024, "74")), width)
        assert plot is not None
        assert plot.off_scale
        assert [tick.label for tick in plot.y_ticks][-1] in ("74", "75")
        above, below = plot.points[2:4]
        assert (above.side, below.side) == (Side.ABOVE, Side.BELOW)
        assert above.low == above.high == plot.y_ticks[-1].at
        assert below.low == below.high == plot.base - OFF
        assert (above.text, below.text) == ("9000吨", "-9000吨")
        # The line does not run to a place the figure does not have.
        assert [len(line.split()) for line in plot.lines] == [2, 2]


def test_a_figure_at_the_edge_of_the_drawing_is_not_cut() -> None:
    long = row("云溪县", "100000000000吨", "100000000000", year=2025, outlier=True)
    plot = year_plot(comparison(*(of_year(2019 + n, str(5 + n)) for n in range(6)), long), 350)
    assert plot is not None
    last = plot.points[-1]
    assert last.text_x + text_width(last.text) / 2 <= plot.width


def test_a_year_alone_between_gaps_is_a_point_without_line() -> None:
    assert series(of_year(2019), of_year(2021), of_year(2023)) == []
    assert len(series(of_year(2019), of_year(2020), of_year(2022))) == 1


def test_figures_stand_clear_of_the_line_and_of_arrows() -> None:
    low = row("云溪县", "2吨以内", "2", bound=Bound.AT_MOST, year=2020)
    high = row("云溪县", "8吨以上", "8", bound=Bound.AT_LEAST, year=2021)
    plot = year_plot(comparison(of_year(2019), low, high, of_year(2022, "9")))
    assert plot is not None
    first, down, up, last = plot.points
    # Down the page is more: below the lowest point, above all others.
    assert first.text_y == first.high - 11
    assert down.text_y == down.low + 21 + 9
    assert up.text_y == up.high - 11 - 9
    assert last.text_y == last.high - 11


def test_years_are_named_as_there_is_room_the_last_always() -> None:
    rows = [of_year(year) for year in range(1996, 2026)]
    narrow, wide = year_plot(comparison(*rows), 350), year_plot(comparison(*rows), 920)
    assert narrow is not None
    assert wide is not None
    for plot, least in ((narrow, 3), (wide, 8)):
        labels = [int(tick.label) for tick in plot.x_ticks]
        assert labels[-1] == 2025
        assert len(labels) >= least
        gaps = {
            later.at - earlier.at
            for earlier, later in zip(plot.x_ticks, plot.x_ticks[1:], strict=False)
        }
        assert min(gaps) >= 40
    assert not any(point.text for point in narrow.points)


@pytest.mark.parametrize(
    "rows",
    [
        (of_year(2024), row("石桥县", "6吨", "6", year=2025)),
        (of_year(2024), of_year(2024, "6")),
        (of_year(2024), silent("云溪县", 2025)),
    ],
    ids=["two places", "one year twice", "one figure"],
)
def test_other_tables_are_no_line(rows: tuple[Row, ...]) -> None:
    assert year_plot(comparison(*rows)) is None

"""Where do one place's figures lie over the years? Coordinates only; templates draw them.

The line has a gap where a year has no report, its report no comparable figure, or one beyond the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Comparison, Row
from search_api.exporting.amounts import scale_of, short
from search_api.exporting.axis import Side, axis, fitted, from_zero, text_width
from search_api.exporting.labels import labels
from search_api.exporting.plot import (
    LEAST,
    OFF,
    WIDE,
    Tick,
    described,
    drawn,
    text_of,
    usual_ends,
)

HEIGHT: Final = 280
_TOP: Final = 46  # room for the unit, and for a figure above the highest point
# A figure stands so far above its point, or below it, pixels; farther where the arrow of a bound is, or the
# mark of what lies beyond the axis.
_ABOVE, _BELOW, _PAST_ARROW, _PAST_BEYOND = 11, 21, 9, 12
_FOOT: Final = 34
_RIGHT: Final = 28
_GAP: Final = 8
_TICKS: Final = 5
_YEAR: Final = 44  # room a year's number wants


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One report's figure from `low` to `high`, pixels from the top. `text` is empty without room."""

    x: float
    low: float
    high: float
    bound: Bound
    outlier: bool
    name: str
    value: str
    text: str
    text_x: float
    text_y: float
    side: Side = Side.WITHIN  # the end of the axis that the figure lies beyond

    @property
    def middle(self) -> float:
        """Where the line goes through."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Absent:
    """A year whose report has no figure that can be drawn, and why."""

    x: float
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class YearPlot:
    """A line over the years, in pieces; sizes and places in pixels from the upper left corner."""

    points: tuple[YearPoint, ...]
    lines: tuple[str, ...]  # each as SVG wants a polyline's points
    absent: tuple[Absent, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    unit: str
    title: str
    description: str
    width: int
    height: int
    left: float
    right: float
    base: float

    @property
    def off_scale(self) -> bool:
        """Whether a figure lies beyond the axis."""
        return any(point.side is not Side.WITHIN for point in self.points)


def is_over_years(rows: Sequence[Row]) -> bool:
    """Whether all reports are of one place, and each of another year."""
    years = {row.year for row in rows}
    return (
        len(rows) > 1
        and len({row.region for row in rows}) == 1
        and bool(rows[0].region)
        and None not in years
        and len(years) == len(rows)
    )


def year_plot(comparison: Comparison, width: int = WIDE) -> YearPlot | None:
    """The plot over the years; None with other places or fewer than two comparable figures."""
    figures = drawn(comparison)
    if len(figures) < LEAST or not is_over_years(comparison.rows):
        return None
    language = comparison.topic.language
    words = labels(language)
    ends = usual_ends(figures)
    scale = scale_of(ends, figures[0].unit, language)
    ends = [scale.of(end) for end in ends]
    upright = axis(ends, _TICKS, zero=from_zero(ends))
    left = max(text_width(short(tick)) for tick in upright.ticks) + _GAP + _YEAR / 2
    right, base = width - _RIGHT, HEIGHT - _FOOT
    years = sorted(row.year for row in comparison.rows if row.year is not None)
    first, last = years[0], years[-1]
    step = (right - left) / (last - first)

    def x(year: int) -> float:
        return left + step * (year - first)

    points: dict[int, YearPoint] = {}
    absent: list[Absent] = []
    for row in sorted(comparison.rows, key=lambda row: row.year or 0):
        year = row.year or 0
        if row.measured is None or not row.measured.comparable:
            absent.append(Absent(x(year), year, text_of(row, language)))
            continue
        value = row.value or ""
        low, high = scale.of(row.measured.low), scale.of(row.measured.high)
        side = upright.side(low, high)
        # The years stand below the axis: the mark under a point needs room above its end.
        lowest = base - (OFF if side is Side.BELOW else 0.0)
        shown = side is not Side.WITHIN or fitted(value, step - _GAP) == value
        half = text_width(value) / 2
        points[year] = YearPoint(
            x=x(year),
            low=min(_down(upright.share(low), base), lowest),
            high=min(_down(upright.share(high), base), lowest),
            bound=row.measured.bound,
            outlier=row.measured.outlier,
            name=row.name,
            value=value,
            text=value if shown else "",
            text_x=min(max(x(year), half), width - half),
            text_y=0.0,
            side=side,
        )
    every = max(1, -(-_YEAR // max(1, int(step))))
    return YearPlot(
        points=_with_places(list(points.values())),
        lines=_lines(points),
        absent=tuple(absent),
        # Counted from the last year: it is the one people look for.
        x_ticks=tuple(Tick(x(year), str(year)) for year in range(last, first - 1, -every))[::-1],
        y_ticks=tuple(
            Tick(_down(upright.share(tick), base), short(tick)) for tick in upright.ticks
        ),
        unit=scale.unit,
        title=words["colon"].join((comparison.topic.text, words["plot_years"])),
        description=described(comparison),
        width=width,
        height=HEIGHT,
        left=left,
        right=right,
        base=base,
    )


def _with_places(points: list[YearPoint]) -> tuple[YearPoint, ...]:
    """The points with their figures placed: below where the line comes down to a point, else above."""
    placed: list[YearPoint] = []
    for number, point in enumerate(points):
        beside = points[max(0, number - 1) : number] + points[number + 1 : number + 2]
        if point.side is not Side.WITHIN:
            past = _PAST_BEYOND if point.side is Side.ABOVE else 0
            text_y = point.high - _ABOVE - past
        elif beside and all(each.middle < point.middle for each in beside):
            past = _PAST_ARROW if point.bound.open_below else 0
            text_y = point.low + _BELOW + past
        else:
            past = _PAST_ARROW if point.bound.open_above else 0
            text_y = point.high - _ABOVE - past
        placed.append(replace(point, text_y=text_y))
    return tuple(placed)


def _lines(points: dict[int, YearPoint]) -> tuple[str, ...]:
    """Runs of years without a gap, those of one year left out: a line needs two points."""
    runs: list[list[YearPoint]] = []
    before: int | None = None
    for year, point in points.items():
        if point.side is not Side.WITHIN:
            continue
        if before is None or year != before + 1:
            runs.append([])
        runs[-1].append(point)
        before = year
    return tuple(
        " ".join(f"{point.x:.1f},{point.middle:.1f}" for point in run)
        for run in runs
        if len(run) > 1
    )


def _down(share: float, base: float) -> float:
    return base - (base - _TOP) * share

"""Where do the figures of a comparison lie in a plot? Coordinates only; templates draw them.

Which plot: a line over the years if all reports are of one place and each of another year
(`plot_years.py`), else a line a report in the table's order. There, bars from 0 if the figures have one sign
and the smallest is at most half the greatest, otherwise dots on an axis that begins near the smallest.

The axis is made for all figures but the outliers, which would squash the others: what it has no room for is
drawn at its end, with a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Comparison, Measured, Row, Status
from search_api.exporting.amounts import Scale, scale_of, short
from search_api.exporting.axis import Axis, Side, axis, fitted, from_zero, text_width
from search_api.exporting.labels import labels, status_label
from search_api.questions.question import Language

# One figure is no comparison.
LEAST: Final = 2
# Two drawings, as text in a drawing shrinks with it: for a page, and for a phone held upright.
WIDE: Final = 920
NARROW: Final = 350

ROW: Final = 24  # height of a row, pixels
TOP: Final = 8
FOOT: Final = 44  # room for the ticks and the unit
ARROW: Final = 18  # length of the mark of a bound
OUTLIER: Final = "◆"  # beside a figure far from the others, as colour alone is not seen by all
OFF: Final = 17  # so far inside the low end a dot is drawn whose place is beyond it
_GAP: Final = 10
_LABELS: Final = 0.36  # the most that names may take of the width
_VALUES: Final = 0.28  # the most that figures as written may take
_TICK: Final = 62  # room a tick's number wants


class Style(StrEnum):
    """How figures are drawn."""

    BAR = "bar"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on an axis, pixels along it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One report's figure: from `low` to `high`, pixels from the left. `start` is where its bar begins.

    `side`: the end of the axis that the figure lies beyond.
    """

    start: float
    low: float
    high: float
    bound: Bound
    outlier: bool
    side: Side = Side.WITHIN

    @property
    def near(self) -> float:
        """The end of a range that is nearer to the start of its bar."""
        return min(self.low, self.high, key=lambda end: abs(end - self.start))

    @property
    def far(self) -> float:
        """The other end."""
        return max(self.low, self.high, key=lambda end: abs(end - self.start))


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A line of the plot. `mark` is None for what isn't stated or doesn't compare; `text` says so."""

    label: str  # cut to the room there is
    name: str
    y: float
    text: str
    mark: Mark | None
    stated: bool


@dataclass(frozen=True, slots=True)
class RowPlot:
    """One line a report; sizes and places in pixels from the upper left corner."""

    style: Style
    rows: tuple[PlotRow, ...]
    ticks: tuple[Tick, ...]
    unit: str
    title: str
    description: str
    zero: float | None  # where 0 is, None if it is not on the axis
    width: int
    height: int
    left: float  # the axis
    right: float
    base: float
    values: float  # where the figures as written begin

    @property
    def off_scale(self) -> bool:
        """Whether a figure lies beyond the axis."""
        return any(row.mark is not None and row.mark.side is not Side.WITHIN for row in self.rows)


def drawn(comparison: Comparison) -> list[Measured]:
    """The figures that can be drawn beside each other."""
    return [row.measured for row in comparison.rows if row.measured and row.measured.comparable]


def usual_ends(figures: Sequence[Measured]) -> list[Decimal]:
    """The ends of the figures an axis is made for: of all but the outliers, if there are others."""
    usual = [each for each in figures if not each.outlier] or figures
    return [end for each in usual for end in (each.low, each.high)]


def row_plot(comparison: Comparison, width: int = WIDE) -> RowPlot | None:
    """The plot in the table's order; None with fewer than two comparable figures."""
    figures = drawn(comparison)
    if len(figures) < LEAST:
        return None
    language = comparison.topic.language
    ends = usual_ends(figures)
    scale = scale_of(ends, figures[0].unit, language)
    ends = [scale.of(end) for end in ends]
    bars = from_zero(ends)
    names = [row.name for row in comparison.rows]
    texts = [text_of(row, language) for row in comparison.rows]
    beside = [text for text, row in zip(texts, comparison.rows, strict=True) if _drawn(row)]
    left = min(_widest(names), width * _LABELS) + _GAP
    values = width - min(_widest(beside), width * _VALUES)
    right = values - _GAP - ARROW
    wanted = max(2, int((right - left) / _TICK))
    line = axis(ends, wanted, zero=bars)
    height = TOP + ROW * len(names)
    return RowPlot(
        style=Style.BAR if bars else Style.DOT,
        rows=tuple(
            PlotRow(
                label=fitted(row.name, left - _GAP),
                name=row.name,
                y=TOP + ROW * (number + 0.5),
                text=fitted(text, (width - values) if _drawn(row) else (width - left)),
                mark=_mark(row.measured, scale, line, (left, right), bars) if _drawn(row) else None,
                stated=row.stated,
            )
            for number, (row, text) in enumerate(zip(comparison.rows, texts, strict=True))
        ),
        ticks=tuple(Tick(_along(line, tick, left, right), short(tick)) for tick in line.ticks),
        unit=scale.unit,
        title=labels(language)["colon"].join((comparison.topic.text, labels(language)["plot"])),
        description=described(comparison),
        zero=_along(line, Decimal(0), left, right) if line.low <= 0 <= line.high else None,
        width=width,
        height=height + FOOT,
        left=left,
        right=right,
        base=height,
        values=values,
    )


def described(comparison: Comparison) -> str:
    """The plot in words: the lowest and the highest figure, and who states none."""
    language = comparison.topic.language
    words = labels(language)
    rows = [row for row in comparison.rows if _drawn(row)]
    lowest = min(rows, key=lambda row: row.measured.low if row.measured else Decimal(0))
    highest = max(rows, key=lambda row: row.measured.high if row.measured else Decimal(0))
    told = [
        words["plot_lowest"].format(f"{lowest.value} ({lowest.name})"),
        words["plot_highest"].format(f"{highest.value} ({highest.name})"),
    ]
    silent = [row.name for row in comparison.rows if not row.stated]
    if silent:
        told.append(f"{status_label(Status.NOT_STATED, language)}: {', '.join(silent)}")
    return "; ".join(told)


def text_of(row: Row, language: Language) -> str:
    """What is written at a row: its figure as in the report, and why it has no mark."""
    if not row.stated:
        return status_label(Status.NOT_STATED, language)
    if row.measured is None or row.measured.comparable:
        mark = f" {OUTLIER}" if row.measured and row.measured.outlier else ""
        return f"{row.value or '—'}{mark}"
    return labels(language)["in_brackets"].format(row.value, labels(language)["other_unit"])


def bounds_in(comparison: Comparison) -> dict[str, bool]:
    """Which marks the plot has, so that the key explains these and no others."""
    figures = drawn(comparison)
    bounds = {each.bound for each in figures}
    return {bound.value: bound in bounds for bound in Bound} | {
        "outlier": any(each.outlier for each in figures)
    }


def _drawn(row: Row) -> bool:
    return row.measured is not None and row.measured.comparable


def _mark(
    measured: Measured | None, scale: Scale, line: Axis, ends: tuple[float, float], bars: bool
) -> Mark | None:
    if measured is None:
        return None
    low, high = scale.of(measured.low), scale.of(measured.high)
    side = line.side(low, high)
    # Names stand left of the axis: the mark beside a dot needs room inside.
    inset = OFF if side is Side.BELOW and not bars else 0.0
    return Mark(
        start=_along(line, Decimal(0), *ends),
        low=max(_along(line, low, *ends), ends[0] + inset),
        high=max(_along(line, high, *ends), ends[0] + inset),
        bound=measured.bound,
        outlier=measured.outlier,
        side=side,
    )


def _along(line: Axis, value: Decimal, left: float, right: float) -> float:
    return left + (right - left) * line.share(value)


def _widest(texts: Sequence[str]) -> float:
    return max(text_width(text) for text in texts) + 2

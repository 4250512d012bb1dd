"""Where do the lines and bars of a report's plots lie? Coordinates only; templates draw them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eval.evaluation import SystemResult
from eval.report.worst import leading

WIDTH: Final = 640
HEIGHT: Final = 280
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 32
BAR: Final = 16  # height of a bar, pixels
LABEL: Final = 190  # room for what a bar is of, pixels
_COLOURS: Final = 6  # as many as the style sheet has


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the plot, pixels from its upper left corner, and what it stands for."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One system's line; `colour` is the number of a class of the style sheet."""

    name: str
    colour: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points as SVG wants them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Lines with their axes' ticks; width and height in pixels."""

    lines: tuple[Line, ...]
    x_ticks: tuple[Point, ...]
    y_ticks: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its interval (None without), pixels."""

    label: str
    group: str
    colour: int
    y: float
    length: float
    low: float | None
    high: float | None
    value: str


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Horizontal bars, one below the other."""

    title: str
    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    label: int = LABEL


def recall_by_depth(systems: Sequence[SystemResult]) -> LinePlot | None:
    """Recall against depth on a logarithmic axis; None when no system has a curve.

    The vertical axis begins a little below the lowest value: near 1 is where systems differ.
    """
    drawn = [(n, each) for n, each in enumerate(systems) if each.recall_by_depth]
    if not drawn:
        return None
    depths = sorted({int(depth) for _, each in drawn for depth in each.recall_by_depth})
    lowest = min(value for _, each in drawn for value in each.recall_by_depth.values())
    floor = max(0.0, math.floor((lowest - 0.05) * 10) / 10)
    last = math.log(depths[-1]) or 1.0

    def x(depth: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(depth) / last

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - floor) / (1 - floor or 1)

    steps = 5
    return LinePlot(
        lines=tuple(
            Line(
                each.system,
                number % _COLOURS,
                tuple(
                    Point(x(int(depth)), y(value), f"R@{depth} {value:.3f}")
                    for depth, value in each.recall_by_depth.items()
                ),
            )
            for number, each in drawn
        ),
        x_ticks=tuple(Point(x(depth), HEIGHT - BOTTOM, str(depth)) for depth in depths),
        y_ticks=tuple(
            Point(LEFT, y(value), f"{value:.2f}")
            for value in (floor + (1 - floor) * step / steps for step in range(steps + 1))
        ),
    )


def categories(systems: Sequence[SystemResult]) -> list[BarPlot]:
    """Per category that tells questions apart the leading measure, systems side by side."""
    names = dict.fromkeys(name for each in systems for name in each.tables)
    plots: list[BarPlot] = []
    for name in names:
        bars: list[Bar] = []
        values = dict.fromkeys(v for each in systems for v in each.tables.get(name, {}))
        for value in values:
            for number, system in enumerate(systems):
                found = system.tables.get(name, {}).get(value, {}).get(leading(system))
                if found is not None:
                    label = f"{value} ({found.n})"
                    bars.append(
                        _bar(
                            label,
                            system.system,
                            number,
                            len(bars),
                            found.mean,
                            1.0,
                            f"{found.mean:.3f}",
                            found.low,
                            found.high,
                        )
                    )
        if bars:
            measures = dict.fromkeys(leading(system) for system in systems if name in system.tables)
            title = f"{', '.join(measures)} by {name}"
            plots.append(BarPlot(title, tuple(bars), _height(len(bars))))
    return plots


def latency(systems: Sequence[SystemResult]) -> BarPlot | None:
    """Median and 95th percentile of each system's times; None without times."""
    longest = max((time for each in systems for time in each.latency_ms.values()), default=0.0)
    if not longest:
        return None
    bars: list[Bar] = []
    for number, system in enumerate(systems):
        for name, time in system.latency_ms.items():
            bars.append(
                _bar(name, system.system, number, len(bars), time, longest, f"{time:.1f} ms")
            )
    return BarPlot("Time of a question", tuple(bars), _height(len(bars)))


def _bar(
    label: str,
    group: str,
    number: int,
    row: int,
    value: float,
    full: float,
    text: str,
    low: float | None = None,
    high: float | None = None,
) -> Bar:
    room = WIDTH - LABEL - 70  # the value is written behind the bar
    scale = room / full
    return Bar(
        label,
        group,
        number % _COLOURS,
        row * (BAR + 6) + 4,
        value * scale,
        None if low is None else low * scale,
        None if high is None else high * scale,
        text,
    )


def _height(bars: int) -> int:
    return bars * (BAR + 6) + 8

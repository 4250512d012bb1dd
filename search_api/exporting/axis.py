"""Where does an axis begin and end, and which round numbers stand on it?"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

# Above this share of the greatest, the smallest amount is so near that bars from 0 would look alike.
_CLOSE: Final = Decimal("0.5")
# The steps people count in, per power of ten.
_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
# Of one value alone, so much of it is shown to either side.
_AROUND: Final = Decimal("0.1")
# Width of characters at the plots' font size, pixels: Chinese ones, % and the like, and all others.
_WIDE, _SIGN, _NARROW = 12.6, 12.0, 7.6
_SIGNS: Final = "%‰@mwMW"
_WIDE_CLASSES: Final = ("W", "F", "A")


class Side(StrEnum):
    """Where a value lies beside an axis."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends of an axis and its ticks, all in the unit of the values."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    def share(self, value: Decimal) -> float:
        """How far along the axis a value lies, 0..1; one beyond its ends lies at the end."""
        return float((self._held(value) - self.low) / (self.high - self.low))

    def side(self, *values: Decimal) -> Side:
        """Which end of the axis any of some values lies beyond."""
        if any(value > self.high for value in values):
            return Side.ABOVE
        return Side.BELOW if any(value < self.low for value in values) else Side.WITHIN

    def _held(self, value: Decimal) -> Decimal:
        return min(max(value, self.low), self.high)


def from_zero(values: Sequence[Decimal]) -> bool:
    """Whether amounts are to be drawn as lengths from 0: all of one sign and wide apart.

    Values close together (shares of 81 % to 84 %) differ too little as lengths and are drawn as
    places instead; of both signs likewise.
    """
    sizes = [abs(value) for value in values]
    if min(values) < 0 < max(values) or max(sizes) == 0:
        return False
    return min(sizes) <= _CLOSE * max(sizes)


def axis(values: Sequence[Decimal], wanted: int, *, zero: bool) -> Axis:
    """An axis that has all values and about `wanted` ticks; with 0 on it if `zero`."""
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        around = abs(low) * _AROUND or Decimal(1)
        low, high = low - around, high + around
    step = _step((high - low) / wanted)
    first, last = math.floor(low / step), math.ceil(high / step)
    if not zero:
        # A dot on the frame is hard to see.
        first -= first * step == low
        last += last * step == high
    ticks = tuple(step * n for n in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def text_width(text: str) -> float:
    """About how wide a text is drawn, pixels."""
    return sum(map(_width, text))


def fitted(text: str, width: float) -> str:
    """The text, cut with … if it is wider."""
    if text_width(text) <= width:
        return text
    room = width - _WIDE
    end = 0
    while end < len(text) and text_width(text[: end + 1]) <= room:
        end += 1
    return text[:end] + "…"


def _width(char: str) -> float:
    if unicodedata.east_asian_width(char) in _WIDE_CLASSES:
        return _WIDE
    return _SIGN if char in _SIGNS else _NARROW


def _step(least: Decimal) -> Decimal:
    """The smallest round step that is not less."""
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in _STEPS if step * power >= least)

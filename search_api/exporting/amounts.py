"""How are amounts written: 万 and 亿 or million, signs, no 1E+3?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from search_api.comparing.wording.wording_types import FigureChange
from search_api.exporting.labels import labels
from search_api.questions.question import Language

_CHINESE: Final = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
# Thousands stay digits: 12,500 is read as fast as 12.5 thousand.
_ENGLISH: Final = ((Decimal(10**9), "billion "), (Decimal(10**6), "million "))
# The only unit that is made here and not read in a report.
_ENGLISH_UNITS: Final = {"个百分点": "percentage points"}
# Of what is computed here (differences, percentages, ticks), so many decimals are shown.
_DECIMALS: Final = 4
_PERCENT_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """What amounts are divided by, and the unit they then have: 亿 and 亿元."""

    divisor: Decimal
    unit: str

    def of(self, value: Decimal) -> Decimal:
        """The amount in this scale's unit."""
        return value / self.divisor


def scale_of(values: Iterable[Decimal], unit: str, language: Language) -> Scale:
    """The scale in which the greatest of some amounts is short to read."""
    greatest = max((abs(value) for value in values), default=Decimal(0))
    for divisor, word in _CHINESE if language is Language.ZH else _ENGLISH:
        if greatest >= divisor:
            return Scale(divisor, (word + unit).strip())
    return Scale(Decimal(1), unit)


def plain(value: Decimal) -> str:
    """All digits, never as 1E+3 and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Decimal) -> str:
    """Rounded to what people read, thousands apart: 12,345.6789."""
    # Formatted, not quantized: that refuses amounts of more digits than the context has.
    text = f"{value:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def signed(value: Decimal, unit: str, language: Language) -> str:
    """A difference with its sign and unit: +1.2亿元, −3个百分点."""
    if language is Language.EN:
        unit = _ENGLISH_UNITS.get(unit, unit)
    scale = scale_of([value], unit, language)
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    apart = " " if language is Language.EN and scale.unit not in ("", "%") else ""
    return f"{sign}{short(abs(scale.of(value)))}{apart}{scale.unit}"


def change_text(change: FigureChange, language: Language) -> str:
    """`71% → 73%: +2个百分点`, and in per cent where that can be said."""
    text = f"{change.before} → {change.after}"
    if change.difference is None:
        return text
    words = labels(language)
    text += words["colon"] + signed(change.difference, change.unit, language)
    if change.percent is None:
        return text
    rounded = Decimal(f"{change.percent:.{_PERCENT_DECIMALS}f}")
    return words["in_brackets"].format(text, signed(rounded, "%", language))

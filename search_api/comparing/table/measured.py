"""Figures of several reports in one unit, so that they can be sorted and drawn.

万 and 亿 are multiplied out, units that measure the same are turned into the one most rows use
(`data/conversions.tsv`), and what bounds a figure (左右, 以上, 突破) is kept beside it. The figure as
it is written always stays with its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from statistics import median
from types import MappingProxyType
from typing import Final

from corpus.statements.quantities import Quantity
from search_api.comparing.comparison_types import Bound, Measured

# 不超过 is the opposite of 超过, and 不低于 of 低于.
_AT_LEAST: Final = re.compile(
    r"(?:[不未](?:低于|少于|小于|下于)|至少|跨越|站上|迈上|跃上|(?<![不未])(?:超过|超出|超|逾|突破|高于|大于|多于))(?:了|到)?$"
)
_AT_LEAST_AFTER: Final = re.compile(r"^\s*(?:及?以上|之上|多(?!年)|余|有余|[大台]关)")
_AT_MOST: Final = re.compile(
    r"(?:[不未](?:超过?|超出|逾|突破|高于|大于|多于)|低于|少于|小于|最多|至多|不到|不足|控制在)(?:了|到)?$"
)
_AT_MOST_AFTER: Final = re.compile(r"^\s*(?:及?以[内下]|之[内下])")
_ABOUT: Final = re.compile(r"(?:约为?|大约|近|接近|将近|大概|预计|预计达到?)$")
_ABOUT_AFTER: Final = re.compile(r"^\s*(?:左右|上下)")
_ODD: Final = re.compile(r"[多余]")
# How far around a figure the words that bound it stand.
_NEAR: Final = 6
# Iglewicz and Hoaglin (1993): a modified z-score above 3.5 is an outlier.
_OUTLIER: Final = 3.5
_MODIFIED: Final = 0.6745
_ENOUGH: Final = 5


def bound_of(sentence: str, quantity: Quantity, start: int = 0) -> Bound:
    """How a figure bounds what it tells of; `sentence` begins at `start`."""
    if quantity.low != quantity.high:
        return Bound.RANGE
    low, high = quantity.span.start - start, quantity.span.end - start
    before, after = sentence[max(0, low - _NEAR) : low], sentence[high : high + _NEAR]
    # 控制在5%左右 is about it: the words behind a figure bind closer than a verb before it.
    if _ABOUT_AFTER.search(after):
        return Bound.ABOUT
    if _AT_LEAST_AFTER.search(after):
        return Bound.AT_LEAST
    if _AT_MOST_AFTER.search(after):
        return Bound.AT_MOST
    if _AT_LEAST.search(before):
        return Bound.AT_LEAST
    if _AT_MOST.search(before):
        return Bound.AT_MOST
    if _ABOUT.search(before):
        return Bound.ABOUT
    return Bound.AT_LEAST if _ODD.search(sentence[low:high]) else Bound.EXACT


def measured(figures: Sequence[tuple[Quantity, Bound] | None]) -> list[Measured | None]:
    """The figures of a table in the unit that most of them are in, outliers marked; None stays."""
    known = [quantity for each in figures if each for quantity in (each[0],)]
    families = Counter(_family(each.unit) for each in known)
    if not families:
        return [None for _ in figures]
    # Of equally many the first stays the first: Counter keeps the order of the rows.
    family = families.most_common(1)[0][0]
    units = Counter(each.unit for each in known if _family(each.unit) == family)
    unit = units.most_common(1)[0][0]
    made = [None if each is None else _in_unit(*each, unit) for each in figures]
    return _with_outliers(made)


def _in_unit(quantity: Quantity, bound: Bound, unit: str) -> Measured:
    if _family(quantity.unit) != _family(unit):
        return Measured(quantity.low, quantity.high, quantity.unit, bound, comparable=False)
    # Multiplied before it is divided: 540分钟 are 9小时, and not 9 and a bit.
    worth, of = _worth(quantity.unit), _worth(unit)
    low, high = (_plain(value * worth / of) for value in (quantity.low, quantity.high))
    return Measured(low, high, unit, bound)


def _plain(value: Decimal) -> Decimal:
    """Without the trailing zeros that a conversion brings, and never as 1E+3."""
    return Decimal(f"{value.normalize():f}")


def _with_outliers(figures: Sequence[Measured | None]) -> list[Measured | None]:
    values = [float(each.middle) for each in figures if each is not None and each.comparable]
    if len(values) < _ENOUGH:
        return list(figures)
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    if spread == 0:
        # Half of the rows agree: any other figure is as far off as one can be, which says nothing.
        return list(figures)
    return [
        each
        if each is None or not each.comparable
        else replace(each, outlier=_MODIFIED * abs(float(each.middle) - middle) / spread > _OUTLIER)
        for each in figures
    ]


def _family(unit: str) -> str:
    return _conversions().get(unit, (unit, Decimal(1)))[0]


def _worth(unit: str) -> Decimal:
    return _conversions().get(unit, (unit, Decimal(1)))[1]


@cache
def _conversions() -> MappingProxyType[str, tuple[str, Decimal]]:
    """Per unit the first of its family, and how many of that one it is.

    Raises ValueError naming the line that can't be read.
    """
    text = files("search_api").joinpath("data", "conversions.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, Decimal]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        first, tab, others = line.partition("\t")
        pairs = [each.partition("=") for each in others.split()]
        if not tab or not all(unit and worth for unit, _, worth in pairs):
            raise ValueError(f"conversions.tsv, line {number}: unit, tab, unit=worth ... is wanted")
        found[first] = (first, Decimal(1))
        found.update((unit, (first, Decimal(worth))) for unit, _, worth in pairs)
    return MappingProxyType(found)

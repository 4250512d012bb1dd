"""Figures of several reports in one unit, so that they can be sorted and drawn.

万 and 亿 are multiplied out, units that measure the same are turned into the one most rows use
(`data/conversions.tsv`), and what bounds a figure (左右, 以上, 突破) is kept beside it. The figure as
it is written always stays with its row.
"""

from __future__ import annotations

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
from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Measured

# Iglewicz and Hoaglin (1993): a modified z-score above 3.5 is an outlier.
_OUTLIER: Final = 3.5
_MODIFIED: Final = 0.6745
_ENOUGH: Final = 5


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

"""How many cells of a comparison table are right?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.measures.answers import normal

STATED, NOT_STATED = "stated", "not_stated"
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a report says on a topic: a value, or that it doesn't."""

    report_id: str
    topic: str
    status: str
    value: str = ""


def measure_cell(gold: Cell, given: Cell | None) -> dict[str, float]:
    """`right`: the same status and, where stated, the same figures, one value in the other.

    `missing`: there is no row for the report at all, which a complete table never has.
    """
    right = False
    if given is not None and given.status == gold.status:
        right = gold.status == NOT_STATED or _same(normal(gold.value), normal(given.value))
    return {"right": float(right), "missing": float(given is None)}


def _same(gold: str, given: str) -> bool:
    inside = bool(given) and (given in gold or gold in given)
    return inside and _DIGITS.findall(gold) == _DIGITS.findall(given)

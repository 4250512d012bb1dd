"""How many cells of a comparison table are right?"""

from __future__ import annotations

import re

from eval.judgements.cells import NOT_STATED, Cell
from eval.measures.answers import normal

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


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

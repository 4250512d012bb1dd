"""Is something reported as done, announced, or approved? The one place that decides it.

A heading says it for all that stands under it, the innermost that says anything first; else the clause's own
words do, and without either nobody did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.statements.lexicon import pattern
from corpus.statements.statement import Sense

_HEADINGS_KEPT: Final = 1_024


@dataclass(frozen=True, slots=True)
class SaidSense:
    """`sense` None: nobody said it. `sure`: by a heading, or in words that leave no doubt."""

    sense: Sense | None
    sure: bool


def sense_of(headings: Sequence[str], before: str, clause: str) -> SaidSense:
    """The sense of a figure: `before` are the clause's words up to it."""
    if pattern("approved").search(before) and not pattern("executed").search(clause):
        return SaidSense(Sense.APPROVED, True)
    if pattern("planned_sure").search(before):
        return SaidSense(Sense.PLANNED, True)
    headed = headed_sense(tuple(headings))
    if headed is not None:
        return SaidSense(headed, True)
    score = worded_sense(clause)
    if score == 0.0:
        return SaidSense(None, False)
    return SaidSense(Sense.PLANNED if score > 0 else Sense.DONE, False)


@lru_cache(maxsize=_HEADINGS_KEPT)
def headed_sense(headings: tuple[str, ...]) -> Sense | None:
    """What the headings say: the innermost that names its year too (一、2025年执行情况), else from the outermost on.

    二、2026年工作安排 holds for all under it.
    """
    dated = [each for each in reversed(headings) if pattern("year").search(each)]
    for heading in (*dated, *headings):
        planned = bool(pattern("planned_heading").search(heading))
        done = bool(pattern("done_heading").search(heading))
        if planned != done:
            return Sense.PLANNED if planned else Sense.DONE
    return None


def worded_sense(words: str) -> float:
    """-1 (done) .. 1 (planned) by the words alone, 0 if they say nothing."""
    planned = len(pattern("planned_word").findall(words))
    done = len(pattern("done_word").findall(words))
    return (planned - done) / (planned + done) if planned + done else 0.0

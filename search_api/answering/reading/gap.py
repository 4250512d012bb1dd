"""What does a question for a name or a date leave open? The words that ask, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from search_api.questions.words import pattern

# A gap so near the beginning of a question is its subject, so near its end its object.
_NEAR_EDGE: Final = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the question has its 谁 or 什么, and what may stand there.

    `left`, `right`: what stands beside the gap, empty where it isn't marked (an English question, a bare noun
    phrase); `subject`, `object`: the gap opens or closes the question. `noun`: what the thing asked for is called
    (学院 of 哪所学院升格为大学); `noun_first`: the first word of an English question that carries meaning calls it.
    """

    left: str
    right: str
    subject: bool
    object: bool
    person: bool
    place: bool
    ordinal: bool
    day: bool
    year: bool
    most: bool
    least: bool
    noun: str
    noun_first: bool


@lru_cache(maxsize=256)
def gap_of(question: str) -> Gap:
    """Read a question."""
    slot = pattern("slot").search(question)
    start, end = slot.span() if slot else (0, len(question))

    def says(name: str) -> bool:
        return pattern(name).search(question) is not None

    return Gap(
        left=question[:start],
        right=question[end:],
        subject=slot is not None and start <= _NEAR_EDGE,
        object=slot is not None and len(question) - end <= _NEAR_EDGE,
        person=says("asks_person"),
        place=says("asks_place"),
        ordinal=says("asks_ordinal"),
        day=says("asks_day"),
        year=says("asks_year"),
        most=says("asks_most"),
        least=says("asks_least"),
        noun=_asked_noun(question),
        noun_first=says("en_noun_first"),
    )


def _asked_noun(question: str) -> str:
    found = pattern("called").search(question)
    return (found["noun"] or found["noun2"] or "") if found else ""

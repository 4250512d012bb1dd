"""What does a heading say of its section, and what of it would be said of any report?

Figures, years and places of headings are masked, so that 2025年工作回顾 of one report is
2024年工作回顾 of another. What is left tells what was done from what is planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from search_api.comparing.likeness.boilerplate import FindPlaces
from search_api.comparing.likeness.marking import folded

# Of a heading or a word: reports of two years differ in them anyway.
FIGURE: Final = re.compile(r"\d+(?:\.\d+)?%?")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
# A five-year plan by its short name: 十 and 五 are the tenth plan, 十五 and 五 the fifteenth.
_FIVE_YEARS: Final = re.compile(
    r"[“\"']?([一二三四五六七八九十]{1,3})五[”\"']?(?=时期|规划|发展|收官|以来|$)"
)
_NUMERALS: Final = {char: value for value, char in enumerate("零一二三四五六七八九十")}
# The first year of the nth five-year plan is 1951 + 5n, from the third plan on.
_BEFORE_FIRST_PLAN: Final = 1951
_OWN: Final = re.compile(r"(?:全|我|本)(?:自治区|自治州|省|市|县|区|州|旗|盟|国)")
_HERE: Final = "本地"


class Stance(StrEnum):
    """Whether a section tells what was done or what is planned."""

    DONE = "done"
    PLANNED = "planned"


# What the headings of a report's parts say of them, years and plans being masked. A heading with cues
# of both kinds says nothing.
_CUES: Final = {
    Stance.DONE: re.compile(r"回顾|成就|成绩|成效|总结|情况|过去|上年|上个五年"),
    Stance.PLANNED: re.compile(
        r"任务|目标|安排|打算|部署|重点工作|要求|考虑|规划|计划|思路|展望|下一?步|今后|今年|下个五年"
    ),
}


def masked_heading(heading: str, places: FindPlaces, year: int | None) -> str:
    """A heading without what differs between reports anyway: years, figures, names of places.

    With the `year` of a work report its own and later years become 今年, earlier ones 上年, and
    five-year plans likewise: 2025年工作回顾 and 2026年工作安排 differ by more than a figure.
    """
    spans = sorted(places(heading))
    parts: list[str] = []
    end = 0
    for span in spans:
        if span.start >= end:
            parts += (heading[end : span.start], _HERE)
            end = span.end
    masked = _OWN.sub(_HERE, folded("".join((*parts, heading[end:]))))
    masked = _FIVE_YEARS.sub(lambda found: _five_years(found[1], year), masked)
    masked = _YEAR.sub(lambda found: _year(int(found[1]), year), masked)
    return "".join(char for char in FIGURE.sub("", masked) if char.isalnum())


def stances(headings: Sequence[str], parents: Sequence[int | None]) -> tuple[Stance | None, ...]:
    """Does each section tell what was done or what is planned? None where headings don't say.

    A section says what the one above it says. Where that is open its own heading tells, else the
    section before it: reports look back first and then ahead, and don't say so again each time.
    """
    found: list[Stance | None] = []
    newest: dict[int | None, Stance | None] = {}
    for heading, parent in zip(headings, parents, strict=True):
        above = found[parent] if parent is not None else None
        cues = [stance for stance, cue in _CUES.items() if cue.search(heading)]
        own = cues[0] if len(cues) == 1 else None
        stance = above or own or (newest.get(parent) if not cues else None)
        found.append(stance)
        newest[parent] = stance
    return tuple(found)


def _five_years(numeral: str, year: int | None) -> str:
    """What a five-year plan is to a report of a year: the last one, the next one, or neither."""
    number = sum(_NUMERALS[char] for char in numeral)
    first = _BEFORE_FIRST_PLAN + 5 * number
    if year is None or first <= year - 1 <= first + 3:
        return "五年"
    return "上个五年" if first < year else "下个五年"


def _year(year: int, own: int | None) -> str:
    if own is None:
        return ""
    return "今" if year >= own else "上"

"""What is left of a heading that any report might have, and does it look back or ahead?"""

from __future__ import annotations

import pytest

from corpus.places.regions import load_gazetteer
from corpus.report import Span
from search_api.comparing.outlines.headings import Stance, masked_heading, stances

DONE, PLANNED = Stance.DONE, Stance.PLANNED


def places(text: str) -> list[Span]:
    return [mention.span for mention in load_gazetteer().find(text)]


@pytest.mark.parametrize(
    ("heading", "year", "masked"),
    [
        ("2024年工作回顾", 2025, "上年工作回顾"),
        ("２０２５年工作安排", 2025, "今年工作安排"),
        ("“十三五”时期发展成就", 2021, "上个五年时期发展成就"),
        ("“十四五”时期主要目标", 2021, "下个五年时期主要目标"),
        ("“十四五”规划实施", 2023, "五年规划实施"),
        ("建设1.5万亩茶园", 2025, "建设万亩茶园"),
        ("全省绿色发展", 2025, "本地绿色发展"),
        ("全市绿色发展", None, "本地绿色发展"),
        ("建设美丽湖南", None, "建设美丽本地"),
        ("2024年工作开展情况", None, "年工作开展情况"),
        ("", 2025, ""),
    ],
)
def test_masked_headings(heading: str, year: int | None, masked: str) -> None:
    assert masked_heading(heading, places, year) == masked


def test_what_was_done_and_what_is_planned() -> None:
    headings = ["上年工作回顾", "完成目标", "今年工作安排", "问题", "自身建设"]
    # What stands under a review is review; what follows the tasks and says nothing is planned.
    assert stances(headings, [None, 0, None, None, None]) == (DONE, DONE) + (PLANNED,) * 3
    # Of both: its subsections decide.
    headings = ["上个五年成就和下个五年目标", "发展成就", "产业", "主要目标"]
    assert stances(headings, [None, 0, 0, 0]) == (None, DONE, DONE, PLANNED)
    assert stances(["茶叶", "公路"], [None, None]) == (None, None)

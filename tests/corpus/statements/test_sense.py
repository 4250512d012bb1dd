"""Whether something is reported, announced or approved."""

from __future__ import annotations

import pytest

from corpus.statements.sense import headed_sense, sense_of, worded_sense
from corpus.statements.statement import Sense

DONE, PLANNED, APPROVED = Sense.DONE, Sense.PLANNED, Sense.APPROVED


@pytest.mark.parametrize(
    ("headings", "sense"),
    [
        (("一、2025年工作回顾",), DONE),
        (("二、2026年工作安排",), PLANNED),
        (("2026年预算草案",), PLANNED),
        (("一、2025年预算执行情况",), DONE),
        # What stands outside holds for all inside,
        (("二、2026年工作安排", "（一）完成项目建设"), PLANNED),
        # but for a heading that names its own year.
        (("部门预算草案说明", "一、2025年执行情况", "2.支出"), DONE),
        (("三、农业",), None),
        ((), None),
    ],
)
def test_headings(headings: tuple[str, ...], sense: Sense | None) -> None:
    assert headed_sense(headings) is sense


@pytest.mark.parametrize(
    ("before", "clause", "sense"),
    [
        ("年初预算为", "年初预算为20亿元", APPROVED),
        ("批准的全市收入预算为", "批准的全市收入预算为9亿元", APPROVED),
        ("完成预算的", "完成预算的82.9%", DONE),
        ("力争达到", "力争达到40亿元", PLANNED),
        ("累计建成", "累计建成3座", DONE),
        # money that was fought for is there
        ("争取各类补助资金", "争取各类补助资金3亿元", None),
        ("茶园", "茶园3万亩", None),
    ],
)
def test_words(before: str, clause: str, sense: Sense | None) -> None:
    assert sense_of((), before, clause).sense is sense


def test_words_that_leave_no_doubt_come_before_headings() -> None:
    assert sense_of(("一、2025年工作回顾",), "力争", "力争3座").sense is PLANNED
    assert sense_of(("一、2025年工作回顾",), "推动新增", "推动新增3座").sense is DONE


def test_words_weigh_up() -> None:
    assert worded_sense("计划新增") == 1.0
    assert worded_sense("累计获批") == -1.0
    assert worded_sense("茶园") == 0.0

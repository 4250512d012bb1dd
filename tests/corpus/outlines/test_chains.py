from __future__ import annotations

from corpus.outlines.chains import link
from corpus.outlines.numbering import Marker, markers


def series(text: str) -> list[list[str]]:
    candidates: list[Marker] = []
    offset = 0
    for line in text.split("\n"):
        candidates += markers(text, offset, offset + len(line))
        offset += len(line) + 1
    return [[marker.label for marker in chain.markers] for chain in link(candidates)]


def test_series_restart_under_every_parent() -> None:
    text = "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n（二）己"
    assert series(text) == [["一、", "二、"], ["（一）", "（二）"], ["（一）", "（二）"]]


def test_outer_series_goes_on_after_an_inner_one_of_the_same_form() -> None:
    text = "一、甲\n二、乙\n第一、丙\n一、丁\n二、戊\n第二、己\n三、庚"
    # The inner 一、二、 stands under 第一、: it is over when 第二、 comes, and 三、 follows the outer 二、.
    assert series(text) == [["一、", "二、", "三、"], ["第一、", "第二、"], ["一、", "二、"]]


def test_bracketed_series_may_be_the_outer_one() -> None:
    text = "（一）甲\n（二）乙\n一、丙\n二、丁\n（三）戊"
    assert series(text) == [["（一）", "（二）", "（三）"], ["一、", "二、"]]


def test_a_number_out_of_sequence_is_no_heading() -> None:
    assert series("一、甲\n二、乙\n九、丙丁戊\n三、己") == [["一、", "二、", "三、"]]


def test_a_lost_number_does_not_end_the_series() -> None:
    assert series("（一）甲\n（二）乙\n（四）丁\n（五）戊") == [
        ["（一）", "（二）", "（四）", "（五）"]
    ]


def test_a_number_used_twice_stays_in_the_series() -> None:
    text = "（一）甲\n（二）乙\n（二）丙\n（三）丁"
    assert series(text) == [["（一）", "（二）", "（二）", "（三）"]]


def test_a_lone_run_in_item_is_no_enumeration() -> None:
    assert series("这样做，一是为了群众。\n再说别的。") == []


def test_first_next_last() -> None:
    assert series("首先，学习。\n其次，落实。\n最后，督查。") == [["首先，", "其次，", "最后，"]]

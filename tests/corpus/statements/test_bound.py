"""How a figure bounds what it tells of."""

from __future__ import annotations

import pytest

from corpus.statements.bound import bound_of
from corpus.statements.quantities import quantities
from corpus.statements.statement import Bound


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("共有茶厂12家", Bound.EXACT),
        ("茶叶产量达到3万吨", Bound.EXACT),
        # Words behind a figure.
        ("增长5%左右", Bound.ABOUT),
        ("增长5%上下", Bound.ABOUT),
        ("增长5%以上", Bound.AT_LEAST),
        ("增长5%及以上", Bound.AT_LEAST),
        ("突破3亿元大关", Bound.ABOVE),
        ("增长5%以内", Bound.AT_MOST),
        ("降至5%以下", Bound.AT_MOST),
        ("控制在5%之内", Bound.AT_MOST),
        # Words before it.
        ("产量约3万吨", Bound.ABOUT),
        ("产量约为3万吨", Bound.ABOUT),
        ("产量接近3万吨", Bound.NEARLY),
        ("产量近3万吨", Bound.NEARLY),
        ("不低于5%", Bound.AT_LEAST),
        ("不少于200家", Bound.AT_LEAST),
        ("至少200家", Bound.AT_LEAST),
        ("至少新建学校3所", Bound.AT_LEAST),
        ("突破3亿元", Bound.ABOVE),
        ("产量突破了3万吨", Bound.ABOVE),
        ("超过200家", Bound.ABOVE),
        ("逾200家", Bound.ABOVE),
        ("高于5%", Bound.ABOVE),
        ("低于5%", Bound.BELOW),
        ("不到200家", Bound.BELOW),
        ("不足200家", Bound.BELOW),
        ("最多200家", Bound.AT_MOST),
        # The opposite of what the word says alone.
        ("不超过5%", Bound.AT_MOST),
        ("不高于5%", Bound.AT_MOST),
        ("未超过5%", Bound.AT_MOST),
        ("未低于5%", Bound.AT_LEAST),
        # 多 and 余 inside a figure.
        ("新增3万多人", Bound.ABOVE),
        ("新增300余家", Bound.ABOVE),
        # Words behind bind closer than those before.
        ("突破5%左右", Bound.ABOUT),
        ("力争不超过5%左右", Bound.ABOUT),
        # What doesn't touch the figure doesn't bound it.
        ("左右两岸共5公里", Bound.EXACT),
        ("修缮9座，以上", Bound.EXACT),
        # A range is one, whatever stands beside it.
        ("增长5%—5.5%", Bound.RANGE),
        ("增长5%至6%左右", Bound.RANGE),
    ],
)
def test_bounds(sentence: str, bound: Bound) -> None:
    (quantity,) = quantities(sentence)
    assert bound_of(sentence, quantity) is bound


def test_a_sentence_inside_a_report() -> None:
    report = "新建茶厂12家。产量突破3万吨以上，"
    quantity = quantities(report)[1]
    assert bound_of("产量突破3万吨以上，", quantity, 8) is Bound.AT_LEAST
    assert bound_of("产量不到3万吨", quantity, 8) is Bound.BELOW

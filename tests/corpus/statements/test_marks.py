"""Figures that count nothing."""

from __future__ import annotations

import pytest

from tests.corpus.statements.said import stated


@pytest.mark.parametrize(
    "sentence",
    [
        "推广5G应用。",
        "地铁17号线开通。",
        "详见附注［8］。",
        "（18）住房保障。",
        "工业增加值保持两位数增长。",
        "一方面支出下降，另一方面收入下降。",
        "社会消费品零售总额稳步增长。",
        "面向21世纪的合作。",
        "巩固九年义务教育成果。",
        "3.推进轨道交通融合。",
        "建成20万吨级航道。",
        "上线系统2.0版。",
        "表1 收支情况。",
        "发展未来产业和无人机产业。",
        "开好局起好步，谋划十五五期间工作。",
    ],
)
def test_names_and_marks(sentence: str) -> None:
    assert stated(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("新建5G基站300个。", "300个"),
        ("2.27公里道路通车。", "2.27公里"),
        ("创建4个国家级园区。", "4个"),
        ("受理（9）件。", None),
    ],
)
def test_figures_beside_them(sentence: str, figure: str | None) -> None:
    assert list(stated(sentence)) == ([figure] if figure else [])

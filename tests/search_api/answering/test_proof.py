"""Citations are slices of what was retrieved; figures stand in what is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Citation
from search_api.answering.proof import citation_flaws, figure_flaws

TEXT = "标题\n全年办结案件31件，增长5%。\n"
START, END = TEXT.index("全年"), TEXT.index("。") + 1
GOOD = Citation("甲", START, END, TEXT[START:END], (), "标题", "云溪县", 2025, "a.txt")
RETRIEVED = [("甲", 0, len(TEXT))]


def flaws(citation: Citation, retrieved: list[tuple[str, int, int]] = RETRIEVED) -> int:
    return len(citation_flaws([citation], lambda report_id: TEXT, retrieved))


def test_a_slice_of_what_was_retrieved_is_proven() -> None:
    assert flaws(GOOD) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, quote="全年办结案件32件，增长5%。"),
        replace(GOOD, start=GOOD.start + 1),
        replace(GOOD, end=len(TEXT) + 5),
        replace(GOOD, start=-3),
        replace(GOOD, start=GOOD.end, quote=""),
    ],
)
def test_anything_else_is_not(wrong: Citation) -> None:
    assert flaws(wrong) == 1


def test_what_was_not_retrieved_is_not_proven() -> None:
    assert flaws(GOOD, [("乙", 0, len(TEXT))]) == 1
    assert flaws(GOOD, [("甲", START + 1, END)]) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("办结31件", 0),
        ("办结32件", 1),
        ("办结31个", 1),
        ("增长5%", 0),
        ("增长5个百分点", 1),
        ("31件、6%", 1),
        ("没有数字", 0),
    ],
)
def test_figures_need_value_and_unit(text: str, wrong: int) -> None:
    assert len(figure_flaws(text, [TEXT])) == wrong


def test_the_same_value_written_otherwise_is_the_same() -> None:
    assert figure_flaws("投资12000元", ["投资1.2万元"]) == []


def test_years_need_their_year() -> None:
    assert figure_flaws("2025年办结", ["2025年3月办结"]) == []
    assert len(figure_flaws("2024年办结", ["2025年3月办结"])) == 1


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_only_the_stated_figure_is_proven(stated: int, claimed: int) -> None:
    found = figure_flaws(f"共{claimed}件", [f"全年共{stated}件"])
    assert bool(found) == (stated != claimed)

"""Why there is no answer, in words."""

from __future__ import annotations

import pytest

from corpus.report import Region
from search_api.answering import reasons
from search_api.answering.types import Coverage
from search_api.questions.question import Language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        ({2025}, "2025", "2025"),
        ({2024, 2025}, "2024、2025", "2024, 2025"),
        ({2025, 2023, 2024}, "2023–2025", "2023–2025"),
        ({1953, 1954, 1955, 1957, 1959, 1960}, "1953–1955、1957、1959、1960", "1953–1955, 1957, 1959, 1960"),
    ],
)  # fmt: skip
def test_years_in_a_row_are_joined(told: set[int], zh: str, en: str) -> None:
    assert reasons.year_not_covered([2030], told, ZH) == f"收录的报告没有涉及2030年，只涉及{zh}年。"
    assert (
        reasons.year_not_covered([2030], told, EN)
        == f"2030 is not covered by the reports; they tell of {en}."
    )


def test_it_is_said_whose_reports_are_meant() -> None:
    said = reasons.year_not_covered([2030, 2031], [2025], ZH, "云溪县")
    assert said == "云溪县的报告没有涉及2030、2031年，只涉及2025年。"
    assert (
        reasons.year_not_covered([2030, 2031], [2025], EN, "Yunxi County")
        == "2030, 2031 are not covered by the reports of Yunxi County; they tell of 2025."
    )


def test_places_are_called_in_the_reader_s_language() -> None:
    assert reasons.called(Region("云南省", "530000", "云南省"), EN) == "Yunnan"
    assert reasons.called(Region("全国", "000000"), EN) == "China"
    assert reasons.called(Region("云溪县", ""), EN) == "云溪县"  # no gazetteer knows it
    assert reasons.called(Region("云南省", "530000", "云南省"), ZH) == "云南省"


def test_what_was_left_open() -> None:
    found = Coverage(3, 2)
    assert reasons.several(found, ZH).startswith("没有指明地区")
    assert reasons.several(found, ZH, place=True).startswith("没有指明年份")
    assert reasons.several(found, EN, place=True).startswith("No year was named")

"""Questions to all reports at once, and what is done with their answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.report import Metadata, Region
from corpus.statements.statement import Bound
from indexer.types import ReportInfo
from search_api.answering.several.aggregate import (
    Aggregate,
    Level,
    Over,
    aggregate,
    asks_for_provinces,
)
from search_api.answering.several.report_figures import (
    coverage_of,
    fulfilling,
    name_of,
    of_level,
    total,
    written,
)
from search_api.answering.types import Finding
from search_api.questions.question import Language

ZH, EN = Language.ZH, Language.EN


def read(text: str, language: Language = ZH) -> Aggregate:
    found = aggregate(text, language)
    assert found is not None
    return found


def test_which_reports_mention_something() -> None:
    found = read("哪些县提到古树保护？")
    assert (found.over, found.question, found.mention) == (Over.WHICH, "古树保护", True)
    assert found.level is Level.COUNTY
    assert not found.silent
    assert read("哪些报告没有提到古树保护").silent
    assert read("Which counties mention old trees?", EN).question == "old trees"


def test_how_many_within_a_limit() -> None:
    found = read("几个省的增长目标在5%以上？")
    assert (found.over, found.level) == (Over.COUNT, Level.PROVINCE)
    assert found.limit is not None
    assert (found.limit.low, found.limit.unit, found.bound) == (Decimal(5), "%", Bound.AT_LEAST)
    # of nothing else, and of each report's own year
    assert found.question == "今年经济增长目标是多少？"


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("哪些市的公路超过40公里？", ZH, Bound.ABOVE),
        ("哪些市的公路不到40公里？", ZH, Bound.BELOW),
        ("哪些市的公路不超过40公里？", ZH, Bound.AT_MOST),
        ("哪些市的公路不低于40公里？", ZH, Bound.AT_LEAST),
        ("Which provinces have a growth target above 5%?", EN, Bound.ABOVE),
        ("How many provinces have a growth target of 5% or more?", EN, Bound.AT_LEAST),
        ("哪些省2026年经济增长目标是5%左右？", ZH, Bound.ABOUT),
        ("哪些省份设定了约5%的增长目标", ZH, Bound.ABOUT),
        ("哪些省份把增长目标定在5%上下", ZH, Bound.ABOUT),
        ("哪些省份的增长目标为4.5%—5%", ZH, Bound.EXACT),
        ("哪些省份提出了5%的增长目标", ZH, Bound.EXACT),
        ("Which provinces set a growth target of around 5%?", EN, Bound.ABOUT),
        ("Which provinces have a growth target of roughly 5%?", EN, Bound.ABOUT),
        ("Which provinces have a 5% growth target?", EN, Bound.EXACT),
    ],
)
def test_bounds(text: str, language: Language, bound: Bound) -> None:
    assert read(text, language).bound is bound


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("哪些省份设定了2026年新增高技能人才目标？", ZH, "2026年新增高技能人才目标是多少？"),
        ("2026年哪些省份设定了增长目标", ZH, "2026年经济增长目标是多少？"),
        ("哪些省份提出了就业目标", ZH, "今年就业目标是多少？"),
        (
            "Which provinces set a target for new urban jobs?",
            EN,
            "What is target for new urban jobs for this year?",
        ),
    ],
)
def test_which_reports_have_a_target_at_all(text: str, language: Language, question: str) -> None:
    found = read(text, language)
    assert (found.over, found.stated, found.mention) == (Over.WHICH, True, False)
    assert found.limit is None
    assert found.question == question


def test_which_have_none_and_what_is_only_mentioned() -> None:
    assert read("哪些省份没有设定就业目标").silent
    assert not read("哪些省份设定了就业目标").silent
    assert read("哪些省份提出了低空经济").mention
    # a number that is no limit that is understood is not left out
    assert aggregate("Which provinces have a target of 1 million new urban jobs?", EN) is None


@pytest.mark.parametrize(
    ("text", "language", "provinces"),
    [
        ("哪些省份开展了试点？", ZH, True),
        ("哪个省有万亿级集群？", ZH, True),
        ("Which provinces have ports?", EN, True),
        ("哪几个县要通公交？", ZH, False),
        ("几个省有港口？", ZH, False),
        ("云溪县有哪些港口？", ZH, False),
    ],
)
def test_provinces_asked_for_by_name(text: str, language: Language, provinces: bool) -> None:
    assert asks_for_provinces(text, language) is provinces


def test_extremes_sums_and_lists_of_all() -> None:
    assert read("哪个省的就业目标最高？").over is Over.MOST
    assert read("哪个县的公路最短？").over is Over.LEAST
    assert read("各省就业目标合计多少").over is Over.SUM
    assert read("各省的就业目标是多少？").over is Over.EACH
    assert read("Which province has the highest jobs target?", EN).over is Over.MOST


@pytest.mark.parametrize(
    "text", ["云溪县修了多少公路？", "哪几个市要建成中心城市？", "这些县种了多少树？", "怎样护林？"]
)
def test_a_question_to_one_report_is_none(text: str) -> None:
    assert aggregate(text, ZH) is None


def finding(place: str, answer: str, year: int = 2025) -> Finding:
    return Finding(f"{place}-{year}", "报告", place, year, answer, (), 1.0)


def test_limits_compare_values_of_one_unit() -> None:
    asked = read("几个省的增长目标在5%以上？")
    found = [finding("甲省", "5%左右"), finding("乙省", "4.5%"), finding("丙省", "6个")]
    assert [each.region for each in fulfilling(asked, found)] == ["甲省"]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        # about: within two hundredths, and not bounded on one side
        ("哪些省的增长目标是5%左右？", ["甲省", "乙省", "己省"]),
        ("哪些省的增长目标是5%？", ["甲省", "己省"]),
        ("哪些省的增长目标为4.5%—5%？", ["丁省"]),
    ],
)
def test_figures_about_or_equal_to_a_limit(question: str, places: list[str]) -> None:
    said = ["5%左右", "5.1%", "5%以上", "4.5%—5%", "5.5%左右", "5%", "5个", "超过5%"]
    found = [
        finding(f"{name}省", each) for name, each in zip("甲乙丙丁戊己庚辛", said, strict=True)
    ]
    assert [each.region for each in fulfilling(read(question), found)] == places


def test_the_most_and_the_least() -> None:
    found = [finding("甲县", "3万人"), finding("乙县", "2.9万人"), finding("丙县", "30000人")]
    most = fulfilling(read("哪个县的就业最多？"), found)
    assert [each.region for each in most] == ["甲县", "丙县"]
    least = fulfilling(read("哪个县的就业最少？"), found)
    assert [each.region for each in least] == ["乙县"]


def test_sums_need_one_unit_and_no_percentages() -> None:
    assert total([finding("甲县", "1.5万人"), finding("乙县", "500人")]) == "1.55万人"
    assert total([finding("甲县", "1万人"), finding("乙县", "5%")]) is None
    assert total([finding("甲县", "4%"), finding("乙县", "5%")]) is None
    assert total([finding("甲县", "3—5万人")]) is None
    assert total([]) is None


@pytest.mark.parametrize(
    ("value", "said"), [("950", "950人"), ("12000", "1.2万人"), ("250000000", "2.5亿人")]
)
def test_values_are_written_as_reports_do(value: str, said: str) -> None:
    assert written(Decimal(value), "人") == said


def info(report_id: str, region: Region | None) -> ReportInfo:
    return ReportInfo(report_id, Metadata("报告", region, 2025), "a.txt", 1, 1, "")


def test_levels_and_coverage() -> None:
    province = info("甲", Region("甲省", "110000", province="甲省"))
    county = info("乙", Region("乙县", "110101", province="甲省", city="丁市", county="乙县"))
    assert of_level([province, county], Level.PROVINCE) == (province,)
    assert of_level([province, county], Level.COUNTY) == (county,)
    assert of_level([province, county], Level.CITY) == (province, county)  # none is known to be
    found = coverage_of([province, county], [Finding("甲", "", "甲省", 2025, "1个", (), 1.0)])
    assert (found.reports, found.found, found.not_found) == (2, 1, ("乙",))


def test_two_years_of_one_place_are_told_apart() -> None:
    both = [finding("甲县", "1个", 2024), finding("甲县", "2个", 2025)]
    assert [name_of(each, both, ZH) for each in both] == ["甲县2024年", "甲县2025年"]
    assert name_of(both[0], both[:1], ZH) == "甲县"

"""Of which time something is said, by its words."""

from __future__ import annotations

import pytest

from corpus.report import ReportKind
from corpus.statements.period import Told, part_of, periods_in, told_by
from corpus.statements.statement import Period, Sense
from tests.corpus.statements.said import BULLETIN, WORK


def named(text: str, told: Told = BULLETIN) -> list[Period]:
    return [each.period for each in periods_in(text, told)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年修路", Period(2024, 2024)),
        ("2024年末", Period(2024, 2024, point=True)),
        ("2025年一季度", Period(2025, 2025, "Q1")),
        ("上半年", Period(2025, 2025, "H1")),
        ("前三季度", Period(2025, 2025, "M1-9")),
        ("2024年1—11月", Period(2024, 2024, "M1-11")),
        # Several years together: counted back from the last one that is reviewed.
        ("三年来", Period(2023, 2025)),
        ("四年来", Period(2022, 2025)),
        ("过去五年", Period(2021, 2025)),
        ("2021年至2025年", Period(2021, 2025)),
        ("2021—2025年", Period(2021, 2025)),
        # Plans: the sixth began in 1981.
        ("“八五”期间", Period(1991, 1995)),
        ("十一五期间", Period(2006, 2010)),
        ("“十四五”时期", Period(2021, 2025)),
        ("十五五期间", Period(2026, 2030)),
        ("“十五五”末", Period(2030, 2030, point=True)),
        ("到2030年", Period(2030, 2030, point=True)),
        # Counted on from the year that is planned.
        ("今后三年", Period(2026, 2028)),
        ("去年", Period(2024, 2024)),
        ("明年", Period(2026, 2026)),
    ],
)
def test_times(text: str, period: Period) -> None:
    assert named(text) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "比上年增长",
        "较2020年提高",
        "高于去年",
        "加上上年结转",
        "同比",
        "按2020年不变价格计算",
        "“十四五”规划纲要",
        "二十世纪五十年代",
    ],
)
def test_what_is_only_compared_with_is_no_time(text: str) -> None:
    assert named(text) == []


def test_this_and_last_year_of_a_work_report() -> None:
    assert named("去年", WORK) == [Period(2025, 2025)]
    assert named("今年", WORK) == [Period(2026, 2026)]


@pytest.mark.parametrize(
    ("kind", "year", "title", "told"),
    [
        (ReportKind.WORK_REPORT, 2026, "", Told(2025, 2026, 2026)),
        (ReportKind.BULLETIN, 2025, "", Told(2025, 2026, 2025)),
        (ReportKind.OTHER, 2025, "莲塘市审计报告", Told(2025, 2026, 2025)),
        (
            ReportKind.OTHER,
            2026,
            "莲塘市2025年预算执行情况和2026年预算草案的报告",
            Told(2025, 2026, 2026),
        ),
        (
            ReportKind.OTHER,
            2025,
            "莲塘市2025年预算执行情况和2026年预算草案的报告",
            Told(2025, 2026, 2026),
        ),
        (ReportKind.OTHER, 2026, "2026年莲塘市政府预算公开", Told(2025, 2026, 2026)),
        (ReportKind.OTHER, 2025, "莲塘市2025年12月预算执行情况", Told(2025, 2026, 2025)),
        (
            ReportKind.OTHER,
            2026,
            "莲塘市2020年情况与2026年计划",
            Told(2026, 2027, 2026),
        ),  # not in a row
        (ReportKind.OTHER, None, "2026年预算", Told(None, None, None)),
    ],
)
def test_the_years_a_report_tells_of(
    kind: ReportKind, year: int | None, title: str, told: Told
) -> None:
    assert told_by(kind, year, title) == told


def test_years_told_by_sense() -> None:
    assert WORK.years() == {2025, 2026}
    assert BULLETIN.years() == {2025}
    assert BULLETIN.years(Sense.PLANNED) == {2026}
    assert Told(None, None, None).years() == frozenset()


@pytest.mark.parametrize(
    ("words", "part"),
    [("第二季度", "Q2"), ("下半年", "H2"), ("前三季度", "M1-9"), ("1-8月", "M1-8")],
)
def test_parts_of_a_year(words: str, part: str) -> None:
    assert part_of(words) == part

"""Dates as officials write them; expected values read off by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates, iso_date, plain_year
from corpus.kinds import kind_named, kind_of_title
from corpus.report import ReportKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年1月27日", ["2026-01-27"]),
        ("２０２６年１月２７日", ["2026-01-27"]),
        ("二〇二六年一月二十七日", ["2026-01-27"]),
        ("二○一六年十二月十日", ["2016-12-10"]),
        ("2026-02-12 10:20", ["2026-02-12"]),
        ("2024/2/1", ["2024-02-01"]),
        ("2024.02.01", ["2024-02-01"]),
        ("2026年02月10日 07时41分", ["2026-02-10"]),
        ("2021年4月", ["2021-04"]),
        ("2021年度", ["2021"]),
        ("从2025年到2026年", ["2025", "2026"]),
        ("2025.5万", []),
        ("2024年13月1日", []),
        ("12026年", []),
        ("1900年", []),
    ],
)
def test_find_dates(text: str, expected: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-12", "2026-02-12"), ("2026-2", "2026-02"), ("2026", "2026"), ("20260212", "2026-02-12"),
        ("2026年2月12日", "2026-02-12"), ("2026-02-12T08:00:00+08:00", "2026-02-12"), ("2026-02-30", ""),
        ("soon", ""), ("", ""),
    ],
)  # fmt: skip
def test_iso_date(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", 2026),
        (" 2026年度 ", 2026),
        ("２０２６", 2026),
        ("26", None),
        ("1800", None),
        ("x", None),
    ],
)
def test_plain_year(text: str, expected: int | None) -> None:
    assert plain_year(text) == expected


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_every_date_in_every_spelling(day: date) -> None:
    spellings = (
        f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}",
        f"（{day.year}年{day.month:02d}月{day.day:02d}日）",
    )  # fmt: skip
    for spelling in spellings:
        assert [found.iso for found in find_dates(spelling)] == [day.isoformat()]
    assert iso_date(day.isoformat()) == day.isoformat()


def test_kinds_by_name_and_title() -> None:
    assert kind_named("rule-of-law") is ReportKind.RULE_OF_LAW
    assert kind_named("政府工作报告") is ReportKind.WORK_REPORT
    assert kind_named("poem") is None
    assert kind_of_title("法治 政府 建设") is ReportKind.RULE_OF_LAW
    assert kind_of_title("某某") is None

"""Which years a plan asks about, of reports of several kinds."""

from __future__ import annotations

import pytest

from corpus.report import ReportKind
from corpus.statements.period import Told, told_by
from corpus.statements.statement import Period
from search_api.questions.plan import Operation, When
from tests.search_api.plan_support import plan

WORK, BULLETIN = told_by(ReportKind.WORK_REPORT, 2026), told_by(ReportKind.BULLETIN, 2025)


@pytest.mark.parametrize(
    ("when", "told", "years"),
    [
        (When(), WORK, set()),
        (When(frozenset({2019})), WORK, {2019}),
        # A work report of 2026 calls 2026 this year and reviews 2025.
        (When(relative=frozenset({0})), WORK, {2026}),
        (When(relative=frozenset({-1})), WORK, {2025}),
        (When(relative=frozenset({1})), WORK, {2027}),
        # A bulletin of 2025 comes out when 2025 is last year for whoever asks.
        (When(relative=frozenset({-1})), BULLETIN, {2024, 2025}),
        (When(frozenset({2019}), frozenset({0})), BULLETIN, {2019, 2025}),
        (When(frozenset({2019}), frozenset({0})), Told(None, None, None), {2019}),
    ],
)
def test_years_asked_about(when: When, told: Told, years: set[int]) -> None:
    assert when.years_of(told) == years


def test_years_are_named_or_counted_from_the_report() -> None:
    when = When(frozenset({2019}), frozenset({0, -1}))
    assert when.asked_years(2024) == {2019, 2024, 2023}
    assert when.asked_years(None) == {2019}


@pytest.mark.parametrize(
    ("when", "named"),
    [
        (When(), False),
        (When(several=True), False),
        (When(frozenset({2025})), True),
        (When(relative=frozenset({0})), True),
        (When(period=Period(2021, 2025)), True),
    ],
)
def test_whether_a_time_is_named(when: When, named: bool) -> None:
    assert when.named is named


def test_only_a_value_is_a_figure() -> None:
    for operation in Operation:
        assert plan("云溪县有多少座桥？", operation).figure is (operation is Operation.VALUE)
    assert plan("云溪县有多少座桥？").text == "云溪县有多少座桥?"

"""Which reports may answer, and with what they are compared. The reports are invented."""

from __future__ import annotations

import pytest

from search_api.answering.scope import (
    Scope,
    compared_with,
    implied_year,
    missing_places,
    one_place,
    scope_of,
    told_of,
    uncovered_years,
    whose,
    years_covered,
)
from search_api.engine import Consulted, Engine

SHIQIAO = ("石桥县/2025 甲.乙", "石桥县-2024")


def asked(engine: Engine, question: str) -> Consulted:
    return engine.consult(question)


def ids(scope: Scope) -> set[str]:
    return {info.report_id for info in scope.reports}


def test_the_reports_of_the_place_that_is_named(engine: Engine) -> None:
    named = scope_of(engine, asked(engine, "石桥县新设了几个流动调解室？"))
    assert ids(named) == set(SHIQIAO)
    assert {hit.citation.report_id for hit in named.hits} <= set(SHIQIAO)
    every = scope_of(engine, asked(engine, "新设了几个流动调解室？"))
    assert ids(every) == {info.report_id for info in engine.reports()}


def test_years_that_reports_tell_of(engine: Engine) -> None:
    # Annual reports tell of their own year and plan no other; a work report of 2024 of 2023 and 2024.
    infos = {info.report_id: info for info in engine.reports()}
    assert told_of(infos["石桥县-2024"]).done == 2023
    scope = scope_of(engine, asked(engine, "石桥县新建了多少公路？"))
    assert years_covered(scope) == {2023, 2024, 2025}


@pytest.mark.parametrize(("year", "lacking"), [(2031, {2031}), (2024, set())])
def test_years_that_none_tells_of(engine: Engine, year: int, lacking: set[int]) -> None:
    consulted = asked(engine, f"石桥县{year}年新建了多少公路？")
    assert uncovered_years(consulted, scope_of(engine, consulted)) == lacking


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("石桥县今年新建多少公路？", 2025),
        ("石桥县去年新建多少公路？", 2025),
        # It is said which year is meant, or there is only one.
        ("石桥县2024年新建多少公路，今年呢？", None),
        ("云溪县今年新设了几个流动调解室？", None),
        # Reports of several places.
        ("今年新设了几个流动调解室？", None),
    ],
)
def test_this_year_is_that_of_the_newest_report(
    engine: Engine, question: str, year: int | None
) -> None:
    assert implied_year(engine, asked(engine, question)) == year


def test_places_without_a_report(engine: Engine) -> None:
    missing = missing_places(engine, asked(engine, "辽宁省新建了多少公路？"))
    assert [region.name for region in missing] == ["辽宁省"]
    assert missing_places(engine, asked(engine, "石桥县新建了多少公路？")) == []
    assert missing_places(engine, asked(engine, "全国新建了多少公路？")) == []


def test_whose_reports_they_are(engine: Engine) -> None:
    every = engine.reports()
    own = [info for info in every if info.report_id in SHIQIAO]
    place = one_place(own)
    assert place is not None
    assert place.name == "石桥县"
    assert one_place(every) is None
    # Said only where there are reports of other places too.
    assert whose(engine, Scope((), tuple(own))) == place
    assert whose(engine, Scope((), every)) is None


def test_what_candidates_are_compared_with(engine: Engine) -> None:
    consulted = asked(engine, "石桥县清河村公路建设投资增速")
    compared = compared_with(engine, consulted)
    assert compared.plan is consulted.plan
    # No sentence says 增速: its figures do.
    assert not {"增", "速"} & compared.wording.letters
    assert {"公", "路"} <= compared.wording.letters
    assert compared.told("石桥县-2024") == told_of(engine.report("石桥县-2024"))

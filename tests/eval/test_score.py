"""A system's result from values by question: means, tables and times by hand."""

from __future__ import annotations

import pytest

from eval.evaluation import Estimate, Shown
from eval.score import score_system
from eval.types import Query

QUERIES = (
    Query("a:zh", "甲？", "zh", "number", True, "r"),
    Query("a:en", "A?", "en", "number", True, "r"),
    Query("b:zh", "乙？", "zh", "wording", False, "s"),
    Query("c:zh", "丙？", "zh", "wording"),  # nothing is relevant to it: no measure
)
VALUES = {
    "a:zh": {"R@5": 1.0, "wrong": 0.0},
    "a:en": {"R@5": 0.0, "wrong": 1.0},
    "b:zh": {"R@5": 0.5},
}


def means(table: dict[str, dict[str, Estimate]]) -> dict[str, dict[str, tuple[float, int]]]:
    return {
        value: {name: (each.mean, each.n) for name, each in found.items()}
        for value, found in table.items()
    }


def test_means_are_over_the_questions_that_have_the_measure() -> None:
    found = score_system("s", QUERIES, VALUES).measures
    assert list(found) == ["R@5", "wrong"]
    assert (found["R@5"].mean, found["R@5"].n) == (0.5, 3)
    assert (found["wrong"].mean, found["wrong"].n) == (0.5, 2)
    assert 0 <= found["R@5"].low <= found["R@5"].mean <= found["R@5"].high <= 1


def test_tables_by_hand() -> None:
    tables = score_system("s", QUERIES, VALUES).tables
    assert means(tables["kind"]) == {
        "number": {"R@5": (0.5, 2), "wrong": (0.5, 2)},
        "wording": {"R@5": (0.5, 1)},
    }
    assert means(tables["language"]) == {
        "en": {"R@5": (0.0, 1), "wrong": (1.0, 1)},
        "zh": {"R@5": (0.75, 2), "wrong": (0.0, 1)},
    }
    assert means(tables["place"]) == {
        "not named": {"R@5": (0.5, 1)},
        "place named": {"R@5": (0.5, 2), "wrong": (0.5, 2)},
    }


def test_what_nobody_said_makes_no_table() -> None:
    bare = [Query("p", "?"), Query("q", "?")]
    assert score_system("s", bare, {"p": {"AP": 1.0}, "q": {"AP": 0.0}}).tables == {}
    half = [Query("p", "?", kind="list"), Query("q", "?")]
    tables = score_system("s", half, {"p": {"AP": 1.0}, "q": {"AP": 0.0}}).tables
    assert means(tables["kind"]) == {"list": {"AP": (1.0, 1)}, "not said": {"AP": (0.0, 1)}}


def test_questions_carry_what_is_known_of_them() -> None:
    shown = (Shown(rank=1, report_id="s", text="别的"),)
    result = score_system(
        "s",
        QUERIES,
        VALUES,
        settings={"fusion": "sum"},
        model="m",
        latency_ms={"a:zh": 10.0, "a:en": 20.0},
        recall_by_depth={1: 0.25, 100: 1.0},
        gold={"a:en": ("句。",)},
        returned={"a:en": shown},
    )
    assert [query.query_id for query in result.queries] == ["a:zh", "a:en", "b:zh"]
    assert (result.settings, result.model) == ({"fusion": "sum"}, "m")
    assert result.recall_by_depth == {"1": 0.25, "100": 1.0}
    assert result.latency_ms == {"p50": 15.0, "p95": pytest.approx(19.5)}
    first, second, third = result.queries
    assert (second.gold, second.returned, second.latency_ms) == (("句。",), shown, 20.0)
    assert (first.gold, first.returned, first.measures) == ((), (), VALUES["a:zh"])
    assert third.latency_ms is None


def test_nothing_measured() -> None:
    result = score_system("s", QUERIES, {})
    assert (result.measures, result.tables, result.queries) == ({}, {}, ())

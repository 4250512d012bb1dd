"""Two results side by side, and when a loss stops a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import GovsearchError
from eval.ask import ASK
from eval.compare import compare, render_comparison, verdict
from eval.evaluation import (
    CorpusStamp,
    Evaluation,
    JudgementsStamp,
    Shown,
    read_evaluation,
    slim,
    write_evaluation,
)
from eval.gate import gate
from eval.report import html, markdown
from eval.report.worst import worst_questions
from eval.score import score_system
from eval.significance import Difference
from eval.types import Query

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> `|*'


def evaluation(
    values: Sequence[float],
    *,
    system: str = "hybrid",
    judgements: str = "j",
    corpus: str = "c",
    text: str = "问？",
) -> Evaluation:
    """Half of the questions in English, the place named in a third of them."""
    queries = [
        Query(f"q{n:02}", text, language="en" if n % 2 else "zh", kind="number", named=n % 3 == 0)
        for n in range(len(values))
    ]
    result = score_system(
        system,
        queries,
        {
            query.query_id: {"nDCG@10": value, "R@5": value, "RR@10": value}
            for query, value in zip(queries, values, strict=True)
        },
        settings={"depth": 100},
        model="test",
        latency_ms={query.query_id: 10.0 + n for n, query in enumerate(queries)},
        recall_by_depth={1: 0.5, 10: 1.0},
        gold={"q00": (text,)},
        returned={"q00": (Shown(rank=1, report_id="r", text=text, heading_path=(text,)),)},
    )
    return Evaluation(
        created="2026-01-01T00:00:00+00:00",
        version="0",
        commit="abc",
        judgements=JudgementsStamp(name="set", path="p", checksum=judgements, queries=len(values)),
        corpus=CorpusStamp(reports=1, passages=2, checksum=corpus),
        systems=(result,),
        outline={"F1": 1.0},
    )


GOOD = [1.0] * 60


def lost(count: int) -> list[float]:
    return [0.0] * count + [1.0] * (60 - count)


def test_the_same_again_passes() -> None:
    found = gate(evaluation(GOOD), evaluation(GOOD))
    assert found.passed
    # three measures, for all questions and for each of two languages
    assert len(found.checked) == 9


@pytest.mark.parametrize(("count", "passed"), [(1, True), (5, True), (6, False), (30, False)])
def test_how_many_questions_must_be_lost(count: int, passed: bool) -> None:
    assert gate(evaluation(GOOD), evaluation(lost(count))).passed is passed


def with_answers(exact: Sequence[float]) -> Evaluation:
    queries = [Query(f"q{n:02}", "问？", language="zh", kind="number") for n in range(len(exact))]
    values = {
        query.query_id: {"exact": value, "answered": 1.0}
        for query, value in zip(queries, exact, strict=True)
    }
    given = evaluation(GOOD)
    return given.model_copy(
        update={"systems": (*given.systems, score_system(ASK, queries, values))}
    )


def test_answers_may_not_get_worse_either() -> None:
    assert gate(with_answers(GOOD), with_answers(GOOD)).passed
    found = gate(with_answers(GOOD), with_answers(lost(6)))
    assert [each.measure for each in found.losses] == ["exact"]


def test_answers_are_not_asked_for_where_the_baseline_has_none() -> None:
    assert gate(evaluation(GOOD), with_answers(lost(30))).passed


def test_a_loss_in_one_language_alone_is_found() -> None:
    """Gains in Chinese hide it in the whole."""
    before = [0.0 if n % 2 == 0 and n < 20 else 1.0 for n in range(60)]
    after = [0.0 if n % 2 == 1 and n < 20 else 1.0 for n in range(60)]
    found = gate(evaluation(before), evaluation(after))
    assert {each.where for each in found.losses} == {"en"}


def test_getting_better_passes() -> None:
    assert gate(evaluation(lost(30)), evaluation(GOOD)).passed


def test_other_questions_and_other_reports_are_refused() -> None:
    with pytest.raises(GovsearchError, match="different judged sets"):
        gate(evaluation(GOOD), evaluation(GOOD, judgements="other"))
    with pytest.raises(GovsearchError, match="different corpora"):
        compare(evaluation(GOOD), evaluation(GOOD, corpus="other"))


def test_a_comparison_names_what_changed() -> None:
    found = compare(evaluation(GOOD), evaluation(lost(12)))
    difference = found.differences["R@5"]
    assert difference.mean == pytest.approx(-0.2)
    assert difference.significant
    assert [each.query_id for each in found.worse] == [f"q{n:02}" for n in range(10)]
    assert found.better == []
    assert set(found.tables) == {"language", "place"}  # all are of one kind
    assert set(found.tables["language"]) == {"en", "zh"}
    # Of the 12 lost questions 0, 3, 6 and 9 name their place, and 20 of the 60.
    named = found.tables["place"]["place named"]["R@5"]
    assert named.mean == pytest.approx(-4 / 20)
    assert named.n == 20
    assert found.tables["place"]["not named"]["R@5"].n == 40
    text = render_comparison(found)
    assert "## place: not named" in text
    assert "| R@5 | -0.2000 |" in text
    assert "worse" in text


def test_fewer_errors_are_better() -> None:
    less = Difference(mean=-0.1, low=-0.2, high=-0.05, p=0.01, n=60)
    assert verdict("wrong report", less) == "better"
    assert verdict("R@5", less) == "worse"
    assert verdict("R@5", replace(less, p=0.2)) == "no significant difference"


def test_systems_are_chosen_by_name() -> None:
    with pytest.raises(GovsearchError, match="no system 'dense' in the result; there are: hybrid"):
        compare(evaluation(GOOD), evaluation(GOOD), "dense")
    other = evaluation(GOOD, system="lexical")
    assert compare(evaluation(GOOD), other).after == "lexical"


def test_a_result_is_written_and_read_again(tmp_path: Path) -> None:
    result = evaluation([1.0, 0.5])
    write_evaluation(result, tmp_path / "r.json")
    assert read_evaluation(tmp_path / "r.json") == result


def test_a_baseline_has_no_texts_and_no_paths() -> None:
    small = slim(evaluation([0.0, 0.5], text="秘密"))
    assert all(not q.gold and not q.returned for s in small.systems for q in s.queries)
    assert (small.judgements.path, small.command) == ("set", "")


def test_files_that_are_no_results(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    with pytest.raises(GovsearchError, match=r"r\.json: can't be read"):
        read_evaluation(path)
    path.write_text('{"format": "govsearch-eval/1"}', encoding="utf-8")
    with pytest.raises(GovsearchError, match="is no result of `govsearch eval run`: created"):
        read_evaluation(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(GovsearchError, match="is no result"):
        read_evaluation(path)


def test_the_worst_come_first() -> None:
    system = evaluation([1.0, 0.2, 0.0, 0.2]).systems[0]
    assert [each.query_id for each in worst_questions(system)] == ["q02", "q01", "q03"]
    assert [each.query_id for each in worst_questions(system, 1)] == ["q02"]


def test_reports_show_figures_and_escape_texts() -> None:
    both = evaluation([0.0, 0.5, 1.0], text=HOSTILE)
    page = html.render(both)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")  # no request
    assert "0.500" in page
    text = markdown.render(both)
    assert "| hybrid | 0.500" in text
    assert "<script>" not in text


def test_significant_differences_are_marked() -> None:
    first, second = evaluation(GOOD), evaluation(lost(12), system="dense")
    both = first.model_copy(update={"systems": first.systems + second.systems})
    assert "↓" in markdown.render(both)
    assert "↓" in html.render(both)
    assert "↓" not in markdown.render(first).replace("↑ ↓", "")

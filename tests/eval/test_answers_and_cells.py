"""Answers, comparison tables and outlines: values by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.report import Part, Section
from eval.errors import JudgementError
from eval.judgements.cells import Cell
from eval.measures.answers import Answer, Cited, measure_answer
from eval.measures.cells import measure_cell
from eval.measures.latency import percentiles
from eval.measures.outline import judge_outlines
from eval.measures.wrong_report import wrong_report
from eval.others import judge_answers, judge_cells
from eval.types import JudgedSet, Query, Unit

NUMBER = Query("n", "?", kind="number", report_id="r", answers=("54个",), quotes=("共54个组织。",))
LISTED = Query(
    "l", "?", kind="list", report_id="r", answers=("甲地", "乙地"), quotes=("甲地、乙地",)
)
NONE = Query("u", "?", kind="unanswerable", report_id="r")
RIGHT = (Cited("r", "共54个组织。另有。"),)


@pytest.mark.parametrize(
    ("answer", "exact"),
    [
        ("54个", 1.0),
        ("约 ５４ 个", 1.0),
        ("154个以上", 0.0),
        ("1,54个", 0.0),
        ("共有54个人民调解组织得到了调整充实", 0.0),
        ("5个", 0.0),
    ],
)
def test_exact_figures(answer: str, exact: float) -> None:
    found = measure_answer(NUMBER, Answer("n", True, answer, RIGHT))
    assert found == {"answered": 1.0, "cited": 1.0, "exact": exact}


def test_lists() -> None:
    found = measure_answer(LISTED, Answer("l", True, "甲地、丙地", (Cited("r", "甲地"),)))
    assert found == {"answered": 1.0, "cited": 1.0, "exact": 0.0, "list coverage": 0.5}
    assert measure_answer(LISTED, Answer("l", True, "乙地和甲地"))["exact"] == 1.0
    # 4 characters of items: at most 18 in all
    assert measure_answer(LISTED, Answer("l", True, "甲地乙地" + "x" * 15))["exact"] == 0.0


def test_citations_of_another_report_or_sentence() -> None:
    for cited in (Cited("s", "共54个组织。"), Cited("r", "别的"), Cited("r", "")):
        assert measure_answer(NUMBER, Answer("n", True, "54个", (cited,)))["cited"] == 0.0


def test_refusals() -> None:
    assert measure_answer(NONE, Answer("u", False, "")) == {
        "refusal precision": 1.0,
        "refusal recall": 1.0,
    }
    assert measure_answer(NONE, Answer("u", True, "7个")) == {"refusal recall": 0.0}
    found = measure_answer(NUMBER, Answer("n", False, "", RIGHT))
    assert found == {"refusal precision": 0.0, "answered": 0.0, "cited": 0.0, "exact": 0.0}


@pytest.mark.parametrize(
    ("status", "value", "right"),
    [
        ("stated", "7%", 1.0),
        ("stated", "增长７％左右", 1.0),
        ("stated", "17%", 0.0),
        ("stated", "", 0.0),
        ("not_stated", "", 0.0),
    ],
)
def test_cells(status: str, value: str, right: float) -> None:
    gold = Cell("r", "t", "stated", "7%")
    assert measure_cell(gold, Cell("r", "t", status, value)) == {"right": right, "missing": 0.0}


def test_cells_not_stated_and_missing() -> None:
    gold = Cell("r", "t", "not_stated")
    assert measure_cell(gold, Cell("r", "t", "not_stated"))["right"] == 1.0
    assert measure_cell(gold, Cell("r", "t", "stated", "5%"))["right"] == 0.0
    assert measure_cell(gold, None) == {"right": 0.0, "missing": 1.0}


def test_wrong_report() -> None:
    named = Query("q", "?", named=True, report_id="r", kind="number")
    assert [wrong_report(named, first) for first in ("r", "s", None)] == [0.0, 1.0, 1.0]
    assert wrong_report(Query("q", "?", named=False, report_id="r"), "s") is None
    assert (
        wrong_report(Query("q", "?", named=True, report_id="r", kind="unanswerable"), "s") is None
    )


def test_percentiles() -> None:
    assert percentiles([4.0, 1.0, 3.0, 2.0]) == {"p50": 2.5, "p95": 3.85}
    assert percentiles([]) == {}


def section(level: int, number: str, heading: str, part: Part = Part.BODY) -> Section:
    return Section("s", None, level, number, "", heading, 0, 1, 2, part)


def test_outline(tmp_path: Path) -> None:
    path = tmp_path / "outline.jsonl"
    gold = [
        ("r", 1, "一", "工作开展情况和成效明显"),
        ("r", 2, "一", "加强学习"),
        ("s", 1, "一", "回顾"),
    ]
    rows = [{"report": r, "level": n, "number": k, "heading": h} for r, n, k, h in gold]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = {
        "r": [
            section(1, "一", "工作开展情况和成效。"),  # the first eight characters are the same
            section(2, "二", "加强学习"),  # another number
            section(1, "", "没有编号"),
            section(1, "三", "附件", Part.ANNEX),
        ],
        "s": [section(1, "一", "回顾")],
    }
    figures = judge_outlines(path, found.__getitem__)
    assert figures == pytest.approx(
        {"precision": 2 / 3, "recall": 2 / 3, "F1": 2 / 3, "reports exact": 1 / 2}
    )
    path.write_text('{"report": "r", "level": "1"}\n', encoding="utf-8")
    with pytest.raises(JudgementError, match="line 1: 'level' must be a whole number"):
        judge_outlines(path, found.__getitem__)


def judged(folder: Path) -> JudgedSet:
    return JudgedSet("set", str(folder), "c", Unit.EVIDENCE, (NUMBER, NONE))


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_answers_from_a_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.jsonl",
        {
            "query_id": "n",
            "answered": True,
            "answer": "54个",
            "citations": [{"report_id": "r", "quote": "共54个组织。"}],
        },
        {"query_id": "u", "answered": False, "answer": None, "reason": "no"},
    )
    result = judge_answers(path, judged(tmp_path))
    assert result.system == "answers mine"
    assert {name: each.mean for name, each in result.measures.items()} == {
        "answered": 1.0,
        "cited": 1.0,
        "exact": 1.0,
        "refusal precision": 1.0,
        "refusal recall": 1.0,
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"query_id": "x", "answered": True}], "line 1: the query 'x' is not in"),
        ([{"query_id": "n", "answered": "yes"}], "line 1: 'answered' must be true or false"),
        (
            [{"query_id": "n", "answered": True, "citations": "r"}],
            "line 1: 'citations' must be a list",
        ),
        ([{"query_id": "n", "answered": False}], "has no line for 1 questions, 'u' the first"),
        ([{"query_id": "n", "answered": False}] * 2, "line 2: the query 'n' is there twice"),
    ],
)
def test_bad_answers(tmp_path: Path, rows: list[object], message: str) -> None:
    with pytest.raises(JudgementError, match=message):
        judge_answers(write(tmp_path / "a.jsonl", *rows), judged(tmp_path))


def test_cells_from_a_file(tmp_path: Path) -> None:
    rows = write(
        tmp_path / "rows.jsonl", {"report_id": "r", "topic": "t", "status": "stated", "value": "7%"}
    )
    with pytest.raises(JudgementError, match=r"compare\.jsonl: is not there"):
        judge_cells(rows, judged(tmp_path))
    write(
        tmp_path / "compare.jsonl",
        {"report": "r", "topic": "t", "status": "stated", "value": "7%"},
        {"report": "s", "topic": "t", "status": "not_stated", "value": None},
        {"report": "u", "topic": "t", "status": "stated", "value": "1%", "borderline": True},
    )
    result = judge_cells(rows, judged(tmp_path))
    assert {name: each.mean for name, each in result.measures.items()} == {
        "right": 0.5,
        "missing": 0.5,
    }
    assert set(result.tables["kind"]) == {"stated", "not_stated"}
    gold = {"report": "r", "topic": "t", "status": "stated", "value": "7%"}
    write(tmp_path / "compare.jsonl", gold, {**gold, "borderline": True}, {**gold, "value": "8%"})
    with pytest.raises(
        JudgementError, match=r"compare\.jsonl: line 3: the report 'r' has a cell for 't' already"
    ):
        judge_cells(rows, judged(tmp_path))
    write(tmp_path / "compare.jsonl", gold)
    bad = write(tmp_path / "bad.jsonl", {"report_id": "r", "topic": "t", "status": "unclear"})
    with pytest.raises(JudgementError, match="line 1: 'status' is stated or not_stated"):
        judge_cells(bad, judged(tmp_path))

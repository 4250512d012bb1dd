"""Our own comparison tables, measured cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import JudgementError
from eval.evaluation import Evaluation
from eval.gate import gate, has_tables
from eval.judgements.cells import Cell, has_cells, read_cells
from eval.judgements.read import read_judgements
from eval.score import score_system
from eval.tables import PROVEN, TABLES, judge_tables
from eval.types import JudgedSet, Query, Unit
from search_api.engine import Engine
from tests.eval.test_compare_and_gate import evaluation

TOPIC = "调整充实人民调解组织数量"
SENTENCE = "全年调整充实了31个人民调解组织的调解员。"
CELLS: list[dict[str, object]] = [
    {
        "report": "云溪县-2025",
        "topic": TOPIC,
        "status": "stated",
        "value": "31个",
        "quote": SENTENCE,
    },
    {
        "report": "石桥县/2025 甲.乙",
        "topic": TOPIC,
        "status": "stated",
        "value": "78个",
        "quote": "x",
    },
    {"report": "石桥县-2024", "topic": TOPIC, "status": "not_stated", "value": ""},
    {"report": "石桥县-2024", "topic": "旅客吞吐量", "status": "not_stated", "borderline": True},
]


def judged(folder: Path, *cells: dict[str, object]) -> JudgedSet:
    lines = (json.dumps(each, ensure_ascii=False) for each in cells)
    (folder / "compare.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return JudgedSet("set", str(folder), "", Unit.EVIDENCE, ())


def test_cells_are_read_without_the_borderline_ones(tmp_path: Path) -> None:
    assert not has_cells(tmp_path)
    judged(tmp_path, *CELLS)
    assert has_cells(tmp_path)
    first, *rest = read_cells(tmp_path)
    assert first == Cell("云溪县-2025", TOPIC, "stated", "31个", SENTENCE, 1)
    assert [(cell.status, cell.line) for cell in rest] == [("stated", 2), ("not_stated", 3)]


def test_every_cell_is_compared_with_its_row(asked_engine: Engine, tmp_path: Path) -> None:
    told: list[str] = []
    result = judge_tables(
        asked_engine, judged(tmp_path, *CELLS), lambda done, total, name: told.append(name)
    )
    assert result.system == TABLES
    values = {each.query_id: each.measures for each in result.queries}
    right = {"right": 1.0, "missing": 0.0}
    assert values[f"云溪县-2025/{TOPIC}"] == {**right, PROVEN: 1.0}
    # 77个 is what the report says, and not what was judged.
    assert values[f"石桥县/2025 甲.乙/{TOPIC}"] == {"right": 0.0, "missing": 0.0, PROVEN: 1.0}
    assert values[f"石桥县-2024/{TOPIC}"] == right
    assert result.measures["right"].mean == pytest.approx(2 / 3)
    assert set(result.tables["kind"]) == {"stated", "not_stated"}
    assert told == [TOPIC, ""]


def test_a_set_without_cells_can_judge_no_table(asked_engine: Engine, tmp_path: Path) -> None:
    nothing = JudgedSet("set", str(tmp_path), "", Unit.EVIDENCE, ())
    with pytest.raises(JudgementError, match=r"compare\.jsonl: is not there"):
        judge_tables(asked_engine, nothing)


def tables(right: int) -> Evaluation:
    """A result with ten cells, so many of which are right."""
    queries = [Query(f"q{number}", TOPIC, kind="stated") for number in range(10)]
    values = {query.query_id: {"right": float(n < right)} for n, query in enumerate(queries)}
    made = evaluation([1.0] * 4)
    compared = score_system(TABLES, queries, values)
    return made.model_copy(update={"systems": (*made.systems, compared)})


def test_the_gate_looks_at_tables() -> None:
    before = tables(10)
    assert has_tables(before)
    assert not has_tables(evaluation([1.0] * 4))
    assert gate(before, before).passed
    found = gate(before, tables(3))
    assert not found.passed
    assert {(loss.where, loss.measure) for loss in found.losses} == {("tables", "right")}


def test_cells_that_are_judged_otherwise_make_another_set(tmp_path: Path) -> None:
    question = {
        "id": "q1",
        "report": "云溪县-2025",
        "kind": "number",
        "question_zh": "调整了多少个人民调解组织？",
        "answers": ["31个"],
        "quotes": [SENTENCE],
        "named": False,
    }
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    checksums = {read_judgements(tmp_path).checksum}
    judged(tmp_path, CELLS[0])
    checksums.add(read_judgements(tmp_path).checksum)
    judged(tmp_path, {**CELLS[0], "value": "32个"})
    checksums.add(read_judgements(tmp_path).checksum)
    assert len(checksums) == 3

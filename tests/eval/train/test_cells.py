"""Judged cells as the questions that are put to each report."""

from __future__ import annotations

import json
from pathlib import Path

from eval.train.cells import questions_of_cells


def cell(report: str, topic: str, value: str = "") -> str:
    status = "stated" if value else "not_stated"
    quote = f"{topic}{value}。" if value else ""
    row = {"report": report, "topic": topic, "status": status, "value": value, "quote": quote}
    return json.dumps(row, ensure_ascii=False)


def test_cells_of_these_reports(tmp_path: Path) -> None:
    lines = [
        cell("甲县-2025", "茶叶产量", "3万吨"),
        cell("甲县-2025", "茶园面积或茶叶产值"),
        # Nobody said which of the two the value answers.
        cell("乙县-2025", "茶园面积或茶叶产值", "3万亩"),
        cell("丙县-2025", "茶叶产量", "5万吨"),
    ]
    (tmp_path / "compare.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = questions_of_cells(tmp_path, {"甲县-2025", "乙县-2025"})
    assert [(each.query_id, each.text, each.kind, each.answers) for each in found] == [
        ("cell-1-1", "茶叶产量", "number", ("3万吨",)),
        ("cell-2-1", "茶园面积", "unanswerable", ()),
        ("cell-2-2", "茶叶产值", "unanswerable", ()),
    ]
    assert found[0].quotes == ("茶叶产量3万吨。",)


def test_a_folder_without_cells(tmp_path: Path) -> None:
    assert questions_of_cells(tmp_path, {"甲县-2025"}) == []

"""The statements of what was found are the candidates."""

from __future__ import annotations

from search_api.answering.reading.value_candidates import value_candidates
from tests.search_api.plan_support import candidates_of, hit


def test_each_statement_of_each_sentence_in_order() -> None:
    first = hit(("修路40公里，栽树900棵。", "工作有序。", "建桥5座。"), "一、回顾", start=100)
    second = hit(("办案31件。",), "一、回顾", start=200, rank=2)
    found = candidates_of(first, second)
    assert [(each.hit.rank, each.row, each.sentence) for each in found] == [
        (1, 0, "修路40公里，栽树900棵。"),
        (1, 0, "修路40公里，栽树900棵。"),
        (1, 2, "建桥5座。"),
        (2, 0, "办案31件。"),
    ]
    assert [each.statement.quantity.unit for each in found] == ["公里", "棵", "座", "件"]


def test_reports_are_asked_for_their_own() -> None:
    asked: list[str] = []

    def none(report_id: str) -> dict[int, tuple[()]]:
        asked.append(report_id)
        return {}

    assert value_candidates([hit(("修路40公里。",), report_id="甲县-2025")], none) == []
    assert asked == ["甲县-2025"]
    assert value_candidates([], none) == []

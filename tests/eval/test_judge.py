"""A judged set against a small index: rankings, external runs, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.places.regions import load_gazetteer
from corpus.report import Span
from eval.errors import JudgementError
from eval.judge import WRONG_REPORT, judge_run, judge_system, prepare
from eval.judgements.read import read_judgements
from eval.judgements.trec import read_run, read_trec
from eval.runner import by_report
from eval.systems import parse_system
from eval.types import Ranked, Run
from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.index import Index
from indexer.progress import silent
from search_api.engine import Engine
from tests.search_api.support import HashEncoder

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "report": "云溪县-2025",
        "kind": "number",
        "question_zh": "云溪县调整充实了多少个人民调解组织？",
        "quotes": ["全年调整充实了31个人民调解组织的调解员。"],
        "answers": ["31个"],
        "named": True,
    },
    {
        "id": "b",
        "report": "石桥县-2024",
        "kind": "number",
        "question_zh": "石桥县2024年要新建多少公里公路？",
        "quotes": ["新建公路40公里"],
        "named": True,
    },
    {
        "id": "c",
        "report": "石桥县-2024",
        "kind": "unanswerable",
        "question_zh": "石桥县有多少所学校？",
        "quotes": [],
        "named": True,
    },
]


def judged_set(folder: Path, *rows: dict[str, Any]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_a_system_is_asked_and_measured(tmp_path: Path, asked_engine: Engine) -> None:
    prepared = prepare(read_judgements(judged_set(tmp_path, *ROWS)), asked_engine, {})
    seen: list[int] = []
    result, run = judge_system(
        asked_engine, parse_system("hybrid"), prepared, lambda done, total, name: seen.append(done)
    )
    assert seen == [0, 1, 2, 3]
    # The unanswerable question has nothing to be found.
    assert [query.query_id for query in result.queries] == ["a:zh", "b:zh"]
    assert result.measures["nDCG@10"].mean == 1.0
    assert result.measures[WRONG_REPORT].mean == 0.0
    assert result.recall_by_depth["1"] == 1.0
    assert result.settings["rerank"] is False
    assert set(result.latency_ms) == {"p50", "p95"}
    assert set(run.rankings) == {"a:zh", "b:zh", "c:zh"}
    assert run.rankings["a:zh"][0].doc_id.startswith("云溪县-2025:")


def test_its_own_run_as_an_external_one_scores_the_same(
    tmp_path: Path, asked_engine: Engine
) -> None:
    prepared = prepare(read_judgements(judged_set(tmp_path, *ROWS)), asked_engine, {})
    result, run = judge_system(asked_engine, parse_system("lexical"), prepared)
    again = judge_run(run, prepared, tmp_path / "run")
    for query, other in zip(result.queries, again.queries, strict=True):
        own = {k: v for k, v in query.measures.items() if k != WRONG_REPORT}
        assert other.measures == pytest.approx(own)


def test_what_came_back_instead_is_kept(tmp_path: Path, asked_engine: Engine) -> None:
    wrong = {**ROWS[0], "id": "w", "question_zh": "县政务中心窗口增加到多少个？", "named": False}
    prepared = prepare(read_judgements(judged_set(tmp_path, wrong)), asked_engine, {})
    result, _ = judge_system(asked_engine, parse_system("hybrid"), prepared)
    (query,) = result.queries
    assert query.measures["RR@10"] < 1.0
    assert query.gold == tuple(wrong["quotes"])
    assert "县政务中心窗口增加到26个" in query.returned[0].text
    assert not query.returned[0].relevant
    assert WRONG_REPORT not in query.measures  # the place isn't named


def test_reports_and_quotes_that_are_not_there(tmp_path: Path, asked_engine: Engine) -> None:
    judged = read_judgements(judged_set(tmp_path, ROWS[0], {**ROWS[1], "report": "nowhere"}))
    with pytest.raises(JudgementError, match=r"line 2: the report 'nowhere' is not in the index"):
        prepare(judged, asked_engine, {})
    judged = read_judgements(judged_set(tmp_path, {**ROWS[0], "quotes": ["全年调整了99个"]}))
    with pytest.raises(
        JudgementError, match=r"line 1: the quote '全年调整了99个' is not in 云溪县-2025"
    ):
        prepare(judged, asked_engine, {})


def test_a_run_of_something_else(tmp_path: Path, asked_engine: Engine) -> None:
    prepared = prepare(read_judgements(judged_set(tmp_path, *ROWS)), asked_engine, {})
    run = Run("other", {"a:zh": [Ranked("not-a-passage", 1.0)]})
    with pytest.raises(JudgementError, match="'not-a-passage' is no passage"):
        judge_run(run, prepared, tmp_path / "run")


def test_trec_qrels_of_whole_reports(tmp_path: Path, asked_engine: Engine) -> None:
    (tmp_path / "qrels").write_text("q 0 云溪县-2025 1\n", encoding="utf-8")
    (tmp_path / "topics").write_text("q\t云溪县的人民调解组织\n", encoding="utf-8")
    judged = read_trec(tmp_path / "qrels", tmp_path / "topics")
    prepared = prepare(judged, asked_engine, {})
    result, _ = judge_system(asked_engine, parse_system("lexical"), prepared)
    assert result.measures["RR@10"].mean == 1.0
    (tmp_path / "run").write_text(
        "q Q0 石桥县-2024 1 2 t\nq Q0 云溪县-2025 2 1 t\n", encoding="utf-8"
    )
    other = judge_run(read_run(tmp_path / "run", judged), prepared, tmp_path / "run")
    assert other.measures["RR@10"].mean == 0.5


def test_trec_qrels_of_a_report_with_white_space(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for name in ("云溪县 2025", "石桥县-2024"):
        (tmp_path / "reports" / f"{name}.txt").write_text(
            f"{name[:3]}政府工作报告\n\n全年新建公路40公里。\n", encoding="utf-8"
        )
    build.add([tmp_path / "reports"], tmp_path / "index", HashEncoder(), EncoderSettings(), silent)
    (tmp_path / "qrels").write_text("q 0 云溪县%202025 1\n", encoding="utf-8")
    (tmp_path / "topics").write_text("q\t云溪县新建公路多少公里？\n", encoding="utf-8")
    (tmp_path / "run").write_text("q Q0 云溪县%202025 1 1 t\n", encoding="utf-8")
    judged = read_trec(tmp_path / "qrels", tmp_path / "topics")
    with Engine(Index.open(tmp_path / "index"), HashEncoder, load_gazetteer()) as engine:
        prepared = prepare(judged, engine, {})
        result, _ = judge_system(engine, parse_system("lexical"), prepared)
        run = read_run(tmp_path / "run", judged, reports=["云溪县 2025", "石桥县-2024"])
        other = judge_run(run, prepared, tmp_path / "run")
    assert result.measures["RR@10"].mean == 1.0
    assert other.measures["RR@10"].mean == 1.0


def test_documents_rank_where_their_best_passage_does() -> None:
    found = [("d0", Span(0, 5), 0.9), ("d1", Span(0, 5), 0.8), ("d0", Span(5, 9), 0.7)]
    assert by_report(found, {"d0": "甲"}) == [Ranked("甲", 0.9), Ranked("d1", 0.8)]


def test_nothing_to_be_found_is_no_error(tmp_path: Path, asked_engine: Engine) -> None:
    prepared = prepare(read_judgements(judged_set(tmp_path, ROWS[2])), asked_engine, {})
    result, _ = judge_system(asked_engine, parse_system("lexical"), prepared)
    assert (result.measures, result.queries, result.recall_by_depth) == ({}, (), {})

"""The page that says how good search is: the latest result in plain words, and what is wrong with files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search_api.engine import Engine
from search_api.questions.question import Language
from search_api.web.app import create_app
from search_api.web.pages.language import say_in
from search_api.web.pages.quality_page import tables
from search_api.web.quality import Quality, Result

HTML = {"accept": "text/html"}


def estimate(mean: float, n: int = 40) -> dict[str, float]:
    return {"mean": mean, "low": mean - 0.05, "high": mean + 0.05, "n": n}


def result(**changed: Any) -> dict[str, Any]:
    return {
        "format": "govsearch-eval/1",
        "created": "2025-03-04T05:06:07+00:00",
        "version": "0.1.0",
        "commit": "abc123",
        "command": "",
        "judgements": {"name": "county", "path": "/secret/place", "checksum": "0f", "queries": 41},
        "corpus": {"reports": 3, "passages": 17, "checksum": "1e"},
        "systems": [
            {
                "system": "hybrid+rerank",
                "measures": {
                    "nDCG@10": estimate(0.5),
                    "Success@1": estimate(0.8),
                    "wrong report": estimate(0.1, 38),
                    "own measure": estimate(0.3),
                },
                "latency_ms": {"p50": 12.4, "p95": 55.6},
                "queries": [{"query_id": "1", "text": "问题", "measures": {}}],
            },
            {"system": "ask", "measures": {"exact": estimate(0.75)}, "queries": []},
        ],
        "outline": {"precision": 0.96},
    } | changed


def write(folder: Path, content: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (folder / "result.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def client(engine: Engine, results: Path) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine, results=results), headers=HTML) as opened:
        yield opened


def page(client: TestClient, language: str = "zh") -> LexborHTMLParser:
    response = client.get("/quality", params={"lang": language})
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_without_an_evaluation_the_page_says_how_to_make_one(client: TestClient) -> None:
    tree = page(client)
    assert texts(tree, "main strong") == ["还没有评测结果。"]
    assert "govsearch eval run" in one(tree, "main").text()
    assert not tree.css("table")
    assert tree.css("header a[href='/quality']") == []
    assert client.get("/quality/report").status_code == 404


def test_the_latest_by_its_own_date_not_by_its_file(client: TestClient, results: Path) -> None:
    write(results / "b", result(created="2024-12-31T23:59:59+00:00"))
    # 08:00 in UTC+8 is midnight in UTC: later than the one above by a second.
    newest = write(results / "a", result(created="2025-01-01T08:00:00+08:00"))
    os.utime(newest / "result.json", (0, 0))
    tree = page(client)
    assert one(tree, "time").attributes["datetime"] == "2025-01-01T08:00:00+08:00"
    assert "另有 1 次更早的评测。" in one(tree, "main").text()


def test_measures_in_plain_words(client: TestClient, results: Path) -> None:
    write(results, result())
    tree = page(client)
    assert texts(tree, ".judged dd") == [
        "county，41 个问题",
        "3 份，17 段",
        "2025-03-04 05:06 UTC",
        "govsearch 0.1.0 abc123",
    ]
    assert texts(tree, "h2")[1:] == ["检索", "回答", "目录识别"]
    first = tree.css("table")[0]
    assert texts(first, "tbody th") == [
        "第一段就是要找的 Success@1",
        "前 10 段的排序质量，满分 1 nDCG@10",
        "问题点明了地区，第一段却出自别处 wrong report · 越低越好",
        "own measure",
        "一半的问题不超过（毫秒）",
        "95% 的问题不超过（毫秒）",
    ]
    assert texts(first, "td .value") == ["80.0%", "0.500", "10.0%", "30.0%", "12", "56"]
    assert texts(first, "td .small")[:2] == ["75.0%–85.0% · 40 题", "0.450–0.550 · 40 题"]
    assert [each.attributes["width"] for each in first.css("rect:not(.all)")] == [
        "80",
        "50",
        "10",
        "30",
    ]
    assert texts(tree.css("table")[1], "td .value") == ["75.0%"]
    assert texts(tree.css("table")[2], "td") == ["96.0%"]
    assert "/secret/place" not in one(tree, "html").text()
    assert one(tree, "header a[href='/quality']").attributes["aria-current"] == "page"


def test_in_english(client: TestClient, results: Path) -> None:
    write(results, result())
    tree = page(client, "en")
    assert texts(tree.css("table")[0], "tbody th")[0] == (
        "The first passage is a right one Success@1"
    )
    assert one(tree, "html").attributes["lang"] == "en"


def test_systems_with_the_same_measures_stand_side_by_side() -> None:
    first = {"R@5": estimate(0.25), "AP": estimate(0.4)}
    # The same measures in another order are the same measures.
    second = {"AP": estimate(0.4), "R@5": estimate(0.5)}
    systems = [
        {"system": "lexical", "measures": first, "queries": []},
        {"system": "dense", "measures": second, "queries": []},
    ]
    (table,) = tables(Result.model_validate(result(systems=systems)), say_in(Language.EN))
    assert [system.system for system in table.systems] == ["lexical", "dense"]
    assert [line.name for line in table.lines] == ["R@5", "AP"]
    assert [cell.value for cell in table.lines[0].cells if cell] == ["25.0%", "50.0%"]
    assert table.times == (None, None)


def test_names_in_a_result_are_text(client: TestClient, results: Path) -> None:
    odd = "<script>alert(1)</script>"
    content = result(commit=odd)
    content["judgements"]["name"] = odd
    content["systems"][0]["system"] = odd
    content["systems"][0]["measures"] = {odd: estimate(0.5)}
    write(results, content)
    tree = page(client)
    assert tree.css("main script") == []
    assert one(tree, "main").text().count(odd) == 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "Invalid JSON"),
        ("", "Invalid JSON"),
        ("[]", "Input should be an object"),
        (result(format="other/2"), "format: Input should be 'govsearch-eval/1'"),
        (result(created="yesterday"), "created: "),
        (result(created="2025-03-04T05:06:07"), "created: Input should have timezone info"),
        (result(systems=[{"system": "a"}]), "systems.0.measures: Field required"),
        (
            result(systems=[{"system": "a", "measures": {"AP": {"mean": "x"}}}]),
            "systems.0.measures.AP.mean: Input should be a valid number",
        ),
        (
            json.dumps(result(outline={"F1": float("nan")})),
            "outline.F1: Input should be a finite number",
        ),
    ],
)
def test_a_file_that_is_no_result_is_named_with_the_reason(
    client: TestClient, results: Path, content: object, reason: str
) -> None:
    write(results / "bad", content)
    tree = page(client)
    (told,) = texts(tree, ".unreadable li")
    assert told.startswith("bad/result.json: ")
    assert reason in told
    assert "还没有评测结果" in one(tree, "main").text()
    # What is there can be looked at, so the way to it is shown.
    assert len(tree.css("header a[href='/quality']")) == 1


def test_a_bad_file_does_not_hide_a_good_one(client: TestClient, results: Path) -> None:
    write(results / "good", result())
    (results / "odd" / "result.json").mkdir(parents=True)
    tree = page(client)
    assert texts(tree, ".unreadable li") == ["odd/result.json: Is a directory"]
    assert len(tree.css("table")) == 3


def test_the_report_is_served_as_written_and_may_run_nothing(
    client: TestClient, results: Path
) -> None:
    write(results, result())
    assert page(client).css("a[href='/quality/report']") == []
    written = "<!doctype html><style>p{color:red}</style><p>报告</p><script>alert(1)</script>"
    (results / "report.html").write_text(written, encoding="utf-8")
    assert len(page(client).css("a[href='/quality/report']")) == 1
    response = client.get("/quality/report")
    assert response.text == written
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script-src" not in policy


def test_a_result_that_changed_is_read_again(client: TestClient, results: Path) -> None:
    write(results, result(version="1.0.0"))
    assert "govsearch 1.0.0" in one(page(client), ".judged").text()
    write(results, result(version="1.0.10"))
    assert "govsearch 1.0.10" in one(page(client), ".judged").text()


def test_evaluations_of_an_index_are_found_in_its_folder(small_data: Path, tmp_path: Path) -> None:
    app = create_app(small_data)
    assert app.state.govsearch.quality.folder == small_data / "evaluations"
    assert create_app(small_data, results=tmp_path).state.govsearch.quality.folder == tmp_path
    assert not Quality(None).exists()
    assert Quality(None).read().latest is None

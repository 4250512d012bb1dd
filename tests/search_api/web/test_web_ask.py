"""POST /api/ask and /api/ask/stream: their fixed JSON, their events, their problems."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from search_api.answering.written.language_model import LanguageModelSettings
from search_api.engine import Engine
from search_api.web.app import create_app
from tests.search_api.llm_server import language_model, says

QUESTION = {"question": "云溪县调整了多少个人民调解组织？", "top_k": 2}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine), raise_server_exceptions=False) as opened:
        yield opened


def events(body: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    for block in body.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_an_answer_is_as_fixed(client: TestClient, engine: Engine) -> None:
    response = client.post("/api/ask", json=QUESTION)
    assert response.status_code == 200
    body = response.json()
    assert body["question"] == QUESTION["question"]
    assert body["answered"] is True
    assert body["answer"] == "31个"
    assert body["kind"] == "figure"
    assert body["reason"] is None
    (sentence,) = body["sentences"]
    assert sentence["text"] == sentence["citation"]["quote"]
    assert sentence["proven"] is True
    (citation,) = body["citations"]
    text = engine.text(citation["report_id"])
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["link"].startswith("/reports/")
    assert len(body["hits"]) == 2


def test_a_refusal_says_why(client: TestClient) -> None:
    asked = {"question": "云溪县2019年调整了多少个人民调解组织？"}
    body = client.post("/api/ask", json=asked).json()
    assert (body["answered"], body["answer"]) == (False, None)
    assert body["reason_code"] == "year_not_covered"
    assert "2019" in body["reason"]
    assert body["citations"] == []
    assert body["hits"]


def test_answers_by_report(client: TestClient) -> None:
    body = client.post("/api/ask", json={"question": "调整了多少个人民调解组织？"}).json()
    assert [each["answer"] for each in body["findings"]] == ["31个", "77个"]
    assert body["coverage"] == {"reports": 3, "found": 2, "not_found": ["石桥县-2024"]}
    assert body["notices"]


def test_empty_filters_are_none(client: TestClient) -> None:
    asked = {**QUESTION, "region": "", "report_id": "", "year": None}
    assert client.post("/api/ask", json=asked).json()["answer"] == "31个"


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_control_characters_of_a_question_do_not_count(client: TestClient, path: str) -> None:
    odd = {"question": "\x00云溪县调\x1f整了多\x7f少个人民调解组织？\r", "top_k": 2}
    assert client.post(path, json=odd).text == client.post(path, json=QUESTION).text


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"question": " "}, 422, "question"),
        ({}, 422, "question"),
        ({"question": "甲", "colour": 1}, 422, "colour"),
        ({"question": "甲", "top_k": 0}, 422, "top_k"),
        ({"question": "甲乙" * 2000}, 422, "question"),
        ({"question": "办了几件案件", "region": "不存在的地方"}, 422, "region"),
        ({"question": "办了几件案件", "report_id": "没有"}, 404, "report_id"),
    ],
)
def test_bad_questions_are_problems(
    client: TestClient, path: str, body: dict[str, object], status: int, field: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["field"] == field


def test_a_streamed_answer_comes_step_by_step(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json=QUESTION)
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found] == ["hits", "sentence", "answer"]
    assert found[-1][1] == client.post("/api/ask", json=QUESTION).json()


def test_a_language_model_writes_what_is_proven(engine: Engine) -> None:
    with language_model(says("全年调整充实了31个人民调解组织[1]。", "还有500个[1]。")) as server:
        settings = LanguageModelSettings(server.url, "test", deadline=1.0, silence=0.5)
        with TestClient(create_app(engine=engine, language_model=settings)) as client:
            found = events(client.post("/api/ask/stream", json=QUESTION).text)
    assert [name for name, _ in found] == ["hits", "sentence", "answer"]
    assert found[1][1]["text"] == "全年调整充实了31个人民调解组织。"
    assert found[-1][1]["answer"] == "31个"
    assert found[-1][1]["notices"]


def test_what_breaks_in_the_middle_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("private details")

    monkeypatch.setattr("search_api.web.routes.said_out", broken)
    with TestClient(create_app(engine=engine)) as client:
        found = events(client.post("/api/ask/stream", json=QUESTION).text)
    assert [name for name, _ in found] == ["hits", "error"]
    assert found[-1][1]["status"] == 500
    assert "private" not in json.dumps(found)
    assert "private details" in caplog.text

"""The HTTP interface over a small real index: its fixed JSON, problems, pages, new generations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from indexer import build
from indexer.encoders.encoder import EncoderSettings
from indexer.progress import silent
from search_api import engine as engine_module
from search_api.engine import Engine
from search_api.web.app import create_app
from tests.search_api.support import REPORTS, HashEncoder, write_reports

ODD_ID = "石桥县/2025 甲.乙"


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine=engine), raise_server_exceptions=False) as opened:
        yield opened


def test_search_json_is_as_fixed(client: TestClient, engine: Engine) -> None:
    response = client.get("/api/search", params={"q": "云溪县调整了多少个人民调解组织", "top_k": 2})
    assert response.status_code == 200
    body = response.json()
    assert list(body) == ["query", "mode", "took_ms", "filters", "hits"]
    assert body["query"] == "云溪县调整了多少个人民调解组织"
    assert body["mode"] == "hybrid"
    assert body["took_ms"] > 0
    assert body["filters"] == {"region": None, "year": None, "report_id": None, "kind": None}
    assert len(body["hits"]) == 2
    hit = body["hits"][0]
    assert list(hit) == ["rank", "score", "passage_id", "text", "heading_path", "citation"]
    assert hit["rank"] == 1
    assert hit["heading_path"] == ["一、工作开展情况", "（一）健全调解网络"]
    citation = hit["citation"]
    assert list(citation) == [
        "report_id",
        "title",
        "region",
        "year",
        "heading_path",
        "start",
        "end",
        "quote",
        "source",
        "link",
    ]
    assert (citation["region"], citation["year"]) == ("云溪县", 2025)
    text = engine.text(citation["report_id"])
    assert citation["quote"] == hit["text"] == text[citation["start"] : citation["end"]]
    assert hit["passage_id"] == f"云溪县-2025:{citation['start']}-{citation['end']}"


def test_links_open_the_reader_at_the_passage(client: TestClient) -> None:
    params = {"q": "石桥县人民调解组织", "report_id": ODD_ID}
    hit = client.get("/api/search", params=params).json()["hits"][0]
    link = hit["citation"]["link"]
    assert link.startswith(f"/reports/{quote(ODD_ID, safe='')}?start=")
    page = client.get(link)
    assert page.status_code == 200
    marked = re.search(r'<mark id="mark">(.*?)</mark>', page.text, re.DOTALL)
    assert marked is not None
    assert marked[1] in hit["text"]


def test_filters_and_modes(client: TestClient) -> None:
    params = {"q": "调解组织", "region": "云溪", "year": "2025", "mode": "lexical"}
    body = client.get("/api/search", params=params).json()
    assert body["mode"] == "lexical"
    assert body["filters"] == {
        "region": "云溪",
        "year": 2025,
        "report_id": None,
        "kind": None,
    }
    found = client.get("/api/search", params={"q": "增长", "kind": "work_report"}).json()
    assert {hit["citation"]["report_id"] for hit in found["hits"]} == {"石桥县-2024"}
    asked = {"question": "地区生产总值增长多少", "kind": "rule_of_law"}
    answer = client.post("/api/ask", json=asked).json()
    assert "石桥县-2024" not in {hit["citation"]["report_id"] for hit in answer["hits"]}
    refused = client.get("/api/search", params={"q": "增长", "kind": "poem"})
    assert (refused.status_code, refused.json()["field"]) == (422, "kind")
    assert {hit["citation"]["region"] for hit in body["hits"]} == {"云溪县"}


def test_reports(client: TestClient) -> None:
    reports = client.get("/api/reports").json()["reports"]
    assert {each["report_id"] for each in reports} == {each["report_id"] for each in REPORTS}
    one = client.get(f"/api/reports/{quote(ODD_ID, safe='')}").json()
    assert one["report_id"] == ODD_ID
    assert (one["region"], one["year"]) == ("石桥县", 2025)
    assert one["characters"] > 0
    assert one in reports


def test_text_and_outline(client: TestClient) -> None:
    path = f"/api/reports/{quote(ODD_ID, safe='')}"
    text = client.get(f"{path}/text").json()
    assert list(text) == ["report_id", "text"]
    assert text["report_id"] == ODD_ID
    outline = client.get(f"{path}/outline").json()
    assert list(outline) == ["report_id", "sections"]
    first = outline["sections"][0]
    assert list(first) == [
        "section_id",
        "parent_id",
        "level",
        "number",
        "heading",
        "start",
        "end",
    ]
    assert (first["level"], first["number"], first["heading"]) == (1, "一", "工作开展情况")
    assert first["parent_id"] is None
    assert text["text"][first["start"] :].startswith("一、工作开展情况")
    assert [s["part"] for s in outline["sections"] if "part" in s] == ["annex"] or any(
        s.get("part") in ("annex", "glossary") for s in outline["sections"]
    )


@pytest.mark.parametrize(
    ("path", "status", "kind", "field"),
    [
        ("/api/reports/nothing", 404, "unknown-report", "report_id"),
        ("/api/reports/nothing/text", 404, "unknown-report", "report_id"),
        ("/api/reports/nothing/outline", 404, "unknown-report", "report_id"),
        ("/api/search?q=调解&report_id=nothing", 404, "unknown-report", "report_id"),
        ("/api/search?q=调解&region=云溪市", 422, "unknown-region", "region"),
        ("/api/search?q=调解&year=1999", 422, "unknown-year", "year"),
        ("/api/search", 422, "invalid-request", "q"),
        ("/api/search?q=", 422, "invalid-request", "q"),
        ("/api/search?q=%20%20", 422, "invalid-request", "q"),
        (f"/api/search?q={'x' * 10_000}", 422, "invalid-request", "q"),
        ("/api/search?q=a&top_k=0", 422, "invalid-request", "top_k"),
        ("/api/search?q=a&top_k=101", 422, "invalid-request", "top_k"),
        ("/api/search?q=a&year=x", 422, "invalid-request", "year"),
        ("/api/search?q=a&mode=fast", 422, "invalid-request", "mode"),
        ("/nowhere", 404, "not-found", None),
    ],
)
def test_problems(client: TestClient, path: str, status: int, kind: str, field: str | None) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == f"/problems/{kind}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body.get("field") == field


def test_a_method_that_is_not_allowed_is_a_problem(client: TestClient) -> None:
    response = client.post("/api/search")
    assert response.status_code == 405
    assert response.json()["type"] == "/problems/method-not-allowed"


def test_unexpected_errors_tell_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret /etc/path")

    monkeypatch.setattr(engine_module.Engine, "search", broken)
    response = client.get("/api/search?q=a")
    assert response.status_code == 500
    assert response.json()["type"] == "/problems/internal-error"
    assert "secret" not in response.text


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["reports"]) == ("ready", 3)
    client.get("/api/search?q=调解")
    metrics = client.get("/metrics").text
    assert 'govsearch_search_stage_seconds_count{stage="dense"}' in metrics
    assert "http_request_duration_seconds" in metrics


def test_without_an_index_the_service_is_alive_but_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "nothing")) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["type"] == "/problems/not-ready"
        assert str(tmp_path) not in response.text


def test_a_new_generation_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)
    data = tmp_path / "index"
    table = write_reports(tmp_path, REPORTS[:1])
    build.add([table], data, HashEncoder(), EncoderSettings(), silent)
    with TestClient(create_app(data)) as client:
        assert len(client.get("/api/reports").json()["reports"]) == 1
        build.add([write_reports(tmp_path)], data, HashEncoder(), EncoderSettings(), silent)
        assert len(client.get("/api/reports").json()["reports"]) == 3
        assert "77个" in client.get("/api/search?q=石桥县人民调解组织").text


def test_docs_name_no_outside_host(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert re.findall(r"(?:https?:)?//[a-z0-9.]+", page.text.lower()) == []
    for path in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert client.get(path).status_code == 200
    assert client.get("/openapi.json").status_code == 200


def test_create_app_wants_exactly_one() -> None:
    with pytest.raises(ValueError, match="either"):
        create_app()


def test_empty_fields_are_no_filters(client: TestClient) -> None:
    params = {"q": "人民调解组织", "region": "", "year": "", "report_id": "", "mode": ""}
    response = client.get("/api/search", params=params)
    assert response.status_code == 200
    assert response.json()["mode"] == "hybrid"
    assert client.get("/api/search", params={"q": "人民调解组织", "year": "abc"}).status_code == 422

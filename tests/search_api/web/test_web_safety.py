"""What holds for every answer of the service: its headers, and that hostile addresses are no errors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from search_api.engine import Engine
from search_api.errors import BusyError
from search_api.web.app import create_app
from search_api.web.comparisons import KEPT, MOST_AT_ONCE, Comparisons

NINES = "9" * 5000
PAGES = ("/", "/?q=调解", "/compare", "/corpus", "/quality", "/reports/none", "/docs", "/docsx")
API = ("/api/search?q=调解", "/api/reports", "/api/nothing", "/healthz", "/static/base.css")


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    app = create_app(engine=engine)
    with TestClient(app, headers={"accept": "text/html"}, raise_server_exceptions=False) as opened:
        yield opened


def policy(client: TestClient, path: str) -> str:
    response = client.get(path)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    return response.headers["content-security-policy"]


@pytest.mark.parametrize("path", [*PAGES, *API])
def test_every_answer_has_a_policy(client: TestClient, path: str) -> None:
    said = policy(client, path)
    assert said.startswith("default-src 'none'; ")
    # The interactive documentation alone brings its own script.
    assert ("unsafe-inline" in said) is (path == "/docs")


def test_so_has_an_unexpected_error(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Engine) -> object:
        raise RuntimeError("a defect")

    monkeypatch.setattr(Engine, "reports", broken)
    for path in ("/", "/api/reports"):
        response = client.get(path)
        assert response.status_code == 500
        assert "a defect" not in response.text
        assert "default-src 'none'; script-src 'self';" in policy(client, path)


@pytest.mark.parametrize(
    "path",
    [
        f"/?q=调解&year={NINES}",
        f"/?q=调解&top_k={NINES}",
        f"/compare?topic=调解&from={NINES}",
        f"/corpus?page={NINES}",
        "/?q=%ED%A0%80调解",
        "/?q=%00调解",
        "/?q=调解&q=公路&lang=%0d%0aX:1",
    ],
)
def test_odd_addresses_are_no_errors(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (200, 422)
    assert "x" not in response.headers


def test_no_more_passages_than_the_engine_gives(client: TestClient) -> None:
    tree = LexborHTMLParser(client.get("/?q=调解&top_k=101").text)
    assert 0 < len(tree.css(".hits > li")) <= 10


def test_no_link_leads_to_another_site(client: TestClient) -> None:
    for path in ("//evil.example/x", "/\\evil.example/x"):
        tree = LexborHTMLParser(client.get(path).text)
        links = [node.attributes.get("href") or "" for node in tree.css("a")]
        assert links
        assert all(each.startswith(("/", "#")) and each[1:2] not in ("/", "\\") for each in links)


def test_comparisons_are_kept_and_bounded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def compare(engine: Engine, topic: str, chosen: object) -> str:
        made.append(topic)
        return topic

    monkeypatch.setattr("search_api.web.comparisons.compare", compare)
    kept = Comparisons()
    nothing: object = None
    for number in (*range(KEPT + 1), KEPT, 0):
        kept.table(engine, str(number), nothing)  # type: ignore[arg-type]
    # The newest was there still, the oldest was not.
    assert made == [*map(str, range(KEPT + 1)), "0"]


def test_too_many_comparisons_at_once_are_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Comparisons()
    depth = 0

    def compare(engine: Engine, topic: str, chosen: object) -> str:
        nonlocal depth
        depth += 1
        if depth <= MOST_AT_ONCE:
            kept.table(engine, f"{topic}.", nothing)  # type: ignore[arg-type]
        return topic

    nothing: object = None
    monkeypatch.setattr("search_api.web.comparisons.compare", compare)
    with pytest.raises(BusyError):
        kept.table(engine, "a", nothing)  # type: ignore[arg-type]
    assert depth == MOST_AT_ONCE
    # What was begun has given its place back.
    depth = MOST_AT_ONCE
    assert kept.table(engine, "b", nothing) == "b"  # type: ignore[arg-type,comparison-overlap]


def test_a_busy_service_says_when_to_come_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Comparisons, *args: object) -> object:
        raise BusyError("too many")

    monkeypatch.setattr(Comparisons, "table", busy)
    response = client.post("/api/compare", json={"topic": "调解"})
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/busy"
    assert response.headers["retry-after"] == "5"
    # In a browser the same in words, on a page that has begun as on one that hasn't.
    words = "现在同时使用的人太多"
    assert words in client.get("/compare", params={"topic": "调解"}).text
    assert words in client.get("/compare/export", params={"topic": "调解", "format": "csv"}).text

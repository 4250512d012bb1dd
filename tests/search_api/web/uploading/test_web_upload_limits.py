"""Sending files over HTTP: what is beyond the limits, too many at once, and forms that lie."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from search_api import engine as engine_module
from search_api.web.state import State
from search_api.web.uploading import trial, trial_process
from search_api.web.uploading import uploads as uploads_module
from search_api.web.uploading.uploads import MAX_WAITING, Uploads
from tests.search_api.support import REPORTS, HashEncoder
from tests.search_api.web.uploading.uploads_support import changing_app, report_text, uploads_of

NAME = "松果县-2025.txt"
PAGE = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def hash_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(*args: object) -> HashEncoder:
        return HashEncoder()

    monkeypatch.setattr(engine_module, "open_encoder", open_encoder)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app, _ = changing_app(tmp_path)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def uploads(client: TestClient) -> Uploads:
    return uploads_of(client.app)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "reason", "chinese", "english"),
    [
        (b"x" * (trial.MAX_CHARACTERS + 1), "too_long", "2000001 字", "2000001 characters"),
        (
            ("这是一句话。" * (trial.MAX_TEXTS + 1)).encode(),
            "too_complex",
            "太费时间或内存",
            "too much time or memory",
        ),
    ],
)
def test_files_beyond_the_limits(
    client: TestClient,
    uploads: Uploads,
    content: bytes,
    reason: str,
    chinese: str,
    english: str,
) -> None:
    response = client.post("/api/reports", files={"file": ("a.txt", content)})
    assert response.status_code == 422
    assert (response.json()["type"], response.json()["reason"]) == (
        "/problems/unusable-file",
        reason,
    )
    for language, said in (("zh", chinese), ("en", english)):
        page = client.post(
            f"/corpus/upload?lang={language}", files={"file": ("a.txt", content)}, headers=PAGE
        )
        assert page.status_code == 200
        assert said in page.text
    assert list(uploads.folder.iterdir()) == []


def test_a_table_of_too_many_reports(client: TestClient) -> None:
    content = "text\n" + "全年调整了若干组织。\n" * (trial.MAX_REPORTS + 1)
    response = client.post("/api/reports", files={"file": ("a.csv", content.encode())})
    assert (response.status_code, response.json()["reason"]) == (422, "too_many_reports")
    assert "2001 reports" in response.json()["detail"]


@pytest.mark.parametrize("report_id", ["甲\n乙", "a/../b", "..", "县" * 201, "甲\u2028乙"])
def test_ids_that_are_none(client: TestClient, uploads: Uploads, report_id: str) -> None:
    row = json.dumps({"report_id": report_id, "text": report_text().decode()})
    response = client.post("/api/reports", files={"file": ("a.jsonl", row.encode())})
    assert (response.status_code, response.json()["reason"]) == (422, "unreadable")
    assert response.json()["detail"].startswith("file: line 1: the id ")
    page = client.post("/corpus/upload", files={"file": ("a.jsonl", row.encode())}, headers=PAGE)
    assert "第 1 行的编号不能用" in page.text
    assert list(uploads.folder.iterdir()) == []


def test_more_than_a_few_at_once_are_refused_and_the_service_answers(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = threading.Event(), threading.Event()
    waiting = threading.Semaphore(0)
    real_try, real_acquire = trial_process.try_to_read, uploads._room.acquire

    def slow(file: Path) -> object:
        reading.set()
        assert go_on.wait(60)
        return real_try(file)

    def acquire(blocking: bool = True) -> bool:
        got = real_acquire(blocking=blocking)
        waiting.release()
        return got

    monkeypatch.setattr(uploads_module, "try_to_read", slow)
    monkeypatch.setattr(uploads._room, "acquire", acquire)
    statuses: list[int] = []

    def send(number: int) -> None:
        files = {"file": (f"同时-{number}.txt", report_text(number))}
        statuses.append(client.post("/api/reports", files=files).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(MAX_WAITING)]
    try:
        for each in threads:
            each.start()
        for _ in threads:
            assert waiting.acquire(timeout=30)
        assert reading.wait(30)
        refused = client.post("/api/reports", files={"file": (NAME, report_text())})
        assert refused.status_code == 409
        assert (refused.json()["type"], refused.json()["reason"]) == (
            "/problems/index-busy",
            "crowded",
        )
        assert int(refused.headers["Retry-After"]) > 0
        removal = client.delete(f"/api/reports/{REPORTS[0]['report_id']}")
        assert (removal.status_code, removal.json()["reason"]) == (409, "crowded")
        page = client.post("/corpus/upload", files={"file": (NAME, report_text())}, headers=PAGE)
        assert "正在处理的文件太多" in page.text
        assert client.get("/healthz").status_code == 200
    finally:
        go_on.set()
        for each in threads:
            each.join()
    assert statuses == [201] * MAX_WAITING
    assert client.post("/api/reports", files={"file": (NAME, report_text())}).status_code == 201


@pytest.mark.parametrize(
    "charset",
    ["undefined", "punycode", "utf-7", "unicode_escape", "no-such", '"utf-8"'],
)
def test_the_charset_of_a_form_is_not_listened_to(client: TestClient, charset: str) -> None:
    name = "松果县\\ud800-2025.txt"
    body = (
        b'--B"\r\nContent-Disposition: form-data; name="file"; filename="'
        + name.replace("\\", "\\\\").encode()
        + b'"\r\n\r\n'
        + report_text()
        + b'\r\n--B"--\r\n'
    )
    headers = {"Content-Type": f'multipart/form-data; boundary="B\\""; charset={charset}'}
    response = client.post("/api/reports", content=body, headers=headers)
    assert response.status_code == 201
    assert response.json()["file"] == name.rpartition("\\")[2]
    assert client.post("/corpus/upload", content=body, headers=headers | PAGE).status_code == 200
    ids = b'--B"\r\nContent-Disposition: form-data; name="report_id"\r\n\r\n\xff\r\n--B"--\r\n'
    removal = client.post("/corpus/remove", content=ids, headers=headers, follow_redirects=False)
    assert removal.status_code == 303


def test_a_body_beyond_all_limits_is_not_read_to_its_end(
    client: TestClient, uploads: Uploads, tmp_path: Path
) -> None:
    state: State = client.app.state.govsearch  # type: ignore[attr-defined]
    state.uploads = Uploads(tmp_path / "index", state.engine, max_bytes=2_000)
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    given = 0
    answers: list[Message] = []

    async def receive() -> Message:
        nonlocal given
        given += 1
        body = head if given == 1 else b"a" * 10_000
        return {"type": "http.request", "body": body, "more_body": given < 1_000}

    async def send(message: Message) -> None:
        answers.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/reports",
        "raw_path": b"/api/reports",
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"testserver"),
            (b"content-type", b"multipart/form-data; boundary=b"),
        ],
    }
    anyio.run(client.app, scope, receive, send)
    assert answers[0]["status"] == 413
    # Four files of 2,000 bytes with their headers (64 KB); four times as much is thrown away.
    assert given * 10_000 < 5 * (4 * 2_000 + 65_536) + 30_000

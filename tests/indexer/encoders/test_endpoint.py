"""The embeddings endpoint, against a real server of our own that behaves well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import numpy as np
import pytest

from indexer.encoders import endpoint
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.encoders.encoder_errors import EncoderError

Answer = tuple[int, dict[str, str], bytes]
Respond = Callable[[dict[str, Any]], Answer]


def vector(text: str) -> list[float]:
    """Not of unit length: (characters, 1, 2)."""
    return [float(len(text)), 1.0, 2.0]


def good(body: dict[str, Any]) -> Answer:
    rows = [{"index": i, "embedding": vector(text)} for i, text in enumerate(body["input"])]
    # Out of order on purpose: only the index says which is which.
    return 200, {}, json.dumps({"data": rows[::-1]}).encode()


class Service:
    """A server whose answers the test chooses; it keeps what it was asked."""

    def __init__(self) -> None:
        self.respond: Respond = good
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append(body)
                service.keys.append(self.headers.get("Authorization"))
                service.paths.append(self.path)
                status, headers, data = service.respond(body)
                if status == 0:  # hang up without a word
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def service() -> Iterator[Service]:
    started = Service()
    yield started
    started.close()


def opened(service: Service, pauses: list[float], **settings: str) -> endpoint.EndpointEncoder:
    return endpoint.EndpointEncoder(
        httpx.Client(timeout=1.0),
        service.base + "/embeddings",
        "m",
        settings.get("query", ""),
        settings.get("passage", ""),
        pause=pauses.append,
    )


def after(bad: Answer, times: int) -> Respond:
    """Answer badly so many times, then well."""
    left = [times]

    def respond(body: dict[str, Any]) -> Answer:
        left[0] -= 1
        return bad if left[0] >= 0 else good(body)

    return respond


def test_order_is_by_index_and_rows_are_unit(service: Service) -> None:
    encoder = opened(service, [])
    texts = ["a" * n for n in range(1, 71)]
    done: list[int] = []
    vectors = encoder.encode_passages(texts, done.append)
    expected = np.array([vector(text) for text in texts])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors, expected, rtol=1e-6)
    assert vectors.dtype == np.float32
    assert done == [32, 32, 6]
    assert encoder.dimension == 3


def test_prompts_key_and_model_are_sent(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSEARCH_EMBEDDINGS_KEY", "secret")
    settings = EncoderSettings(
        model="bge-m3", endpoint=service.base + "/", query_prompt="Q:", passage_prompt="P:"
    )
    encoder = open_encoder(settings)
    encoder.encode_queries(["x"])
    encoder.encode_passages(["y"])
    assert [body["input"] for body in service.asked[1:]] == [["Q:x"], ["P:y"]]
    assert service.asked[0]["model"] == "bge-m3"
    assert set(service.keys) == {"Bearer secret"}
    assert set(service.paths) == {"/v1/embeddings"}
    for part in ("bge-m3", "Q:", "P:", service.base):
        assert part in encoder.identity
    assert "secret" not in encoder.identity


def test_no_texts_no_request(service: Service) -> None:
    encoder = opened(service, [])
    assert encoder.encode_passages([]).shape == (0, 3)
    assert len(service.asked) == 1


def test_an_empty_text_is_sent_as_a_space(service: Service) -> None:
    opened(service, []).encode_passages([""])
    assert service.asked[-1]["input"] == [" "]


@pytest.mark.parametrize("bad", [(429, {}, b""), (500, {}, b"oops"), (503, {}, b""), (0, {}, b"")])
def test_passing_trouble_is_tried_again(service: Service, bad: Answer) -> None:
    pauses: list[float] = []
    service.respond = after(bad, 3)
    assert opened(service, pauses).dimension == 3
    assert pauses == [0.5, 1.0, 2.0]


def test_the_service_may_ask_for_a_longer_pause(service: Service) -> None:
    pauses: list[float] = []
    service.respond = after((429, {"Retry-After": "7"}, b""), 1)
    opened(service, pauses)
    assert pauses == [7.0]


def test_lasting_trouble_is_an_error(service: Service) -> None:
    pauses: list[float] = []
    service.respond = after((503, {}, b"overloaded"), 99)
    with pytest.raises(EncoderError, match=r"5 tries.*503.*overloaded"):
        opened(service, pauses)
    assert len(pauses) == 4


def test_nobody_listening_is_an_error(service: Service) -> None:
    gone = Service()
    gone.close()
    with pytest.raises(EncoderError, match="check that the service runs"):
        opened(gone, [])


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, b'{"error": {"message": "bad key"}}', r"bad key.*GOVSEARCH_EMBEDDINGS_KEY"),
        (404, b"nothing here", r"nothing here.*base address"),
        (400, b'{"error": "too long"}', "too long"),
    ],
)
def test_our_mistakes_are_not_tried_again(
    service: Service, status: int, body: bytes, told: str
) -> None:
    pauses: list[float] = []
    service.respond = after((status, {}, body), 99)
    with pytest.raises(EncoderError, match=told):
        opened(service, pauses)
    assert pauses == []


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"[]",
        b'{"data": []}',
        b'{"data": [{"index": 0, "embedding": "abc"}]}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": [0, 0]}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1]}]}',
    ],
)
def test_nonsense_is_refused(service: Service, data: bytes) -> None:
    service.respond = after((200, {}, data), 99)
    with pytest.raises(EncoderError, match="endpoint http"):
        opened(service, [])


def test_a_changed_dimension_is_refused(service: Service) -> None:
    encoder = opened(service, [])
    service.respond = after((200, {}, b'{"data": [{"index": 0, "embedding": [1, 2]}]}'), 1)
    with pytest.raises(EncoderError, match="2 numbers, the first had 3"):
        encoder.encode_queries(["x"])


@pytest.mark.parametrize("address", ["", "localhost:8080", "ftp://host/v1", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(EncoderError, match="not an address"):
        open_encoder(EncoderSettings(endpoint=address))

"""A real HTTP server that speaks chat completions, as well or as badly as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Server:
    """A running server: its base URL, and the requests it was sent."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def _chunk(text: str) -> bytes:
    data = {"choices": [{"delta": {"content": text}}]}
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def says(*pieces: str) -> Behaviour:
    """Streams these pieces and ends as it should."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        start_stream(handler)
        for piece in pieces:
            handler.wfile.write(_chunk(piece))
        handler.wfile.write(b"data: [DONE]\n\n")

    return behave


def answers(text: str) -> Behaviour:
    """One JSON object and no stream."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        send(handler, 200, json.dumps({"choices": [{"message": {"content": text}}]}).encode())

    return behave


def fails(status: int) -> Behaviour:
    """An error status."""
    return lambda handler, body: send(handler, status, b'{"error": {"message": "no"}}')


def sends(raw: bytes) -> Behaviour:
    """Bytes that are no answer."""
    return lambda handler, body: send(handler, 200, raw)


def breaks_off(*pieces: str) -> Behaviour:
    """Streams a part and goes away in the middle of a chunk that it promised."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(_chunk(piece))

    return behave


def never_ends(piece: str) -> Behaviour:
    """Goes on and on, slowly enough to outlast a deadline."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        start_stream(handler)
        for _ in range(200):
            handler.wfile.write(_chunk(piece))
            handler.wfile.flush()
            time.sleep(0.02)

    return behave


def is_silent(seconds: float) -> Behaviour:
    """Begins, and says nothing for so long."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        start_stream(handler)
        handler.wfile.flush()
        time.sleep(seconds)

    return behave


def start_stream(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def language_model(*behaviours: Behaviour) -> Iterator[Server]:
    """A server that behaves so: the first request by the first, the last goes on for the rest."""
    left: Sequence[Behaviour] = behaviours
    server = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            turn = min(len(server.requests), len(left) - 1)
            server.requests.append(body)
            server.keys.append(self.headers.get("Authorization", ""))
            try:
                left[turn](self, body)
            except (BrokenPipeError, ConnectionResetError):
                return  # the client has had enough, as it should

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as opened:
        thread = threading.Thread(target=opened.serve_forever, daemon=True)
        thread.start()
        server.url = f"http://127.0.0.1:{opened.server_address[1]}/v1"
        yield server
        opened.shutdown()
        thread.join()

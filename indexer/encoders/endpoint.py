"""How does an OpenAI-compatible embeddings service become an Encoder?

`POST {base}/embeddings {"model", "input": [texts], "encoding_format": "float"}` answers
`{"data": [{"index", "embedding": [floats]}]}`. Overload and time-outs are tried again with growing
pauses; whatever else goes wrong is an error that names the address and says what to look at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray

from indexer.encoders.encoder import Encoder, EncoderSettings
from indexer.encoders.encoder_errors import EncoderError

KEY_VARIABLE = "GOVSEARCH_EMBEDDINGS_KEY"
# Services commonly refuse more inputs than this in one request; larger ones gain little.
BATCH = 32
TRIES = 5
FIRST_PAUSE = 0.5  # seconds; doubled each time, so a request gives up after about 8 seconds
LONGEST_PAUSE = 30.0  # however long a service asks us to wait
TIMEOUT = 60.0  # seconds for one answer: a cold model server loads its weights first
_OVERLOADED = 429


class EndpointEncoder:
    """A remote model. httpx's client is safe to share between threads, so is this."""

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        model: str,
        query: str,
        passage: str,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._url = url
        self._model = model
        self._query = query
        self._passage = passage
        self._pause = pause
        # The service is asked at once: a wrong address or key shows before any work is done.
        self._dimension = int(self._request(["dimension"], expected=None).shape[1])

    @property
    def identity(self) -> str:
        """See Encoder. The service's revision isn't known: its name and address stand for it."""
        return (
            f"endpoint {self._url} {self._model} {self._dimension} "
            f"query={self._query!r} passage={self._passage!r}"
        )

    @property
    def dimension(self) -> int:
        """See Encoder."""
        return self._dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """See Encoder."""
        return self._encode([self._passage + text for text in texts], progress)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder."""
        return self._encode([self._query + text for text in texts], None)

    def _encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self._dimension), np.float32)
        for start in range(0, len(texts), BATCH):
            # Services refuse an empty input, and a space means the same to a model.
            batch = [text or " " for text in texts[start : start + BATCH]]
            vectors[start : start + BATCH] = self._request(batch, self._dimension)
            if progress is not None:
                progress(len(batch))
        return vectors

    def _request(self, texts: list[str], expected: int | None) -> NDArray[np.float32]:
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        wait = FIRST_PAUSE
        for attempt in range(1, TRIES + 1):
            asked = None
            try:
                answer = self._client.post(self._url, json=body)
            except httpx.TransportError as error:
                trouble = str(error) or type(error).__name__
            else:
                if answer.status_code < 400:
                    return self._vectors(answer, len(texts), expected)
                trouble = _problem(answer)
                if answer.status_code != _OVERLOADED and answer.status_code < 500:
                    raise EncoderError(f"endpoint {self._url}: {trouble}{_hint(answer)}")
                asked = answer.headers.get("Retry-After")
            if attempt < TRIES:
                self._pause(min(LONGEST_PAUSE, max(wait, _seconds(asked))))
                wait *= 2
        raise EncoderError(
            f"endpoint {self._url}: no answer in {TRIES} tries, the last time: {trouble}; "
            "check that the service runs and try again"
        )

    def _vectors(
        self, answer: httpx.Response, count: int, expected: int | None
    ) -> NDArray[np.float32]:
        try:
            rows = {int(row["index"]): row["embedding"] for row in answer.json()["data"]}
            vectors = np.array([rows[index] for index in range(count)], np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"endpoint {self._url}: the answer isn't one embedding of numbers for each of the "
                f"{count} inputs ({type(error).__name__}: {error}); is this an OpenAI-compatible "
                "embeddings service?"
            ) from error
        if vectors.ndim != 2 or len(rows) != count or vectors.shape[1] == 0:
            raise EncoderError(
                f"endpoint {self._url}: {len(rows)} embeddings of shape {vectors.shape[1:]} for "
                f"{count} inputs"
            )
        if expected is not None and vectors.shape[1] != expected:
            raise EncoderError(
                f"endpoint {self._url}: an embedding of {vectors.shape[1]} numbers, the first "
                f"had {expected}; has the model {self._model!r} been changed meanwhile?"
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise EncoderError(
                f"endpoint {self._url}: an embedding that is zero or not a number; the model "
                f"{self._model!r} is broken on the service"
            )
        unit: NDArray[np.float32] = vectors / lengths
        return unit


def open_endpoint(settings: EncoderSettings) -> Encoder:
    """Open the service that the settings name, with the key from GOVSEARCH_EMBEDDINGS_KEY."""
    base = settings.endpoint or ""
    try:
        parsed = httpx.URL(base)
    except httpx.InvalidURL as error:
        raise EncoderError(f"endpoint: {base!r} is not an address ({error})") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise EncoderError(
            f"endpoint: {base!r} is not an address; give one like http://127.0.0.1:8080/v1"
        )
    key = os.environ.get(KEY_VARIABLE)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    client = httpx.Client(headers=headers, timeout=TIMEOUT)
    return EndpointEncoder(
        client,
        base.rstrip("/") + "/embeddings",
        settings.model,
        settings.query_prompt or "",
        settings.passage_prompt or "",
    )


def _problem(answer: httpx.Response) -> str:
    try:
        told: Any = answer.json()["error"]
        said = told["message"] if isinstance(told, dict) else told
    except (ValueError, KeyError, TypeError):
        said = answer.text.strip()[:200]
    return f"status {answer.status_code} {answer.reason_phrase}: {said}"


def _hint(answer: httpx.Response) -> str:
    if answer.status_code in (401, 403):
        return f"; set the key in the environment variable {KEY_VARIABLE}"
    if answer.status_code == 404:
        return "; give the base address (as in http://host/v1) and a model the service has"
    return ""


def _seconds(text: str | None) -> float:
    """Read a Retry-After header; its other form, a date, is taken as no wish."""
    try:
        return float(text) if text else 0.0
    except ValueError:
        return 0.0

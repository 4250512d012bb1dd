"""How is an OpenAI-compatible language model asked, when one is configured?

`POST {base}/chat/completions {"model", "messages", "stream": true}` answers with server-sent events
`data: {"choices": [{"delta": {"content": "…"}}]}` up to `data: [DONE]`, or with one JSON object. What it
writes is never taken on trust (`written.py`); that it is slow, wrong or gone is never the reader's
trouble: whoever asks falls back to the extractive answer.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from corpus.errors import GovsearchError

KEY_VARIABLE: Final = "GOVSEARCH_LLM_KEY"
URL_VARIABLE: Final = "GOVSEARCH_LLM_URL"
MODEL_VARIABLE: Final = "GOVSEARCH_LLM_MODEL"
# An answer of a few sentences; a model that goes on and on is cut.
MOST_CHARACTERS: Final = 6000

Messages = Sequence[Mapping[str, str]]


class LanguageModelError(GovsearchError):
    """The language model could not be asked, or gave no usable answer."""


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """Where the language model is.

    `url`: base URL of an OpenAI-compatible service (`https://host/v1`); its key comes from the
    environment variable GOVSEARCH_LLM_KEY. `deadline` and `silence`, seconds: for the whole answer,
    and between two pieces of it.
    """

    url: str
    model: str
    deadline: float = 60.0
    silence: float = 20.0


def settings_from(url: str | None, model: str | None) -> LanguageModelSettings | None:
    """The settings as given, else from the environment; None if no address is set.

    Raises LanguageModelError: an address without a model, or one that is no http address.
    """
    address = url or os.environ.get(URL_VARIABLE) or ""
    name = model or os.environ.get(MODEL_VARIABLE) or ""
    if not address:
        if name:
            raise LanguageModelError(
                f"--llm-model {name}: an address is needed too: --llm-url or {URL_VARIABLE}"
            )
        return None
    if not name:
        raise LanguageModelError(
            f"--llm-url {address}: the model's name is needed too: --llm-model or {MODEL_VARIABLE}"
        )
    if not address.startswith(("http://", "https://")):
        raise LanguageModelError(f"--llm-url {address}: must begin with http:// or https://")
    return LanguageModelSettings(address.rstrip("/"), name)


class LanguageModel:
    """A chat model. httpx's client is safe to share between threads, so is this."""

    def __init__(self, settings: LanguageModelSettings) -> None:
        key = os.environ.get(KEY_VARIABLE)
        self._settings = settings
        self._url = f"{settings.url}/chat/completions"
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(settings.silence, connect=min(5.0, settings.silence)),
        )

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def stream(self, messages: Messages) -> Iterator[str]:
        """The pieces of an answer as they come. Raises LanguageModelError, possibly half-way."""
        body = {
            "model": self._settings.model,
            "messages": list(messages),
            "stream": True,
            "temperature": 0,
        }
        deadline = time.monotonic() + self._settings.deadline
        written = 0
        try:
            with self._client.stream("POST", self._url, json=body) as answer:
                if answer.status_code >= 400:
                    raise LanguageModelError(f"{self._url}: status {answer.status_code}")
                for piece in _pieces(answer):
                    if time.monotonic() > deadline:
                        raise LanguageModelError(
                            f"{self._url}: not done after {self._settings.deadline:g} seconds"
                        )
                    written += len(piece)
                    if written > MOST_CHARACTERS:
                        return
                    yield piece
        except httpx.HTTPError as error:
            # The exception's text may hold the address, never the key.
            raise LanguageModelError(
                f"{self._url}: {str(error) or type(error).__name__}"
            ) from error
        if not written:
            raise LanguageModelError(f"{self._url}: it answered nothing")

    def complete(self, messages: Messages) -> str:
        """A whole answer. Raises LanguageModelError."""
        return "".join(self.stream(messages))


def _pieces(answer: httpx.Response) -> Iterator[str]:
    if "text/event-stream" not in answer.headers.get("content-type", ""):
        answer.read()
        yield _content(answer.text, "message")
        return
    for line in answer.iter_lines():
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        yield _content(data, "delta")


def _content(data: str, field: str) -> str:
    """The text of one JSON object: `choices[0].<field>.content`. Raises LanguageModelError."""
    try:
        decoded: Any = json.loads(data)
        choices = decoded["choices"]
        content = choices[0][field].get("content") if choices else ""
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise LanguageModelError(
            f"the language model's answer is not in the expected layout: {data[:80]!r}"
        ) from error
    if content is not None and not isinstance(content, str):
        raise LanguageModelError(f"the language model's answer holds no text: {data[:80]!r}")
    return content or ""

"""Errors of turning text into vectors."""

from __future__ import annotations

from corpus.errors import GovsearchError


class EncoderError(GovsearchError):
    """A model, endpoint or model file that can't be used; the message says what to do."""

"""Errors a person can act on: each names the file, line or field and says what to do."""

from __future__ import annotations


class GovsearchError(Exception):
    """Base of all errors that are shown to a user as they are (exit status 2)."""


class UnreadableFileError(GovsearchError):
    """A file that can't be read as a report. `path` and `reason` are also shown in summaries."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

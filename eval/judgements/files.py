"""Reading files of judgements so that every error names the file and the line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eval.errors import JudgementError


def text_of(path: Path) -> str:
    """The file's text, without a byte order mark. Raises JudgementError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise JudgementError(path, f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise JudgementError(
            path, f"is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that aren't blank, with their numbers from 1. Raises JudgementError."""
    # Not splitlines: a report's text may hold other separators that are no line ends of the file.
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON lines file. Raises JudgementError naming the line."""
    for number, line in lines_of(path):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise JudgementError(path, f"is not valid JSON ({error.msg})", number) from error
        if not isinstance(value, dict):
            raise JudgementError(path, "is not a JSON object {...}", number)
        yield number, value


def string(
    path: Path, line: int | None, row: dict[str, Any], key: str, default: str | None = None
) -> str:
    """A field that must be text; the default stands for a missing one or null.

    Raises JudgementError.
    """
    value = row.get(key)
    if value is None:
        value = default
    if value is None:
        raise JudgementError(path, f"the field {key!r} is missing", line)
    if not isinstance(value, str):
        raise JudgementError(path, f"{key!r} must be text, not {value!r}", line)
    return value


def strings(path: Path, line: int, row: dict[str, Any], key: str) -> tuple[str, ...]:
    """A field that must be a list of texts, none of them empty; missing or null means none."""
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise JudgementError(path, f"{key!r} must be a list of texts, not {value!r}", line)
    if not all(each.strip() for each in value):
        raise JudgementError(path, f"{key!r} has an empty text; remove it", line)
    return tuple(value)


def identifier(path: Path, line: int | None, value: str, what: str = "id") -> str:
    """An id that TREC files can hold. Raises JudgementError: empty, or with white space."""
    if not value or any(char.isspace() for char in value):
        raise JudgementError(
            path,
            f"the {what} {value!r} is empty or has white space; TREC files can't hold it",
            line,
        )
    return value


def checksum(paths: Iterable[Path]) -> str:
    """SHA-256 over the bytes of files, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

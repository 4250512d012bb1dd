"""How does a file become text with its structure hints? One small module a format."""

from __future__ import annotations

import stat
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from corpus.errors import UnreadableFileError
from corpus.report import Document

# Larger than any report seen (the longest are under 1 MB of text; PDFs with maps reach 30 MB).
MAX_BYTES = 50 * 1024 * 1024

# Modules are imported when a file of their format is met: the libraries behind PDF, Word and HTML
# take longer to load than a text file takes to read.
_MODULES = {
    ".txt": "txt",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "table",
    ".jsonl": "table",
}
SUFFIXES: frozenset[str] = frozenset(_MODULES)


class _Reader(Protocol):
    def read(self, data: bytes, path: str) -> list[Document]: ...


def read_documents(path: Path) -> list[Document]:
    """The documents of a file: one, or for a table (csv, jsonl) one per row.

    Raises UnreadableFileError, which says what is wrong with the file and what to do about it.
    """
    module = _MODULES.get(path.suffix.lower())
    if module is None:
        known = ", ".join(sorted(SUFFIXES))
        raise UnreadableFileError(
            str(path), f"the format {path.suffix or '(no suffix)'} is not read; known are {known}"
        )
    data = _bytes_of(path)
    reader = cast(_Reader, import_module(f"{__name__}.{module}"))
    return reader.read(data, str(path))


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(str(path), "not a file; give a file or a folder of files")
        _check_size(status.st_size, path)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # the file may have grown since
    except FileNotFoundError as error:
        raise UnreadableFileError(
            str(path), "the file is gone (moved or deleted while reading); put it back and retry"
        ) from error
    except PermissionError as error:
        raise UnreadableFileError(
            str(path), "no permission to read the file; change its permissions"
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            str(path), f"the file can't be read ({error.strerror or error}); check the disk"
        ) from error
    _check_size(len(data), path)
    if not data:
        raise UnreadableFileError(
            str(path), "the file is empty; replace it by the report or remove it"
        )
    return data


def _check_size(size: int, path: Path) -> None:
    if size > MAX_BYTES:
        raise UnreadableFileError(
            str(path),
            f"the file is larger than the limit of {MAX_BYTES // 2**20} MB "
            f"({size / 2**20:.1f} MB); split it into reports",
        )

"""Is a model folder whole? A stamp beside the files says what should be there.

A folder is built under another name and renamed when complete, so a stamp is never seen half
written; what the stamp guards against is a file damaged, cut short or deleted afterwards.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

STAMP = "stamp.json"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file of the folder: its path inside, bytes, and hex SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the folder was built from, by which version of the builder, and its files."""

    builder: int
    source_sha256: str
    files: tuple[FileStamp, ...]


def sha256(path: Path) -> str:
    """Hash a file without reading it into memory whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_stamp(folder: Path, builder: int, source_sha256: str) -> Stamp:
    """Stamp every file now in `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != STAMP)
    files = tuple(
        FileStamp(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path))
        for path in paths
    )
    stamp = Stamp(builder, source_sha256, files)
    text = json.dumps(asdict(stamp), indent=1)
    (folder / STAMP).write_text(text + "\n", encoding="utf-8")
    return stamp


def read_stamp(folder: Path) -> Stamp | None:
    """Read the stamp; None when there is none or it can't be read."""
    try:
        stored: dict[str, Any] = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        files = tuple(FileStamp(**file) for file in stored["files"])
        return Stamp(stored["builder"], stored["source_sha256"], files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def damage(folder: Path, builder: int, *, thorough: bool = False) -> str | None:
    """Say what is wrong with the folder, or None when it is whole.

    The quick check compares sizes (under a millisecond); `thorough` hashes every byte.
    """
    stamp = read_stamp(folder)
    if stamp is None:
        return f"{STAMP} is missing or unreadable"
    if stamp.builder != builder:
        return f"it was built by version {stamp.builder} of the builder, this is {builder}"
    for file in stamp.files:
        path = folder / file.name
        size = path.stat().st_size if path.is_file() else None
        if size != file.size:
            return f"{file.name} has {'no' if size is None else size} bytes instead of {file.size}"
        if thorough and sha256(path) != file.sha256:
            return f"{file.name} has other contents than when it was built"
    return None

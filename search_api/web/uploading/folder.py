"""What lies in the folder of uploads, and what becomes of it when a change fails or is cut off?

A change moves files aside into a folder of its own, `.earlier-…` or `.leaving-…`. When it fails, or
when the next one finds what a killed process has left, the published index decides: a change that
was published stays, any other is undone. In doubt a file stays, never is one lost.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Final

from filelock import FileLock, Timeout

from corpus.errors import UnreadableFileError
from corpus.load import discover, fingerprint
from indexer import build
from indexer.build import Published

FOLDER_NAME: Final = "uploads"
LOCK_NAME: Final = "uploads.lock"
_INCOMING: Final = ".incoming-"
_EARLIER: Final = ".earlier-"
_LEAVING: Final = ".leaving-"
_log = logging.getLogger("govsearch")


class FolderBusyError(Exception):
    """Another process is changing the folder of uploads."""


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Keep other processes from changing the uploads of the index in `data`.

    Raises FolderBusyError. The operating system frees the lock when its process ends.
    """
    lock = FileLock(data / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise FolderBusyError from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def incoming(folder: Path) -> Iterator[Path]:
    """A place for a file that comes in; it goes with everything in it."""
    with TemporaryDirectory(prefix=_INCOMING, dir=folder) as aside:
        yield Path(aside)


@contextmanager
def in_place(file: Path, folder: Path, data: Path) -> Iterator[Path]:
    """Put a file into the folder, in place of an earlier one, for good if the block succeeds.

    Yields where it is. If the block fails, all is as before, unless the index has the new file.
    """
    target = folder / file.name
    with _aside(_EARLIER, folder, data) as aside:
        if target.exists():
            target.replace(aside / target.name)
        else:
            (aside / target.name).mkdir()  # says that there was none
        file.replace(target)
        yield target


@contextmanager
def taken_out(files: Collection[Path], folder: Path, data: Path) -> Iterator[None]:
    """Delete files of the folder if the block succeeds.

    If it fails, those of which the index still has reports are put back.
    """
    if not files:
        yield
        return
    with _aside(_LEAVING, folder, data) as aside:
        for file in files:
            if file.exists():
                file.replace(aside / file.name)
        yield


def tidy(folder: Path, data: Path) -> None:
    """Bring to an end what a process left that was killed. Call it `alone`.

    Raises IndexBusyError, before anything is touched, while another process writes to the index.
    """
    left = sorted(each for each in folder.glob(".*-*") if each.is_dir())
    left = [each for each in left if each.name.startswith((_INCOMING, _EARLIER, _LEAVING))]
    if not left:
        return
    build.withdraw(data)
    for aside in left:
        _log.warning("%s was left by a process that was killed", aside)
        if not aside.name.startswith(_INCOMING):
            _settle(aside, data)
        shutil.rmtree(aside)


@contextmanager
def _aside(prefix: str, folder: Path, data: Path) -> Iterator[Path]:
    # In its name the generation before the change: see `_settle`.
    generation = build.published(data).generation
    aside = Path(mkdtemp(prefix=f"{prefix}{generation}-", dir=folder))
    try:
        yield aside
    except BaseException:
        _settle(aside, data)
        aside.rmdir()
        raise
    # The change is published: what can't be deleted now is no reason to say otherwise, and the next
    # start finds it.
    shutil.rmtree(aside, ignore_errors=True)


def _settle(aside: Path, data: Path) -> None:
    """Put back the files moved aside by a change that was not published; delete the others.

    What fails here leaves files where they are, for `tidy` to find.
    """
    now = build.published(data)
    marks = _marks(now)
    # A table's rows that stay as they were get the new file's fingerprint before it is published.
    is_newer = not aside.name.startswith(f"{_EARLIER}{now.generation}-")
    folder = aside.parent
    for out in sorted(aside.iterdir()):
        target = folder / out.name
        known = marks.get(out.name, frozenset())
        replaced = is_newer and target.exists() and _mark(target) in known
        if replaced if aside.name.startswith(_EARLIER) else not known:
            shutil.rmtree(out) if out.is_dir() else out.unlink()
        elif out.is_dir():  # there was none before
            target.unlink(missing_ok=True)
            out.rmdir()
        else:
            out.replace(target)


def _marks(published: Published) -> dict[str, frozenset[str]]:
    """By name of an uploaded file: the fingerprints of the reports that the index has from it."""
    found: dict[str, set[str]] = {}
    for path, mark in published.files:
        # The data folder may have been moved since. Another folder of that name keeps a file too many.
        if path.parent.name == FOLDER_NAME:
            found.setdefault(path.name, set()).add(mark)
    return {name: frozenset(marks) for name, marks in found.items()}


def _mark(file: Path) -> str:
    """The fingerprint of a file as the index has it; empty if it can't be read."""
    try:
        return fingerprint(discover([file]).files[0])
    except UnreadableFileError:
        return ""

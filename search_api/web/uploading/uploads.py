"""What happens to a file that somebody sends, and to a report that somebody removes?

Files are kept in `<data folder>/uploads/`, so that the folder can be indexed again. A file is read
before it is put in place, and goes back out (the earlier one in again) if it can't be indexed.
"""

from __future__ import annotations

import filecmp
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from corpus.errors import GovsearchError
from corpus.readers import MAX_BYTES
from indexer import build
from indexer.build import BuildSummary
from indexer.errors import IndexBusyError, UnknownReportError
from indexer.types import ReportInfo
from search_api.engine import Engine
from search_api.shapes.upload_shapes import Refusal, Status
from search_api.web.uploading.folder import (
    FOLDER_NAME,
    FolderBusyError,
    alone,
    in_place,
    incoming,
    taken_out,
    tidy,
)
from search_api.web.uploading.names import RefusedFileError, safe_name
from search_api.web.uploading.removal_notices import Notices, Removed
from search_api.web.uploading.storage import storing
from search_api.web.uploading.trial_process import try_to_read, unreadable

# Changes that run or wait. Each holds one of the forty threads that answer all requests.
MAX_WAITING: Final = 4
# What the readers take: no report seen comes near it.
MAX_UPLOAD_BYTES: Final = MAX_BYTES
_CHUNK: Final = 1 << 20  # bytes copied at a time
_log = logging.getLogger("govsearch")


@dataclass(frozen=True, slots=True)
class LandedReport:
    """A report of an uploaded file, and what the upload did to it."""

    info: ReportInfo
    status: Status


@dataclass(frozen=True, slots=True)
class Landed:
    """An uploaded file that is indexed. `stayed`: reports of its earlier version it has no more.

    They are kept: nothing is removed that nobody asked to remove.
    """

    file: str
    reports: tuple[LandedReport, ...]
    stayed: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """Added if any report is new, else updated if any has changed."""
        found = {each.status for each in self.reports}
        return "added" if "added" in found else "updated" if "updated" in found else "unchanged"


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing reports means for their files.

    `deleted` are uploaded files; `kept` uploaded tables that hold other reports too; `outside` are
    reports whose files lie elsewhere and are not touched. Indexing the last two brings them back.
    """

    report_ids: tuple[str, ...]
    deleted: tuple[Path, ...]
    kept: tuple[Path, ...]
    outside: tuple[str, ...]


class Uploads:
    """Adds sent files to an index and removes reports from it, one change at a time."""

    def __init__(
        self, data: Path, engine: Callable[[], Engine], max_bytes: int = MAX_UPLOAD_BYTES
    ) -> None:
        """`engine` gives the engine of the newest generation; `max_bytes` is the limit of a file."""
        self.max_bytes = max_bytes
        self.notices = Notices()
        self.folder = data.absolute() / FOLDER_NAME
        self._data = data
        self._engine = engine
        self._room = threading.BoundedSemaphore(MAX_WAITING)
        self._turn = threading.Lock()
        if self.folder.exists():
            self._tidy()

    def add(self, given: str, stream: BinaryIO) -> Landed:
        """Index a file that was sent under the name `given`. Waits while another is indexed.

        Raises RefusedFileError, also where the disk takes nothing; the index and an earlier file of
        that name are then as before.
        """
        name = safe_name(given)
        with storing(), self._changing():
            self.folder.mkdir(exist_ok=True)
            with incoming(self.folder) as aside:
                file = aside / name
                _copy(stream, file, self.max_bytes)
                return self._index(file, try_to_read(file).report_ids)

    def plan(self, report_ids: Sequence[str]) -> Removal:
        """What removing reports would do to their files. Raises UnknownReportError."""
        files = self._engine().index.files()
        wanted = tuple(dict.fromkeys(report_ids))
        for report_id in wanted:
            if report_id not in files:
                raise UnknownReportError(report_id, files)
        own = {report_id: self._own(path) for report_id, path in files.items()}
        mine = dict.fromkeys(file for each in wanted if (file := own[each]) is not None)
        kept = {file for report_id, file in own.items() if file and report_id not in wanted}
        return Removal(
            report_ids=wanted,
            deleted=tuple(file for file in mine if file not in kept),
            kept=tuple(file for file in mine if file in kept),
            outside=tuple(each for each in wanted if own[each] is None),
        )

    def remove(self, report_ids: Sequence[str]) -> Removal:
        """Remove reports from the index, and the uploaded files that hold no other report.

        Raises UnknownReportError (nothing is removed then), and RefusedFileError if the index is busy
        or the disk takes nothing.
        """
        with storing(), self._changing():
            return self._remove(report_ids)

    def remove_those_left(self, report_ids: Sequence[str]) -> Removed:
        """The same, but what is gone already is as it should be: it is told, and no error."""
        with storing(), self._changing():
            files = self._engine().index.files()
            wanted = tuple(dict.fromkeys(report_ids))
            left = tuple(each for each in wanted if each in files)
            removal = self._remove(left) if left else Removal((), (), (), ())
        return Removed(
            removal.report_ids,
            gone=tuple(each for each in wanted if each not in files),
            kept=tuple(file.name for file in removal.kept),
            outside=bool(removal.outside),
        )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change at a time, of all processes, on what the last one left in order.

        Raises RefusedFileError at once if too many are waiting in this process.
        """
        if not self._room.acquire(blocking=False):
            detail = f"{MAX_WAITING} files or removals are waiting already; try again in a minute"
            raise RefusedFileError(Refusal.CROWDED, detail)
        try:
            with self._turn, alone(self._data):
                tidy(self.folder, self._data)
                yield
        except (FolderBusyError, IndexBusyError) as error:
            raise _busy() from error
        finally:
            self._room.release()

    def _tidy(self) -> None:
        """What can't be done now is done before the next change, or told to whoever asks for it."""
        try:
            with self._changing():
                pass
        except (GovsearchError, OSError) as error:
            _log.warning("what an earlier process left in %s stays: %s", self.folder, error)

    def _remove(self, report_ids: Sequence[str]) -> Removal:
        removal = self.plan(report_ids)
        with taken_out(removal.deleted, self.folder, self._data):
            build.remove(removal.report_ids, self._data)
        self._engine()
        return removal

    def _index(self, file: Path, report_ids: Sequence[str]) -> Landed:
        engine = self._engine()
        before = engine.index.files()
        for report_id in report_ids:
            self._check_free(report_id, before.get(report_id), file)
        try:
            with in_place(file, self.folder, self._data) as target:
                summary = build.add(
                    [target],
                    self._data,
                    engine.encoder,
                    engine.index.encoder_settings,
                    named_from=self.folder.parent,
                )
                landed = _statuses(summary)
                if not landed:
                    reason = summary.skipped[0].reason
                    raise unreadable(reason)
        except IndexBusyError:
            raise  # nothing was written
        except BaseException:
            # Else the next upload would publish what this one had written.
            build.withdraw(self._data)
            raise
        engine = self._engine()
        now = engine.index.files()
        if not any(self._own(now[report_id]) == target for report_id in landed):
            target.unlink()  # the same file is indexed from another folder
        stayed = tuple(
            report_id
            for report_id, path in before.items()
            if self._own(path) == target and report_id not in landed
        )
        return Landed(
            file.name,
            tuple(LandedReport(engine.report(each), landed[each]) for each in landed),
            stayed,
        )

    def _check_free(self, report_id: str, other: Path | None, file: Path) -> None:
        """Raise RefusedFileError if another file's report has that id."""
        if other is None or not other.exists() or self._own(other) == self.folder / file.name:
            return
        if filecmp.cmp(other, file, shallow=False):
            return  # it is the same file
        detail = (
            f"file: the report id {report_id} is already used by {other.name} of another folder "
            "or format; remove that report first, or rename the file"
        )
        raise RefusedFileError(Refusal.ID_IN_USE, detail, report=report_id, other=other.name)

    def _own(self, path: Path) -> Path | None:
        """The uploaded file that a report was read from, if it was one.

        The data folder may have been moved since, or be reached by another path.
        """
        own = self.folder / path.name
        if path == own:
            return own
        if path.parent.name != FOLDER_NAME or not own.exists():
            return None
        return own if not path.exists() or path.samefile(own) else None


def _copy(stream: BinaryIO, file: Path, max_bytes: int) -> None:
    size = 0
    with file.open("wb") as kept:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise too_large(max_bytes)
            kept.write(chunk)
    if not size:
        raise RefusedFileError(Refusal.EMPTY, "file: it is empty; send the report itself")


def too_large(max_bytes: int) -> RefusedFileError:
    """The refusal of a file with more than `max_bytes`."""
    limit = f"{max_bytes / 2**20:.4g}"
    detail = f"file: larger than the limit of {limit} MB; split it, or take pictures out"
    return RefusedFileError(Refusal.TOO_LARGE, detail, limit=limit)


def _busy() -> RefusedFileError:
    detail = "another process is writing to the index; try again when it has ended"
    return RefusedFileError(Refusal.BUSY, detail)


def _statuses(summary: BuildSummary) -> dict[str, Status]:
    statuses: dict[str, Status] = dict.fromkeys(summary.added, "added")
    statuses |= dict.fromkeys(summary.updated, "updated")
    statuses |= dict.fromkeys(summary.unchanged, "unchanged")
    return statuses

"""What can go wrong with an index folder, each with what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

from corpus.errors import GovsearchError


class IndexNotFoundError(GovsearchError):
    """There is no index at the folder."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"{folder}: {problem}. Make an index with `govsearch index PATH --data {folder}`"
        )


class ForeignFolderError(GovsearchError):
    """The folder holds something that is not a govsearch index."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"{folder}: {problem}, so it is not a govsearch index and is left as it is. "
            "Name another folder with --data"
        )


class FolderPermissionError(GovsearchError):
    """The folder may not be read or written by this user."""

    def __init__(self, folder: Path, action: str) -> None:
        super().__init__(
            f"{folder}: no permission to {action} it. Change its permissions or name another "
            "folder with --data"
        )


class IndexVersionError(GovsearchError):
    """The index was made by another version of govsearch."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        advice = (
            "Upgrade govsearch" if found > known else "Index the reports again into a new folder"
        )
        super().__init__(
            f"{folder}: the index has format {found}, this govsearch reads format {known}. {advice}"
        )


class DamagedIndexError(GovsearchError):
    """The store can't be read or written as it should."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"{folder}: {problem}. See that the disk is there and not full; if the file is "
            "damaged, index the reports again into a new folder"
        )


class IndexBusyError(GovsearchError):
    """Another process writes to the index."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(f"{folder}: {holder} is writing to this index. Wait until it has ended")


class EncoderMismatchError(GovsearchError):
    """The index holds vectors of another encoder; they can't be mixed."""

    def __init__(self, folder: Path, indexed: str, given: str) -> None:
        super().__init__(
            f"{folder}: the vectors of this index were made with {indexed}, not with {given}. "
            f"Use that model, or embed everything again with `govsearch rebuild --data {folder}` "
            "and the model you want"
        )


class UnknownReportError(GovsearchError):
    """No report of that id is in the index. `field`: where a request names it."""

    def __init__(self, report_id: str, known: Collection[str], field: str = "report_id") -> None:
        nearest = difflib.get_close_matches(report_id, known, n=3, cutoff=0.4)
        advice = (
            f"Did you mean {', '.join(nearest)}?" if nearest else "See them with `govsearch list`"
        )
        super().__init__(f"report {report_id!r} is not in the index. {advice}")
        self.report_id = report_id
        self.known = tuple(known)
        self.nearest = tuple(nearest)
        self.field = field

"""Why can't the service write to its disk: is it full, or is the folder read-only?"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from indexer.errors import DamagedIndexError, FolderPermissionError
from search_api.shapes.upload_shapes import Refusal
from search_api.web.uploading.names import RefusedFileError

# What writing to a disk raises, here and inside the index, which tells so of its database.
_TROUBLE: Final = (OSError, DamagedIndexError, FolderPermissionError)
_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT))
_log = logging.getLogger("govsearch")


@contextmanager
def storing() -> Iterator[None]:
    """Turn what a disk raises into RefusedFileError (507); the log says what exactly it was."""
    try:
        yield
    except _TROUBLE as error:
        _log.exception("what was sent, or a removal, can't be stored")
        if _is_full(error):
            detail = "the service's disk is full; make room there and try again"
            raise RefusedFileError(Refusal.DISK_FULL, detail) from error
        detail = "the service can't write to its disk; its log says why"
        raise RefusedFileError(Refusal.NOT_WRITABLE, detail) from error


def _is_full(error: BaseException | None) -> bool:
    """Whether it, or what it came from, says that there is no room left."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            return True
        error = error.__cause__ or error.__context__
    return False

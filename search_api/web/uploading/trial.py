"""What is in a file that somebody sent? Read on trial in a process of its own, which may die of it.

Run as `python -m search_api.web.uploading.trial FILE`; it says one line of JSON. A small file can ask
a reading library for any amount of memory or time (a page that unpacks to gigabytes, a million
nested marks), so the process limits itself first. It imports `corpus` only: it starts in a quarter
of a second.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from corpus.errors import GovsearchError, UnreadableFileError
from corpus.load import discover, read

try:
    import resource
except ImportError:  # Windows has none: see `_limit_myself`
    resource = None  # type: ignore[assignment]

# Bytes of address space. All 80 real reports we have, read one after the other, need 150 MB, most of
# it libraries; this leaves room for the largest file that is taken (50 MB).
MAX_MEMORY: Final = 1_500_000_000
# What memory ran short at: a library that finds none left calls the file broken.
_SHORT_OF: Final = 0.8 * MAX_MEMORY
# Seconds of computing. The same 80 reports take three, 300 pages of PDF some fifteen.
MAX_CPU_S: Final = 60
# Bytes that it may write: nothing but complaints, and libraries complain at length of strangers' files.
MAX_WRITTEN: Final = 16_000_000
# Thirty provinces in fifty years are a table of 1,500. Larger collections are for `govsearch index`,
# which holds up nobody.
MAX_REPORTS: Final = 2_000
# In all reports of a file; the longest report we have has 60,000. Indexing this many takes minutes.
MAX_CHARACTERS: Final = 2_000_000
# Passages and sentences, each of which gets a vector. Real reports of MAX_CHARACTERS have 56,000.
MAX_TEXTS: Final = 100_000
# Of a PDF. A yearbook has a thousand; tens of thousands of empty ones cost a minute.
MAX_PAGES: Final = 3_000


def main(path: str) -> None:
    """Say what reading the file gives: `report_ids` and sums, or a reason to refuse it."""
    with _answers() as answers:
        _limit_myself()
        answers.write(json.dumps(_tried(Path(path))))


def _answers() -> TextIO:
    """Where to answer. What libraries print goes elsewhere from now on."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _limit_myself() -> None:
    """From now on too much memory is a MemoryError (or a crash), too much time the end.

    Linux is what we support. Without `resource` (Windows) only the caller's clock limits the
    reading, and nothing its memory; macOS has the module, and ignores the limit of memory.
    """
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves nothing on the disk


def _tried(path: Path) -> dict[str, Any]:
    try:
        parsed = [each for source in discover([path]).files for each in read(source)]
    except Exception as error:  # noqa: BLE001
        # Whatever a reading library makes of one broken file, the person is told.
        out_of_bounds = (MemoryError, RecursionError)
        if _was_short() or any(isinstance(each, out_of_bounds) for each in _causes(error)):
            return {"too_complex": True}
        if isinstance(error, UnreadableFileError):
            return {"unreadable": error.reason}
        if isinstance(error, GovsearchError):
            return {"unreadable": str(error)}
        return {"unreadable": f"reading it failed ({type(error).__name__}: {error})"}
    if len(parsed) > MAX_REPORTS:
        return {"too_many_reports": len(parsed)}
    characters = sum(len(each.report.text) for each in parsed)
    if characters > MAX_CHARACTERS:
        return {"too_long": characters}
    texts = sum(1 + len(passage.sentences) for each in parsed for passage in each.passages)
    pages = sum(len(each.report.page_starts) for each in parsed)
    if texts > MAX_TEXTS or pages > MAX_PAGES:
        return {"too_complex": True}
    return {"report_ids": [each.report.report_id for each in parsed], "characters": characters}


def _was_short() -> bool:
    """Whether the process has come near its limit of address space.

    The kernel's own figure: the largest resident size of `getrusage` is that of the process we were
    started by, if that was larger.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return False
    lines = status.read_text().splitlines()
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmPeak:")]  # kilobytes
    return max(peaks, default=0) * 1024 > _SHORT_OF


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from: readers call a file broken when memory runs out in it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


if __name__ == "__main__":
    main(sys.argv[1])

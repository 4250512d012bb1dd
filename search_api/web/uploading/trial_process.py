"""May a file that somebody sent be read by this process? Another one reads it first, under limits."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import search_api
from search_api.shapes.upload_shapes import Refusal
from search_api.web.uploading import trial
from search_api.web.uploading.names import RefusedFileError

# Seconds on the clock: a machine that is busy with other things gives half its time.
MAX_WAIT_S: Final = 2 * trial.MAX_CPU_S
# Bytes. Two thousand ids of two hundred characters, each character as six.
MAX_ANSWER: Final = trial.MAX_REPORTS * 200 * 6 * 2
# What the process may know of ours: where programs and temporary files are, and the language.
_INHERITED: Final = frozenset(
    "PATH LD_LIBRARY_PATH LANG LC_ALL TMPDIR TEMP TMP SYSTEMROOT".split()  # noqa: SIM905
)
_MAX_LOGGED: Final = 2_000  # bytes of what the process says of its end
_MAX_REASON: Final = 1_000  # characters
_log = logging.getLogger("govsearch")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a file holds that could be read within the limits."""

    report_ids: tuple[str, ...]
    characters: int


def try_to_read(file: Path, wait_s: float = MAX_WAIT_S) -> Tried:
    """Read a file in a process of its own. Raises RefusedFileError, whatever becomes of it."""
    said, code, complaint = _run(file, wait_s)
    try:
        return _understood(json.loads(said))
    except (ValueError, KeyError, TypeError) as error:
        # Killed by a limit, or crashed in the middle; or it could not even start, which the log shows.
        _log.warning(
            "reading what was sent ended with code %d and %d bytes: %s", code, len(said), complaint
        )
        raise too_complex() from error


def too_complex() -> RefusedFileError:
    """The refusal of a file that takes too much memory or time."""
    detail = (
        f"file: reading it takes more than {trial.MAX_MEMORY / 1e9:g} GB of memory or "
        f"{trial.MAX_CPU_S} seconds; save it as plain text, or split it"
    )
    return RefusedFileError(Refusal.TOO_COMPLEX, detail)


def unreadable(reason: str) -> RefusedFileError:
    """The refusal of a file that is no report, for a reading library's reason."""
    # It may quote what is in the file, halves of characters too.
    told = reason[:_MAX_REASON].encode(errors="replace").decode()
    return RefusedFileError(Refusal.UNREADABLE, f"file: {told}", told)


def _understood(answer: dict[str, Any]) -> Tried:
    if "report_ids" in answer:
        return Tried(tuple(map(str, answer["report_ids"])), int(answer["characters"]))
    if "unreadable" in answer:
        raise unreadable(str(answer["unreadable"]))
    if "too_many_reports" in answer:
        found, most = int(answer["too_many_reports"]), trial.MAX_REPORTS
        detail = f"file: {found} reports in it; {most} is the limit of a table, split it"
        raise RefusedFileError(Refusal.TOO_MANY_REPORTS, detail, found=found, most=most)
    if "too_long" in answer:
        found, most = int(answer["too_long"]), trial.MAX_CHARACTERS
        detail = f"file: {found} characters in it; {most} is the limit, split it"
        raise RefusedFileError(Refusal.TOO_LONG, detail, found=found, most=most)
    raise too_complex()


def _run(file: Path, wait_s: float) -> tuple[bytes, int, str]:
    """What the process says, as far as it may, its exit code (negative: killed by a signal), and the
    end of its complaints.
    """
    # The folder that this code came from goes first, and -P keeps out the one we were started in.
    root = str(Path(search_api.__file__).parents[1])
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join([root, *filter(None, sys.path)])
    command = [sys.executable, "-P", "-X", "utf8", "-m", trial.__name__, str(file)]
    with (
        TemporaryFile() as complaints,
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        clock = threading.Timer(wait_s, process.kill)
        clock.start()
        try:
            said = process.stdout.read(MAX_ANSWER + 1) if process.stdout else b""
            if len(said) <= MAX_ANSWER:
                process.wait()
        finally:
            clock.cancel()
            process.kill()  # nothing happens to one that has ended
            code = process.wait()
        size = complaints.seek(0, os.SEEK_END)
        complaints.seek(max(0, size - _MAX_LOGGED))
        complaint = complaints.read().decode(errors="replace").strip()
    return said, code, complaint

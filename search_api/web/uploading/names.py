"""Under which name is an uploaded file kept, and when is a file refused?"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

from corpus.manifest import MANIFEST_NAMES
from corpus.readers import SUFFIXES
from search_api.shapes.upload_shapes import Refusal
from search_api.web.problems import ProblemError

# In bytes of UTF-8: file systems take 255. About eighty Chinese characters.
MAX_NAME_BYTES: Final = 240
FORMATS: Final = tuple(sorted(SUFFIXES))
# Names of devices on Windows, with any suffix: a folder that holds one can't be copied there.
_DEVICES: Final = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)))
)
# What Windows allows in no name; a colon there even opens a second, hidden file.
_REPLACED: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
# Nobody sees these: control characters, marks of direction, halves of characters, line ends.
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


_STATUS: Final = {
    Refusal.TOO_LARGE: 413,
    Refusal.ID_IN_USE: 409,
    Refusal.BUSY: 409,
    Refusal.CROWDED: 409,
    Refusal.DISK_FULL: 507,
    Refusal.NOT_WRITABLE: 507,
}
_SLUG: Final = {
    Refusal.TOO_LARGE: "too-large",
    Refusal.ID_IN_USE: "report-id-in-use",
    Refusal.BUSY: "index-busy",
    Refusal.CROWDED: "index-busy",
    Refusal.DISK_FULL: "disk-full",
    Refusal.NOT_WRITABLE: "not-writable",
}
# What passes by itself; indexing a report takes some seconds.
_LATER: Final = frozenset((Refusal.BUSY, Refusal.CROWDED))
_RETRY_AFTER_S: Final = 10


class RefusedFileError(ProblemError):
    """A file that is not taken. `said` is a reading library's own reason, `values` are for words."""

    def __init__(self, refusal: Refusal, detail: str, said: str = "", **values: str | int) -> None:
        super().__init__(
            _STATUS.get(refusal, 422),
            _SLUG.get(refusal, "unusable-file"),
            "File refused",
            detail,
            {"field": "file", "reason": refusal.value},
            {"Retry-After": str(_RETRY_AFTER_S)} if refusal in _LATER else None,
        )
        self.refusal = refusal
        self.said = said
        self.values = values


def safe_name(given: str) -> str:
    """The base name that a file is kept under; its stem becomes the report's id.

    Composed (NFC), without folders, unseen characters and what some systems can't have in a name.
    Raises RefusedFileError.
    """
    base = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in base if unicodedata.category(char) not in _UNSEEN)
    name = " ".join(seen.translate(_REPLACED).split()).rstrip(". ")
    if not name:
        raise RefusedFileError(Refusal.NO_NAME, "file: it has no name; give it one")
    if name.startswith((".", "~$")):
        raise RefusedFileError(
            Refusal.HIDDEN, f"file: {name} is a hidden file; send the report itself"
        )
    if name in MANIFEST_NAMES:
        detail = f"file: {name} describes the files of a folder and is no report"
        raise RefusedFileError(Refusal.MANIFEST, detail, name=name)
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(FORMATS)
        detail = f"file: {path.suffix or 'a file without a suffix'} is not read; known are {known}"
        raise RefusedFileError(Refusal.UNKNOWN_FORMAT, detail, known=known)
    if name.partition(".")[0].strip().upper() in _DEVICES:
        raise RefusedFileError(
            Refusal.RESERVED, f"file: the name {name} is reserved on Windows; choose another"
        )
    if len(name.encode()) > MAX_NAME_BYTES:
        detail = f"file: its name has more than {MAX_NAME_BYTES} bytes; shorten it"
        raise RefusedFileError(Refusal.LONG_NAME, detail, characters=MAX_NAME_BYTES // 3)
    return name

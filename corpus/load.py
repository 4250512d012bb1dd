"""Which files are reports, and how does one become a parsed report?"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from corpus.errors import GovsearchError, UnreadableFileError
from corpus.furniture import find_furniture
from corpus.manifest import MANIFEST_NAMES, ManifestEntry, read_manifest
from corpus.metadata import METADATA_VERSION, override, read_metadata
from corpus.parse import PARSER_VERSION, parse
from corpus.readers import SUFFIXES, read_documents
from corpus.report import Document, ParsedReport, Report
from corpus.report_ids import id_problem

TABLES = frozenset({".csv", ".jsonl"})
_EXPLAINING = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG", "NOTICE"})
_CHUNK = 1 << 20  # bytes hashed at a time
# Longer ones are cut, not refused: a title is shown beside every hit but tells no report from
# another, and what is that long is mostly a paragraph in the wrong column. Real ones stay under 100.
MAX_TITLE = 500


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of one report, or a table of reports. `name` is the path as the user gave it."""

    path: Path
    name: str
    override: ManifestEntry | None = None

    @property
    def report_id(self) -> str:
        """The report's id; the stem of a table's ids."""
        if self.override is not None and self.override.report_id:
            return self.override.report_id
        return unicodedata.normalize("NFC", self.path.stem)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The reports' files, sorted by name, and the files that are left out."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]


def discover(paths: Sequence[Path]) -> Discovery:
    """The reports among files and folders (read through to the bottom).

    Of two files with one report id both are left out, each naming the other. Hidden files,
    manifests and what explains a folder (README, LICENSE) are passed over; files of other formats
    and folders that can't be read are named as skipped.

    Raises GovsearchError if a path does not exist, a manifest is wrong or nothing is a report.
    """
    found: dict[Path, tuple[Path, Path]] = {}  # real path -> path as given, folder it was given by
    skipped: list[Skipped] = []
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file in _files(path, skipped):
            found.setdefault(file.resolve(), (file, root))
    manifests = _Manifests()
    files: list[SourceFile] = []
    for file, root in found.values():
        if file.suffix.lower() in SUFFIXES:
            files.append(SourceFile(file, str(file), manifests.entry(file, root)))
        else:
            known = ", ".join(sorted(SUFFIXES))
            what = file.suffix or "a file without a suffix"
            skipped.append(Skipped(str(file), f"{what} is not read; known formats are {known}"))
    kept, collided = _without_collisions(files)
    skipped.extend(collided)
    if not files:
        given = ", ".join(str(path) for path in paths) or "nothing"
        hint = f" ({len(skipped)} files of other formats)" if skipped else ""
        known = ", ".join(sorted(SUFFIXES))
        raise GovsearchError(f"{given}: no reports found{hint}; give files or folders with {known}")
    return Discovery(
        tuple(sorted(kept, key=lambda source: source.name)),
        tuple(sorted(skipped, key=lambda item: item.name)),
    )


def fingerprint(source: SourceFile) -> str:
    """SHA-256 over everything a report is made of: bytes, manifest entry, versions of the code.

    Raises UnreadableFileError if the file can't be read.
    """
    digest = hashlib.sha256()
    said = astuple(source.override) if source.override is not None else ()
    digest.update(repr((PARSER_VERSION, METADATA_VERSION, source.report_id, said)).encode())
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        reason = f"can't be read ({error.strerror or error}); is it still there and readable?"
        raise UnreadableFileError(source.name, reason) from error
    return digest.hexdigest()


def read(source: SourceFile) -> tuple[ParsedReport, ...]:
    """The reports of a file: one, or one for each row of a table.

    Raises UnreadableFileError naming the file (and the row) that is no report.
    """
    documents = read_documents(source.path)
    table = source.path.suffix.lower() in TABLES
    ids = [_report_id(source, document, table) for document in documents]
    rows: dict[str, int] = {}
    for row, report_id in enumerate(ids, start=1):
        if problem := id_problem(report_id):
            where = f"row {row}: " if table else ""
            raise UnreadableFileError(source.name, where + problem)
        first = rows.setdefault(report_id, row)
        if first < row:
            reason = f"rows {first} and {row} have one report_id, {report_id}"
            raise UnreadableFileError(source.name, f"{reason}; give each row its own")
    return tuple(
        _parsed(source, document, report_id)
        for document, report_id in zip(documents, ids, strict=True)
    )


def _files(path: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """The visible files at or under `path`, sorted; each folder once, also with looping links.

    Folders that can't be read are added to `skipped`.
    """

    def unreadable(error: OSError) -> None:
        reason = f"the folder can't be read ({error.strerror}); check its rights"
        skipped.append(Skipped(str(error.filename), reason))

    if path.is_file():
        yield path
        return
    if not path.is_dir():
        problem = "is no regular file" if path.exists() else "no such file or folder"
        raise GovsearchError(f"{path}: {problem}; check the path")
    visited: set[Path] = set()
    for folder, folders, names in os.walk(path, followlinks=True, onerror=unreadable):
        real = Path(folder).resolve()
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            file = Path(folder, name)
            if _is_hidden(name) or name in MANIFEST_NAMES or _explains(name):
                continue
            if file.exists() and not file.is_file():  # opening a pipe would wait for ever
                skipped.append(Skipped(str(file), "it is no regular file (a pipe or a device)"))
                continue
            yield file


def _is_hidden(name: str) -> bool:
    """Also the lock files that Word and WPS leave beside an open document."""
    return name.startswith((".", "~$", ".~"))


def _explains(name: str) -> bool:
    """Whether the file is about its folder: README.md, LICENSE.txt."""
    return Path(name).stem.upper() in _EXPLAINING


class _Manifests:
    """The manifests of folders, each read once."""

    def __init__(self) -> None:
        self._read: dict[Path, dict[str, ManifestEntry]] = {}

    def entry(self, file: Path, root: Path) -> ManifestEntry | None:
        """What the nearest manifest says, from the file's own folder up to the folder given."""
        for folder in file.parents:
            if folder not in self._read:
                self._read[folder] = read_manifest(folder)
            entry = self._read[folder].get(file.relative_to(folder).as_posix())
            if entry is not None or folder == root:
                return entry
        return None


def _without_collisions(files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[Skipped]]:
    by_id: dict[str, list[SourceFile]] = {}
    for source in files:
        by_id.setdefault(source.report_id, []).append(source)
    kept = [group[0] for group in by_id.values() if len(group) == 1]
    skipped = []
    for report_id, group in by_id.items():
        for source in group if len(group) > 1 else ():
            others = " and ".join(other.name for other in group if other is not source)
            reason = (
                f"the report id {report_id} is also that of {others}; rename one of the files, or "
                "give them a report_id each in a manifest.csv (columns file, report_id)"
            )
            skipped.append(Skipped(source.name, reason))
    return kept, skipped


def _report_id(source: SourceFile, document: Document, table: bool) -> str:
    if not table:  # a page's own id would make collisions that discover can't see
        return source.report_id
    own = document.fields.get("report_id", "")
    stem = unicodedata.normalize("NFC", source.path.stem)
    prefix = f"{stem}-"
    if source.report_id != stem and own.startswith(prefix):  # numbered by the reader
        return f"{source.report_id}-{own.removeprefix(prefix)}"
    return own


def _parsed(source: SourceFile, document: Document, report_id: str) -> ParsedReport:
    text = document.text
    if not text.strip():
        raise UnreadableFileError(source.name, "no text in it; is it a scan or an empty page?")
    furniture = find_furniture(text, document.hints)
    metadata = read_metadata(text, furniture, stem=source.path.stem, fields=document.fields)
    if source.override is not None:
        metadata = override(metadata, source.override.overrides())
    if len(metadata.title) > MAX_TITLE:
        metadata = replace(metadata, title=metadata.title[: MAX_TITLE - 1] + "…")
    return parse(
        Report(
            report_id=report_id,
            text=text,
            metadata=metadata,
            source=source.name,
            furniture=furniture,
            hints=document.hints,
            page_starts=document.page_starts,
        )
    )

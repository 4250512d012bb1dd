"""What does a manifest beside the files say about them?

`manifest.csv` or `manifest.jsonl` in a folder names files of that folder (or below it) and overrides
what would be read from their text: report_id, title, region, year, kind, issuer, date, url.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

from corpus.dates import iso_date, plain_year
from corpus.errors import GovsearchError
from corpus.kinds import kind_named
from corpus.readers.decoding import decode
from corpus.readers.field_names import field_of
from corpus.report_ids import id_problem

MANIFEST_NAMES = ("manifest.csv", "manifest.jsonl")
FILE_COLUMNS = ("file", "filename", "path", "文件", "文件名", "路径")


class ManifestError(GovsearchError):
    """A manifest that can't be used; names the file, the line and the field."""

    def __init__(self, path: Path, line: int, field: str, problem: str) -> None:
        where = f"{path}, line {line}" + (f", {field}" if field else "")
        super().__init__(f"{where}: {problem}")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of one file. Empty text: nothing said."""

    file: str
    report_id: str = ""
    title: str = ""
    region: str = ""
    year: str = ""
    kind: str = ""
    issuer: str = ""
    date: str = ""
    url: str = ""

    def overrides(self) -> dict[str, str]:
        """The fields that are said, without `file` and `report_id`."""
        names = (item.name for item in fields(self) if item.name not in ("file", "report_id"))
        return {name: value for name in names if (value := str(getattr(self, name)))}


COLUMNS = tuple(item.name for item in fields(ManifestEntry))


def read_manifest(folder: Path) -> dict[str, ManifestEntry]:
    """The entries of a folder's manifest by file (relative to `folder`, with /); empty without one.

    Raises ManifestError for unknown columns, files that don't exist, bad values and duplicates.
    """
    present = [folder / name for name in MANIFEST_NAMES if (folder / name).is_file()]
    if not present:
        return {}
    if len(present) > 1:
        raise GovsearchError(f"{present[0]} and {present[1]}: two manifests; keep one of them")
    path = present[0]
    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise GovsearchError(f"{path}: can't be read ({error.strerror or error})") from error
    rows = _csv_rows(path, text) if path.suffix == ".csv" else _json_rows(path, text)
    entries: dict[str, ManifestEntry] = {}
    lines: dict[str, int] = {}
    ids: dict[str, int] = {}
    for line, row in rows:
        entry = _entry(path, line, row)
        _check_new(path, line, "file", entry.file, lines)
        if entry.report_id:
            if problem := id_problem(entry.report_id):
                raise ManifestError(path, line, "report_id", problem)
            _check_new(path, line, "report_id", entry.report_id, ids)
        entries[entry.file] = entry
    return entries


def _check_new(path: Path, line: int, field: str, value: str, seen: dict[str, int]) -> None:
    if value in seen:
        problem = f"{value} was already named on line {seen[value]}; keep one of the two"
        raise ManifestError(path, line, field, problem)
    seen[value] = line


def _column(name: str) -> str | None:
    cleaned = "".join(name.split()).lower()
    field = "file" if cleaned in FILE_COLUMNS else field_of(cleaned)
    return field if field in COLUMNS else None


def _columns(path: Path, line: int, names: Iterable[str]) -> list[str]:
    columns: list[str] = []
    for name in names:
        column = _column(name)
        if column is None:
            known = ", ".join(COLUMNS)
            raise ManifestError(path, line, repr(name), f"unknown column; known are {known}")
        if column in columns:
            raise ManifestError(path, line, repr(name), f"a second column for {column}; keep one")
        columns.append(column)
    if "file" not in columns:
        raise ManifestError(path, line, "", "no column `file`; name the file of each row in it")
    return columns


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(path, line, (cell.strip() for cell in cells))
                continue
            if len(cells) > len(columns):
                problem = f"{len(cells)} cells for {len(columns)} columns; quote cells with commas"
                raise ManifestError(path, line, "", problem)
            yield line, dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    except csv.Error as error:
        problem = f"not a row of csv ({error}); check the quotes"
        raise ManifestError(path, reader.line_num, "", problem) from error


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for line, source in enumerate(text.split("\n"), start=1):
        if not source.strip():
            continue
        try:
            row = json.loads(source)
        except (ValueError, RecursionError) as error:
            problem = f"not JSON ({error}); write one object a line"
            raise ManifestError(path, line, "", problem) from error
        if not isinstance(row, dict):
            problem = 'not an object; write {"file": "…", "title": "…"}'
            raise ManifestError(path, line, "", problem)
        columns = _columns(path, line, row)
        for column, value in zip(columns, row.values(), strict=True):
            if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
                problem = f"wanted text, got {type(value).__name__}"
                raise ManifestError(path, line, column, problem)
        values = ("" if value is None else str(value).strip() for value in row.values())
        yield line, dict(zip(columns, values, strict=True))


def _entry(path: Path, line: int, row: Mapping[str, str]) -> ManifestEntry:
    name = row.get("file", "").replace("\\", "/")
    if not name:
        raise ManifestError(path, line, "file", "empty; name the file")
    file = PurePosixPath(name)
    if file.is_absolute() or ".." in file.parts:
        problem = f"{name} is not in the manifest's folder; name files relative to it"
        raise ManifestError(path, line, "file", problem)
    if not (path.parent / file).is_file():
        problem = f"{name} does not exist in {path.parent}; correct the name or remove the row"
        raise ManifestError(path, line, "file", problem)
    if row.get("year") and plain_year(row["year"]) is None:
        problem = f"{row['year']!r} is no year; write four digits, such as 2026"
        raise ManifestError(path, line, "year", problem)
    if row.get("kind") and kind_named(row["kind"]) is None:
        problem = f"{row['kind']!r} is no kind; known are work_report, rule_of_law, bulletin, other"
        raise ManifestError(path, line, "kind", problem)
    if row.get("date") and not iso_date(row["date"]):
        problem = f"{row['date']!r} is no date; write 2026-02-12, 2026-02 or 2026"
        raise ManifestError(path, line, "date", problem)
    return ManifestEntry(**{**row, "file": str(file)})

"""How does a table of reports (csv, jsonl) become documents? One report a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from corpus.errors import UnreadableFileError
from corpus.readers.decoding import decode, normalise
from corpus.readers.field_names import FIELDS, field_of
from corpus.report import Document
from corpus.report_ids import id_problem

# A report is one field; csv refuses fields over 128 KB unless told otherwise.
_FIELD_LIMIT = 1 << 30
_DELIMITERS = ",\t;"


def read(data: bytes, path: str) -> list[Document]:
    """The documents of a table, in the order of its rows.

    `fields["report_id"]` is the row's own, or the file's stem and the row's number. Raises
    UnreadableFileError naming line and column.
    """
    text = decode(data, path)
    is_jsonl = PurePath(path).suffix.lower() == ".jsonl"
    rows = _json_rows(text, path) if is_jsonl else _csv_rows(text, path)
    documents: list[Document] = []
    line_of: dict[str, int] = {}
    for number, (line, fields) in enumerate(rows, start=1):
        body = fields.pop("text", "")
        if not body.strip():
            raise UnreadableFileError(
                path, f"line {line}: the text of the report is empty; fill it in or remove the row"
            )
        report_id = fields.setdefault("report_id", f"{PurePath(path).stem}-{number}")
        if problem := id_problem(report_id):
            raise UnreadableFileError(path, f"line {line}: {problem}")
        if report_id in line_of:
            raise UnreadableFileError(
                path,
                f"line {line}: the id {report_id} is already that of line {line_of[report_id]}; "
                "give every report its own id",
            )
        line_of[report_id] = line
        documents.append(Document(body, fields=fields))
    if not documents:
        raise UnreadableFileError(path, "the table has no rows; add one report a row")
    return documents


def _csv_rows(text: str, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)  # the first of equals: the comma
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns: list[str] = []
        fields: list[str | None] = []
        line = 1
        for cells in reader:
            # csv counts the last line of a row; a person looks for the first.
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip() for cell in cells]
                fields = _csv_fields(columns, path)
                continue
            if len(cells) != len(columns):
                where = columns[len(cells)] if len(cells) < len(columns) else cells[len(columns)]
                raise UnreadableFileError(
                    path,
                    f"line {first}: {len(cells)} cells where the header has {len(columns)} columns "
                    f"(at {where[:20]!r}); put cells that hold commas or line breaks in quotes",
                )
            yield first, _values(zip(fields, cells, strict=True))
    except csv.Error as error:
        raise UnreadableFileError(
            path, f"line {reader.line_num}: not a valid csv row ({error}); check its quotes"
        ) from error


def _csv_fields(columns: list[str], path: str) -> list[str | None]:
    fields = [field_of(column) for column in columns]
    _require_text(fields, columns, path)
    return fields


def _require_text(fields: list[str | None], columns: list[str], path: str, where: str = "") -> None:
    for field in FIELDS:
        named = [c for c, f in zip(columns, fields, strict=True) if f == field]
        if len(named) > 1:
            raise UnreadableFileError(
                path, f"{where}the columns {' and '.join(named)} both mean {field}; keep one"
            )
        if field == "text" and not named:
            raise UnreadableFileError(
                path,
                f"{where}no column holds the text; name it text, content, 正文 or 内容 "
                f"(found: {', '.join(columns) or 'none'})",
            )


def _values(cells: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for field, cell in cells:
        value = cell if field == "text" else cell.strip()
        if field is not None and value:
            values[field] = value
    return values


def _json_rows(text: str, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    for line, source in enumerate(text.split("\n"), start=1):
        if not source.strip():
            continue
        try:
            row = json.loads(source)
        except json.JSONDecodeError as error:
            raise UnreadableFileError(
                path,
                f"line {line}, column {error.colno}: not valid JSON ({error.msg}); "
                "write one object a line",
            ) from error
        except (ValueError, RecursionError) as error:
            raise UnreadableFileError(
                path, f"line {line}: not JSON a report can be read from ({error})"
            ) from error
        if not isinstance(row, dict):
            raise UnreadableFileError(
                path, f'line {line}: not an object; write {{"text": "…", "title": "…"}}'
            )
        columns = list(row)
        fields = [field_of(column) for column in columns]
        _require_text(fields, columns, path, f"line {line}: ")
        cells = [
            (field, _json_text(value, column, path, line))
            for (column, value), field in zip(row.items(), fields, strict=True)
            if field is not None
        ]
        yield line, _values(cells)


def _json_text(value: object, column: str, path: str, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise UnreadableFileError(
        path, f"line {line}, column {column}: wanted text, found {type(value).__name__}"
    )

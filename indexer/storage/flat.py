"""Frozen dataclasses as rows of columns and back, as their fields say: a field that is added has a column.

A dataclass inside another one lies in columns of its own, named after both (`sentence_start`); one that may be
None has None in all of them. Rows are read column by column, a third faster than row by row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from hashlib import blake2b
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

# As the store gives it (which knows the tables, and they these columns).
Row = tuple[Any, ...]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `type` as SQLite calls it; without `NOT NULL` it may be empty."""

    name: str
    type: str

    @property
    def sql(self) -> str:
        """How a table declares it; the name is quoted, for a field may be called as a word of SQL."""
        return f'"{self.name}" {self.type}'


# Any: a value of whichever type a field has.
@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type lie in columns.

    `write` gives one value's cells; `read` takes all cells of each column and gives all values.
    """

    columns: tuple[Column, ...]
    write: Callable[[Any], Sequence[object]]
    read: Callable[[Sequence[Sequence[Any]]], Sequence[Any]]


class Flat(Generic[Record]):
    """Columns for a dataclass. Raises TypeError for one with a field of a type that has no column."""

    def __init__(self, kind: type[Record]) -> None:
        self._form = _form(kind, "")
        self.columns = self._form.columns
        # Changes with every field that is added, dropped, renamed, moved or given another type.
        declared = "\n".join(column.sql for column in self.columns)
        self.shape = blake2b(declared.encode(), digest_size=4).hexdigest()

    def row(self, record: Record) -> Row:
        """A record's values, in the order of the columns."""
        return tuple(self._form.write(record))

    def records(self, rows: Iterable[Row]) -> tuple[Record, ...]:
        """The records of such rows. Raises ValueError or KeyError for what `row` never gives."""
        columns = list(zip(*rows, strict=True))
        return tuple(self._form.read(columns)) if columns else ()


def _form(kind: Any, name: str) -> _Form:
    if isinstance(kind, UnionType):
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        return _optional(_form(inner, name), name)
    if get_origin(kind) is tuple:
        return _several(kind, name)
    if isinstance(kind, type):
        if is_dataclass(kind):
            return _record(kind, name)
        if issubclass(kind, StrEnum):
            # Calling an enumeration takes five times as long as looking its member up.
            members = {member.value: member for member in kind}
            return _single(name, "TEXT", lambda value: value.value, members.__getitem__)
        if kind is bool:
            return _single(name, "INTEGER", int, bool)
        if kind is Decimal:
            return _single(name, "TEXT", str, Decimal)  # exact, as it was written
        if kind in (int, str):
            columns = (Column(name, f"{'INTEGER' if kind is int else 'TEXT'} NOT NULL"),)
            return _Form(columns, lambda value: (value,), lambda cells: cells[0])
    raise TypeError(f"{name}: there is no column for {kind}")


def _single(
    name: str, column: str, write: Callable[[Any], object], read: Callable[[Any], Any]
) -> _Form:
    columns = (Column(name, f"{column} NOT NULL"),)
    return _Form(columns, lambda value: (write(value),), lambda cells: list(map(read, cells[0])))


def _record(kind: type[Any], name: str) -> _Form:
    types = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    parts = [_form(types[each], f"{name}_{each}" if name else each) for each in names]
    named = list(zip(names, parts, strict=True))

    def write(value: Any) -> list[object]:
        return [cell for each, part in named for cell in part.write(getattr(value, each))]

    def read(cells: Sequence[Sequence[Any]]) -> list[Any]:
        values: list[Sequence[Any]] = []
        start = 0
        for part in parts:
            end = start + len(part.columns)
            values.append(part.read(cells[start:end]))
            start = end
        return list(map(kind, *values))

    return _Form(tuple(column for part in parts for column in part.columns), write, read)


def _optional(form: _Form, name: str) -> _Form:
    """None has None in every column; the first column of anything else has a value."""
    width = len(form.columns)
    if not form.columns[0].type.endswith("NOT NULL"):
        raise TypeError(f"{name}: None can't be told from one whose first field is None")
    columns = tuple(Column(each.name, each.type.removesuffix(" NOT NULL")) for each in form.columns)

    def write(value: Any) -> Sequence[object]:
        return (None,) * width if value is None else form.write(value)

    def read(cells: Sequence[Sequence[Any]]) -> list[Any]:
        there = [number for number, cell in enumerate(cells[0]) if cell is not None]
        values: list[Any] = [None] * len(cells[0])
        chosen = [[column[number] for number in there] for column in cells]
        for number, value in zip(there, form.read(chosen), strict=True):
            values[number] = value
        return values

    return _Form(columns, write, read)


def _several(kind: Any, name: str) -> _Form:
    """A tuple of any length, as JSON in one column."""
    item, *rest = get_args(kind)
    if rest != [...]:
        raise TypeError(f"{name}: there is no column for {kind}")
    form = _form(item, name)

    def write(value: Any) -> object:
        rows = [list(form.write(each)) for each in value]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    def read(cell: str) -> Any:
        columns = list(zip(*json.loads(cell), strict=True))
        return tuple(form.read(columns)) if columns else ()

    return _single(name, "TEXT", write, read)

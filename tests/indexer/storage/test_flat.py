"""Statements come out of their columns as they went in, and so does whatever else a field may be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from corpus.statements.quantities import Quantity
from corpus.statements.statement import Aspect, Bound, Period, Sense, Source, Statement
from indexer.storage.flat import Flat

FLAT = Flat(Statement)
SAID = Statement(
    quantity=Quantity(
        Span(20, 23), Span(19, 25), Decimal("54"), Decimal("5.50"), "个", "count", False
    ),
    sentence=Span(12, 24),
    words="调整人民调解组织",
    clause="调整人民调解组织54个",
    aspect=Aspect.CHANGE,
    sign=-1,
    bound=Bound.AT_LEAST,
    sense=Sense.PLANNED,
    sense_sure=True,
    period=Period(2021, 2025, "H1", True),
    period_source=Source.HEADING,
)

# What SQLite and a report can hold: whole characters, numbers of 63 bits.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**62), 2**62)
st.register_type_strategy(str, texts)
st.register_type_strategy(int, numbers)
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))


@given(st.lists(st.from_type(Statement), max_size=4))
def test_any_statements_come_back(statements: list[Statement]) -> None:
    rows = [FLAT.row(each) for each in statements]
    assert all(len(row) == len(FLAT.columns) for row in rows)
    back = FLAT.records(rows)
    assert back == tuple(statements)
    # Decimals that are equal may be written otherwise: 5.50 is not 5.5.
    assert [str(each.quantity.low) for each in back] == [
        str(each.quantity.low) for each in statements
    ]
    assert [repr(each) for each in back] == [repr(each) for each in statements]


def test_a_statement_as_a_row() -> None:
    row = dict(zip((column.name for column in FLAT.columns), FLAT.row(SAID), strict=True))
    expected = {
        "quantity_span_start": 20,
        "quantity_span_end": 23,
        "quantity_low": "54",
        "quantity_high": "5.50",
        "quantity_unit": "个",
        "quantity_kind": "count",
        "quantity_arabic": 0,
        "sentence_start": 12,
        "sentence_end": 24,
        "words": "调整人民调解组织",
        "aspect": "change",
        "sign": -1,
        "bound": "at_least",
        "sense": "planned",
        "sense_sure": 1,
        "period_first": 2021,
        "period_last": 2025,
        "period_part": "H1",
        "period_point": 1,
        "period_source": "heading",
    }
    assert {name: row[name] for name in expected} == expected


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    spans: tuple[Span, ...] = ()
    rank: int | None = None


def test_tuples_and_what_may_be_missing() -> None:
    flat = Flat(Named)
    assert [column.sql for column in flat.columns] == [
        '"name" TEXT NOT NULL',
        '"spans" TEXT NOT NULL',
        '"rank" INTEGER',
    ]
    records = (Named("甲", (Span(1, 2), Span(3, 4))), Named("乙", (), 0))
    assert [flat.row(each) for each in records] == [
        ("甲", "[[1,2],[3,4]]", None),
        ("乙", "[]", 0),
    ]
    assert flat.records(map(flat.row, records)) == records
    assert flat.records([]) == ()


@dataclass(frozen=True, slots=True)
class Longer:
    name: str
    spans: tuple[Span, ...] = ()
    rank: int | None = None
    more: bool = False


def test_the_shape_changes_with_the_fields() -> None:
    assert Flat(Named).shape == Flat(Named).shape
    assert Flat(Named).shape != Flat(Longer).shape


@dataclass(frozen=True, slots=True)
class Unknown:
    spans: dict[str, Span]


@dataclass(frozen=True, slots=True)
class Pair:
    both: tuple[int, int]


@dataclass(frozen=True, slots=True)
class First:
    name: str | None


@dataclass(frozen=True, slots=True)
class Unclear:
    first: First | None


@pytest.mark.parametrize("kind", [Unknown, Pair, Unclear])
def test_fields_without_a_column_are_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError, match=r"spans|both|first"):
        Flat(kind)

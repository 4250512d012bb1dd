"""What do the cells of a table state? Each figure with its row's head, its column's and the table's caption.

A row of a table is one line whose cells are parted by tabs. What its columns are is told by the lines before
the first row with figures, what they are in by the caption, 单位：万元 or the column's head.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from corpus.report import Span
from corpus.statements.bound import bound_of
from corpus.statements.lexicon import pattern
from corpus.statements.period import Told, implied
from corpus.statements.quantities import Quantity, half_width, unit_named
from corpus.statements.sense import sense_of
from corpus.statements.statement import Aspect, Period, Scope, Sense, Source, Statement
from corpus.statements.stretch import period_of_words

TAB: Final = "\t"
_CELL: Final = re.compile(
    r"\s*(?P<sign>[-－−])?(?P<number>\d[\d,]*(?:\.\s?\d+)?)\s*(?P<unit>[%％‰]|[\u4e00-\u9fff/]{1,6}?)?"
    r"\s*(?:及?以[上下内]|左右|上下)?\s*\Z"
)
# A year heads a column, it fills no cell.
_YEAR: Final = "年"
# How many lines above its first row a table's heads and caption stand.
_HEADS: Final = 6


@dataclass(frozen=True, slots=True)
class TableHead:
    """What stands above the rows of a table: its caption, the heads of its columns from the last one back, and
    the unit that is said for all of it.
    """

    caption: str
    columns: tuple[str, ...]
    unit: str


def is_row(line: str) -> bool:
    """Whether a line is a row of cells with a figure in it."""
    cells = line.split(TAB)
    return len(cells) > 1 and any(_figure(cell) for cell in cells[1:])


def _figure(cell: str) -> re.Match[str] | None:
    """The figure that a cell is, alone or with a unit that is known; None if it is none."""
    match = _CELL.match(half_width(cell))
    if match is None or match["unit"] is None or match["unit"] in "%％‰":
        return match
    known = unit_named(match["unit"])[2] and not match["unit"].startswith(_YEAR)
    return match if known else None


def head_of(lines_before: Sequence[str], width: int, unit: str = "") -> TableHead:
    """The head of the table whose first row with figures stands right below these lines, the nearest last.

    `width`: how many cells that row has; `unit`: of the table before, which a table that runs over pages keeps.
    """
    near = list(lines_before[-_HEADS:])
    caption, first = "", 0
    for index, line in enumerate(near):
        named = pattern("table_unit").search(line)
        if named:
            unit = named["unit"]
        if TAB not in line and pattern("table_caption").search(line):
            caption, first = line.strip(), index + 1
    rows = [[cell.strip() for cell in line.split(TAB)] for line in near[first:] if TAB in line]
    return TableHead(caption, tuple(reversed(_columns(rows, width))), unit)


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The heads of the columns, from left to right. Two lines of heads belong together: the second stands under the
    last head of the first where that makes as many columns as there are cells (执行数: 金额, 占预算, 比上年).
    """
    if len(rows) > 1 and len(rows[-2]) + len(rows[-1]) - 1 == width and _is_below(rows):
        above, below = rows[-2], rows[-1]
        return [*above[:-1], *(f"{above[-1]}{each}" for each in below)]
    most = max((len(row) for row in rows), default=0)
    return [
        "".join(row[-place] for row in rows if len(row) >= place) for place in range(most, 0, -1)
    ]


def _is_below(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second line of heads stands under the last one of the first, and not under all: a line of units
    does that (（亿元）, （%）), and one that is as long while nothing heads the names of the rows.
    """
    above, below = rows[-2], rows[-1]
    if all(pattern("head_unit").fullmatch(each) for each in below):
        return False
    return len(above) != len(below) or bool(pattern("stub_head").search(above[0]))


def row_statements(
    row: str, start: int, head: TableHead, headings: Sequence[str], told: Told
) -> list[Statement]:
    """The statements of a row that begins at `start` of its report's text."""
    made: list[Statement] = []
    cells = _cells(row)
    name = next((row[a:b].strip() for a, b in cells if not _figure(row[a:b])), "")
    name = pattern("row_number").sub("", name) or name
    for place, (begin, end) in enumerate(reversed(cells), start=1):
        match = _figure(row[begin:end])
        if match is None or place == len(cells):
            continue
        column = head.columns[place - 1] if place <= len(head.columns) else ""
        made.append(_cell(row, start, Span(begin, end), match, name, column, head, headings, told))
    return list(reversed(made))


def _cell(
    row: str,
    start: int,
    cell: Span,
    match: re.Match[str],
    name: str,
    column: str,
    head: TableHead,
    headings: Sequence[str],
    told: Told,
) -> Statement:
    named = pattern("head_unit").search(column) or pattern("head_unit").search(head.caption)
    written = match["unit"] or (named["unit"] if named else "") or head.unit
    change = bool(pattern("change_head").search(column))
    share = bool(pattern("share_head").search(column)) and not change
    if change and not match["unit"] and not (named and "%" in half_width(named["unit"])):
        written = written if written in ("%", "％") else "%"
    times, unit, kind = unit_named(written)
    value = Decimal(match["number"].replace(",", "").replace(" ", ""))
    low = (-value if match["sign"] and not change else value) * times
    span = Span(
        start + cell.start + match.start("sign" if match["sign"] else "number"),
        start + cell.start + match.end("unit" if match["unit"] else "number"),
    )
    quantity = Quantity(span, span, low, low, unit, kind)
    words = f"{name}{pattern('head_unit').sub('', column)}"
    # 预算数 of a table of 执行情况: what its own column says comes first.
    sense = sense_of((), column, column)
    if sense.sense is not Sense.APPROVED:
        sense = sense_of(tuple(headings), column, f"{head.caption}{column}")
    period, source = _period(column, head.caption, headings, told, sense.sense)
    # A table reports, unless something above it says otherwise.
    meant = sense.sense or Sense.DONE
    own = pattern("own_level").search(f"{head.caption}{name}")
    return Statement(
        quantity=quantity,
        sentence=Span(start, start + len(row)),
        words=words,
        clause=f"{head.caption}{words}",
        aspect=Aspect.CHANGE if change else Aspect.SHARE if share else Aspect.LEVEL,
        sign=0 if not change else -1 if match["sign"] else 1,
        bound=bound_of(half_width(row), quantity, start),
        sense=meant,
        sense_sure=sense.sure,
        period=period,
        period_source=source,
        scope=Scope.OWN_LEVEL if own else Scope.OPEN,
        component=bool(pattern("component").search(name)),
    )


def _period(
    column: str, caption: str, headings: Sequence[str], told: Told, sense: Sense | None
) -> tuple[Period | None, Source]:
    for text in (column, caption, *reversed(headings)):
        period = period_of_words(text, told)
        if period is not None:
            return period, Source.HEADING if text in headings else Source.SENTENCE
    return implied(told, sense or Sense.DONE), Source.REPORT


def _cells(row: str) -> list[tuple[int, int]]:
    cuts = [-1, *(m.start() for m in re.finditer(TAB, row)), len(row)]
    return [(before + 1, behind) for before, behind in itertools.pairwise(cuts)]

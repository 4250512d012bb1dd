"""A comparison as an Excel workbook: the only module that imports openpyxl."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from corpus.report import Citation
from search_api.comparing.export.amounts import change_text, scale_of
from search_api.comparing.export.axis import text_width
from search_api.comparing.export.labels import (
    bound_label,
    coverage,
    labels,
    relation_label,
    status_label,
)
from search_api.comparing.export.parts import (
    Cell,
    heading_path,
    is_formula_like,
    name_of,
    record,
    report_names,
)
from search_api.comparing.export.plot import LEAST, drawn
from search_api.comparing.types import Comparison, Row, Status, TopicKind
from search_api.comparing.wording_types import Revision, WordingComparison
from search_api.retrieval.question import Language

# What Excel takes in a cell, in UTF-16 units.
CELL_LIMIT: Final = 32_767
# What XML 1.0 has no way to write. Of these, vertical tab and form feed part words.
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARTING: Final = re.compile(r"[\x0b\x0c]")
# Excel decodes _x0041_ in a text to A, so that one standing there is written as an escape itself.
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# What people read stands first, and is what is printed; then what they sort and filter by.
_READ: Final = ("region", "year", "status", "value", "quote", "heading_path", "start", "end")
_OF_KIND: Final[Mapping[TopicKind, tuple[str, ...]]] = {
    TopicKind.FIGURE: ("low", "high", "unit", "bound", "comparable", "outlier"),
    TopicKind.THEME: ("mentions",),
    TopicKind.PASSAGE: ("relation", "similarity"),
}
_LAST: Final = (
    "confidence",
    "reason",
    "nearest_quote",
    "nearest_start",
    "nearest_end",
    "title",
    "report_id",
    "source",
    "page",
)
# Widths in characters of the default font; all others are as wide as a number.
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("quote", "nearest_quote", "before", "after", "typical"), 60),
    **dict.fromkeys(("title", "heading_path", "figure_changes", "phrases", "source", "about"), 32),
    **dict.fromkeys(("report", "report_id", "earlier", "later", "reason", "relation"), 22),
    **dict.fromkeys(("region", "value"), 16),
}
_WIDTH: Final = 11
_HEADER: Final = PatternFill("solid", fgColor="DCE6F1")
_SILENT: Final = PatternFill("solid", fgColor="FDF3E1")
_OUTLIER: Final = PatternFill("solid", fgColor="FADBD8")
_BARS: Final = ("1F5FA8", "A9C6E8")  # up to the lower end, and on to the upper one, as on the page
# Points a line takes, and the most Excel gives a row; pixels of one unit of a column's width, less
# than it is, as lines are broken at words and not where they are full.
_LINE, _TALLEST, _CHARACTER = 15.0, 409.0, 5.8
# Height of the chart: room for the axis, and so much a bar.
_CHART_WIDTH, _CHART_FRAME, _CHART_BAR = 20, 3, 0.6  # cm


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a sheet with its tint."""

    cells: Sequence[Cell]
    fill: PatternFill | None = None


def comparison_xlsx(comparison: Comparison, wording: WordingComparison | None = None) -> bytes:
    """The table, its citations, a chart of the figures, what was compared, and the wordings.

    Texts are texts, also those that look like formulas; figures are numbers.
    """
    language = comparison.topic.language
    words = labels(language)
    book = Workbook()
    table = book.worksheets[0]
    table.title = words["table"]
    kind = comparison.topic.kind
    read = tuple(name for name in _READ if name != "value" or kind is TopicKind.FIGURE)
    columns = (*read, *_OF_KIND[kind], *_LAST)
    _fill(table, columns, (_line(row, columns, language) for row in comparison.rows), language)
    # Whose row it is stays in sight when one reads to the right.
    table.freeze_panes = "C2"
    table.print_area = f"A1:{get_column_letter(len(read))}{table.max_row}"
    _fill(
        book.create_sheet(words["citations"]),
        ("report", "report_id", "what", "start", "end", "quote", "heading_path", "page", "source"),
        _citations(comparison.rows, language),
        language,
    )
    if len(drawn(comparison)) >= LEAST:
        _chart(book.create_sheet(words["figures"]), comparison)
    if wording is not None:
        _wording(book, wording, report_names(comparison, wording), language)
    _fill(book.create_sheet(words["about"]), ("topic", "about"), _about(comparison), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(row: Row, columns: Iterable[str], language: Language) -> _Line:
    words = labels(language)
    cells = record(row) | {
        "region": row.region or row.title or row.report_id,
        "status": status_label(row.status, language),
        "bound": bound_label(row.measured.bound, language) if row.measured else None,
        "relation": relation_label(row.relation, language) if row.relation else None,
    }
    for name in ("comparable", "outlier"):
        value = cells[name]
        cells[name] = None if value is None else words["yes" if value else "no"]
    outlier = row.measured is not None and row.measured.outlier
    fill = _SILENT if not row.stated else _OUTLIER if outlier else None
    return _Line([cells[name] for name in columns], fill)


def _citations(rows: Iterable[Row], language: Language) -> Iterator[_Line]:
    for row in rows:
        for citation, what, fill in (
            (row.citation, status_label(Status.STATED, language), None),
            (row.nearest, labels(language)["nearest_quote"], _SILENT),
        ):
            if citation is not None:
                yield _Line(
                    [
                        row.name,
                        citation.report_id,
                        what,
                        citation.start,
                        citation.end,
                        citation.quote,
                        heading_path(citation),
                        citation.page,
                        citation.source,
                    ],
                    fill,
                )


def _about(comparison: Comparison) -> Iterator[_Line]:
    words = labels(comparison.topic.language)
    yield _Line([words["topic"], comparison.topic.text])
    yield _Line([words["coverage"], coverage(comparison)])
    for notice in comparison.notices:
        yield _Line([words["notices"], notice])
    yield _Line([words["characters"], words["offsets_note"]])


def _chart(sheet: Worksheet, comparison: Comparison) -> None:
    """The comparable figures and a bar chart of them: charts want their data in one block."""
    language = comparison.topic.language
    words = labels(language)
    rows = [
        (row.name, row.measured)
        for row in comparison.rows
        if row.measured and row.measured.comparable
    ]
    ends = [end for _, each in rows for end in (each.low, each.high)]
    scale = scale_of(ends, rows[0][1].unit, language)
    ranges = any(each.low != each.high for _, each in rows)
    lines = [
        _Line(
            [
                name,
                scale.of(each.low),
                *([scale.of(each.high) if each.low != each.high else None] if ranges else []),
            ]
        )
        for name, each in rows
    ]
    columns = ("report", "low", "high") if ranges else ("report", "figure")
    unit = f" ({scale.unit})" if scale.unit else ""
    heads = {name: words[name] + unit for name in columns if name != "report"}
    _fill(sheet, columns, lines, language, heads)
    chart = BarChart()
    chart.type = "bar"
    chart.title = _legal(comparison.topic.text)
    chart.style = 10
    last = len(lines) + 1
    # Backwards, so that the lower end of a range is drawn over its upper one.
    for column in range(len(columns), 1, -1):
        data = Reference(sheet, min_col=column, min_row=1, max_row=last)
        chart.add_data(data, titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = _BARS[column - 2]
    # Below 0 the upper end would be hidden.
    chart.overlap = 100 if min(ends) >= 0 else 0
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    # Excel draws bars from the bottom up; the table goes from the top down.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    # openpyxl leaves it open whether there are axes, and Excel then draws none.
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.title = scale.unit or None
    chart.gapWidth = 40
    if not ranges:
        chart.legend = None
    chart.width = _CHART_WIDTH
    chart.height = _CHART_FRAME + round(_CHART_BAR * len(lines))
    sheet.add_chart(chart, "E2")


def _wording(
    book: Workbook, wording: WordingComparison, names: Mapping[str, str], language: Language
) -> None:
    words = labels(language)
    cited = ("report", "quote", "heading_path", "start", "end", "report_id")
    _fill(
        book.create_sheet(words["groups"]),
        ("group", "group_reports", "group_of", "relation", "similarity", *cited),
        (
            _Line(
                [
                    number,
                    group.reports,
                    group.of,
                    words["typical"]
                    if at == group.typical
                    else relation_label(member.likeness.relation, language),
                    round(member.likeness.similarity, 3),
                    *_cited(member.citation),
                ]
            )
            for number, group in enumerate(wording.groups, start=1)
            for at, member in enumerate(group.members)
        ),
        language,
    )
    _fill(
        book.create_sheet(words["particular"]),
        ("phrases", "similarity", *cited),
        (
            _Line(["\n".join(each.phrases), round(each.similarity, 3), *_cited(each.citation)])
            for each in wording.particular
        ),
        language,
    )
    _fill(
        book.create_sheet(words["changes"]),
        (
            "region",
            "earlier",
            "later",
            "change",
            "before",
            "after",
            "figure_changes",
            "similarity",
            "before_start",
            "before_end",
            "after_start",
            "after_end",
        ),
        (line for each in wording.revisions for line in _revision(each, names, language)),
        language,
    )


def _revision(revision: Revision, names: Mapping[str, str], language: Language) -> Iterator[_Line]:
    words = labels(language)
    whose = [revision.region, names[revision.earlier], names[revision.later]]
    for changed in revision.changed:
        before, after = changed.before, changed.after
        figures = "\n".join(change_text(each, language) for each in changed.figures)
        similarity = round(changed.likeness.similarity, 3)
        yield _Line(
            [
                *(*whose, words["changed"], before.quote, after.quote),
                *(figures or None, similarity),
                *(before.start, before.end, after.start, after.end),
            ]
        )
    for each in revision.new:
        cells = [None, each.quote, None, None, None, None, each.start, each.end]
        yield _Line([*whose, words["new"], *cells])
    for each in revision.dropped:
        cells = [each.quote, None, None, None, each.start, each.end, None, None]
        yield _Line([*whose, words["dropped"], *cells])


def _cited(citation: Citation) -> list[Cell]:
    path = heading_path(citation)
    return [
        name_of(citation),
        citation.quote,
        path,
        citation.start,
        citation.end,
        citation.report_id,
    ]


def _fill(
    sheet: Worksheet,
    columns: Sequence[str],
    lines: Iterable[_Line],
    language: Language,
    heads: Mapping[str, str] | None = None,
) -> None:
    """A table under a header that stays in sight, with filters."""
    words = labels(language)
    widths = [_WIDTHS.get(name, _WIDTH) for name in columns]
    header: list[SheetCell] = []
    for number, name in enumerate(columns, start=1):
        cell = _cell(sheet, (heads or {}).get(name, words[name]))
        cell.font = Font(bold=True)
        cell.fill = _HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        header.append(cell)
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    sheet.append(header)
    for line in lines:
        cells = [_cell(sheet, value) for value in line.cells]
        for cell, value in zip(cells, line.cells, strict=True):
            # Numbers beside a quote of many lines are read at its top.
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if line.fill is not None:
                cell.fill = line.fill
        sheet.append(cells)
        sheet.row_dimensions[sheet.max_row].height = _height(cells, widths)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _cell(sheet: Worksheet, value: Cell) -> SheetCell:
    cell = SheetCell(sheet, row=1, column=1)  # append gives it its place
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = _ESCAPE_LIKE.sub("_x005F_", _within_limit(_legal(value)))
    if not text:
        return cell
    cell.value = text
    # openpyxl would take =… for a formula and #N/A for an error.
    cell.data_type = "s"
    if is_formula_like(text):
        # Else it would become a formula when somebody edits the cell.
        cell.quotePrefix = True
    return cell


def _height(cells: Iterable[SheetCell], widths: Iterable[int]) -> float:
    """Height that shows all lines of the longest cell: not every program finds it out itself."""
    lines = max(
        sum(
            max(1, math.ceil(text_width(line) / (width * _CHARACTER)))
            for line in str(cell.value or "").split("\n")
        )
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(_TALLEST, lines * _LINE)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", _PARTING.sub(" ", text))


def _within_limit(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    # Half of a character that takes two units is dropped.
    return units[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"

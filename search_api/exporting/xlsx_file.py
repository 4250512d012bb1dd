"""A comparison as an Excel workbook: the only module that imports openpyxl.

It says how a sheet looks. What stands in it: `xlsx_sheets.py`, `xlsx_wordings.py`, `xlsx_cells.py`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from search_api.comparing.comparison_types import Comparison
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.exporting.labels import labels
from search_api.exporting.parts import Cell, is_formula_like, report_names
from search_api.exporting.xlsx_cells import cell_text, legal, row_height
from search_api.exporting.xlsx_sheets import (
    FigureSheet,
    Sheet,
    Tint,
    about_sheet,
    citation_sheet,
    figure_sheet,
    read_columns,
    table_sheet,
)
from search_api.exporting.xlsx_wordings import wording_sheets
from search_api.questions.question import Language

# Widths in characters of the default font; all others are as wide as a number.
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("quote", "nearest_quote", "before", "after"), 60),
    **dict.fromkeys(
        ("title", "heading_path", "figure_changes", "phrase", "phrases", "source", "about"), 32
    ),
    **dict.fromkeys(("report", "report_id", "earlier", "later", "reason", "relation"), 22),
    **dict.fromkeys(("region", "value"), 16),
}
_WIDTH: Final = 11
_HEADER: Final = PatternFill("solid", fgColor="DCE6F1")
_FILLS: Final[Mapping[Tint, PatternFill]] = {
    Tint.SILENT: PatternFill("solid", fgColor="FDF3E1"),
    Tint.OUTLIER: PatternFill("solid", fgColor="FADBD8"),
}
_BARS: Final = ("1F5FA8", "A9C6E8")  # up to the lower end, and on to the upper one, as on the page
# Height of the chart: room for the axis, and so much a bar.
_CHART_WIDTH, _CHART_FRAME, _CHART_BAR = 20, 3, 0.6  # cm


def comparison_xlsx(comparison: Comparison, wording: WordingComparison | None = None) -> bytes:
    """The table, its citations, a chart of the figures, what was compared, and the wordings.

    Texts are texts, also those that look like formulas; figures are numbers.
    """
    language = comparison.topic.language
    book = Workbook()
    book.remove(book.worksheets[0])
    table = _add(book, table_sheet(comparison), language)
    # Whose row it is stays in sight when one reads to the right.
    table.freeze_panes = "C2"
    last = get_column_letter(len(read_columns(comparison.topic.kind)))
    table.print_area = f"A1:{last}{table.max_row}"
    _add(book, citation_sheet(comparison), language)
    figures = figure_sheet(comparison)
    if figures is not None:
        _chart(_add(book, figures.sheet, language), figures, comparison.topic.text)
    if wording is not None:
        for each in wording_sheets(wording, report_names(comparison, wording), language):
            _add(book, each, language)
    _add(book, about_sheet(comparison), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add(book: Workbook, content: Sheet, language: Language) -> Worksheet:
    """A sheet with a table under a header that stays in sight, with filters."""
    sheet: Worksheet = book.create_sheet(content.title)
    words = labels(language)
    widths = [_WIDTHS.get(name, _WIDTH) for name in content.columns]
    header: list[SheetCell] = []
    for number, name in enumerate(content.columns, start=1):
        cell = _cell(sheet, content.heads.get(name, words[name]))
        cell.font = Font(bold=True)
        cell.fill = _HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        header.append(cell)
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    sheet.append(header)
    for line in content.lines:
        cells = [_cell(sheet, value) for value in line.cells]
        for cell, value in zip(cells, line.cells, strict=True):
            # Numbers beside a quote of many lines are read at its top.
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if line.tint is not None:
                cell.fill = _FILLS[line.tint]
        sheet.append(cells)
        height = row_height([cell.value for cell in cells], widths)
        sheet.row_dimensions[sheet.max_row].height = height
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return sheet


def _cell(sheet: Worksheet, value: Cell) -> SheetCell:
    cell = SheetCell(sheet, row=1, column=1)  # append gives it its place
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = cell_text(value)
    if not text:
        return cell
    cell.value = text
    # openpyxl would take =… for a formula and #N/A for an error.
    cell.data_type = "s"
    if is_formula_like(text):
        # Else it would become a formula when somebody edits the cell.
        cell.quotePrefix = True
    return cell


def _chart(sheet: Worksheet, figures: FigureSheet, title: str) -> None:
    """A bar chart of the figures beside them: charts want their data in one block."""
    columns = len(figures.sheet.columns)
    bars = len(figures.sheet.lines)
    chart = BarChart()
    chart.type = "bar"
    chart.title = legal(title)
    chart.style = 10
    last = bars + 1
    # Backwards, so that the lower end of a range is drawn over its upper one.
    for column in range(columns, 1, -1):
        data = Reference(sheet, min_col=column, min_row=1, max_row=last)
        chart.add_data(data, titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = _BARS[column - 2]
    # Below 0 the upper end would be hidden.
    chart.overlap = 0 if figures.below_zero else 100
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    # Excel draws bars from the bottom up; the table goes from the top down.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    # openpyxl leaves it open whether there are axes, and Excel then draws none.
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.title = figures.unit or None
    chart.gapWidth = 40
    if columns == 2:  # no ranges
        chart.legend = None
    chart.width = _CHART_WIDTH
    chart.height = _CHART_FRAME + round(_CHART_BAR * bars)
    sheet.add_chart(chart, "E2")

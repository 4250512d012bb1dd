"""Makes the two binary sample reports, the docx and the pdf, from their text.

Run it by hand after an edit of `sample_sources/` and commit what it writes:

    .venv/bin/python tests/tools/make_samples.py

A source has one paragraph a line, `MARK text`: T title, S line under the title, 1 2 3 heading of
that level (docx: numbered by Word, so the text has no number), P paragraph, A item of a list that
Word numbers, C caption of a table, R row of it with cells between `|`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

HERE = Path(__file__).parent
SOURCES = HERE / "sample_sources"
SAMPLES = HERE.parents[1] / "corpus" / "samples"

HEADING_NUMBERS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
ITEM_NUMBERS = (("decimal", "（%1）"),)

# A CID font every PDF reader supplies itself, so that no font has to be embedded.
PDF_FONT = "STSong-Light"


def read_source(path: Path) -> list[tuple[str, str]]:
    """(mark, text) of every paragraph."""
    return [
        (line[0], line[2:])
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _element(tag: str, value: str | None = None) -> Any:
    element = OxmlElement(tag)
    if value is not None:
        element.set(qn("w:val"), value)
    return element


def _add_numbering(
    document: Any, formats: tuple[tuple[str, str], ...], list_id: int, styles: tuple[str, ...] = ()
) -> None:
    """Adds an automatic numbering; level i belongs to paragraph style i where styles are given."""
    abstract = _element("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(list_id))
    abstract.append(_element("w:multiLevelType", "multilevel"))
    for index, (number_format, level_text) in enumerate(formats):
        level = _element("w:lvl")
        level.set(qn("w:ilvl"), str(index))
        level.append(_element("w:start", "1"))
        level.append(_element("w:numFmt", number_format))
        if styles:
            level.append(_element("w:pStyle", styles[index]))
        level.append(_element("w:suff", "nothing"))
        level.append(_element("w:lvlText", level_text))
        abstract.append(level)
    number = _element("w:num")
    number.set(qn("w:numId"), str(list_id))
    number.append(_element("w:abstractNumId", str(list_id)))
    root = document.part.numbering_part.element
    # The schema wants every abstractNum before the first num.
    root.insert(0, abstract)
    root.append(number)


def _number(properties: Any, list_id: int, level: int) -> None:
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = list_id


def _drop_thumbnail(document: Any) -> None:
    """python-docx's template carries a preview picture of another document."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]


def make_docx(paragraphs: list[tuple[str, str]], target: Path) -> None:
    """Heading styles numbered by Word, a numbered list, and a table."""
    document = docx.Document()
    document.core_properties.author = "govsearch"
    document.core_properties.title = paragraphs[0][1]
    document.core_properties.comments = ""
    _drop_thumbnail(document)
    heading_list, item_list = 90, 91
    names = tuple(f"Heading{level}" for level in (1, 2, 3))
    _add_numbering(document, HEADING_NUMBERS, heading_list, names)
    _add_numbering(document, ITEM_NUMBERS, item_list)
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"]
        _number(style.element.get_or_add_pPr(), heading_list, level - 1)

    table: Any = None
    for mark, text in paragraphs:
        if mark == "R":
            cells = text.split("|")
            if table is None:
                table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, value in zip(table.add_row().cells, cells, strict=True):
                cell.text = value
        elif mark in "123":
            document.add_paragraph(text, style=f"Heading {mark}")
        elif mark == "A":
            item = document.add_paragraph(text, style="List Paragraph")
            _number(item.paragraph_format.element.get_or_add_pPr(), item_list, 0)
        else:
            paragraph = document.add_paragraph(text, style="Title" if mark == "T" else "Normal")
            if mark in "TSC":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(target))


def make_pdf(paragraphs: list[tuple[str, str]], target: Path, running_head: str) -> None:
    """A4 pages as a press office prints them: running head above, `— 3 —` below."""
    pdfmetrics.registerFont(UnicodeCIDFont(PDF_FONT))
    body = ParagraphStyle(
        "body", fontName=PDF_FONT, fontSize=15, leading=26, wordWrap="CJK", firstLineIndent=30
    )
    heading = ParagraphStyle("heading", body, fontSize=17, leading=32)
    subtitle = ParagraphStyle("subtitle", body, alignment=TA_CENTER, firstLineIndent=0)
    title = ParagraphStyle("title", subtitle, fontSize=21, leading=40)
    styles = {"T": title, "S": subtitle, "1": heading, "2": heading, "P": body}

    def decorate(canvas: Any, _document: Any) -> None:
        canvas.setFont(PDF_FONT, 10)
        canvas.drawString(28 * mm, A4[1] - 18 * mm, running_head)
        canvas.drawCentredString(A4[0] / 2, 14 * mm, f"— {canvas.getPageNumber()} —")

    document = SimpleDocTemplate(
        str(target),
        pagesize=A4,
        leftMargin=28 * mm,
        rightMargin=28 * mm,
        topMargin=28 * mm,
        bottomMargin=26 * mm,
        title=paragraphs[0][1],
        author="govsearch",
        invariant=1,
    )
    story = [Paragraph(text, styles[mark]) for mark, text in paragraphs]
    document.build(story, onFirstPage=decorate, onLaterPages=decorate)


def main() -> None:
    """Writes both files into `corpus/samples/`."""
    make_docx(read_source(SOURCES / "云栎县-2025.txt"), SAMPLES / "云栎县-2025.docx")
    make_pdf(
        read_source(SOURCES / "白鹭洲区-2025.txt"),
        SAMPLES / "白鹭洲区-2025.pdf",
        "白鹭洲区第八届人民代表大会第五次会议文件（二）",
    )


if __name__ == "__main__":
    main()

"""How does a Word document become text? In reading order, with the numbers a person sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import UnreadableFileError
from corpus.readers.docx_numbering import Numbering, read_numbering
from corpus.readers.docx_package import (
    Package,
    attribute,
    child,
    children,
    integer,
    is_on,
    local,
    open_package,
    value_of,
)
from corpus.readers.lines import LineCollector, han_count, table_row
from corpus.report import Document, LineKind

_HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])")
_CONTENTS_NAME = re.compile(r"toc (?:heading|[1-9])|table of contents|目录 ?[1-9]?")
_BODY_TEXT_LEVEL = 9  # outlineLvl 9 is text
_TITLE_TAG = "{http://purl.org/dc/elements/1.1/}title"
# The title in a file's properties is often that of the file it was copied from: it counts only if
# it stands at the head of the text too.
_TITLE_WITHIN = 1000

# `Fallback` is a drawing once more, for old programs.
_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "sdtPr",
        "rt",
        "Fallback",
    }
)
_LETTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TRANSPARENT = frozenset({"sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice"})


def read(data: bytes, path: str) -> list[Document]:
    """The one document of a Word file; raises UnreadableFileError."""
    package = open_package(data, path)
    styles = _read_styles(package.styles)
    lists = {i: s.list_id for i, s in styles.items() if s.list_id}
    body = _Body(styles, read_numbering(package.numbering, lists))
    body.walk(child(package.document, "body"))
    body.end_paragraph()
    _append_notes(body, package)
    if not body.out.length:
        raise UnreadableFileError(
            path, "the Word document holds no text; if its pages are pictures, run OCR first"
        )
    return [Document(body.out.text, tuple(body.out.hints), fields=_fields(package, body.out.text))]


def _fields(package: Package, text: str) -> dict[str, str]:
    title = (
        "".join((package.core.findtext(_TITLE_TAG) or "").split())
        if package.core is not None
        else ""
    )
    confirmed = han_count(title) >= 4 and title in "".join(text[:_TITLE_WITHIN].split())
    return {"title": title} if confirmed else {}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int | None = None
    list_style: str = ""  # the style that names the list: a list's level may be bound to it


def _read_styles(root: etree._Element | None) -> dict[str, _Style]:
    elements = {attribute(e, "styleId"): e for e in children(root, "style")}
    return {style_id: _resolve(style_id, elements) for style_id in elements}


def _resolve(style_id: str, elements: dict[str, etree._Element]) -> _Style:
    """A style with what it inherits: the nearest ancestor that says something counts."""
    name = value_of(elements[style_id], "name").lower()
    outline: int | None = None
    list_id, list_style, list_level = "", "", None
    seen: set[str] = set()
    while style_id in elements and style_id not in seen:
        seen.add(style_id)
        properties = child(elements[style_id], "pPr")
        level = value_of(properties, "outlineLvl")
        if outline is None and level:
            outline = integer(level, _BODY_TEXT_LEVEL)
        heading = _HEADING_NAME.fullmatch(value_of(elements[style_id], "name").lower())
        if outline is None and heading:
            outline = int(heading[1]) - 1
        numbered = child(properties, "numPr")
        if numbered is not None:
            if list_level is None and value_of(numbered, "ilvl"):
                list_level = integer(value_of(numbered, "ilvl"), 0)
            if not list_id and value_of(numbered, "numId"):
                list_id, list_style = value_of(numbered, "numId"), style_id
        style_id = value_of(elements[style_id], "basedOn")
    return _Style(name, outline, list_id, list_level, list_style)


@dataclass(slots=True)
class _Body:
    """Walks a document in reading order. Lines wait for their paragraph's mark (see `_paragraph`)."""

    styles: dict[str, _Style]
    numbering: Numbering
    out: LineCollector = field(default_factory=LineCollector)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id, as referred to
    pending: str = ""  # text whose paragraph mark was deleted: it belongs to the next paragraph

    def walk(self, container: etree._Element | None) -> None:
        """Read the paragraphs and tables in `container`."""
        for element in container if container is not None else ():
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self.end_paragraph()
                self._table(element)
            elif name in {"sdt", "AlternateContent"} or name in _TRANSPARENT:
                self.walk(element)

    def end_paragraph(self) -> None:
        """Write text that still waits for a paragraph to join."""
        self.out.add(self.pending)
        self.pending = ""

    def _paragraph(self, element: etree._Element) -> None:
        boxes: list[etree._Element] = []
        text = self.pending + self._text(element, boxes)
        properties = child(element, "pPr")
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.pending = text
        else:
            self.pending = ""
            self._write(text, properties)
        for box in boxes:
            self.walk(box)

    def _write(self, text: str, properties: etree._Element | None) -> None:
        style_id = value_of(properties, "pStyle")
        style = self.styles.get(style_id, _Style())
        kind, level = _kind(style, value_of(properties, "outlineLvl"))
        # An empty numbered paragraph is counted, too, as Word does.
        label = self._label(child(properties, "numPr"), style)
        if not text.strip():
            return
        if label is not None:
            text = label[0] + text.lstrip(" \u3000")
            kind = LineKind.LIST if label[1] and kind is None else kind
        self.out.add(text, kind, level)

    def _label(self, own: etree._Element | None, style: _Style) -> tuple[str, bool] | None:
        list_id = value_of(own, "numId") or style.list_id
        if list_id in {"", "0"}:
            return None
        if value_of(own, "ilvl"):
            index = integer(value_of(own, "ilvl"), 0)
        elif value_of(own, "numId") or style.list_level is not None:
            index = style.list_level or 0
        else:
            index = self.numbering.level_of_style(list_id, style.list_style) or 0
        label = self.numbering.next_label(list_id, index)
        return (label.text, label.bullet) if label is not None else None

    def _text(self, element: etree._Element, boxes: list[etree._Element]) -> str:
        """What a paragraph shows; its text boxes are put into `boxes`."""
        written: list[str] = []
        for node in element:
            name = local(node)
            if name in _SKIPPED or (name == "r" and is_on(child(node, "rPr"), "vanish")):
                continue
            if name == "t":
                written.append(node.text or "")
            elif name in _LETTERS:
                written.append(_LETTERS[name])
            elif name == "sym":
                written.append(_symbol(attribute(node, "char")))
            elif name == "txbxContent":
                boxes.append(node)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append((name.removesuffix("Reference"), attribute(node, "id")))
            else:
                written.append(self._text(node, boxes))
        return "".join(written)

    def _table(self, table: etree._Element) -> None:
        rows = [_unwrapped(row, "tc") for row in _unwrapped(table, "tr") if not _deleted(row)]
        if all(len(cells) <= 1 for cells in rows):
            # A frame around text, not a table.
            for cells in rows:
                for cell in cells:
                    self.walk(cell)
            return
        for cells in rows:
            self.out.add(table_row([self._cell(cell) for cell in cells]), LineKind.TABLE)

    def _cell(self, cell: etree._Element) -> str:
        inner = _Body(self.styles, self.numbering, notes=self.notes)
        inner.walk(cell)
        inner.end_paragraph()
        return " ".join(inner.out.lines)


def _symbol(code: str) -> str:
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    # Symbols of Wingdings and its like lie in the private area: no character at all.
    return "" if "\ue000" <= character <= "\uf8ff" or character < " " else character


def _kind(style: _Style, own_level: str) -> tuple[LineKind | None, int]:
    if style.name in {"title", "标题"}:
        return LineKind.TITLE, 0
    if _CONTENTS_NAME.fullmatch(style.name):
        # The table of contents repeats the headings with page numbers.
        return LineKind.FURNITURE, 0
    outline = integer(own_level, _BODY_TEXT_LEVEL) if own_level else style.outline
    if outline is None or not 0 <= outline < _BODY_TEXT_LEVEL:
        return None, 0
    return LineKind.HEADING, outline + 1


def _unwrapped(element: etree._Element, name: str) -> list[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and insertions."""
    found: list[etree._Element] = []
    for node in element:
        if local(node) == name:
            found.append(node)
        elif local(node) == "sdt" or local(node) in _TRANSPARENT:
            found.extend(_unwrapped(node, name))
    return found


def _deleted(row: etree._Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _append_notes(body: _Body, package: Package) -> None:
    """Footnotes and endnotes as lines at the end, numbered as they are referred to."""
    parts = {"footnote": package.footnotes, "endnote": package.endnotes}
    written: set[tuple[str, str]] = set()
    number = 0
    for kind, note_id in list(body.notes):
        if (kind, note_id) in written:
            continue
        written.add((kind, note_id))
        note = next((e for e in children(parts[kind], kind) if attribute(e, "id") == note_id), None)
        if note is None:
            continue
        number += 1
        inner = _Body(body.styles, body.numbering)
        inner.walk(note)
        inner.end_paragraph()
        for position, line in enumerate(inner.out.lines):
            body.out.add(f"［{number}］{line}" if position == 0 else line)

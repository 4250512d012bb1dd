"""Which characters stand where on the pages of a PDF?

PDFium reads the characters: it knows the character maps of Chinese fonts better than pdfminer,
which dropped signs such as · and ₂ in trials, and it is ten times as fast. pdfplumber (pdfminer)
finds the cells of ruled tables on the pages that have rules; and where a font is not embedded, it
adds the characters PDFium drops because it can't measure them (a lone 二 or 】).
"""

from __future__ import annotations

import io
import logging
import math
import struct
import threading
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.errors import UnreadableFileError
from corpus.readers.decoding import normalise
from corpus.readers.pdf_layout import Page
from corpus.readers.pdf_lines import Box, Char, Line, lines_of

# PDFium must not be entered by two threads at once.
_LOCK = threading.Lock()

# pdfminer has errors of its own, but on damaged files also lets through whatever failed inside.
_PDFMINER_ERRORS = (
    PdfminerException,
    MalformedPDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

_LOG = logging.getLogger(__name__)

_FORM_DEPTH = 5  # pages put their text into forms inside forms
_GRID = 40.0  # points; wider than a character of any text
_LEAST_RULES = 4  # a table has at least so many lines or boxes
# A page with fewer letters than this has no text layer: a stamp or a page number over a picture.
_LEAST_LETTERS = 10
_UPRIGHT = 5.0  # degrees off the level
_HYPHENS = {0x02, 0xAD, 0xFFFE}  # PDFium's signs for a hyphen at the end of a line
_NO_SIZE = 1.0  # points, for characters without a size
_REPRINT = "open it in a PDF reader and print it to a new PDF"

Cells = Sequence[Sequence[Sequence[Box | None]]]  # tables, their rows, the boxes of their cells


@dataclass(frozen=True, slots=True)
class _Seen:
    """What PDFium sees on a page, and what pdfplumber is needed for."""

    upright: list[Char]
    turned: list[Char]
    ruled: bool
    unmeasured: bool
    pictured: bool
    size: tuple[float, float]


def read_pages(data: bytes, path: str) -> list[Page]:
    """The pages of a PDF; raises UnreadableFileError if it is broken or needs a password."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise UnreadableFileError(
                    path, "the PDF is encrypted and needs a password; save a copy without one"
                ) from error
            raise UnreadableFileError(path, f"a broken PDF ({error}); {_REPRINT}") from error
        try:
            found = [_seen_or_refused(document, number, path) for number in range(len(document))]
        finally:
            document.close()
    wanted = [number for number, seen in enumerate(found) if seen.ruled or seen.unmeasured]
    plumbed = _plumbed(data, wanted) if wanted else {}
    pages: list[Page] = []
    for number, seen in enumerate(found):
        tables, chars = plumbed.get(number, ((), ()))
        upright = seen.upright + (_missing(chars, seen.upright) if seen.unmeasured else [])
        lines = lines_of(upright, tables)
        if seen.turned:
            # Text that stands on its side, in the order it was written, after the rest.
            text, last = "".join(c.text for c in seen.turned), seen.turned[-1]
            lines.append(Line(text, 0.0, 0.0, last.top, last.bottom, last.size, turned=True))
        pages.append(Page(tuple(lines), *seen.size))
    letters = [sum(c.isalnum() for line in page.lines for c in line.text) for page in pages]
    if not any(letters) or (max(letters) < _LEAST_LETTERS and any(seen.pictured for seen in found)):
        raise UnreadableFileError(
            path, f"no text layer on its {len(found)} page(s): a scan or pictures; run OCR first"
        )
    return pages


def _seen_or_refused(document: pypdfium2.PdfDocument, number: int, path: str) -> _Seen:
    try:
        return _seen(document, number)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(
            path, f"page {number + 1} of the PDF is broken ({error}); {_REPRINT}"
        ) from error


def _seen(document: pypdfium2.PdfDocument, number: int) -> _Seen:
    page = document[number]
    textpage = page.get_textpage()
    try:
        view = _View(page.get_cropbox(), page.get_rotation())
        upright: list[Char] = []
        turned: list[Char] = []
        for char, angle in _chars(textpage, view):
            (upright if _is_level(angle) else turned).append(char)
        paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=_FORM_DEPTH)
        ruled = sum(1 for _ in islice(paths, _LEAST_RULES)) == _LEAST_RULES
        texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_FORM_DEPTH)
        unmeasured = any(
            pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text.raw)) != 1
            for text in texts
        )
        pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH)
        pictured = next(iter(pictures), None) is not None
        # Both libraries give the same places only where the whole page is shown.
        plain = page.get_cropbox() == page.get_mediabox()
        return _Seen(upright, turned, plain and ruled, plain and unmeasured, pictured, view.size)
    finally:
        textpage.close()
        page.close()


def _is_level(angle: float) -> bool:
    return abs((angle + 180) % 360 - 180) <= _UPRIGHT


def _missing(chars: Sequence[Char], known: Sequence[Char]) -> list[Char]:
    """Those of `chars` that stand where none of `known` stands."""
    places: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in known:
        places[_cell(char)].append(char)
    missing: list[Char] = []
    for char in chars:
        column, row = _cell(char)
        near = (c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in places[column + i, row + j])
        if not any(_overlap(char, other) for other in near):
            missing.append(char)
    return missing


def _cell(char: Char) -> tuple[int, int]:
    return int((char.x0 + char.x1) / 2 // _GRID), int(char.middle // _GRID)


def _overlap(one: Char, other: Char) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    level = abs(one.middle - other.middle) < max(one.size, other.size) / 2
    return level and across > min(one.x1 - one.x0, other.x1 - other.x0) / 2


class _View:
    """From a page's own coordinates to points from the upper left corner as it is shown."""

    def __init__(self, box: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation
        width, height = self.right - self.left, self.top - self.bottom
        self.size = (height, width) if rotation in {90, 270} else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def _chars(textpage: pypdfium2.PdfTextPage, view: _View) -> list[tuple[Char, float]]:
    """Characters in the order they were written, each with its angle as shown, in degrees."""
    found: list[tuple[Char, float]] = []
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    high = 0
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        if code == 0 or pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1:
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        text = normalise("-" if code in _HYPHENS else chr(code))
        if not text or not pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, box):
            continue
        angle, scale = 0.0, 1.0
        if pdfium.FPDFText_GetMatrix(textpage.raw, index, matrix):
            angle = math.degrees(math.atan2(matrix.b, matrix.a)) - view.rotation
            scale = math.hypot(matrix.c, matrix.d)
        size = max(pdfium.FPDFText_GetFontSize(textpage.raw, index) * scale, _NO_SIZE)
        (xa, ya), (xb, yb) = view.place(box.left, box.top), view.place(box.right, box.bottom)
        char = Char(text, min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb), size)
        found.append((char, angle))
    return found


def _plumbed(data: bytes, numbers: Sequence[int]) -> dict[int, tuple[Cells, Sequence[Char]]]:
    """Ruled tables and upright characters by page; pages pdfminer stumbles over are left out."""
    found: dict[int, tuple[Cells, Sequence[Char]]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as pdf:
            for number in numbers:
                try:
                    page = pdf.pages[number]
                    tables = [
                        [list(row.cells) for row in table.rows]
                        for table in page.find_tables()
                        # One cell is a frame around text.
                        if len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1
                    ]
                    chars = [
                        Char(
                            normalise(c["text"]), c["x0"], c["x1"], c["top"], c["bottom"], c["size"]
                        )
                        for c in page.chars
                        # A glyph that is no known character is written (cid:123).
                        if _is_level(math.degrees(math.atan2(c["matrix"][1], c["matrix"][0])))
                        and c["text"].strip()
                        and not c["text"].startswith("(cid:")
                    ]
                    found[number] = tables, chars
                    page.close()
                except _PDFMINER_ERRORS as error:
                    _LOG.info("page %d: no tables read (%s)", number + 1, error)
    except _PDFMINER_ERRORS as error:
        _LOG.info("no tables read (%s)", error)
    return found

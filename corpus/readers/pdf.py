"""How does a PDF become text? Wrapped lines joined, running heads gone, pages remembered."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import UnreadableFileError
from corpus.readers.lines import LineCollector
from corpus.readers.pdf_layout import Page, paragraphs, without_furniture
from corpus.readers.pdf_pages import read_pages
from corpus.report import Document

_HEADER_WITHIN = 1024  # bytes; something else may stand before the header, Acrobat allows it


def read(data: bytes, path: str) -> list[Document]:
    """The one document of a PDF; raises UnreadableFileError."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnreadableFileError(path, "not a PDF (it does not begin as one); check the file")
    pages = read_pages(data, path)
    return [_document(without_furniture(pages))]


def _document(pages: Sequence[Page]) -> Document:
    out = LineCollector()
    starts: dict[int, int] = {0: 0}
    for paragraph in paragraphs(pages):
        for number, offset in paragraph.pages:
            starts.setdefault(number, out.length + offset)
        out.add(paragraph.text, paragraph.kind)
    page_starts: list[int] = []
    following = out.length
    for number in reversed(range(len(pages))):
        # A page without lines begins where the next one does.
        following = starts.get(number, following)
        page_starts.append(following)
    return Document(out.text, tuple(out.hints), tuple(reversed(page_starts)))

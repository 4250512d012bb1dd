"""How does a plain text file become a document? Its characters are the text, untouched."""

from __future__ import annotations

from corpus.readers.decoding import decode
from corpus.report import Document


def read(data: bytes, path: str) -> list[Document]:
    """The one document of a text file; raises UnreadableFileError."""
    return [Document(decode(data, path))]

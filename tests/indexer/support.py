"""A small encoder and a small reader, so that the index is tested without a model or a parser."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableFileError
from corpus.load import SourceFile
from corpus.report import (
    Metadata,
    ParsedReport,
    Passage,
    PassageKind,
    Region,
    Report,
    Section,
    Span,
)

DIMENSION = 64


class HashingEncoder:
    """Counts of hashed character pairs, scaled to unit length. Remembers what it was given."""

    def __init__(self, identity: str = "hashing-1") -> None:
        self._identity = identity
        self.texts: list[str] = []

    @property
    def identity(self) -> str:
        return self._identity

    @property
    def dimension(self) -> int:
        return DIMENSION

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.texts += texts
        if progress:
            progress(len(texts))
        return np.stack([_hashed(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([_hashed(text) for text in texts])


def _hashed(text: str) -> NDArray[np.float32]:
    row = np.zeros(DIMENSION, dtype=np.float32)
    for pair in zip(text, text[1:] + " ", strict=True):
        row[int(hashlib.md5("".join(pair).encode()).hexdigest(), 16) % DIMENSION] += 1
    length = float(np.linalg.norm(row))
    return row / np.float32(length) if length else np.eye(1, DIMENSION, dtype=np.float32)[0]


def parse(report_id: str, text: str, region: Region | None = None) -> ParsedReport:
    """A report whose first line is the title and each further line a passage.

    A line that begins with # is a heading; a sentence ends with 。 or with its line.
    """
    passages: list[Passage] = []
    sections: list[Section] = []
    start = 0
    title = text.split("\n", 1)[0]
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        kind = PassageKind.TEXT
        if line.startswith("#") or start == 0:
            kind = PassageKind.HEADING
            heading_end = end - (1 if line.endswith("\n") else 0)
            sections.append(
                Section(
                    section_id=f"s{len(sections)}",
                    parent_id=None,
                    level=1,
                    number="",
                    label="",
                    heading=line.strip("#\n "),
                    start=start,
                    heading_end=heading_end,
                    end=len(text),
                )
            )
        sentences = tuple(
            Span(start + found.start(), start + found.end())
            for found in re.finditer(r"[^。\n]+。?", line)
        )
        passages.append(
            Passage(
                report_id=report_id,
                start=start,
                end=end,
                text=line,
                heading_path=(sections[-1].title,),
                section_id=sections[-1].section_id,
                kind=kind,
                sentences=sentences,
            )
        )
        start = end
    metadata = Metadata(title=title, region=region, year=2025)
    report = Report(report_id, text, metadata, source=f"{report_id}.txt")
    return ParsedReport(report, tuple(sections), tuple(passages))


def read(source: SourceFile) -> tuple[ParsedReport, ...]:
    """Read a file as `parse` does; one that says BROKEN can't be read."""
    text = source.path.read_text(encoding="utf-8")
    if "BROKEN" in text:
        raise UnreadableFileError(source.name, "it is broken")
    return (parse(source.path.stem, text),)


def write_reports(folder: Path, texts: dict[str, str]) -> None:
    """One file a report, its name the report's id."""
    folder.mkdir(parents=True, exist_ok=True)
    for report_id, text in texts.items():
        (folder / f"{report_id}.txt").write_text(text, encoding="utf-8")

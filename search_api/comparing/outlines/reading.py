"""What of one report's sections is compared with another's: heading, content, stance?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.report import Metadata, Part, ReportKind, Section, Span
from indexer.tokenizer import tokenize
from search_api.comparing.likeness.boilerplate import FindPlaces
from search_api.comparing.likeness.similarity import Encode
from search_api.comparing.outlines.headings import FIGURE, Stance, masked_heading, stances

Vectors = NDArray[np.float32]
# In 64 bits: sections that are equal must come out equal, whatever they are multiplied with.
Floats = NDArray[np.float64]

# Characters of a heading that are embedded: some are whole sentences, and their gist comes first.
_LONGEST_HEADING: Final = 24
# Vectors shorter than this are what is left of 16-bit numbers that should cancel out.
_ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of one report, ready to be compared. All other fields have one entry a section.

    `parents`: the number of the section it stands under, always a smaller one; None at the top.
    `headings`: masked, see `masked_heading`. `heading_vectors`: `(n, dim)`, rows of unit
    length, or zero for no heading. `contents`: what a section says beyond the report's average,
    its subsections included, `(n, dim)`, rows of unit length, or zero where nothing is known.
    `words`: the words of the same text. `lengths`: its characters, the heading's own not counted.
    """

    report_id: str
    sections: tuple[Section, ...]
    parents: tuple[int | None, ...]
    headings: tuple[str, ...]
    stances: tuple[Stance | None, ...]
    heading_vectors: Floats
    contents: Floats
    words: tuple[Counter[str], ...]
    lengths: tuple[int, ...]


def read_outline(
    report_id: str,
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Span],
    vectors: Vectors,
    metadata: Metadata,
    encode: Encode,
    places: FindPlaces,
) -> Outline:
    """The body's sections of a report, ready to be compared.

    `sentences` are all of the report's that have vectors, in order, `vectors` `(n, dim) float32`.
    `encode` gives the headings' vectors, of unit length; `places` finds names of places.
    """
    body = tuple(section for section in sections if section.part is Part.BODY)
    numbers = {section.section_id: number for number, section in enumerate(body)}
    parents = tuple(numbers.get(each.parent_id) if each.parent_id else None for each in body)
    year = metadata.year if metadata.kind is ReportKind.WORK_REPORT else None
    headings = tuple(masked_heading(each.heading, places, year) for each in body)
    return Outline(
        report_id=report_id,
        sections=body,
        parents=parents,
        headings=headings,
        stances=stances(headings, parents),
        heading_vectors=_heading_vectors(headings, encode),
        contents=_contents(body, sentences, vectors),
        words=tuple(
            Counter(word for word in tokenize(_content(text, each)) if not FIGURE.match(word))
            for each in body
        ),
        lengths=tuple(len(_content(text, each)) for each in body),
    )


def unit_rows(rows: Floats) -> Floats:
    """Rows of unit length; those that are nothing but rounding become zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    known: Floats = rows / np.maximum(lengths, _ROUNDING) * (lengths > _ROUNDING)
    return known


def _content(text: str, section: Section) -> str:
    return text[section.heading_end : section.end]


def _heading_vectors(headings: Sequence[str], encode: Encode) -> Floats:
    distinct = list(dict.fromkeys(heading[:_LONGEST_HEADING] for heading in headings if heading))
    if not distinct:
        return np.zeros((len(headings), 0))
    encoded = encode(distinct).astype(np.float64)
    row = {heading: number for number, heading in enumerate(distinct)}
    rows = np.zeros((len(headings), encoded.shape[1]))
    for number, heading in enumerate(headings):
        if heading:
            rows[number] = encoded[row[heading[:_LONGEST_HEADING]]]
    return rows


def _contents(sections: Sequence[Section], sentences: Sequence[Span], vectors: Vectors) -> Floats:
    """Each section's mean sentence less the report's mean: `(n, dim)`, rows of unit length or zero.

    Sentences of one report all lie in one direction, that of its place and of officialese. Without
    it they tell subjects apart (Mu and Viswanath, All-but-the-Top, ICLR 2018).
    """
    starts = [sentence.start for sentence in sentences]
    sums = np.concatenate((np.zeros((1, vectors.shape[1])), np.cumsum(vectors, 0, np.float64)))
    rows = np.zeros((len(sections), vectors.shape[1]))
    for number, section in enumerate(sections):
        first, end = bisect_left(starts, section.start), bisect_left(starts, section.end)
        # A heading on its own line counts as heading already.
        while first < end and sentences[first].end <= section.heading_end + 1:
            first += 1
        if first < end:
            rows[number] = (sums[end] - sums[first]) / (end - first) - sums[-1] / len(sentences)
    return unit_rows(rows)

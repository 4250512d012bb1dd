"""What a report is made of on the page: blocks of pieces.

A report's text is lines; a page shows blocks. Blocks hold whole lines, in order, and what lies between
two blocks is line ends and blank lines, so that all blocks with what precedes each are the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.report import Part, Section, Span

# What a cell of figures begins with; a year names a column.
_FIGURE: Final = re.compile(r"[-+−]?\d[\d,.]*(?![\d,.年])")
TAB: Final = "\t"


class BlockKind(StrEnum):
    """What a block is to a reader."""

    FRONT = "front"  # the title block before the first heading
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ROW = "row"  # of a table


@dataclass(frozen=True, slots=True)
class TermPlace:
    """Where the body uses a term of the glossary, the id of the entry, and what that says."""

    span: Span
    anchor: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What is shown in a text beyond its structure; spans are offsets into the text.

    `mark` is the cited span; `words` (sorted, disjoint) were asked for; `terms` (likewise) are
    explained; `anchors` are further ids by the offset they stand at; `strong` stands out beside the
    headings.
    """

    mark: Span | None = None
    words: Sequence[Span] = ()
    terms: Sequence[TermPlace] = ()
    anchors: Mapping[int, Sequence[str]] | None = None
    strong: Sequence[Span] = ()


NOTHING: Final = Notes()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block in which nothing changes. `anchors` are ids that stand before it.

    `lead`: the white space by which the file indents a paragraph. `strong`: a heading whose section
    goes on in the same line. `first`: the first piece of the mark.
    """

    text: str
    marked: bool = False
    first: bool = False
    lead: bool = False
    strong: bool = False
    word: bool = False
    term: TermPlace | None = None
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a text: `text[start:end]`, which its pieces make up.

    `before` is what lies between the block before and this one: line ends and blank lines.
    `level` is that of a heading in the page, from 2; 0 for anything else.
    """

    start: int
    end: int
    kind: BlockKind
    level: int
    part: Part
    furniture: bool
    before: str
    pieces: tuple[Piece, ...]

    @property
    def marked(self) -> bool:
        """Whether the mark, or some of it, is in it."""
        return any(piece.marked for piece in self.pieces)

    @property
    def cells(self) -> tuple[tuple[Piece, ...], ...]:
        """The cells of a row; each but the last ends with its tab. One cell for anything else."""
        found: list[list[Piece]] = [[]]
        for piece in self.pieces:
            found[-1].append(piece)
            if self.kind is BlockKind.ROW and piece.text.endswith(TAB):
                found.append([])
        return tuple(tuple(each) for each in found)

    @property
    def names_columns(self) -> bool:
        """Whether a row has words only, as a table's first row has."""
        return not any(_FIGURE.match("".join(p.text for p in each).strip()) for each in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks in a row of one part of a report, or of the web page around it."""

    part: Part
    furniture: bool
    blocks: tuple[Block, ...]

    @property
    def runs(self) -> tuple[tuple[Block, ...], ...]:
        """Rows that make up a table together; anything else by itself."""
        made: list[tuple[Block, ...]] = []
        for block in self.blocks:
            columns = len(block.cells)
            if made and columns > 1 and len(made[-1][0].cells) == columns:
                made[-1] = (*made[-1], block)
            else:
                made.append((block,))
        return tuple(made)

    @property
    def marked(self) -> bool:
        """Whether the mark, or some of it, is in it."""
        return any(block.marked for block in self.blocks)


def anchor(section: Section) -> str:
    """The id of a section's anchor in the page."""
    return f"s-{section.section_id}"

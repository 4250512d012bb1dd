"""How is a report's text set as headings and paragraphs, with nothing added and nothing lost?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.report import Passage, Section
from search_api.web.reader.block_types import NOTHING, Block, Group, Notes
from search_api.web.reader.line_blocks import line_blocks
from search_api.web.reader.pieces import Cutter, anchors_in, joined, run_in


def groups(blocks: Iterable[Block]) -> tuple[Group, ...]:
    """The blocks by part, in order."""
    return tuple(
        Group(part, furniture, tuple(each))
        for (part, furniture), each in groupby(blocks, lambda b: (b.part, b.furniture))
    )


def blocks(
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    notes: Notes = NOTHING,
) -> tuple[Block, ...]:
    """The blocks of a text. A line without a character of any passage is furniture.

    With `before` of each, and blank lines at the end, they are the text.
    """
    spans = line_blocks(text, sections, passages)
    places = anchors_in(sections, notes.anchors or {}, spans)
    strong = joined([*run_in(text, sections, spans), *notes.strong])
    cutter = Cutter(text, notes, places, strong)
    made: list[Block] = []
    before = 0
    for each in spans:
        pieces = cutter.pieces(each)
        made.append(
            Block(
                each.start,
                each.end,
                each.kind,
                each.level,
                each.part,
                each.furniture,
                text[before : each.start],
                pieces,
            )
        )
        before = each.end
    return tuple(made)

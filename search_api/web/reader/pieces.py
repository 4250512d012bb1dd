"""Where is a block cut so that marks, words, terms and anchors can be shown?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.report import Section, Span
from search_api.web.reader.block_types import TAB, BlockKind, Notes, Piece, anchor
from search_api.web.reader.line_blocks import AFTER_HEADING, Lines


def anchors_in(
    sections: Sequence[Section], more: Mapping[int, Sequence[str]], spans: Sequence[Lines]
) -> dict[int, tuple[str, ...]]:
    """Ids by the offset of a character inside a block; those in blank lines move to the next block."""
    ends = [each.end for each in spans]
    found: dict[int, list[str]] = {}
    wanted = [(each.start, anchor(each)) for each in sections]
    wanted += [(start, name) for start, names in more.items() for name in names]
    for start, name in wanted:
        at = min(bisect_right(ends, start), len(spans) - 1)
        if at < 0:
            continue
        span = spans[at]
        place = min(max(start, span.first), span.last - 1)
        found.setdefault(place, []).append(name)
    return {place: tuple(names) for place, names in found.items()}


def run_in(text: str, sections: Sequence[Section], spans: Sequence[Lines]) -> list[Span]:
    """Where headings stand whose section goes on in the same lines."""
    ends = [each.end for each in spans]
    found: list[Span] = []
    for section in sections:
        at = bisect_right(ends, section.start)
        if at >= len(spans) or spans[at].kind is BlockKind.HEADING or spans[at].furniture:
            continue
        end = min(section.heading_end, spans[at].last)
        # A sentence that is all of its section is no heading of it.
        if section.start >= end or not text[end : section.end].strip(AFTER_HEADING):
            continue
        found.append(Span(section.start, end))
    return found


def joined(spans: Sequence[Span]) -> list[Span]:
    """The same characters in spans that are sorted and disjoint."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.start < span.end:
            found.append(span)
    return found


class Cutter:
    """Cuts a block wherever something begins or ends in it."""

    def __init__(
        self,
        text: str,
        notes: Notes,
        anchors: Mapping[int, tuple[str, ...]],
        strong: Sequence[Span],
    ) -> None:
        self._text = text
        self._mark = notes.mark
        self._anchors = anchors
        self._places = sorted(anchors)
        self._strong = _Spans(strong)
        terms = [each for each in notes.terms if self._whole(each.span)]
        self._terms = _Spans([each.span for each in terms])
        self._term_at = {each.span.start: each for each in terms}
        self._words = _Spans(notes.words)
        self._mark_begun = False

    def _whole(self, span: Span) -> bool:
        """Whether a link can hold it in one piece: neither the mark nor an anchor cuts it."""
        edges = (self._mark.start, self._mark.end) if self._mark is not None else ()
        at = bisect_right(self._places, span.start)
        cut = at < len(self._places) and self._places[at] < span.end
        return not cut and not any(span.start < edge < span.end for edge in edges)

    def pieces(self, block: Lines) -> tuple[Piece, ...]:
        """The pieces of a block; blocks are asked for in order, for the mark's first piece."""
        start, end = block.start, block.end
        heading = block.kind is BlockKind.HEADING
        # Links in headings, and underlined words in links, would be too much of a good thing.
        row = block.kind is BlockKind.ROW
        terms = [] if heading or row or block.furniture else self._terms.between(start, end)
        terms = [each for each in terms if start <= each.start and each.end <= end]
        taken = _Spans(terms)
        strong = [
            each for each in self._strong.between(start, end) if start <= each.start < each.end
        ]
        words = [each for each in self._words.between(start, end) if not taken.between(*_of(each))]
        cuts = {start, end, block.first}
        cuts.update(self._places[bisect_left(self._places, start) : bisect_left(self._places, end)])
        for each in (*terms, *strong, *words, *([self._mark] if self._mark is not None else [])):
            cuts.update(edge for edge in (each.start, each.end) if start < edge < end)
        if row:
            cuts.update(
                at + 1
                for at in range(start, end - 1)
                if self._text[at] == TAB and at >= block.first
            )
        # A heading's strong stretch may begin inside a term; the link wins.
        inside = {cut for cut in cuts for term in terms if term.start < cut < term.end}
        strong_spans, word_spans = _Spans(strong), _Spans(words)
        made = [
            self._piece(Span(*edges), block, taken, strong_spans, word_spans)
            for edges in pairwise(sorted(cuts - inside))
        ]
        if not self._mark_begun:
            first = next((n for n, each in enumerate(made) if each.marked), None)
            if first is not None:
                made[first] = replace(made[first], first=True)
                self._mark_begun = True
        return tuple(made)

    def _piece(
        self, span: Span, block: Lines, terms: _Spans, strong: _Spans, words: _Spans
    ) -> Piece:
        term = terms.between(*_of(span))
        return Piece(
            text=span.of(self._text),
            marked=self._mark is not None
            and self._mark.start < span.end
            and span.start < self._mark.end,
            lead=span.end <= block.first,
            strong=bool(strong.between(*_of(span))),
            word=bool(words.between(*_of(span))),
            term=self._term_at[term[0].start] if term else None,
            anchors=self._anchors.get(span.start, ()),
        )


def _of(span: Span) -> tuple[int, int]:
    return span.start, span.end


class _Spans:
    """Sorted, disjoint spans, asked for those that overlap a range."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._ends = [each.end for each in spans]

    def between(self, start: int, end: int) -> list[Span]:
        found: list[Span] = []
        for each in self._spans[bisect_right(self._ends, start) :]:
            if each.start >= end:
                break
            found.append(each)
        return found

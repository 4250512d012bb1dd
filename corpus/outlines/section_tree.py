"""How do the headings of one part of a report become nested sections?

One pass in reading order over numbered headings, unnumbered headings and the words that end what
was said before, with the sections open at the moment on a path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.outlines.chains import Chain, link
from corpus.outlines.extents import last_item_end, paragraph_end
from corpus.outlines.headings import Bare, bare_headings, hinted_level, numbered_heading_end
from corpus.outlines.lines import Line, is_table_row
from corpus.outlines.numbering import Form, Marker, markers
from corpus.outlines.parts import closing_line, is_salutation
from corpus.report import Part, Span

_TOPIC_LEVEL = 6
_CONTENTS = re.compile(r"目\s*[录次]$")
_PAGE_LEADER = re.compile(r"[\s.…·—\-]*\d*$")
_CLOSING_TITLE = re.compile(r"(?:结束语|结语|结束)$")


@dataclass(slots=True)
class Node:
    """A section in the making; `parent` is the number of a node in the list of all nodes."""

    level: int
    number: str
    label: str
    start: int
    heading: Span
    part: Part
    parent: int | None
    chain: Chain | None = None
    bare: Bare | None = None
    end: int | None = None
    closes_at: int | None = None  # where the section ends at the latest


@dataclass(slots=True)
class PartReader:
    """One pass over a part in reading order; `path` are the sections open at the moment."""

    text: str
    lines: Sequence[Line]
    nodes: list[Node]
    part: Part
    parent: int | None
    front: int
    path: list[int] = field(default_factory=list)
    newest: dict[int, int] = field(default_factory=dict)  # id(chain) -> its newest section

    def read(self) -> None:
        contents = self._contents_lines()
        chain_of = self._series(contents)
        numbered = frozenset(
            number
            for number, line in enumerate(self.lines)
            if line.start in chain_of and chain_of[line.start][1].line_initial
        )
        bare = bare_headings(self.text, self.lines, numbered | contents, self.front)
        closing = closing_line(self.text, self.lines) if self.part is Part.BODY else None
        events = sorted(chain_of)
        taken = 0
        for number, line in enumerate(self.lines):
            self._expire(line.start)
            if number == closing:
                self._close(line.start, down_to=0)
            elif number >= self.front and is_salutation(line.of(self.text)):
                self._close_levels_below_first(line.start)
            if number in bare and not self._is_item_text(number, bare[number][0]):
                self._open_bare(number, *bare[number])
            while taken < len(events) and events[taken] < line.end:
                chain, marker = chain_of[events[taken]]
                self._expire(marker.start)
                self._open_numbered(number, chain, marker)
                taken += 1
        self._close(self.lines[-1].end, down_to=0)

    def _is_item_text(self, number: int, kind: Bare) -> bool:
        """Whether the line is the text of a list item whose heading stands alone above it."""
        above = self.nodes[self.path[-1]] if self.path else None
        return (
            kind is Bare.TOPIC
            and above is not None
            and above.level == 5
            and above.chain is not None
            and above.start == self.lines[number - 1].start
        )

    def _series(self, skipped: frozenset[int]) -> dict[int, tuple[Chain, Marker]]:
        candidates = [
            marker
            for number, line in enumerate(self.lines)
            if number >= self.front and number not in skipped and not is_table_row(line, self.text)
            for marker in markers(self.text, line.start, line.end)
        ]
        return {
            marker.start: (chain, marker) for chain in link(candidates) for marker in chain.markers
        }

    def _contents_lines(self) -> frozenset[int]:
        """The lines of a table of contents: it ends where its first entry comes again."""
        for number, line in enumerate(self.lines[: len(self.lines) // 2]):
            if not _CONTENTS.match(line.of(self.text)) or number + 1 >= len(self.lines):
                continue
            entry = _PAGE_LEADER.sub("", self.lines[number + 1].of(self.text))
            for later in range(number + 2, len(self.lines)):
                if entry and self.lines[later].of(self.text).startswith(entry):
                    return frozenset(range(number, later))
        return frozenset()

    def _expire(self, offset: int) -> None:
        """Close sections whose own extent ends at or before `offset`.

        A series that stands under a section and goes on keeps it open.
        """
        for depth, index in enumerate(self.path):
            closes_at = self.nodes[index].closes_at
            if closes_at is None or closes_at > offset:
                continue
            inner = (self.nodes[below].chain for below in self.path[depth + 1 :])
            if any(chain is not None and chain.last.start >= offset for chain in inner):
                self.nodes[index].closes_at = None
                continue
            self._close(closes_at, down_to=depth)
            return

    def _close(self, offset: int, down_to: int) -> None:
        for index in self.path[down_to:]:
            if self.nodes[index].end is None:
                self.nodes[index].end = offset
        del self.path[down_to:]

    def _close_levels_below_first(self, offset: int) -> None:
        for depth, index in enumerate(self.path):
            if self.nodes[index].level > 1:
                self._close(offset, down_to=depth)
                return

    def _open_numbered(self, number: int, chain: Chain, marker: Marker) -> None:
        earlier = self.newest.get(id(chain))
        if earlier is not None:
            parent = self.nodes[earlier].parent
            while parent is not None and parent not in self.path and parent != self.parent:
                parent = self.nodes[parent].parent
            depth = self.path.index(parent) + 1 if parent in self.path else 0
            self._close(marker.start, down_to=depth)
        else:
            self._leave_finished(chain, marker)
            parent = self.path[-1] if self.path else self.parent
        following = _following(chain, marker)
        heading = self._heading(number, marker, following, first=earlier is None)
        node = Node(
            level=chain.form.level,
            number=marker.number,
            label=marker.label,
            start=marker.start,
            heading=heading,
            part=self.part,
            parent=parent,
            chain=chain,
        )
        if following is None:
            node.closes_at = last_item_end(self.text, self.lines, number, chain, marker)
        self._open(node)
        self.newest[id(chain)] = len(self.nodes) - 1

    def _open(self, node: Node) -> None:
        self.nodes.append(node)
        self.path.append(len(self.nodes) - 1)

    def _leave_finished(self, chain: Chain, marker: Marker) -> None:
        """Close the open sections that a new series does not stand under."""
        for depth in range(len(self.path) - 1, -1, -1):
            node = self.nodes[self.path[depth]]
            if node.chain is None:
                inside = node.bare is not Bare.LINE or not (
                    marker.line_initial and chain.form.rank <= Form.CHINESE.rank and depth > 0
                )
                if inside:
                    return
            elif node.chain.last.start > marker.start or _nests_in(chain.form, node.chain.form):
                return
            self._close(marker.start, down_to=depth)

    def _open_bare(self, number: int, kind: Bare, words: Span) -> None:
        line = self.lines[number]
        while self.path and self.nodes[self.path[-1]].level == _TOPIC_LEVEL:
            self._close(line.start, down_to=len(self.path) - 1)
        level = _TOPIC_LEVEL
        closes_at = None
        if kind is Bare.LINE:
            level = self._bare_level(line, words)
        elif kind is Bare.SLOGAN:
            closes_at = paragraph_end(self.text, self.lines, min(number + 1, len(self.lines) - 1))
        else:
            closes_at = paragraph_end(self.text, self.lines, number)
        parent = self.path[-1] if self.path else self.parent
        self._open(
            Node(
                level=level,
                number="",
                label="",
                start=line.start,
                heading=words,
                part=self.part,
                parent=parent,
                bare=kind,
                closes_at=closes_at,
            )
        )

    def _bare_level(self, line: Line, words: Span) -> int:
        """Close what the heading ends, and tell the level it stands in for."""
        hinted = hinted_level(line.hint)
        for depth in range(len(self.path) - 1, -1, -1):
            node = self.nodes[self.path[depth]]
            same = node.bare is Bare.LINE and (not hinted or hinted <= node.level)
            over = node.chain is not None and node.chain.last.start <= line.start
            if same or (over and (hinted and hinted <= node.level)) or node.level >= 5:
                self._close(line.start, down_to=depth)
        if _CLOSING_TITLE.match(words.of(self.text)):
            self._close(line.start, down_to=0)
        if not self.path:
            return hinted or 1
        return min(max(hinted, self.nodes[self.path[-1]].level + 1), 5)

    def _heading(
        self, number: int, marker: Marker, following: Marker | None, *, first: bool
    ) -> Span:
        """The words that `marker` on line `number` heads its section with."""
        text, line = self.text, self.lines[number]
        start = marker.end
        if marker.end >= line.end:  # the number stands alone: its heading is on the line below
            below = self._heading_below(number)
            if below is None:
                return Span(line.end, line.end)
            number, line, start = number + 1, below, below.start
        end_of_paragraph = paragraph_end(text, self.lines, number)
        broken = not re.search(r"[。！？]", text[start : line.end])
        inside = following is not None and following.start < end_of_paragraph
        end = numbered_heading_end(
            text,
            marker,
            start=start,
            limit=end_of_paragraph if broken else line.end,
            paragraph_end=end_of_paragraph,
            next_item=following.start if following is not None and inside else None,
            separator="" if first else text[max(0, marker.start - 3) : marker.start].rstrip()[-1:],
        )
        return Span(start, max(start, end))

    def _heading_below(self, number: int) -> Line | None:
        if number + 1 == len(self.lines):
            return None
        below = self.lines[number + 1]
        numbered = next(markers(self.text, below.start, below.end), None)
        if is_salutation(below.of(self.text)) or (numbered is not None and numbered.line_initial):
            return None
        return below


def _following(chain: Chain, marker: Marker) -> Marker | None:
    position = chain.markers.index(marker)
    return chain.markers[position + 1] if position + 1 < len(chain.markers) else None


def _nests_in(form: Form, outer: Form) -> bool:
    """Whether a series of `form` usually stands under a number of the form `outer`."""
    if form.level == outer.level == 5:
        return False
    return form.rank > outer.rank

"""What is the section tree of a report?

A joint reading of all levels: number candidates of every form (`numbering`) are linked into series
by their sequence (`chains`), unnumbered headings are found between them (`headings`), annexes and
glossaries are set apart (`parts`), and one pass over all of these in reading order builds the tree
and decides where each section ends. Forms: GB/T 9704-2012 §7.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.chains import Chain, link
from corpus.headings import Bare, bare_headings, hinted_level, numbered_heading_end
from corpus.lines import Line, goes_on, is_table_row, split_lines
from corpus.numbering import Form, Marker, markers
from corpus.parts import PartStart, closing_line, is_salutation, part_starts
from corpus.report import Part, Report, Section, Span

_TOPIC_LEVEL = 6
# The title block (title, session, speaker) has at most this many lines before the report begins.
_FRONT_LINES = 15
_FRONT_LINE_MAX = 60
_CONTENTS = re.compile(r"目\s*[录次]$")
_PAGE_LEADER = re.compile(r"[\s.…·—\-]*\d*$")
_CLOSING_TITLE = re.compile(r"(?:结束语|结语|结束)$")
_GLOSSARY_ENTRY = re.compile(
    r"(?P<label>[［\[〔【]\s*(?P<note>\d{1,3})\s*[］\]〕】]|(?P<number>\d{1,3})\s*[.．、])\s*"
    r"(?P<term>.{1,60}?)(?=[：:]|——|\s*$)"
)


@dataclass(slots=True)
class _Node:
    """A section in the making."""

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


def outline(report: Report) -> tuple[Section, ...]:
    """The sections of a report in reading order.

    Each lies within its parent, siblings do not overlap, and text under no heading (the title
    block, the closing words) belongs to no section.
    """
    text = report.text
    lines = split_lines(text, report.furniture, report.hints)
    if not lines:
        return ()
    nodes: list[_Node] = []
    starts = part_starts(text, lines)
    body_end = starts[0].line if starts else len(lines)
    _read_part(text, lines[:body_end], nodes, Part.BODY, None, _front(text, lines[:body_end]))
    for index, start in enumerate(starts):
        end = starts[index + 1].line if index + 1 < len(starts) else len(lines)
        _read_annex(text, lines[start.line : end], start, nodes)
    return _sections(text, nodes)


def _front(text: str, lines: Sequence[Line]) -> int:
    """The number of lines of the title block."""
    for number, line in enumerate(lines[:_FRONT_LINES]):
        words = line.of(text)
        if is_salutation(words):
            return number + 1
        if len(words) > _FRONT_LINE_MAX or next(markers(text, line.start, line.end), None):
            return number
    return 1 if lines and len(lines[0].of(text)) <= _FRONT_LINE_MAX else 0


def _read_annex(text: str, lines: Sequence[Line], start: PartStart, nodes: list[_Node]) -> None:
    parent = None
    if start.title_lines:
        title = lines[start.title_lines - 1]
        nodes.append(
            _Node(
                level=1,
                number="",
                label="",
                start=lines[0].start,
                heading=Span(title.start, title.end),
                part=start.part,
                parent=None,
                end=lines[-1].end,
            )
        )
        parent = len(nodes) - 1
    content = lines[start.title_lines :]
    if start.part is Part.GLOSSARY:
        _read_glossary(text, content, nodes, parent)
    else:
        _read_part(text, content, nodes, start.part, parent, front=0)


def _read_glossary(
    text: str, lines: Sequence[Line], nodes: list[_Node], parent: int | None
) -> None:
    """One section a term. Numbers must rise, so that a numbered list in a definition is no term."""
    last = 0
    for line in lines:
        entry = _GLOSSARY_ENTRY.match(line.of(text))
        number = int(entry["note"] or entry["number"]) if entry else 0
        if entry is None or not last < number <= last + 3:
            continue
        if last and nodes[-1].end is None:
            nodes[-1].end = line.start
        last = number
        heading = Span(line.start + entry.start("term"), line.start + entry.end("term"))
        label = entry["label"]
        written = entry["note"] or entry["number"]
        nodes.append(_Node(3, written, label, line.start, heading, Part.GLOSSARY, parent))
    if last and lines:
        nodes[-1].end = lines[-1].end


def _read_part(
    text: str,
    lines: Sequence[Line],
    nodes: list[_Node],
    part: Part,
    parent: int | None,
    front: int,
) -> None:
    if lines:
        _PartReader(text, lines, nodes, part, parent, front).read()


@dataclass(slots=True)
class _PartReader:
    """One pass over a part in reading order; `path` are the sections open at the moment."""

    text: str
    lines: Sequence[Line]
    nodes: list[_Node]
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
        paragraph_end = self._paragraph_end(number)
        next_item = following.start if following and following.start < paragraph_end else None
        heading_end = numbered_heading_end(
            self.text,
            marker,
            self._heading_limit(number, marker),
            paragraph_end,
            next_item,
            separator=""
            if earlier is None
            else self.text[max(0, marker.start - 3) : marker.start].rstrip()[-1:],
        )
        node = _Node(
            level=chain.form.level,
            number=marker.number,
            label=marker.label,
            start=marker.start,
            heading=Span(marker.end, max(marker.end, heading_end)),
            part=self.part,
            parent=parent,
            chain=chain,
        )
        if following is None:
            node.closes_at = self._last_item_end(number, chain, marker)
        self._open(node)
        self.newest[id(chain)] = len(self.nodes) - 1

    def _open(self, node: _Node) -> None:
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
            closes_at = self._paragraph_end(min(number + 1, len(self.lines) - 1))
        else:
            closes_at = self._paragraph_end(number)
        parent = self.path[-1] if self.path else self.parent
        self._open(
            _Node(
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

    def _paragraph_end(self, number: int) -> int:
        while number + 1 < len(self.lines) and goes_on(
            self.text, self.lines[number], self.lines[number + 1]
        ):
            number += 1
        return self.lines[number].end

    def _heading_limit(self, number: int, marker: Marker) -> int:
        """The end of the text the heading can take: its line, or more where the line is broken."""
        line = self.lines[number]
        bare_marker = marker.end >= line.end
        if bare_marker and number + 1 < len(self.lines):
            following = self.lines[number + 1]
            words = following.of(self.text)
            if len(words) <= _FRONT_LINE_MAX and not next(
                markers(self.text, following.start, following.end), None
            ):
                return following.end
            return line.end
        if re.search(r"[。！？]", self.text[marker.end : line.end]):
            return line.end
        return self._paragraph_end(number)

    def _last_item_end(self, number: int, chain: Chain, marker: Marker) -> int | None:
        """Where the last item of a series ends, judged by the extent of the items before it.

        What follows a list often does not belong to its last item: the text goes on in the section
        that holds the list. None where the items before it do not tell.
        """
        before = chain.markers[:-1]
        if chain.form.level == 1 or not before:
            return None
        if chain.form.level < 5 and len(before) < 2:
            return None
        extents = [
            self._paragraphs(one.start, two.start)
            for one, two in zip(chain.markers, chain.markers[1:], strict=False)
        ]
        longest = max(extents)
        if longest == 0:  # all in one paragraph
            paragraph_end = self._paragraph_end(number)
            items = [
                self.text[one.end : two.start].rstrip()
                for one, two in zip(chain.markers, chain.markers[1:], strict=False)
            ]
            if all(not re.search(r"[。！？]", item[:-1]) for item in items):
                stop = re.search(r"[。！？][”’」』）)]*", self.text[marker.end : paragraph_end])
                return marker.end + stop.end() if stop else paragraph_end
            return paragraph_end
        if chain.form.level < 5 and longest > 1:
            return None
        last = number
        for _ in range(longest):
            end = self._paragraph_end(last)
            while last < len(self.lines) and self.lines[last].start < end:
                last += 1
            if last >= len(self.lines):
                break
        return end

    def _paragraphs(self, start: int, end: int) -> int:
        """How many paragraphs begin in `[start, end)`, not counting one that `start` is inside."""
        first = next(n for n, line in enumerate(self.lines) if line.end > start)
        count, number = 0, first
        while number < len(self.lines) and self.lines[number].start < end:
            begun_before = number == first and self.lines[number].start < start
            paragraph_end = self._paragraph_end(number)
            if paragraph_end >= end and count == 0:
                return 0 if begun_before or paragraph_end > end else 1
            count += 1
            while number < len(self.lines) and self.lines[number].start < paragraph_end:
                number += 1
        return count


def _following(chain: Chain, marker: Marker) -> Marker | None:
    position = chain.markers.index(marker)
    return chain.markers[position + 1] if position + 1 < len(chain.markers) else None


def _nests_in(form: Form, outer: Form) -> bool:
    """Whether a series of `form` usually stands under a number of the form `outer`."""
    if form.level == outer.level == 5:
        return False
    return form.rank > outer.rank


def _sections(text: str, nodes: Sequence[_Node]) -> tuple[Section, ...]:
    order = sorted(range(len(nodes)), key=lambda index: (nodes[index].start, index))
    name = {index: f"s{position + 1}" for position, index in enumerate(order)}
    made: list[Section] = []
    for index in order:
        node = nodes[index]
        end = node.end if node.end is not None else len(text)
        if node.parent is not None:
            parent_end = nodes[node.parent].end
            end = min(end, parent_end) if parent_end is not None else end
        made.append(
            Section(
                section_id=name[index],
                parent_id=name[node.parent] if node.parent is not None else None,
                level=node.level,
                number=node.number,
                label=node.label,
                heading=_squeeze(node.heading.of(text)),
                start=node.start,
                heading_end=min(node.heading.end, end),
                end=end,
                part=node.part,
            )
        )
    return tuple(_trim(section, text) for section in made)


def _trim(section: Section, text: str) -> Section:
    """The section without trailing white space."""
    end = section.end
    while end > section.start and text[end - 1].isspace():
        end -= 1
    return replace(section, end=end, heading_end=min(section.heading_end, end))


def _squeeze(heading: str) -> str:
    """A heading on one line: broken lines joined, runs of white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", heading)).strip().rstrip("：:，,；;")

"""Which lines does a part of a web page show?

The walk keeps its own stack: pages nest deeper than Python calls may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from corpus.readers.lines import LineCollector, han_count, is_east_asian, table_row
from corpus.report import LineKind

# What is never text of the page.
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head",
    "button", "select", "option", "input", "textarea", "canvas", "audio", "video", "map", "rt",
    "rp", "link", "meta", "title", "dialog",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "ruby", "rb", "s", "samp",
    "small", "span", "strike", "strong", "st1", "sub", "sup", "time", "tt", "u", "ucaptitle",
    "ucapcontent", "ucapsource", "var", "wbr", "img",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\f\r]*\n[ \t\f\r\n]*|[ \t\f\r]+")
_NUMBERED = re.compile(r"[\d一二三四五六七八九十（(①-⑳第]")

# A table with a cell longer than this is a frame that lays out the page.
_LAYOUT_CELL = 300
# A line that is all link and shorter than this is a menu item, not a sentence.
_LINK_SHARE = 0.8
_LINK_LINE = 60


@dataclass(slots=True)
class _Pending:
    """The line being collected."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0  # characters of it inside links


@dataclass(slots=True)
class _State:
    out: LineCollector = field(default_factory=LineCollector)
    line: _Pending = field(default_factory=_Pending)
    headings: list[int] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)  # of open lists; None is unordered
    items: int = 0  # open list items
    marker: str = ""  # to be written before the item's first line
    links: int = 0
    preformatted: int = 0

    def end_line(self) -> None:
        """Write the line collected so far."""
        text = _shown("".join(self.line.pieces))
        linked, self.line = self.line.linked, _Pending()
        if not text:
            return
        kind, level = None, 0
        if self.headings:
            kind, level = LineKind.HEADING, self.headings[-1]
        elif linked >= _LINK_SHARE * len(text) and len(text) < _LINK_LINE and "。" not in text:
            kind = LineKind.FURNITURE
        elif self.items:
            kind = LineKind.LIST
        if self.marker and not _NUMBERED.match(text):
            text = self.marker + text
        self.marker = ""
        self.out.add(text, kind, level)


def _shown(source: str) -> str:
    """A line as a browser shows it; a line break of the source between Chinese is no blank."""
    text = _SPACES.sub(lambda m: "\n" if "\n" in m[0] else " ", source).strip(" \n\u00a0")
    pieces = text.split("\n")
    joined = pieces[0]
    for piece in pieces[1:]:
        chinese = joined and piece and is_east_asian(joined[-1]) and is_east_asian(piece[0])
        joined += ("" if chinese else " ") + piece
    return joined.strip()


def lines_of(root: LexborNode) -> LineCollector:
    """The lines of `root`: a paragraph each, a row of a table each, with their hints."""
    state = _State()
    for node, entering in _walk(root):
        if node.is_text_node:
            _text(state, node.text(deep=False))
        elif entering:
            _enter(state, node)
        else:
            _leave(state, node)
    state.end_line()
    return state.out


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Nodes in document order, elements twice (on entering, on leaving); unseen ones left out."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering or not node.is_element_node or is_data_table(node):
            continue
        stack.append((node, False))
        children: list[tuple[LexborNode, bool]] = []
        child = node.first_child
        while child is not None:
            if child.is_text_node or (child.is_element_node and is_seen(child)):
                children.append((child, True))
            child = child.next
        stack.extend(reversed(children))


def is_seen(node: LexborNode) -> bool:
    """Whether an element shows anything to a reader."""
    if node.tag in UNSEEN:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or "")


def _text(state: _State, text: str) -> None:
    if state.preformatted:
        for position, line in enumerate(text.split("\n")):
            if position:
                state.end_line()
            state.line.pieces.append(line)
        return
    state.line.pieces.append(text)
    if state.links:
        state.line.linked += len("".join(text.split()))


def _enter(state: _State, node: LexborNode) -> None:
    tag = node.tag or ""
    if tag not in _INLINE:
        state.end_line()
    if tag == "table" and is_data_table(node):
        for row in _rows(node):
            state.out.add(table_row([_cell(cell) for cell in row]), LineKind.TABLE)
    elif tag in _HEADINGS:
        state.headings.append(_HEADINGS[tag])
    elif tag in {"ul", "ol"}:
        state.counters.append(_start(node) if tag == "ol" else None)
    elif tag == "li":
        state.items += 1
        if state.counters and state.counters[-1] is not None:
            state.marker = f"{state.counters[-1]}. "
            state.counters[-1] += 1
    elif tag == "a":
        state.links += 1
    elif tag == "pre":
        state.preformatted += 1


def _leave(state: _State, node: LexborNode) -> None:
    tag = node.tag or ""
    if tag not in _INLINE:
        state.end_line()
    if tag in _HEADINGS:
        state.headings.pop()
    elif tag in {"ul", "ol"}:
        state.counters.pop()
    elif tag == "li":
        state.items -= 1
        state.marker = ""
    elif tag == "a":
        state.links -= 1
    elif tag == "pre":
        state.preformatted -= 1


def _start(node: LexborNode) -> int:
    try:
        return int(node.attributes.get("start") or 1)
    except ValueError:
        return 1


def is_data_table(node: LexborNode) -> bool:
    """Whether an element is a table of data, and not one that lays out the page."""
    if node.tag != "table" or node.css_first("table table") is not None:
        return False
    rows = _rows(node)
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return all(han_count(cell.text()) <= _LAYOUT_CELL for row in rows for cell in row)


def _rows(table: LexborNode) -> list[list[LexborNode]]:
    rows = [row.css("td, th") for row in table.css("tr")]
    return [row for row in rows if row]


def _cell(cell: LexborNode) -> str:
    state = _State()
    for node, entering in _walk(cell):
        if node.is_text_node:
            _text(state, node.text(deep=False))
        elif entering and (node.tag not in _INLINE):
            state.end_line()
    state.end_line()
    return " ".join(state.out.lines)
